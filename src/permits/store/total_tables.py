"""The tables of totals: how many rows that figures count are alike, kept with the rows themselves.

A *facet* is a kind of rows together with those of their columns that figures look at side by side.
A total says how many rows of a facet do not differ in any of its columns, among the cases of one
group and month of the result. Numbers keep their value, so that sums, medians and deciles made of
totals are those of the rows. Each column bears the name it has in the rows; those of other facets
are empty.

Whoever writes adds to a `part` that nobody else holds (`permits.store.totals`): a total is the sum
over its parts.
"""

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Integer, PrimaryKeyConstraint, Table

from permits.store.measured_tables import case_duty, case_facts, case_term
from permits.store.shape import Words, metadata

figure_group = Table(
    "figure_group",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("permit", Words, nullable=False),
    Column("definition", Words, nullable=False),
    Column("track", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("district", Words, nullable=False),
)
"""Cases that are told apart by nothing but their month. There are few groups; their `id` follows
from what they say. One in which nothing is counted any more may be left."""

figure_total = Table(
    "figure_total",
    metadata,
    Column("kind", Words, nullable=False),
    Column("month", Words, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("id", Words, nullable=False),
    Column("part", Integer, nullable=False),
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
    PrimaryKeyConstraint("kind", "group_id", "id", "month", "part"),
    sqlite_with_rowid=False,
)
"""`id` says in one word what the columns of the facet say: what is not known has no place in a
key. The months of what is alike lie side by side, so that they are added up as they are read, and
nothing is sorted first."""

GROUP = ("permit", "definition", "track", "department", "district")
"""What tells groups of cases apart."""


class Facet(msgspec.Struct, frozen=True):
    """Columns of rows that are counted together."""

    kind: str
    rows: Table
    columns: tuple[str, ...]


DAYS = Facet(
    "days", case_facts, ("result", "used_wd", "suspended_wd", "saved_wd", "saved_statutory_wd")
)
MATERIALS = Facet(
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
)
CONDUCT = Facet("conduct", case_facts, ("result", "late", "corrections", "visits"))
TERMS = Facet("terms", case_term, ("name", "limit_kind", "debtor", "extensions", "fate"))
DUTIES = Facet("duties", case_duty, ("name", "method", "fate"))

FACETS = (DAYS, MATERIALS, CONDUCT, TERMS, DUTIES)
"""Every facet there is. Amounts of money and days between two dates hardly repeat, or change with
the calendar: no totals are kept of them, nor of what depends on the day it is asked."""
