"""A session: when it has ended, what it still wants, and whether its person has just proved who
they are."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from permits.casework.password_rules import worn_out
from permits.sign_in_rules import SessionLimits, SignInRules

FRESH = timedelta(minutes=10)
"""So long a proof holds for acts that want one."""

HALF_OPEN = timedelta(minutes=10)
"""So long a session waits for the code that belongs to its password."""


class Step(StrEnum):
    """What a session wants before anything else can be done in it."""

    CODE = "code"
    NEW_PASSWORD = "new_password"  # noqa: S105 - what is wanted, not a password
    ENROL = "enrol"


class Means(msgspec.Struct, frozen=True):
    """What an account signs in with: since when it has its password, whether that was given for
    once only, and whether it has a second factor."""

    password_set_at: datetime
    once: bool
    second_factor: bool


class Times(msgspec.Struct, frozen=True):
    """The times of a session: opened, last used, to be closed, and last proved."""

    opened_at: datetime
    seen_at: datetime
    closes_at: datetime
    proved_at: datetime


def limits(rules: SignInRules, *, staff: bool) -> SessionLimits:
    """How long a session lasts. What is stricter for everybody is so for staff too."""
    if not staff:
        return rules.everybody
    return SessionLimits(
        min(rules.staff.idle, rules.everybody.idle),
        min(rules.staff.longest, rules.everybody.longest),
    )


def ended(times: Times, limit: SessionLimits, now: datetime) -> bool:
    """Whether a session has ended by itself, by whichever limit comes first; those of today hold
    for sessions that were opened before, too."""
    closes_at = min(times.closes_at, times.opened_at + limit.longest)
    return now > closes_at or now - times.seen_at > limit.idle


def wanted(
    means: Means, rules: SignInRules, now: datetime, *, staff: bool, coded: bool
) -> Step | None:
    """What a session still wants; `coded` if a second factor was given in it, or whoever vouches
    for its person has seen one."""
    if means.second_factor and not coded:
        return Step.CODE
    if means.once or worn_out(means.password_set_at, rules, now):
        return Step.NEW_PASSWORD
    if staff and rules.staff_second_factor and not (means.second_factor or coded):
        return Step.ENROL
    return None


def fresh(times: Times, now: datetime) -> bool:
    """Whether the last proof still holds for acts that want one."""
    return now - times.proved_at <= FRESH
