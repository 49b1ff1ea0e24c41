"""Which cases a figure counts, in the same words for the figure and for the list behind it."""

from datetime import date
from enum import StrEnum

import msgspec
from sqlalchemy import ColumnElement, Select, and_

from permits.store.tables import case_facts

DECIDED = ("granted", "refused", "revoked")
"""The results that a decision gave, whether or not it still stands."""


class Chosen(msgspec.Struct, frozen=True):
    """The cases of a permit type and a track whose result came in a period; empty means all.

    Cases that are still open have no result and are counted nowhere.
    """

    permit: str = ""
    track: str = ""
    first: date | None = None
    last: date | None = None

    def narrow(self, query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
        """The query for these cases only."""
        on = case_facts.c.result_on
        query = query.where(on.is_not(None))
        if self.permit:
            query = query.where(case_facts.c.permit == self.permit)
        if self.track:
            query = query.where(case_facts.c.track == self.track)
        if self.first is not None:
            query = query.where(on >= self.first.isoformat())
        if self.last is not None:
            query = query.where(on <= self.last.isoformat())
        return query


class Which(StrEnum):
    """The cases behind a figure. Closed: each needs a name on pages."""

    ALL = "all"
    DECIDED = "decided"
    GRANTED = "granted"
    REFUSED = "refused"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    NOT_ACCEPTED = "not_accepted"
    LATE = "late"
    CORRECTED = "corrected"
    UNRECKONED = "unreckoned"


def among(which: Which) -> ColumnElement[bool] | None:
    """What a case must meet to be among these; None if every case is."""
    facts = case_facts.c
    match which:
        case Which.ALL:
            return None
        case Which.DECIDED:
            return facts.result.in_(DECIDED)
        case Which.LATE:
            return and_(facts.result.in_(DECIDED), facts.late)
        case Which.UNRECKONED:
            return and_(facts.result.in_(DECIDED), facts.used_wd.is_(None))
        case Which.CORRECTED:
            return facts.corrections > 0
        case _:
            return facts.result == which.value
