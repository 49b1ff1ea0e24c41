"""The tables of the log, of cases and of what is made from them; those of people, parties,
projects, entitlements, of what waits and of what is published stand beside. Primary: the log,
persons' values, files, drafts, accounts. The rest is made from the log and can be dropped and made
anew.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    text,
)

from permits.store.document_file_tables import document_file
from permits.store.document_tables import document_row
from permits.store.entitlement_tables import DERIVED as OF_ENTITLEMENTS
from permits.store.measured_tables import case_duty, case_facts, case_fee, case_term, interval
from permits.store.party_tables import credit_entry, party_bar, party_name, party_task
from permits.store.people_tables import access_row, party, standing
from permits.store.pile_tables import check_row, opinion_row, waiting_row
from permits.store.project_tables import gate_hold, project_case, project_row
from permits.store.published_tables import calendar_year, proposal, version
from permits.store.shape import Words, key, metadata
from permits.store.total_tables import figure_group, figure_total
from permits.store.voice_tables import voice_row

stream = Table(
    "stream",
    metadata,
    key(),
    Column("version", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),
)
"""The newest sequence number and hash of each stream: the guard of every append."""

event = Table(
    "event",
    metadata,
    Column("stream", Words, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("id", Words, nullable=False),
    Column("type", Words, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("stream", "seq"),
)
"""The log. Triggers refuse every change but an insert."""

idempotency = Table(
    "idempotency",
    metadata,
    Column("actor", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("request", LargeBinary, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("recorded_at", Words, nullable=False),
    PrimaryKeyConstraint("key", "actor"),
    Index("idempotency_age", "recorded_at"),
)
"""What was answered under a key. Of the request stands a digest under a secret of the office."""

outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("kind", Words, nullable=False),
    Column("stream", Words, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("run_at", Words, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("lease_until", Words),
    Column("done_at", Words),
    Column("error", Words),
)
Index("outbox_waiting", outbox.c.run_at, sqlite_where=outbox.c.done_at.is_(None),
      postgresql_where=outbox.c.done_at.is_(None))  # fmt: skip

Index("outbox_done", outbox.c.done_at, sqlite_where=outbox.c.done_at.is_not(None),
      postgresql_where=outbox.c.done_at.is_not(None))  # fmt: skip

sealed_value = Table(
    "sealed_value",
    metadata,
    Column("seal", Words, primary_key=True),
    Column("stream", Words, nullable=False, index=True),
    Column("field", Words, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("value", Words, nullable=False),
    Column("erased_on", Words),
)
"""Personal values and free texts, of which the log holds only the seal. Erasable: salt and value
are emptied then, and the day stands in their place."""

Index("sealed_value_receipt", sealed_value.c.value, sqlite_where=sealed_value.c.field == "receipt",
      postgresql_where=sealed_value.c.field == "receipt")  # fmt: skip

file = Table(
    "file",
    metadata,
    Column("sha256", Words, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Words, nullable=False),
    Column("stored_at", Words, nullable=False),
)

upload = Table(
    "upload",
    metadata,
    key(),
    Column("account", Words, nullable=False),
    Column("place", Words, nullable=False, index=True),
    Column("material", Words, nullable=False),
    Column("filename", Words, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Words, nullable=False),
    Column("uploaded_at", Words, nullable=False),
    Column("came", Words, nullable=False, server_default=""),
    Column("erased_on", Words),
)
"""What was uploaded to a draft or a case (`place`), named as the person named it. Erasable. `came`
is the SHA-256 of what was sent, where something else is kept of it."""

upload_tally = Table(
    "upload_tally",
    metadata,
    Column("of", Words, primary_key=True),
    Column("on", Words, primary_key=True),
    Column("size", BigInteger, nullable=False),
)
"""How many bytes were uploaded by a party, or to a place, on a day. Whoever uploads writes both
rows first, and so waits for whoever does the same at that moment."""

draft = Table(
    "draft",
    metadata,
    key(),
    Column("account", Words, nullable=False),
    Column("party", Words, nullable=False, index=True),
    Column("permit", Words, nullable=False),
    Column("definition", Words, nullable=False),
    Column("case_id", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("counter", Words, nullable=False, server_default=""),
    Column("updated_at", Words, nullable=False),
    Column("filed_at", Words),
)

invitation = Table(
    "invitation",
    metadata,
    key(),
    Column("draft", Words, nullable=False),
    Column("signature", Words, nullable=False),
    Column("unit", Words, nullable=False, index=True),
    Column("invited_by", Words, nullable=False),
    Column("invited_at", Words, nullable=False),
    Column("signed_by", Words, nullable=False, server_default=""),
    Column("signed_at", Words),
    Column("text_digest", Words, nullable=False, server_default=""),
    Column("declared", Words, nullable=False, server_default=""),
    Column("declined_at", Words),
    UniqueConstraint("draft", "signature", "unit"),
)
"""Who was invited to sign with the applicant, and what they have signed: the text and the
declared answers under it, by their digests. It counts while a draft says so."""

note = Table(
    "note",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)
"""What the office notes of itself."""

# ── made from the log ─────────────────────────────────────────────────────────────────────────

case_row = Table(
    "case_row",
    metadata,
    Column("case_id", Words, primary_key=True),
    Column("number", Words, nullable=False, unique=True),
    Column("permit", Words, nullable=False),
    Column("definition", Words, nullable=False),
    Column("authority", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("party", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("place", Words, nullable=False),
    Column("track", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("phase", Words, nullable=False),
    Column("code", Integer, nullable=False),
    Column("turn", Words, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("received_on", Words, nullable=False),
    Column("accepted_on", Words),
    Column("decided_on", Words),
    Column("published_on", Words),
    Column("revoked_on", Words),
    Column("due_on", Words),
    Column("sort_on", Words, nullable=False),
    Column("warn_on", Words),
    Column("due_name", Words, nullable=False),
    Column("rectifies", Boolean, nullable=False),
    Column("put_right_on", Words),
    Column("sent_back", Boolean, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("chair", Words, nullable=False),
    Column("updated_at", Words, nullable=False),
    Index("case_row_inbox", "authority", "department", "turn", "sort_on", "case_id", "warn_on"),
    Index("case_row_party", "party", "updated_at", "case_id"),
    Index("case_row_register", "published_on", "case_id"),
    Index("case_row_register_permit", "permit", "published_on", "case_id"),
    Index("case_row_register_authority", "authority", "published_on", "case_id"),
    Index("case_row_register_phase", "phase", "published_on", "case_id"),
    Index("case_row_department", "authority", "department", "number"),
)

Index("case_row_chair", case_row.c.chair, sqlite_where=case_row.c.chair != "",
      postgresql_where=case_row.c.chair != "")  # fmt: skip


due_row = Table(
    "due_row",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("due_on", Words, nullable=False),
    PrimaryKeyConstraint("case_id", "kind", "name"),
    Index("due_row_due", "due_on"),
)


fee_entry = Table(
    "fee_entry",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("fee", Words, nullable=False),
    Column("place", Integer, nullable=False),
    Column("kind", Words, nullable=False),
    Column("entered_on", Words, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("number", Words, nullable=False),
    Column("receipt", Words, nullable=False),
    Column("undoes", Integer, nullable=False),
    PrimaryKeyConstraint("case_id", "fee", "place"),
    Index("fee_entry_day", "entered_on", "case_id"),
)
"""The ledgers of all fees, entry by entry: they only ever grow."""

number_series = Table(
    "number_series",
    metadata,
    Column("series", Words, primary_key=True),
    Column("authority", Words, nullable=False),
    Column("period", Words, nullable=False),
    Column("last", Integer, nullable=False),
    Index("number_series_period", "authority", "period"),
)


DERIVED = (
    case_row,
    waiting_row,
    due_row,
    opinion_row,
    check_row,
    case_facts,
    case_term,
    case_duty,
    case_fee,
    figure_group,
    figure_total,
    interval,
    fee_entry,
    document_row,
    number_series,
    project_row,
    project_case,
    gate_hold,
    standing,
    access_row,
    party,
    party_name,
    credit_entry,
    party_bar,
    party_task,
    version,
    calendar_year,
    document_file,
    voice_row,
    proposal,
    *OF_ENTITLEMENTS,
)
"""Tables made from the log: `permits rebuild` drops their rows and makes them anew."""
