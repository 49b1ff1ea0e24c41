"""The table of totals: how many rows that figures count are alike, kept with the rows themselves.

A *facet* is a kind of rows together with those of their columns that figures look at side by side.
A total says how many rows of a facet do not differ in any of its columns, among the cases of one
edition, track, department, district and month of the result. Numbers keep their value, so that
sums, medians and deciles made of totals are those of the rows. Each column bears the name it has
in the rows; those of other facets are empty.

Whoever writes adds to a `part` that nobody else holds (`permits.store.totals`): a total is the sum
over its parts.
"""

import msgspec
from sqlalchemy import Boolean, Column, Integer, PrimaryKeyConstraint, Table

from permits.store.measured_tables import case_duty, case_facts, case_term
from permits.store.shape import Words, metadata

figure_total = Table(
    "figure_total",
    metadata,
    Column("kind", Words, nullable=False),
    Column("month", Words, nullable=False),
    Column("id", Words, nullable=False),
    Column("part", Integer, nullable=False),
    Column("permit", Words, nullable=False),
    Column("definition", Words, nullable=False),
    Column("track", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("district", Words, nullable=False),
    Column("times", Integer, nullable=False),
    Column("result", Words),
    Column("used_wd", Integer),
    Column("suspended_wd", Integer),
    Column("saved_wd", Integer),
    Column("saved_statutory_wd", Integer),
    Column("baseline_materials", Integer),
    Column("saved_materials", Integer),
    Column("saved_exempt", Integer),
    Column("saved_shared", Integer),
    Column("saved_committed", Integer),
    Column("deferred", Integer),
    Column("late", Boolean),
    Column("corrections", Integer),
    Column("visits", Integer),
    Column("name", Words),
    Column("method", Words),
    Column("limit_kind", Words),
    Column("debtor", Words),
    Column("extensions", Integer),
    Column("fate", Words),
    PrimaryKeyConstraint("kind", "month", "id", "part"),
    sqlite_with_rowid=False,
)
"""`id` says everything a total differs in from others of its facet and month, as one word: what
is not known has no place in a key."""

GROUP = ("month", "permit", "definition", "track", "department", "district")
"""What tells the cases of totals apart."""


class Facet(msgspec.Struct, frozen=True):
    """Columns of rows that are counted together."""

    kind: str
    rows: Table
    columns: tuple[str, ...]


FACETS = (
    Facet(
        "days",
        case_facts,
        ("result", "used_wd", "suspended_wd", "saved_wd", "saved_statutory_wd"),
    ),
    Facet(
        "materials",
        case_facts,
        (
            "result",
            "baseline_materials",
            "saved_materials",
            "saved_exempt",
            "saved_shared",
            "saved_committed",
            "deferred",
        ),
    ),
    Facet("conduct", case_facts, ("result", "late", "corrections", "visits")),
    Facet("terms", case_term, ("name", "limit_kind", "debtor", "extensions", "fate")),
    Facet("duties", case_duty, ("name", "method", "fate")),
)
"""Every facet there is. Amounts of money and days between two dates hardly repeat, or change with
the calendar: no totals are kept of them, nor of what depends on the day it is asked."""
