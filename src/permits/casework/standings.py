"""The rules of accounts: which roles go together, who administers what, who stands in for whom.

Three administrators watch each other (三员分立, GB/T 22239-2019 8.1.4.2). Which days a
substitution covers is looked at on each request, so it begins and ends by itself.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from permits.casework.access import Actor, Place
from permits.casework.families.access import Standing, Substitution
from permits.definitions.procedure import ADMINISTRATORS, OFFICERS, Role


class Fault(StrEnum):
    """Why an account cannot be like this, or a substitute not be named. Closed: each has a
    sentence in `permits.text.standings`."""

    NAME_LENGTH = "name_length"
    NAME_TAKEN = "name_taken"
    NOT_SHOWN = "not_shown"
    WEAK_PASSWORD = "weak_password"  # noqa: S105 - what is wrong, not a password
    NO_ADDRESS = "no_address"
    NO_ROLE = "no_role"
    NO_DEPARTMENT = "no_department"
    PARTY_WANTED = "party_wanted"
    NO_PARTY = "no_party"
    KINDS_MIXED = "kinds_mixed"
    NO_PERSON = "no_person"
    NO_ACCOUNT = "no_account"
    CLOSED = "closed"
    OWN_ACCOUNT = "own_account"
    REASON_WANTED = "reason_wanted"
    NOT_YOURS = "not_yours"
    NOT_A_COLLEAGUE = "not_a_colleague"
    ROLE_NOT_HELD = "role_not_held"
    ROLE_HELD = "role_held"
    DAYS_UNFIT = "days_unfit"
    TAKEN_ALREADY = "taken_already"
    NO_SUBSTITUTION = "no_substitution"


KINDS: tuple[frozenset[Role], ...] = (
    frozenset({Role.APPLICANT}),
    OFFICERS,
    frozenset({Role.AUDITOR}),
    *(frozenset({role}) for role in sorted(ADMINISTRATORS)),
)
"""An account is of one kind: whoever decides neither applies nor audits, and of the three
administrators none is another one, nor anything else."""


def unfit(roles: frozenset[Role], office: str, department: str, party: str) -> Fault | None:
    """Why an account cannot have these roles there."""
    if Role.TIMER in roles:
        return Fault.NO_PERSON
    if not roles:
        return Fault.NO_ROLE
    if not any(roles <= kind for kind in KINDS):
        return Fault.KINDS_MIXED
    if roles <= OFFICERS and not (office and department):
        return Fault.NO_DEPARTMENT
    return Fault.PARTY_WANTED if (Role.APPLICANT in roles) != bool(party) else None


class Charge(StrEnum):
    """What of accounts, of what is published and of the running system is somebody's to do.
    Closed: each belongs to administrators."""

    LOOK = "look"
    OPEN = "open"
    CLOSE = "close"
    GIVE_ROLES = "give_roles"
    READ_ACCESS_LOG = "read_access_log"
    PROPOSE = "propose"
    PUBLISH = "publish"
    RUN = "run"


IN_CHARGE: Mapping[Charge, frozenset[Role]] = {
    Charge.LOOK: frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}),
    Charge.OPEN: frozenset({Role.SYSTEM_ADMIN}),
    Charge.CLOSE: frozenset({Role.SYSTEM_ADMIN}),
    Charge.GIVE_ROLES: frozenset({Role.SECURITY_ADMIN}),
    Charge.READ_ACCESS_LOG: frozenset({Role.AUDIT_ADMIN}),
    Charge.PROPOSE: frozenset({Role.SYSTEM_ADMIN}),
    Charge.PUBLISH: frozenset({Role.SECURITY_ADMIN}),
    Charge.RUN: frozenset({Role.SYSTEM_ADMIN}),
}


def may_administer(actor: Actor, charge: Charge) -> bool:
    """Whether something that administrators do is the actor's to do."""
    return bool(actor.roles & IN_CHARGE[charge])


def charged(actor: Actor, charge: Charge, account: str) -> Role | None:
    """The role in which the actor does something to an account; nobody does it to their own."""
    if actor.id == account:
        return None
    return next(iter(sorted(actor.roles & IN_CHARGE[charge])), None)


LONGEST_SUBSTITUTION = timedelta(days=366)
"""Whoever is away for longer is another one's successor: that is a change of roles."""


class Naming(msgspec.Struct, frozen=True):
    """That one officer is to stand in for another, in a role, on some days."""

    holder: str
    substitute: str
    role: Role
    first: date
    last: date


def not_to_name(
    naming: Naming, by: Actor, holder: Standing, substitute: Standing, today: date
) -> Fault | None:
    """Why an officer cannot stand in for another: named by the officer or the head of their
    department, another officer of it who does not have the role, within a year, one at a time.

    Roles come together by it that a procedure keeps apart. What keeps four eyes is not that they
    never do but that what either of the two did in a case counts for both (`Actor.persons`).
    """
    role = Role(naming.role)
    if not may_name(by, naming.holder, holder):
        return Fault.NOT_YOURS
    if role not in OFFICERS or role not in holder.roles:
        return Fault.ROLE_NOT_HELD
    if naming.substitute == naming.holder or not _colleagues(holder, substitute):
        return Fault.NOT_A_COLLEAGUE
    if role in substitute.roles:
        return Fault.ROLE_HELD
    if not _fit_days(naming, today):
        return Fault.DAYS_UNFIT
    same = [one for one in (*holder.substitutes, *substitute.places) if one.role == role]
    taken = any(one.first <= naming.last and naming.first <= one.last for one in same)
    return Fault.TAKEN_ALREADY if taken else None


def may_name(by: Actor, holder_id: str, holder: Standing) -> bool:
    """Whether somebody may name who stands in for an officer, and recall them: the officer, or
    the head of their department; nobody who is only a substitute for that head."""
    if not holder.open:
        return False
    heads = Role.LEADER in by.roles and not by.place_of(Role.LEADER)
    return by.id == holder_id or (heads and by.works_for(holder.office, holder.department))


def _colleagues(one: Standing, other: Standing) -> bool:
    """Whether both are officers of one department whose accounts are open."""
    room = (one.office, one.department)
    officers = all(OFFICERS & frozenset(map(Role, each.roles)) for each in (one, other))
    return officers and other.open and (other.office, other.department) == room


def _fit_days(naming: Naming, today: date) -> bool:
    first, last = naming.first, naming.last
    return today <= first <= last and last - first < LONGEST_SUBSTITUTION


def as_on(actor: Actor, places: Iterable[Substitution], day: date) -> Actor:
    """An account's actor with the roles in which it stands in for others on a day; those of
    another department, or that have become its own, are nothing to it."""
    held = tuple(
        Place(Role(one.role), one.account)
        for one in places
        if one.first <= day <= one.last
        and actor.works_for(one.office, one.department)
        and one.role not in actor.roles
    )
    if not held:
        return actor
    return replace(actor, roles=actor.roles.union(place.role for place in held), places=held)
