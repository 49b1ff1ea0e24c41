"""What administrators do to accounts, and officers who are away: each of it an event, with why."""

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from permits.casework.access import Actor
from permits.casework.dates import day_of
from permits.casework.families import access
from permits.casework.families.access import Standing, Substitution
from permits.casework.parts import Seal
from permits.casework.standings import (
    Charge,
    Fault,
    Naming,
    charged,
    may_name,
    not_to_name,
)
from permits.definitions.procedure import Role
from permits.services.access_streams import Recalled
from permits.services.accounts import Accounts, BadAccount, NewAccount
from permits.services.leaving import Leaving, Left
from permits.services.records import By, new_id
from permits.services.sealer import Sealer
from permits.store import people
from permits.store.database import Database
from permits.store.leaving import checks as checks_of
from permits.store.leaving import hand_cases, hand_over
from permits.store.people import Account
from permits.store.vault import Vault


class Given(msgspec.Struct, frozen=True):
    """The roles an account is to have, where, and why."""

    roles: frozenset[Role]
    office: str = ""
    department: str = ""
    party: str = ""
    reason: str = ""


class Known(NamedTuple):
    """An account with what it may do, and whoever is named by its substitutions."""

    account: Account
    standing: Standing
    people: dict[str, str]


class Standings:
    """What changes accounts by hand of somebody who is in charge of it."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        leaving: Leaving,
        now: Callable[[], datetime],
    ) -> None:
        self.database = database
        self.accounts = accounts
        self.leaving = leaving
        self.now = now
        self._streams = accounts.streams
        self._vault = Vault(database.dialect)

    @property
    def today(self) -> date:
        return day_of(self.now())

    def known(self, account_id: str) -> Known | None:
        """An account as it stands; None if there is none."""
        with self.database.read() as connection:
            account = people.by_id(connection, account_id)
            return self._known(connection, account) if account is not None else None

    def open(self, new: NewAccount, by: Actor) -> str | BadAccount:
        """Open an account without roles; its id, or why it cannot be opened."""
        role = charged(by, Charge.OPEN, "")
        if role is None:
            return BadAccount(Fault.NOT_YOURS)
        try:
            return self.accounts.open(new, actor=by.id, role=role)
        except BadAccount as bad:
            return bad

    def give_roles(self, account_id: str, given: Given, by: Actor) -> BadAccount | None:
        """Give an account other roles from its next request on; nobody gives their own."""
        role = charged(by, Charge.GIVE_ROLES, account_id)
        sealer = Sealer(access.stream_of(account_id))
        reason = sealer.text("reason", given.reason)
        if role is None or reason is None:
            return _not_by(by, account_id, role)
        changed = access.RolesChanged(
            roles=tuple(sorted(given.roles)),
            office=given.office,
            department=given.department,
            party=given.party,
            reason=reason,
        )
        try:
            with self.database.write() as connection:
                if given.party and not people.knows_party(connection, given.party):
                    return BadAccount(Fault.NO_PARTY, code=given.party)
                self.accounts.change_in(connection, account_id, changed, By(by.id, role))
                self._vault.put(connection, sealer.values)
        except BadAccount as bad:
            return bad
        return None

    def close(self, account_id: str, reason: str, hand_to: str, by: Actor) -> Left | BadAccount:
        """Close an account for good, and hand what it was still to do to a colleague in the same
        step. What is drawn by lot is drawn again, for no colleague may be chosen for it; what is
        left then is said."""
        role = charged(by, Charge.CLOSE, account_id)
        sealer = Sealer(access.stream_of(account_id))
        why = sealer.text("reason", reason)
        if role is None or why is None:
            return _not_by(by, account_id, role)
        try:
            with self.database.write() as connection:
                if hand_to and not _colleagues(connection, account_id, hand_to):
                    raise BadAccount(Fault.NOT_A_COLLEAGUE)
                checks = checks_of(connection, account_id)
                closed = access.AccountClosed(reason=why, handed_to=hand_to)
                self.accounts.close_in(connection, account_id, closed, By(by.id, role))
                if hand_to:
                    hand_over(connection, account_id, hand_to)
                hand_cases(connection, account_id, hand_to)
                self._vault.put(connection, sealer.values)
        except BadAccount as bad:
            return bad
        return self.leaving.draw_again(account_id, checks, reason)

    def name(self, naming: Naming, reason: str, by: Actor) -> Fault | None:
        """Name who stands in for an officer, in the streams of both."""
        sealer = Sealer(access.stream_of(naming.holder))
        why = sealer.text("reason", reason)
        if why is None:
            return Fault.REASON_WANTED
        with self.database.write() as connection:
            holder = self._streams.standing(connection, naming.holder)
            substitute = self._streams.standing(connection, naming.substitute)
            fault = not_to_name(naming, by, holder, substitute, self.today)
            if fault is not None:
                return fault
            named, taken = _both(naming, holder, why)
            self._streams.note(connection, naming.holder, [named], By(by.id))
            self._streams.note(connection, naming.substitute, [taken], By(by.id))
            self._vault.put(connection, sealer.values)
        return None

    def recall(self, holder_id: str, substitution: str, by: Actor) -> Fault | None:
        """End a substitution before its last day."""
        with self.database.write() as connection:
            holder = self._streams.standing(connection, holder_id)
            if not may_name(by, holder_id, holder):
                return Fault.NOT_YOURS
            one = _running(holder.substitutes, substitution, self.today)
            if one is None:
                return Fault.NO_SUBSTITUTION
            gone = Recalled(one.id, holder_id, one.account)
            self._streams.recall(connection, gone, By(by.id))
        return None

    def department(self, actor: Actor) -> list[Known]:
        """Everybody who works where an officer does, by name, each as they stand; of what is over
        nothing is told."""
        with self.database.read() as connection:
            found = people.officers(connection, actor.office, actor.department)
        named = {one.id: one.name for one in found}
        return [Known(one, _standing(one, found), named) for one in found]

    def _known(self, connection: Connection, account: Account) -> Known:
        standing = self._streams.standing(connection, account.id)
        others = {one.account for one in (*standing.places, *standing.substitutes)}
        named = {one.id: one.name for one in people.by_ids(connection, others)}
        return Known(account, standing, named)

    def colleagues(self, account: Account) -> list[Account]:
        """The other officers of an officer's department whose accounts are open."""
        if not account.actor.officer:
            return []
        with self.database.read() as connection:
            found = people.officers(connection, account.actor.office, account.actor.department)
        return [one for one in found if one.id != account.id]


