"""Everybody who has to do with the cases that are tried, and who may act in which role."""

from permits.casework.access import TIMER, Actor
from permits.definitions.procedure import Role
from tests.casework.joint import OTHERS
from tests.kit import APPLICANT, AUDITOR, ELSEWHERE, STRANGER, officer

OFFICERS = (
    officer("window", Role.WINDOW),
    officer("examiner", Role.EXAMINER),
    officer("examiner2", Role.EXAMINER),
    officer("leader", Role.LEADER),
    officer("examining_leader", Role.EXAMINER, Role.LEADER, Role.WINDOW),
    officer("inspector", Role.INSPECTOR),
    officer("colleague", Role.INSPECTOR),
    officer("third", Role.INSPECTOR),
    officer("at_the_window", Role.WINDOW, Role.INSPECTOR),
    officer("supervisor", Role.SUPERVISOR),
    officer("supervisor2", Role.SUPERVISOR),
)
"""The officers of the department that decides. One may do almost everything by its roles."""

ASKED = tuple(OTHERS[name] for name in ("fire", "civil_defence", "heritage", "utilities"))
"""The officers of departments whose opinion is asked for."""

PEOPLE: dict[str, Actor] = {
    one.id: one for one in (APPLICANT, STRANGER, *OFFICERS, *ASKED, AUDITOR, ELSEWHERE, TIMER)
}
NAMES = tuple(PEOPLE)
INSPECTORS = tuple(one.id for one in OFFICERS if Role.INSPECTOR in one.roles)


def holding(role: Role) -> tuple[str, ...]:
    """Who holds a role in the department that decides, or as its applicant."""
    found = [APPLICANT] if role is Role.APPLICANT else [o for o in OFFICERS if role in o.roles]
    return tuple(one.id for one in (found or [TIMER]))


def applicant_of(party: str) -> str:
    """Whose account is that of a party."""
    return next(one.id for one in (APPLICANT, STRANGER) if one.party == party)
