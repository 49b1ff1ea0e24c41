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

metadata = MetaData()


def _key() -> Column[str]:
    return Column("id", Text, primary_key=True)


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
    Column("stream", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("stream", "seq"),
)
"""The log. Triggers refuse every change but an insert."""

idempotency = Table(
    "idempotency",
    metadata,
    Column("actor", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("request", LargeBinary, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("recorded_at", Text, nullable=False),
    PrimaryKeyConstraint("key", "actor"),
)

outbox = Table(
    "outbox",
    metadata,
    _key(),
    Column("kind", Text, nullable=False),
    Column("stream", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("run_at", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("lease_until", Text),
    Column("done_at", Text),
    Column("error", Text),
)
Index("outbox_waiting", outbox.c.run_at, sqlite_where=outbox.c.done_at.is_(None),
      postgresql_where=outbox.c.done_at.is_(None))  # fmt: skip

sealed_value = Table(
    "sealed_value",
    metadata,
    Column("seal", Text, primary_key=True),
    Column("stream", Text, nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("value", Text, nullable=False),
)
"""Personal values and free texts, of which the log holds only the seal. Erasable."""

file = Table(
    "file",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("stored_at", Text, nullable=False),
)

upload = Table(
    "upload",
    metadata,
    _key(),
    Column("account", Text, nullable=False),
    Column("place", Text, nullable=False, index=True),
    Column("material", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("uploaded_at", Text, nullable=False),
)
"""What was uploaded to a draft or a case (`place`), named as the person named it. Erasable."""

draft = Table(
    "draft",
    metadata,
    _key(),
    Column("account", Text, nullable=False),
    Column("party", Text, nullable=False, index=True),
    Column("permit", Text, nullable=False),
    Column("definition", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("filed_at", Text),
)

definition = Table(
    "definition",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Published definitions, kept for good under their digest."""

account = Table(
    "account",
    metadata,
    _key(),
    Column("username", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, server_default=text("''")),
    Column("password_hash", Text, nullable=False),
    Column("language", Text, nullable=False, server_default=text("''")),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("csrf", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("closes_at", Text, nullable=False),
)

attempt = Table(
    "attempt",
    metadata,
    Column("subject", Text, nullable=False),
    Column("minute", Text, nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("subject", "minute"),
)
"""Failed sign-ins and look-ups by minute, so that guessing can be slowed down."""

# ── made from the log ─────────────────────────────────────────────────────────────────────────

case_row = Table(
    "case_row",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("permit", Text, nullable=False),
    Column("definition", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("track", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("code", Integer, nullable=False),
    Column("turn", Text, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("received_on", Text, nullable=False),
    Column("accepted_on", Text),
    Column("decided_on", Text),
    Column("published_on", Text),
    Column("revoked_on", Text),
    Column("due_on", Text),
    Column("sort_on", Text, nullable=False),
    Column("warn_on", Text),
    Column("due_name", Text, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("updated_at", Text, nullable=False),
    Index("case_row_inbox", "department", "turn", "sort_on", "case_id"),
    Index("case_row_party", "party", "updated_at"),
    Index("case_row_register", "published_on", "case_id"),
    Index("case_row_received", "received_on", "case_id"),
)

due_row = Table(
    "due_row",
    metadata,
    Column("case_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("due_on", Text, nullable=False),
    PrimaryKeyConstraint("case_id", "kind", "name"),
    Index("due_row_due", "due_on"),
)

case_facts = Table(
    "case_facts",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("permit", Text, nullable=False),
    Column("definition", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("track", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("received_on", Text, nullable=False),
    Column("accepted_on", Text),
    Column("decided_on", Text),
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
    Index("case_facts_decided", "permit", "decided_on"),
)

interval = Table(
    "interval",
    metadata,
    Column("case_id", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("code", Integer, nullable=False),
    Column("entered_at", Text, nullable=False),
    Column("entered_on", Text, nullable=False),
    Column("left_at", Text),
    Column("left_on", Text),
    PrimaryKeyConstraint("case_id", "seq"),
)

number_series = Table(
    "number_series",
    metadata,
    Column("series", Text, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("last", Integer, nullable=False),
    Index("number_series_period", "authority", "period"),
)

standing = Table(
    "standing",
    metadata,
    Column("account", Text, primary_key=True),
    Column("roles", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("open", Boolean, nullable=False),
    Index("standing_party", "party"),
    Index("standing_department", "office", "department"),
)
"""What an account may do now, from the access stream."""

party = Table(
    "party",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
)

version = Table(
    "version",
    metadata,
    Column("permit", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("effective_from", Text, nullable=False),
    Column("effective_until", Text),
    Column("published_at", Text, nullable=False),
    PrimaryKeyConstraint("permit", "place"),
)
"""The published versions of each permit type, in order."""

calendar_year = Table(
    "calendar_year",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

DERIVED = (
    case_row,
    due_row,
    case_facts,
    interval,
    number_series,
    standing,
    party,
    version,
    calendar_year,
)
"""Tables made from the log: `permits rebuild` drops their rows and makes them anew."""
