"""Which cases a figure counts, in the same words for the figure and for the list behind it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec
from sqlalchemy import ColumnElement, Select, and_, not_, select

from permits.store.measured_tables import case_facts
from permits.store.tables import case_row

DECIDED = ("granted", "refused", "revoked")
"""The results that a decision gave, whether or not it still stands."""


class Chosen(msgspec.Struct, frozen=True):
    """The cases of a permit type and a track, of a department and a district (the authority that
    decides there), whose result came in a period; empty means all.

    Cases that are still open have no result and are counted nowhere.
    """

    permit: str = ""
    track: str = ""
    first: date | None = None
    last: date | None = None
    department: str = ""
    district: str = ""

    def narrow(self, query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
        """The query for these cases only."""
        on = case_facts.c.result_on
        query = self.whose(query).where(on.is_not(None))
        if self.first is not None:
            query = query.where(on >= self.first.isoformat())
        if self.last is not None:
            query = query.where(on <= self.last.isoformat())
        return query

    def whose(self, query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
        """The query for cases of this kind, whether or not they have a result."""
        if self.permit:
            query = query.where(case_facts.c.permit == self.permit)
        if self.track:
            query = query.where(case_facts.c.track == self.track)
        if self.department:
            query = query.where(case_facts.c.department == self.department)
        if self.district:
            there = select(case_row.c.case_id).where(case_row.c.authority == self.district)
            query = query.where(case_facts.c.case_id.in_(there))
        return query


class Which(StrEnum):
    """The cases behind a figure. Closed: each needs a name on pages.

    `EXEMPT` to `DEFERRED` are granted cases with at least one such material, `SLOWER` granted
    ones that took longer than the ordinary procedure promises.
    """

    ALL = "all"
    DECIDED = "decided"
    GRANTED = "granted"
    REFUSED = "refused"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    NOT_ACCEPTED = "not_accepted"
    EXEMPT = "exempt"
    SHARED = "shared"
    COMMITTED = "committed"
    DEFERRED = "deferred"
    SLOWER = "slower"
    SUSPENDED = "suspended"
    ON_TIME = "on_time"
    LATE = "late"
    CORRECTED = "corrected"
    UNRECKONED = "unreckoned"


_facts = case_facts.c
_decided = _facts.result.in_(DECIDED)

_AMONG: Mapping[Which, ColumnElement[bool]] = {
    **{
        which: _facts.result == which.value
        for which in (
            Which.GRANTED,
            Which.REFUSED,
            Which.REVOKED,
            Which.WITHDRAWN,
            Which.NOT_ACCEPTED,
        )
    },
    Which.DECIDED: _decided,
    Which.EXEMPT: _facts.saved_exempt > 0,
    Which.SHARED: _facts.saved_shared > 0,
    Which.COMMITTED: _facts.saved_committed > 0,
    Which.DEFERRED: _facts.deferred > 0,
    Which.SLOWER: _facts.saved_wd < 0,
    Which.SUSPENDED: and_(_decided, _facts.suspended_wd > 0),
    Which.ON_TIME: and_(_decided, not_(_facts.late)),
    Which.LATE: and_(_decided, _facts.late),
    Which.CORRECTED: _facts.corrections > 0,
    Which.UNRECKONED: and_(_decided, _facts.used_wd.is_(None)),
}


def among(which: Which) -> ColumnElement[bool] | None:
    """What a case must meet to be among these; None if every case is."""
    return None if which is Which.ALL else _AMONG[which]
