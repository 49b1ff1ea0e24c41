"""How many obligations came to what, in one query, by how that is verified and by obligation."""

from collections import Counter
from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, select

from permits.analytics.alike import alike
from permits.analytics.choosing import Chosen
from permits.store.total_tables import DUTIES

Fates = Mapping[str, int]
"""How many came to what, by `permits.casework.measured_rows.DutyFate`."""


class Commitments(msgspec.Struct, frozen=True):
    """The obligations of the chosen cases as a whole, by method and by name."""

    whole: Fates
    by_method: Mapping[str, Fates]
    by_duty: Mapping[str, Fates]


def counted(connection: Connection, chosen: Chosen, *, kept: bool) -> Commitments:
    """What became of the obligations of cases with a result. `kept` says that totals are kept."""
    query = select(alike(DUTIES, ("method", "name", "fate"), chosen, kept=kept))
    whole: Counter[str] = Counter()
    by_method: dict[str, Counter[str]] = {}
    by_duty: dict[str, Counter[str]] = {}
    for method, name, fate, times in connection.execute(query):
        whole[fate] += times
        by_method.setdefault(method, Counter())[fate] += times
        by_duty.setdefault(name, Counter())[fate] += times
    return Commitments(whole, by_method, by_duty)
