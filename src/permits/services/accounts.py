"""Accounts: opened, given other roles, closed; each of it an event of the account."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from permits.casework.characters import showable
from permits.casework.families import access
from permits.casework.families.parties import PartyRegistered
from permits.casework.families.parties import stream_of as party_stream
from permits.casework.identifiers import is_credit_code
from permits.casework.party import Party
from permits.casework.party_fold import fold_all
from permits.casework.password_rules import Wanted, Weakness, weaknesses
from permits.casework.standings import Fault, unfit
from permits.definitions.procedure import Role
from permits.outside import passwords
from permits.outside.mail import is_address
from permits.services.access_streams import AccessStreams
from permits.services.other_ways import end_other_ways
from permits.services.records import By, Records, new_id
from permits.services.sealer import Sealer
from permits.services.sessions import Ending, Sessions
from permits.sign_in_rules import SignInRules
from permits.store import people, second_factors
from permits.store.database import Database
from permits.store.parties import Parties, rows_of
from permits.store.people import Password
from permits.store.vault import Vault
from permits.text import standings
from permits.text.sign_in import weakness
from permits.text.words import Language


class BadAccount(ValueError):
    """An account cannot be like this; the message says why. `weak` is what is wrong with a
    password, by the rules of `rules`."""

    def __init__(
        self,
        fault: Fault,
        *,
        weak: tuple[Weakness, ...] = (),
        rules: SignInRules | None = None,
        **filled: str,
    ) -> None:
        self.fault = fault
        self.filled = filled
        self._weak = weak
        self._rules = rules
        super().__init__(self._weakly("en") or standings.sentence(fault, "en", **filled))

    def sentence(self, language: Language) -> str:
        """Why not, for whoever reads pages."""
        return self._weakly(language) or standings.told(self.fault, language, **self.filled)

    def _weakly(self, language: Language) -> str:
        if self._rules is None:
            return ""
        return " ".join(weakness(one, self._rules, language) for one in self._weak)


class NewAccount(msgspec.Struct, frozen=True):
    """What an account is opened with. A password that somebody else knows is for `once`."""

    username: str
    name: str
    password: str
    roles: frozenset[Role]
    office: str = ""
    department: str = ""
    party: str = ""
    email: str = ""
    once: bool = False


class Look(msgspec.Struct, frozen=True):
    """What somebody is shown of a case, and what for: one of the office's reasons, and in their
    own words, which are sealed."""

    fields: tuple[str, ...] = ()
    reason: str = ""
    words: str = ""


class Accounts:
    """Everything about accounts that changes something."""

    def __init__(
        self, sessions: Sessions, is_known: Callable[[str], bool] = passwords.is_common
    ) -> None:
        self.sessions = sessions
        self._is_known = is_known
        self.database: Database = sessions.database
        self.now: Callable[[], datetime] = sessions.now
        self.records = Records(sessions.database)
        self.streams = AccessStreams(sessions.database, sessions.now)
        self._party_rows = Parties(sessions.database.dialect)
        self._vault = Vault(sessions.database.dialect)

    def register_party(self, code: str, name: str, *, actor: str) -> None:
        """Register an organisation, or one under another name; BadAccount if its credit code is
        none."""
        if not is_credit_code(code):
            raise BadAccount(Fault.NO_PARTY, code=code)
        if not showable(name, lines=False):
            raise BadAccount(Fault.NOT_SHOWN)
        with self.database.write() as connection:
            event = PartyRegistered(code=code, name=name)
            self.records.append(
                connection, party_stream(code), [event], actor=actor, now=self.now()
            )
            record = fold_all(Party(code), self.records.events(connection, party_stream(code)))
            self._party_rows.put(connection, [rows_of(record)])

    def open(self, new: NewAccount, *, actor: str, role: str = "") -> str:
        """Open an account and say its id; BadAccount with the reason if it cannot be opened. One
        that an administrator opens has no role yet: that is for another one to give."""
        self._check(new, unroled=bool(role))
        account_id = new_id()
        password = Password(passwords.hashed(new.password), self.now(), new.once)
        with self.database.write() as connection:
            who = people.Person(account_id, new.username, new.name, new.email)
            if not people.add(connection, who, password):
                raise BadAccount(Fault.NAME_TAKEN, name=new.username)
            event = access.AccountOpened(
                roles=tuple(sorted(new.roles)),
                office=new.office,
                department=new.department,
                party=new.party,
            )
            self.streams.note(connection, account_id, [event], By(actor, role))
        return account_id

    def change(self, account_id: str, now: access.RolesChanged, *, actor: str) -> None:
        """Give an account other roles; what it may do is read anew at its next request."""
        with self.database.write() as connection:
            self.change_in(connection, account_id, now, By(actor))

    def change_in(
        self, connection: Connection, account_id: str, now: access.RolesChanged, by: By
    ) -> None:
        """The same within the caller's transaction. Whoever stood in for the account, and for whom
        it did, is on their own again."""
        _check_open(connection, account_id)
        _check_roles(frozenset(map(Role, now.roles)), now.office, now.department, now.party)
        self.streams.end_substitutions(connection, account_id, by)
        self.streams.note(connection, account_id, [now], by)

    def close(self, account_id: str, *, actor: str) -> None:
        """Close an account for good, and forget everything that opened it."""
        with self.database.write() as connection:
            self.close_in(connection, account_id, access.AccountClosed(), By(actor))

    def close_in(
        self, connection: Connection, account_id: str, closed: access.AccountClosed, by: By
    ) -> None:
        """The same within the caller's transaction."""
        _check_open(connection, account_id)
        self.streams.end_substitutions(connection, account_id, by)
        self.streams.note(connection, account_id, [closed], by)
        second_factors.remove(connection, account_id)
        end_other_ways(connection, self.records, account_id, actor=by.account, now=self.now())
        self.sessions.end_others_in(connection, account_id, Ending("closed", by.account))

    def write_in(self, account_id: str, language: str) -> None:
        """Write to an account in a language from now on; in both if it is empty."""
        with self.database.write() as connection:
            people.set_language(connection, account_id, language)

    def shown(self, account_id: str, case_id: str, look: Look | None = None) -> None:
        """Note that personal values of a case were shown to an account: before they are."""
        stream = access.stream_of(account_id)
        asked, sealer = look or Look(), Sealer(stream)
        shown = access.CaseShown(
            case_id=case_id,
            fields=asked.fields,
            reason=asked.reason,
            words=sealer.text("words", asked.words),
        )
        with self.database.write() as connection:
            self._vault.put(connection, sealer.values)
            self.records.append(connection, stream, [shown], actor=account_id, now=self.now())

    def _check(self, new: NewAccount, *, unroled: bool) -> None:
        if not (showable(new.username, lines=False) and showable(new.name, lines=False)):
            raise BadAccount(Fault.NOT_SHOWN)
        if not new.username.strip() or len(new.username) > 100:
            raise BadAccount(Fault.NAME_LENGTH)
        wanted, rules = Wanted(new.password, new.username, new.name), self.sessions.rules
        weak = tuple(weaknesses(wanted, rules, self._is_known))
        if weak:
            raise BadAccount(Fault.WEAK_PASSWORD, weak=weak, rules=rules)
        if new.email and not is_address(new.email):
            raise BadAccount(Fault.NO_ADDRESS, address=new.email)
        if new.roles or not unroled:
            _check_roles(new.roles, new.office, new.department, new.party)


def _check_open(connection: Connection, account_id: str) -> None:
    known = people.by_id(connection, account_id)
    if known is None:
        raise BadAccount(Fault.NO_ACCOUNT)
    if not known.open:
        raise BadAccount(Fault.CLOSED, name=known.username)


def _check_roles(roles: frozenset[Role], office: str, department: str, party: str) -> None:
    fault = unfit(roles, office, department, party)
    if fault is not None:
        raise BadAccount(fault)
