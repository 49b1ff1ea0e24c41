"""Which values are about a person: an account's, or those that fit what somebody is called."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date

import msgspec
from sqlalchemy import Connection

from permits.casework.families.third_parties import ThirdPartyTold
from permits.casework.masks import BESIDE, mask_of
from permits.casework.parts import Seal
from permits.casework.streams import read_event
from permits.casework.voices.events import CaseObjected
from permits.services.keeping import Keeping, Kept
from permits.store import people, personal
from permits.store.database import Database
from permits.store.event_log import EventLog
from permits.store.people import Account
from permits.store.vault import SealedValue

TOGETHER = ("third_party.", "objection.")
"""How the fields begin of values that are told of one person together."""

ALONE = frozenset(field for field in BESIDE if not field.startswith(TOGETHER))
"""Fields of names that stand by themselves: nothing else is told of the same person with them."""

SHORTEST = 2
"""Fewer characters than this name nobody."""


class NoSuchPerson(ValueError):
    """Nobody is found like this; the message says why."""


class Wanted(msgspec.Struct, frozen=True):
    """Whom somebody asks for: an account by id or user name, or values that all fit them."""

    account: str = ""
    values: tuple[str, ...] = ()


class Theirs(msgspec.Struct, frozen=True):
    """A value that is about a person, in what is kept beside its stream."""

    value: SealedValue
    kept: Kept

    @property
    def until(self) -> date | None:
        """The last day on which it is kept; None while its case is open."""
        return self.kept.until.get(self.value.seal)


class Mention(msgspec.Struct, frozen=True):
    """A text that names a person among other things; what it says is not told."""

    field: str
    kept: Kept


class Person(msgspec.Struct, frozen=True):
    """Somebody whose data is kept: the account, if it was asked for by one, what they were found
    by, the values about them, and texts that name them."""

    account: Account | None
    names: tuple[str, ...]
    values: tuple[Theirs, ...]
    mentions: tuple[Mention, ...]


class Finding:
    """Finds people within the caller's transaction."""

    def __init__(self, database: Database, keeping: Keeping) -> None:
        self._keeping = keeping
        self._log = EventLog(database.dialect)

    def of(self, connection: Connection, wanted: Wanted) -> Person:
        """The person that is asked for; NoSuchPerson if there is no such account."""
        if wanted.account:
            return self._by_account(connection, wanted.account)
        return self._by_values(connection, wanted.values)

    def _by_account(self, connection: Connection, name: str) -> Person:
        """Whose account it is, by its id or its user name. Values about them are those of the
        cases and the record of their party that have their name or their address."""
        account = people.by_id(connection, name)
        if account is None:
            found = people.by_username(connection, name)
            if found is None:
                raise NoSuchPerson(f"there is no account {name}")
            account = found[0]
        names = tuple(one for one in (account.name, account.email) if len(one) >= SHORTEST)
        mine = self._streams_of(connection, account)
        values = self._named_there(connection, names, mine.__contains__)
        return Person(account, names, values, self._mentions(connection, names, mine.__contains__))

    def _by_values(self, connection: Connection, given: Sequence[str]) -> Person:
        """Whoever all of these values fit: a number, a telephone, a name, exactly as given.
        Answers about the same person in the same case are theirs too."""
        names = tuple(one.strip() for one in given)
        if not names or any(len(one) < SHORTEST for one in names):
            raise NoSuchPerson(f"give values of at least {SHORTEST} characters")
        values = [
            theirs
            for group in self._groups(connection, names[0])
            if {*names} <= {theirs.value.value for theirs in group}
            for theirs in group
        ]
        streams = {theirs.value.stream for theirs in values}
        beside = self._named_there(connection, names, streams.__contains__, beside=True)
        found = {one.value.seal: one for one in (*values, *beside)}
        mentions = (
            *self._mentions(connection, names, streams.__contains__),
            *self._perhaps(connection, names, found),
        )
        return Person(None, names, tuple(found.values()), mentions)

    def _perhaps(
        self, connection: Connection, names: Iterable[str], found: Container[Seal]
    ) -> Iterator[Mention]:
        """Names that stand by themselves beside a stream and fit, though nothing there says
        whether they are of this person or of another one."""
        for name in names:
            for value in personal.with_value(connection, name):
                if value.field in BESIDE and value.seal not in found:
                    yield Mention(value.field, self._keeping.of(connection, value.stream))

    def _groups(self, connection: Connection, name: str) -> list[tuple[Theirs, ...]]:
        """For each value that is exactly this one, the values about the same person."""
        found: dict[tuple[str, tuple[Seal, ...]], tuple[Theirs, ...]] = {}
        for value in personal.with_value(connection, name):
            kept = self._keeping.of(connection, value.stream)
            if mask_of(value.field, kept.edition) is not None:
                group = self._same_person(connection, value, kept)
                found[value.stream, tuple(one.value.seal for one in group)] = group
        return list(found.values())

    def _same_person(
        self, connection: Connection, value: SealedValue, kept: Kept
    ) -> tuple[Theirs, ...]:
        seals = {value.seal}
        question = kept.edition.questions.get(value.field) if kept.edition is not None else None
        if question is not None and question.personal is not None and kept.edition is not None:
            word = question.personal.about
            fields = {
                q.id
                for q in kept.edition.questions.values()
                if word is not None and q.personal is not None and q.personal.about == word
            }
            seals |= {one.seal for one in kept.values if one.field in fields}
        elif value.field.startswith(TOGETHER) or value.field == "objector":
            seals |= self._told_together(connection, value)
        return tuple(Theirs(one, kept) for one in kept.values if one.seal in seals)

    def _told_together(self, connection: Connection, value: SealedValue) -> set[Seal]:
        """The values that were told of one interested third party, or of one who objects to a
        case; none for whoever objects to a list of entitlements, for one text says all there."""
        for envelope, body in self._log.read(connection, value.stream):
            match read_event(envelope, body):
                case ThirdPartyTold(name=name, contact=contact, interest=interest):
                    told = {name, contact, interest}
                case CaseObjected(objector=name, contact=contact, interest=interest):
                    told = {name, contact, interest}
                case _:
                    continue
            if value.seal in told:
                return told
        return set()

    def _named_there(
        self,
        connection: Connection,
        names: Iterable[str],
        mine: Callable[[str], bool],
        *,
        beside: bool = False,
    ) -> tuple[Theirs, ...]:
        """The values about whoever is called so in some streams; or only those that stand
        `beside` them by themselves, of which no word says about whom they are."""
        found: dict[Seal, Theirs] = {}
        for name in names:
            for group in self._groups(connection, name):
                found |= {
                    one.value.seal: one
                    for one in group
                    if mine(one.value.stream)
                    and (not beside or (one.value.field in ALONE and len(group) == 1))
                }
        return tuple(found.values())

    def _mentions(
        self, connection: Connection, names: Iterable[str], mine: Callable[[str], bool]
    ) -> tuple[Mention, ...]:
        found: dict[Seal, Mention] = {}
        for name in names:
            for value in personal.naming(connection, name):
                if mine(value.stream):
                    kept = self._keeping.of(connection, value.stream)
                    found[value.seal] = Mention(value.field, kept)
        return tuple(found.values())

    def _streams_of(self, connection: Connection, account: Account) -> set[str]:
        """The streams whose values may be about the person of an account."""
        party = account.actor.party
        acted = {*personal.acted_in(connection, account.id)}
        return acted | ({f"party/{party}", f"entitled/{party}"} if party else set())
