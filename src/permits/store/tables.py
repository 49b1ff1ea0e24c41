"""The tables. Primary: the log, persons' values, files, drafts, accounts. The rest is made from
the log and can be dropped and made anew.

Days and instants are ISO text on both databases: they sort as they should, cost nothing to read
and mean the same everywhere. Columns named `…_on` are days (Asia/Shanghai), `…_at` instants (UTC).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects import postgresql

metadata = MetaData()

Words = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text that is compared by its characters on both databases, whatever language the server speaks;
ranges of days, keyset pages and searches by prefix depend on it."""


def _key() -> Column[str]:
    return Column("id", Words, primary_key=True)


stream = Table(
    "stream",
    metadata,
    _key(),
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
    _key(),
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

sealed_value = Table(
    "sealed_value",
    metadata,
    Column("seal", Words, primary_key=True),
    Column("stream", Words, nullable=False, index=True),
    Column("field", Words, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("value", Words, nullable=False),
)
"""Personal values and free texts, of which the log holds only the seal. Erasable."""

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
    _key(),
    Column("account", Words, nullable=False),
    Column("place", Words, nullable=False, index=True),
    Column("material", Words, nullable=False),
    Column("filename", Words, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Words, nullable=False),
    Column("uploaded_at", Words, nullable=False),
)
"""What was uploaded to a draft or a case (`place`), named as the person named it. Erasable."""

draft = Table(
    "draft",
    metadata,
    _key(),
    Column("account", Words, nullable=False),
    Column("party", Words, nullable=False, index=True),
    Column("permit", Words, nullable=False),
    Column("definition", Words, nullable=False),
    Column("case_id", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", Words, nullable=False),
    Column("filed_at", Words),
)

definition = Table(
    "definition",
    metadata,
    Column("digest", Words, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Published definitions, kept for good under their digest. Triggers refuse every change but an
insert."""

account = Table(
    "account",
    metadata,
    _key(),
    Column("username", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("email", Words, nullable=False, server_default=text("''")),
    Column("password_hash", Words, nullable=False),
    Column("language", Words, nullable=False, server_default=text("''")),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", Words, primary_key=True),
    Column("account", Words, nullable=False, index=True),
    Column("csrf", Words, nullable=False),
    Column("opened_at", Words, nullable=False),
    Column("seen_at", Words, nullable=False),
    Column("closes_at", Words, nullable=False),
)

attempt = Table(
    "attempt",
    metadata,
    Column("subject", Words, nullable=False),
    Column("minute", Words, nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("subject", "minute"),
)
"""Failed sign-ins and look-ups by minute, so that guessing can be slowed down."""

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
    Column("provisional", Boolean, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("updated_at", Words, nullable=False),
    Index("case_row_inbox", "authority", "department", "turn", "sort_on", "case_id", "warn_on"),
    Index("case_row_party", "party", "updated_at", "case_id"),
    Index("case_row_register", "published_on", "case_id"),
    Index("case_row_department", "authority", "department", "number"),
)

WAITING = "turn = 'applicant'"
Index("case_row_waiting", case_row.c.party, case_row.c.sort_on, case_row.c.case_id,
      sqlite_where=text(WAITING), postgresql_where=text(WAITING))  # fmt: skip
"""Of all cases of a party few wait for it; a query must say `WAITING` as it stands here."""

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

bar_row = Table(
    "bar_row",
    metadata,
    Column("case_id", Words, primary_key=True),
    Column("party", Words, nullable=False),
    Column("from_on", Words, nullable=False),
    Column("until_on", Words, nullable=False),
    Index("bar_row_party", "party", "until_on"),
)
"""Who may not use the tolerant track until when, by credit code."""

case_facts = Table(
    "case_facts",
    metadata,
    Column("case_id", Words, primary_key=True),
    Column("number", Words, nullable=False),
    Column("permit", Words, nullable=False),
    Column("definition", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("track", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("result", Words, nullable=False),
    Column("received_on", Words, nullable=False),
    Column("accepted_on", Words),
    Column("decided_on", Words),
    Column("result_on", Words),
    Column("by_silence", Boolean, nullable=False),
    Column("baseline_materials", Integer, nullable=False),
    Column("handed_in", Integer, nullable=False),
    Column("saved_materials", Integer, nullable=False),
    Column("saved_exempt", Integer, nullable=False),
    Column("saved_shared", Integer, nullable=False),
    Column("saved_committed", Integer, nullable=False),
    Column("deferred", Integer, nullable=False),
    Column("promised_wd", Integer, nullable=False),
    Column("statutory_wd", Integer, nullable=False),
    Column("used_wd", Integer),
    Column("suspended_wd", Integer),
    Column("saved_wd", Integer),
    Column("saved_statutory_wd", Integer),
    Column("corrections", Integer, nullable=False),
    Column("late", Boolean, nullable=False),
    Index("case_facts_result", "result_on", "case_id"),
    Index("case_facts_permit", "permit", "result_on", "case_id"),
)

interval = Table(
    "interval",
    metadata,
    Column("case_id", Words, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("state", Words, nullable=False),
    Column("code", Integer, nullable=False),
    Column("entered_at", Words, nullable=False),
    Column("entered_on", Words, nullable=False),
    Column("left_at", Words),
    Column("left_on", Words),
    PrimaryKeyConstraint("case_id", "seq"),
)

number_series = Table(
    "number_series",
    metadata,
    Column("series", Words, primary_key=True),
    Column("authority", Words, nullable=False),
    Column("period", Words, nullable=False),
    Column("last", Integer, nullable=False),
    Index("number_series_period", "authority", "period"),
)

standing = Table(
    "standing",
    metadata,
    Column("account", Words, primary_key=True),
    Column("roles", Words, nullable=False),
    Column("office", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("party", Words, nullable=False),
    Column("open", Boolean, nullable=False),
    Index("standing_party", "party"),
    Index("standing_department", "office", "department"),
)
"""What an account may do now, from the access stream."""

party = Table(
    "party",
    metadata,
    Column("code", Words, primary_key=True),
    Column("name", Words, nullable=False),
)

version = Table(
    "version",
    metadata,
    Column("permit", Words, nullable=False),
    Column("place", Integer, nullable=False),
    Column("digest", Words, nullable=False),
    Column("effective_from", Words, nullable=False),
    Column("effective_until", Words),
    Column("published_at", Words, nullable=False),
    PrimaryKeyConstraint("permit", "place"),
)
"""The published versions of each permit type, in order."""

calendar_year = Table(
    "calendar_year",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("digest", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

DERIVED = (
    case_row,
    due_row,
    bar_row,
    case_facts,
    interval,
    number_series,
    standing,
    party,
    version,
    calendar_year,
)
"""Tables made from the log: `permits rebuild` drops their rows and makes them anew."""
