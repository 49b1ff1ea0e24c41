"""The first shape of the database; the log and the published definitions accept only inserts."""

import secrets
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

CLOSED = {
    "event": ("stream", "seq"),
    "definition": ("digest",),
    "register_entry": ("edition", "code"),
}
"""Tables that accept only inserts, by their primary keys."""

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("username", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("email", WORDS, server_default=sa.text("''"), nullable=False),
        sa.Column("password_hash", WORDS, nullable=False),
        sa.Column("language", WORDS, server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("username"),
    )
    op.create_table(
        "attempt",
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("minute", WORDS, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "minute"),
    )
    op.create_table(
        "party_bar",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("bar", WORDS, nullable=False),
        sa.Column("ground", WORDS, nullable=False),
        sa.Column("until_on", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("code", "bar"),
    )
    op.create_index("party_bar_until", "party_bar", ["until_on"], unique=False)
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("year"),
    )
    op.create_table(
        "case_facts",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("definition", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("track", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("result", WORDS, nullable=False),
        sa.Column("received_on", WORDS, nullable=False),
        sa.Column("accepted_on", WORDS, nullable=True),
        sa.Column("decided_on", WORDS, nullable=True),
        sa.Column("result_on", WORDS, nullable=True),
        sa.Column("by_silence", sa.Boolean(), nullable=False),
        sa.Column("baseline_materials", sa.Integer(), nullable=False),
        sa.Column("handed_in", sa.Integer(), nullable=False),
        sa.Column("saved_materials", sa.Integer(), nullable=False),
        sa.Column("saved_exempt", sa.Integer(), nullable=False),
        sa.Column("saved_shared", sa.Integer(), nullable=False),
        sa.Column("saved_committed", sa.Integer(), nullable=False),
        sa.Column("deferred", sa.Integer(), nullable=False),
        sa.Column("promised_wd", sa.Integer(), nullable=False),
        sa.Column("statutory_wd", sa.Integer(), nullable=False),
        sa.Column("used_wd", sa.Integer(), nullable=True),
        sa.Column("suspended_wd", sa.Integer(), nullable=True),
        sa.Column("saved_wd", sa.Integer(), nullable=True),
        sa.Column("saved_statutory_wd", sa.Integer(), nullable=True),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index(
        "case_facts_permit", "case_facts", ["permit", "result_on", "case_id"], unique=False
    )
    op.create_index("case_facts_result", "case_facts", ["result_on", "case_id"], unique=False)
    op.create_table(
        "case_row",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("definition", WORDS, nullable=False),
        sa.Column("authority", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("track", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("phase", WORDS, nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("turn", WORDS, nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("received_on", WORDS, nullable=False),
        sa.Column("accepted_on", WORDS, nullable=True),
        sa.Column("decided_on", WORDS, nullable=True),
        sa.Column("published_on", WORDS, nullable=True),
        sa.Column("revoked_on", WORDS, nullable=True),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("sort_on", WORDS, nullable=False),
        sa.Column("warn_on", WORDS, nullable=True),
        sa.Column("due_name", WORDS, nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("updated_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
        sa.UniqueConstraint("number"),
    )
    op.create_table(
        "waiting_row",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("sort_on", WORDS, nullable=False),
        sa.Column("warn_on", WORDS, nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "kind", "name"),
    )
    op.create_index(
        "waiting_row_party",
        "waiting_row",
        ["party", "sort_on", "case_id", "kind", "name"],
        unique=False,
    )
    op.create_index(
        "case_row_department", "case_row", ["authority", "department", "number"], unique=False
    )
    op.create_index(
        "case_row_inbox",
        "case_row",
        ["authority", "department", "turn", "sort_on", "case_id", "warn_on"],
        unique=False,
    )
    op.create_index("case_row_party", "case_row", ["party", "updated_at", "case_id"], unique=False)
    op.create_index("case_row_register", "case_row", ["published_on", "case_id"], unique=False)
    op.create_table(
        "definition",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "draft",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("definition", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counter", WORDS, server_default="", nullable=False),
        sa.Column("updated_at", WORDS, nullable=False),
        sa.Column("filed_at", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_draft_party"), "draft", ["party"], unique=False)
    op.create_table(
        "due_row",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("due_on", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "kind", "name"),
    )
    op.create_index("due_row_due", "due_row", ["due_on"], unique=False)
    op.create_table(
        "opinion_row",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("asked", WORDS, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("office", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("standing", WORDS, nullable=False),
        sa.Column("asked_on", WORDS, nullable=False),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("sort_on", WORDS, nullable=False),
        sa.Column("warn_on", WORDS, nullable=True),
        sa.Column("given_on", WORDS, nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "asked", "round"),
    )
    op.create_index(
        "opinion_row_pile",
        "opinion_row",
        ["office", "department", "standing", "sort_on", "case_id"],
        unique=False,
    )
    op.create_table(
        "check_row",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("obligation", WORDS, nullable=False),
        sa.Column("officer", WORDS, nullable=False),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("sort_on", WORDS, nullable=False),
        sa.Column("warn_on", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("case_id", "obligation", "officer"),
    )
    op.create_index("check_row_pile", "check_row", ["officer", "sort_on", "case_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("type", WORDS, nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq"),
    )
    op.create_table(
        "fee_entry",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("fee", WORDS, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("entered_on", WORDS, nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("receipt", WORDS, nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "fee", "place"),
    )
    op.create_index("fee_entry_day", "fee_entry", ["entered_on", "case_id"], unique=False)
    op.create_table(
        "file",
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", WORDS, nullable=False),
        sa.Column("stored_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "idempotency",
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("key", "actor"),
    )
    op.create_index("idempotency_age", "idempotency", ["recorded_at"], unique=False)
    op.create_table(
        "interval",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("entered_at", WORDS, nullable=False),
        sa.Column("entered_on", WORDS, nullable=False),
        sa.Column("left_at", WORDS, nullable=True),
        sa.Column("left_on", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("case_id", "seq"),
    )
    op.create_table(
        "note",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "number_series",
        sa.Column("series", WORDS, nullable=False),
        sa.Column("authority", WORDS, nullable=False),
        sa.Column("period", WORDS, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series"),
    )
    op.create_index("number_series_period", "number_series", ["authority", "period"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("run_at", WORDS, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_until", WORDS, nullable=True),
        sa.Column("done_at", WORDS, nullable=True),
        sa.Column("error", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "outbox_done",
        "outbox",
        ["done_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NOT NULL"),
        postgresql_where=sa.text("done_at IS NOT NULL"),
    )
    op.create_index(
        "outbox_waiting",
        "outbox",
        ["run_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "party",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("successor", WORDS, server_default=sa.text("''"), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "party_name",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("since", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("code", "since"),
    )
    op.create_table(
        "credit_entry",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("entry", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("degree", WORDS, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("office", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("entered_on", WORDS, nullable=False),
        sa.Column("until_on", WORDS, nullable=False),
        sa.Column("publish_on", WORDS, nullable=True),
        sa.Column("published_on", WORDS, nullable=True),
        sa.Column("repaired_on", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("code", "entry"),
    )
    op.create_index(
        "credit_entry_published", "credit_entry", ["published_on", "code", "entry"], unique=False
    )
    op.create_index("credit_entry_publish", "credit_entry", ["publish_on"], unique=False)
    op.create_table(
        "party_task",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("office", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("since", WORDS, nullable=False),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("sort_on", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("code", "kind", "name"),
    )
    op.create_index(
        "party_task_room",
        "party_task",
        ["office", "department", "sort_on", "code", "name"],
        unique=False,
    )
    op.create_table(
        "sealed_value",
        sa.Column("seal", WORDS, nullable=False),
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("field", WORDS, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("seal"),
    )
    op.create_index(op.f("ix_sealed_value_stream"), "sealed_value", ["stream"], unique=False)
    op.create_table(
        "session",
        sa.Column("token_hash", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("csrf", WORDS, nullable=False),
        sa.Column("opened_at", WORDS, nullable=False),
        sa.Column("seen_at", WORDS, nullable=False),
        sa.Column("closes_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index(op.f("ix_session_account"), "session", ["account"], unique=False)
    op.create_table(
        "project_row",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("opened_on", WORDS, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("shut", sa.Integer(), nullable=False),
        sa.Column("critical_on", WORDS, nullable=True),
        sa.Column("critical_case", WORDS, nullable=False),
        sa.Column("critical_name", WORDS, nullable=False),
        sa.Column("updated_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(
        "project_row_party", "project_row", ["party", "updated_at", "code"], unique=False
    )
    op.create_table(
        "project_case",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("stages", WORDS, nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("attached_on", WORDS, nullable=True),
        sa.Column("detached_on", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("code", "case_id"),
    )
    op.create_index("project_case_case", "project_case", ["case_id"], unique=False)
    op.create_table(
        "gate_hold",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("gate", WORDS, nullable=False),
        sa.Column("opens", WORDS, nullable=False),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", "case_id", "kind", "name", "gate"),
    )
    op.create_table(
        "standing",
        sa.Column("account", WORDS, nullable=False),
        sa.Column("roles", WORDS, nullable=False),
        sa.Column("office", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("account"),
    )
    op.create_index("standing_department", "standing", ["office", "department"], unique=False)
    op.create_index("standing_party", "standing", ["party"], unique=False)
    op.create_table(
        "stream",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "unsent",
        sa.Column("account", WORDS, nullable=False),
        sa.Column("page", WORDS, nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("account", "page"),
    )
    op.create_index(op.f("ix_unsent_kept_at"), "unsent", ["kept_at"], unique=False)
    op.create_table(
        "upload",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("material", WORDS, nullable=False),
        sa.Column("filename", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", WORDS, nullable=False),
        sa.Column("uploaded_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_upload_place"), "upload", ["place"], unique=False)
    op.create_table(
        "version",
        sa.Column("permit", WORDS, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("effective_from", WORDS, nullable=False),
        sa.Column("effective_until", WORDS, nullable=True),
        sa.Column("published_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("permit", "place"),
    )
    entitlements()
    note = sa.table("note", sa.column("name"), sa.column("value"))
    op.bulk_insert(note, [{"name": "secret of requests", "value": secrets.token_hex(32)}])
    for table, key in CLOSED.items():
        close(op.get_bind().dialect.name, table, key)


def entitlements() -> None:
    """The tables of entitlements without application."""
    op.create_table(
        "register_entry",
        sa.Column("edition", WORDS, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "code"),
    )
    op.create_table(
        "register_edition",
        sa.Column("edition", WORDS, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("register", WORDS, nullable=False),
        sa.Column("as_of_on", WORDS, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("enterprises", sa.Integer(), nullable=False),
        sa.Column("imported_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("edition"),
    )
    op.create_table(
        "policy_version",
        sa.Column("policy", WORDS, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("effective_from", WORDS, nullable=False),
        sa.Column("effective_until", WORDS, nullable=True),
        sa.Column("published_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("policy", "place"),
    )
    op.create_table(
        "entitlement_round",
        sa.Column("round_id", WORDS, nullable=False),
        sa.Column("policy", WORDS, nullable=False),
        sa.Column("period", WORDS, nullable=False),
        sa.Column("definition", WORDS, nullable=False),
        sa.Column("authority", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("stage", WORDS, nullable=False),
        sa.Column("edition", WORDS, nullable=False),
        sa.Column("as_of_on", WORDS, nullable=True),
        sa.Column("run_on", WORDS, nullable=True),
        sa.Column("published_on", WORDS, nullable=True),
        sa.Column("ends_on", WORDS, nullable=True),
        sa.Column("settled_on", WORDS, nullable=True),
        sa.Column("confirm_by_on", WORDS, nullable=True),
        sa.Column("examined", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("open_objections", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("round_id"),
    )
    op.create_index(
        "entitlement_round_policy", "entitlement_round", ["policy", "period"], unique=False
    )
    op.create_index(
        "entitlement_round_published",
        "entitlement_round",
        ["published_on", "round_id"],
        unique=False,
    )
    op.create_table(
        "entitlement_claim",
        sa.Column("policy", WORDS, nullable=False),
        sa.Column("period", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("definition", WORDS, nullable=False),
        sa.Column("authority", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("round_id", WORDS, nullable=False),
        sa.Column("route", WORDS, nullable=False),
        sa.Column("standing", WORDS, nullable=False),
        sa.Column("payable", sa.Boolean(), nullable=False),
        sa.Column("grade", WORDS, nullable=False),
        sa.Column("group_id", WORDS, nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("recovery_fen", sa.BigInteger(), nullable=False),
        sa.Column("recovered_fen", sa.BigInteger(), nullable=False),
        sa.Column("batch", WORDS, nullable=False),
        sa.Column("opened_on", WORDS, nullable=True),
        sa.Column("confirmed_on", WORDS, nullable=True),
        sa.Column("ordered_on", WORDS, nullable=True),
        sa.Column("paid_on", WORDS, nullable=True),
        sa.Column("due_on", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("policy", "period", "party"),
    )
    for name, columns in (
        ("entitlement_claim_party", ["party"]),
        ("entitlement_claim_round", ["round_id", "party"]),
        ("entitlement_claim_batch", ["batch", "party"]),
        ("entitlement_claim_group", ["group_id", "party"]),
    ):
        op.create_index(name, "entitlement_claim", columns, unique=False)
    op.create_table(
        "entitlement_grant",
        sa.Column("policy", WORDS, nullable=False),
        sa.Column("period", WORDS, nullable=False),
        sa.Column("party", WORDS, nullable=False),
        sa.Column("ordered_on", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("policy", "period", "party"),
    )
    op.create_table(
        "payment_batch",
        sa.Column("number", WORDS, nullable=False),
        sa.Column("policy", WORDS, nullable=False),
        sa.Column("definition", WORDS, nullable=False),
        sa.Column("authority", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("ordered_on", WORDS, nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )


def downgrade() -> None:
    """Everything is gone: for a demonstration that is begun anew, and nothing else."""
    found = sa.MetaData()
    found.reflect(op.get_bind())
    found.remove(found.tables["alembic_version"])
    found.drop_all(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        for table in CLOSED:
            op.execute(f"DROP FUNCTION {table}_is_closed()")


def close(dialect: str, table: str, key: tuple[str, ...]) -> None:
    """Triggers refuse to change, replace or remove what stands in a table."""
    says = f"the table {table} accepts only inserts"
    sqlite = dialect == "sqlite"
    for statement in _sqlite(table, key, says) if sqlite else _postgresql(table, says):
        op.execute(statement)


def _sqlite(table: str, key: tuple[str, ...], says: str) -> Iterator[str]:
    """SQLite replaces a row without telling a trigger of its removal, so that an insert over one
    that is there is refused too, whether it names its key or its rowid."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
    yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}"
    yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same} OR rowid = NEW.rowid)"  # noqa: S608
    yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {refuse}"


def _postgresql(table: str, says: str) -> Iterator[str]:
    refuse = f"EXECUTE FUNCTION {table}_is_closed()"
    yield (
        f"CREATE FUNCTION {table}_is_closed() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{says}'; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW {refuse}"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT {refuse}"
    )