def _standing(account: Account, department: list[Account]) -> Standing:
    """How an officer stands, as the rows of their department say it."""
    actor = account.actor
    substitutes = tuple(
        replace(place, account=other.id)
        for other in department
        for place in other.places
        if place.account == account.id
    )
    roles = tuple(sorted(actor.roles))
    where = (actor.office, actor.department, actor.party)
    return Standing(roles, *where, account.open, account.places, substitutes)


def _both(
    naming: Naming, holder: Standing, reason: Seal
) -> tuple[access.SubstituteNamed, access.PlaceTaken]:
    """A substitution as it stands in the stream of either."""
    substitution = new_id()
    named = access.SubstituteNamed(
        substitution=substitution,
        substitute=naming.substitute,
        role=naming.role,
        office=holder.office,
        department=holder.department,
        first=naming.first,
        last=naming.last,
        reason=reason,
    )
    taken = access.PlaceTaken(
        substitution=substitution,
        of=naming.holder,
        role=naming.role,
        office=holder.office,
        department=holder.department,
        first=naming.first,
        last=naming.last,
    )
    return named, taken


def _running(
    those: tuple[Substitution, ...], substitution: str, today: date
) -> Substitution | None:
    return next((one for one in those if one.id == substitution and one.last >= today), None)


def _colleagues(connection: Connection, leaver: str, other: str) -> bool:
    """Whether somebody is another officer of a leaver's department, whose account is open."""
    one, two = people.by_id(connection, leaver), people.by_id(connection, other)
    if one is None or two is None or one.id == two.id or not (two.open and one.actor.officer):
        return False
    return two.actor.works_for(one.actor.office, one.actor.department)


def _not_by(by: Actor, account_id: str, role: Role | None) -> BadAccount:
    """Why somebody may not do a thing to an account, or not without a reason."""
    if role is not None:
        return BadAccount(Fault.REASON_WANTED)
    return BadAccount(Fault.OWN_ACCOUNT if by.id == account_id else Fault.NOT_YOURS)
