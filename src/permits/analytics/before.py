"""Cases that were decided before the program came, counted with the others where one asks for it.

Of them only dates are known. So they have a number in one figure, the working days from acceptance
to the decision with suspensions counted in, and in how many cases were decided, granted and
refused; they are in no other. Where no acceptance is known the days are counted from receipt. No
department, district or edition is known either: told apart by these they are a group of their own,
and where one department or district is asked for they are left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from permits.analytics.choosing import Chosen, Which
from permits.analytics.measures import By, Measure
from permits.analytics.measuring import Found, counting, together
from permits.analytics.metrics import Figures, Overview
from permits.casework.families.history import PastCaseRecorded
from permits.casework.working_days import WorkingDays

GROUP = "of.before"
"""The key of their group where they are told apart by what is not known of them."""

TOLD: Measure = Measure.DAYS_GROSS
"""The one figure that dates alone tell."""

AMONG: Mapping[Which, tuple[str, ...]] = {
    Which.ALL: ("granted", "refused"),
    Which.DECIDED: ("granted", "refused"),
    Which.GRANTED: ("granted",),
    Which.REFUSED: ("refused",),
}
"""The lists of cases in which they can be, and their results there."""


def narrowed(cases: Iterable[PastCaseRecorded], chosen: Chosen) -> tuple[PastCaseRecorded, ...]:
    """Those of the chosen cases."""
    if chosen.department or chosen.district:
        return ()
    return tuple(
        one
        for one in cases
        if chosen.permit in ("", one.permit)
        and chosen.track in ("", one.track)
        and (chosen.first is None or one.decided_on >= chosen.first)
        and (chosen.last is None or one.decided_on <= chosen.last)
    )


def found(cases: Iterable[PastCaseRecorded], by: By, calendar: WorkingDays) -> dict[str, Found]:
    """The working days they took, with suspensions, in each group."""
    between = counting(calendar)
    often: dict[str, Counter[int]] = {}
    unreckoned: Counter[str] = Counter()
    for one in cases:
        key = key_of(one, by)
        counts = often.setdefault(key, Counter())
        since = (one.accepted_on or one.received_on).isoformat()
        days = between(since, one.decided_on.isoformat())
        if days is None:
            unreckoned[key] += 1
        else:
            counts[days] += 1
    return {key: Found(dict(often[key]), unreckoned[key]) for key in sorted(often)}


def key_of(case: PastCaseRecorded, by: By) -> str:
    """The group a case is in."""
    match by:
        case By.ALL:
            return ""
        case By.PERMIT:
            return case.permit
        case By.TRACK:
            return case.track
        case By.MONTH:
            return f"{case.decided_on:%Y-%m}"
        case _:
            return GROUP


def added(own: Mapping[str, Found], past: Mapping[str, Found]) -> dict[str, Found]:
    """What groups come to with both."""
    return {
        key: together(each[key] for each in (own, past) if key in each)
        for key in sorted({*own, *past})
    }


class Both(NamedTuple):
    """A group of the overview: how many cases were decided, granted and refused, each of the
    program's own and of before; and the days of both together."""

    by: By
    key: str
    decided: tuple[int, int]
    granted: tuple[int, int]
    refused: tuple[int, int]
    days: Found


Own = Mapping[By, Mapping[str, Figures]]
"""The program's own cases, told apart in several ways."""


def of_overview(overview: Overview) -> Own:
    """What an overview tells that cases of before can stand beside."""
    return {
        By.ALL: {"": overview.whole},
        By.TRACK: overview.by_track,
        By.PERMIT: overview.by_permit,
    }


def beside(
    own: Own,
    cases: Sequence[PastCaseRecorded],
    days: Mapping[By, Mapping[str, Found]],
    calendar: WorkingDays,
) -> list[Both]:
    """Figures with cases of before, in each way they are told apart. `days` are what the program's
    own cases took, told apart in the same ways."""
    lines: list[Both] = []
    for by, figures in own.items():
        together = added(days[by], found(cases, by, calendar))
        for key in sorted({*figures, *together}):
            past = Counter(one.result for one in cases if key_of(one, by) == key)
            mine = figures.get(key)
            lines.append(
                Both(
                    by,
                    key,
                    (mine.decided if mine else 0, past.total()),
                    (mine.granted if mine else 0, past["granted"]),
                    (mine.refused if mine else 0, past["refused"]),
                    together.get(key, Found({}, 0)),
                )
            )
    return lines
