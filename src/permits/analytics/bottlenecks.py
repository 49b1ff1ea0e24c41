"""Where cases stand now: how many in each state, and since when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from permits.analytics.choosing import Chosen
from permits.casework.due_dates import days_used
from permits.casework.working_days import WorkingDays
from permits.store.measured_tables import case_facts, interval
from permits.store.tables import case_row


class Standing(msgspec.Struct, frozen=True):
    """So many cases that are not over stand in a state, the first of them since `since`."""

    cases: int
    since: date

    def longest(self, today: date, calendar: WorkingDays) -> int | None:
        """The working days the first of them has stood there; None if a year of them is not
        published, or if it came there by a date that is still to come."""
        return None if today < self.since else days_used(calendar, self.since, today)


def standing(connection: Connection, chosen: Chosen) -> Mapping[str, Standing]:
    """The states in which cases stand that somebody has something to do in. They have no period:
    a case that stands somewhere has not left it."""
    stay = interval.c
    query: Any = (
        select(stay.state, func.count(), func.min(stay.entered_on))
        .select_from(case_facts)
        .join(interval, stay.case_id == case_facts.c.case_id)
        .join(case_row, case_row.c.case_id == case_facts.c.case_id)
        .where(stay.left_on.is_(None), case_row.c.ended.is_(False))
        .group_by(stay.state)
    )
    found: Any = connection.execute(chosen.whose(query))
    return {state: Standing(cases, date.fromisoformat(since)) for state, cases, since in found}
