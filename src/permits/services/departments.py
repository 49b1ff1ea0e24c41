"""The departments of an office: which permit types they decide, who works there in which role,
who stands in for whom, and which roles nobody has."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from permits.casework.families.access import Substitution
from permits.definitions.edition import Edition
from permits.definitions.procedure import OFFICERS, Role
from permits.definitions.schema import Text
from permits.store import people
from permits.store.database import Database
from permits.store.people import Account


class StandingIn(NamedTuple):
    """That one officer stands in for another, now or later."""

    substitution: Substitution
    substitute: str
    holder: str


class Department(NamedTuple):
    """A department. `title` is that of its office, where a permit type says it. `missing` are the
    roles that its permit types ask for and that nobody has today, not even for somebody else."""

    office: str
    department: str
    title: Text | None
    permits: tuple[Text, ...]
    officers: dict[Role, tuple[Account, ...]]
    missing: tuple[Role, ...]
    standing_in: tuple[StandingIn, ...]


def departments(
    database: Database, editions: Sequence[Edition], today: date
) -> tuple[Department, ...]:
    """Every department that decides something or that somebody belongs to, by name."""
    decide: dict[tuple[str, str], list[Edition]] = {}
    for edition in editions:
        authority = edition.definition.authority
        decide.setdefault((authority.id, authority.department), []).append(edition)
    with database.read() as connection:
        rooms = sorted({*decide, *people.rooms(connection)})
        staff = {room: people.officers(connection, *room) for room in rooms}
    return tuple(_department(room, decide.get(room, []), staff[room], today) for room in rooms)


def _department(
    room: tuple[str, str], editions: Sequence[Edition], staff: Sequence[Account], today: date
) -> Department:
    ordered = [role for role in Role if role in OFFICERS]
    officers = {role: tuple(one for one in staff if one.actor.has(role)) for role in ordered}
    today_has = {role for one in staff for role in ordered if one.on(today).actor.has(role)}
    asked = {role for edition in editions for role in _asked(edition)}
    return Department(
        *room,
        editions[0].definition.authority.title if editions else None,
        tuple(edition.definition.permit.title for edition in editions),
        {role: those for role, those in officers.items() if those},
        tuple(role for role in ordered if role in asked - today_has),
        tuple(_standing_in(staff, today)),
    )


def _asked(edition: Edition) -> Iterator[Role]:
    """The roles of officers that the actions of a permit type ask for."""
    for action in edition.definition.chart.actions.values():
        yield from (Role(role) for role in action.by if Role(role) in OFFICERS)


def _standing_in(staff: Sequence[Account], today: date) -> Iterator[StandingIn]:
    named = {one.id: one.name for one in staff}
    for one in staff:
        for place in one.places:
            if place.last >= today:
                yield StandingIn(place, one.name, named.get(place.account, place.account))
