"""What is made from the log of each case."""

import sqlalchemy as sa
from alembic import op

from permits.store.migrations.first import WORDS


def create() -> None:
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
        sa.Column("rectifies", sa.Boolean(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("updated_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
        sa.UniqueConstraint("number"),
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
    for column in ("permit", "authority", "phase"):
        columns = [column, "published_on", "case_id"]
        op.create_index(f"case_row_register_{column}", "case_row", columns, unique=False)
    op.create_table(
        "document_row",
        sa.Column("number", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("number", "case_id"),
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
        sa.Column("rectifies", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "obligation", "officer"),
    )
    op.create_index("check_row_pile", "check_row", ["officer", "sort_on", "case_id"], unique=False)
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
        "number_series",
        sa.Column("series", WORDS, nullable=False),
        sa.Column("authority", WORDS, nullable=False),
        sa.Column("period", WORDS, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series"),
    )
    op.create_index("number_series_period", "number_series", ["authority", "period"], unique=False)
