"""How many obligations came to what, in one query, by how that is verified and by obligation."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from permits.analytics.choosing import Chosen
from permits.store.measured_tables import case_duty, case_facts

Fates = Mapping[str, int]
"""How many came to what, by `permits.casework.measured_rows.DutyFate`."""


class Commitments(msgspec.Struct, frozen=True):
    """The obligations of the chosen cases as a whole, by method and by name."""

    whole: Fates
    by_method: Mapping[str, Fates]
    by_duty: Mapping[str, Fates]


def counted(connection: Connection, chosen: Chosen) -> Commitments:
    """What became of the obligations of cases with a result."""
    duty = case_duty.c
    kinds = (duty.method, duty.name, duty.fate)
    query: Any = (
        select(*kinds, func.count())
        .select_from(case_facts)
        .join(case_duty, duty.case_id == case_facts.c.case_id)
    )
    whole: Counter[str] = Counter()
    by_method: dict[str, Counter[str]] = {}
    by_duty: dict[str, Counter[str]] = {}
    found: Any = connection.execute(chosen.narrow(query).group_by(*kinds))
    for method, name, fate, times in found:
        whole[fate] += times
        by_method.setdefault(method, Counter())[fate] += times
        by_duty.setdefault(name, Counter())[fate] += times
    return Commitments(whole, by_method, by_duty)
