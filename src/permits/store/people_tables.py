"""The tables of people: accounts, what they may do, their sessions, and for whom they act."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    false,
    text,
)

from permits.store.shape import Words, key, metadata

account = Table(
    "account",
    metadata,
    key(),
    Column("username", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("email", Words, nullable=False, server_default=text("''")),
    Column("password_hash", Words, nullable=False),
    Column("password_set_at", Words, nullable=False),
    Column("password_once", Boolean, nullable=False, server_default=false()),
    Column("language", Words, nullable=False, server_default=text("''")),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", Words, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("account", Words, nullable=False, index=True),
    Column("csrf", Words, nullable=False),
    Column("opened_at", Words, nullable=False),
    Column("seen_at", Words, nullable=False),
    Column("closes_at", Words, nullable=False),
    Column("proved_at", Words, nullable=False),
    Column("coded", Boolean, nullable=False),
    Column("address", Words, nullable=False),
    Column("agent", Words, nullable=False),
)
"""The token changes when the person proves once more who they are, the id never."""

second_factor = Table(
    "second_factor",
    metadata,
    Column("account", Words, primary_key=True),
    Column("secret", Words, nullable=False),
    Column("step", BigInteger, nullable=False),
    Column("added_at", Words, nullable=False),
)
"""Devices that make codes: the secret encrypted, and the step of the last code that was used."""

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("account", Words, nullable=False),
    Column("handle", Words, nullable=False),
    Column("hash", Words, nullable=False),
    PrimaryKeyConstraint("account", "handle"),
)
"""Codes that have not been used: their first characters to find them by, the others hashed."""

identity = Table(
    "identity",
    metadata,
    Column("issuer", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("account", Words, nullable=False, index=True),
    Column("linked_at", Words, nullable=False),
    PrimaryKeyConstraint("issuer", "subject"),
)
"""Whom issuers of OpenID Connect vouch for, and as which account they sign in. Erasable."""

api_token = Table(
    "api_token",
    metadata,
    Column("hash", Words, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("account", Words, nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("scopes", Words, nullable=False),
    Column("made_at", Words, nullable=False),
    Column("ends_on", Words, nullable=False),
    Column("used_at", Words),
    Column("used_from", Words, nullable=False),
)
"""Tokens that programs open the API with as somebody."""

unsent = Table(
    "unsent",
    metadata,
    Column("account", Words, nullable=False),
    Column("page", Words, nullable=False),
    Column("fields", LargeBinary, nullable=False),
    Column("kept_at", Words, nullable=False, index=True),
    PrimaryKeyConstraint("account", "page"),
)
"""What an account typed on a page and sent after its session had ended. Erasable."""

attempt = Table(
    "attempt",
    metadata,
    Column("subject", Words, nullable=False),
    Column("minute", Words, nullable=False),
    Column("count", Integer, nullable=False),
    Column("last_at", Words, nullable=False),
    PrimaryKeyConstraint("subject", "minute"),
)
"""Failed sign-ins and look-ups by minute, so that guessing can be slowed down."""

standing = Table(
    "standing",
    metadata,
    Column("account", Words, primary_key=True),
    Column("roles", Words, nullable=False),
    Column("office", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("party", Words, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("places", Words, nullable=False),
    Column("substitutes", Words, nullable=False),
    Index("standing_party", "party"),
    Index("standing_department", "office", "department"),
)
"""What an account may do now, from the access stream; `places` are the substitutions in which it
stands in for others, `substitutes` those in which others do for it, with their days."""

access_row = Table(
    "access_row",
    metadata,
    Column("account", Words, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("id", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("at", Words, nullable=False),
    Column("actor", Words, nullable=False),
    Column("role", Words, nullable=False),
    Column("about", Words, nullable=False),
    PrimaryKeyConstraint("account", "seq"),
    Index("access_row_at", "at", "id"),
    Index("access_row_kind", "kind", "at", "id"),
)
"""The access streams of all accounts in one, for whoever audits them."""

party = Table(
    "party",
    metadata,
    Column("code", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("successor", Words, nullable=False, server_default=text("''")),
    sqlite_with_rowid=False,
)
"""Names for lists, and the code of the party each was merged into, if it was; on SQLite the key is
the table, so that a name takes one search."""
