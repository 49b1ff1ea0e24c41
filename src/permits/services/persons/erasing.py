"""A person is erased: refused where what is about them must still be kept."""

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec
from sqlalchemy import Connection

from permits.casework.dates import day_of
from permits.casework.families.erasing import AccountErased, stream_of
from permits.casework.keeping import file_until
from permits.outside import passwords
from permits.services.erasing import Why
from permits.services.keeping import Kept
from permits.services.office import Office
from permits.services.persons.finding import Finding, Person, Wanted
from permits.services.records import Records
from permits.store import case_notes, list_choices, people, personal, reports
from permits.store.people import Account

LONGEST_BASIS = 200
TRIES = 3


class Held(msgspec.Struct, frozen=True):
    """Why something cannot be erased yet: what it stands in, and the last day on which it must be
    kept, None while the case is open."""

    called: str
    until: date | None


class CannotErase(ValueError):
    """A person cannot be erased like this; the message says why."""


class Erased(msgspec.Struct, frozen=True):
    """What of a person was erased, or would be: the fields by the case they stand in, and whether
    the account was. `held` is why nothing was."""

    fields: dict[str, tuple[str, ...]]
    account: bool
    held: tuple[Held, ...] = ()


def erase(office: Office, wanted: Wanted, basis: str, *, actor: str, dry: bool) -> Erased:
    """Erase whoever is asked for. All of it or nothing: while anything about
    them must be kept, what and until when is said and nothing is erased."""
    why = Why(actor, "asked", _sound(basis))
    for _ in range(TRIES):
        with office.database.snapshot() as connection:  # the whole log is looked through
            seen = personal.versions(connection)
            person = Finding(office.database, office.keeping).of(connection, wanted)
            if any(name in basis for name in person.names):
                raise CannotErase("the basis names the person, and it stays in the log")
            held = tuple(dict.fromkeys(_held(office, connection, person)))
        if held or dry:
            return Erased(_fields(person), person.account is not None, held)
        if _erased(office, person, seen, why):
            return Erased(_fields(person), person.account is not None)
    raise CannotErase("something about the person is being added at the moment; try again")


def _erased(office: Office, person: Person, seen: Mapping[str, int], why: Why) -> bool:
    """Erase what was found; False, and nothing is, if something about the person was added since
    the log was as it was `seen`."""
    with office.database.write() as connection:
        if _moved(connection, person, personal.changed(connection, seen)):
            return False
        for kept, seals in _by_stream(person):
            office.erasing.shred(connection, kept, seals, (), why)
        case_notes.forget_naming(connection, person.names)
        if person.account is not None:
            _empty(office, connection, person.account, why)
    return True


def _moved(connection: Connection, person: Person, changed: frozenset[str]) -> bool:
    """Whether one of the streams that changed says something about a person, or did."""
    theirs = {one.value.stream for one in person.values}
    if changed & (theirs | {stream_of(one) for one in theirs}):
        return True
    values = (one for name in person.names for one in personal.with_value(connection, name))
    if any(one.stream in changed for one in values):
        return True
    account = person.account
    if account is None:
        return False
    if people.by_id(connection, account.id) != account:
        return True
    return personal.acts_in(connection, account.id, changed)


def _sound(basis: str) -> str:
    said = " ".join(basis.split())
    if not said or len(said) > LONGEST_BASIS:
        raise CannotErase(f"a basis in law has 1 to {LONGEST_BASIS} characters")
    return said


def _held(office: Office, connection: Connection, person: Person) -> Iterator[Held]:
    """What stands in the way, each with its last day."""
    today = day_of(office.now())
    for theirs in person.values:
        if theirs.until is None or theirs.until >= today:
            yield Held(theirs.kept.called, theirs.until)
    if person.account is not None:
        if person.account.open:
            raise CannotErase(f"the account {person.account.username} is open; close it first")
        yield from _named(office, connection, person.account.id, today)


def _named(office: Office, connection: Connection, account: str, today: date) -> Iterator[Held]:
    """Who acted in a case is known as long as its file is kept."""
    for stream in personal.acted_in(connection, account):
        kept = office.keeping.of(connection, stream)
        if kept.case is None or kept.edition is None:
            continue
        until = file_until(kept.case.last, kept.edition) if kept.case.ended else None
        if until is None or until >= today:
            yield Held(kept.called, until)


def _by_stream(person: Person) -> Iterator[tuple[Kept, frozenset[str]]]:
    streams = {theirs.kept.stream: theirs.kept for theirs in person.values}
    for stream, kept in streams.items():
        seals = (one.value.seal for one in person.values if one.kept.stream == stream)
        yield kept, frozenset(seals)


def _fields(person: Person) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for theirs in person.values:
        called = theirs.kept.called
        found[called] = tuple(sorted({*found.get(called, ()), theirs.value.field}))
    return found


def _empty(office: Office, connection: Connection, account: Account, why: Why) -> None:
    """Take out of an account who it is, with its sessions, forms and drafts."""
    now = office.now()
    sessions, forms, drafts = personal.forget_of(connection, account.id)
    list_choices.forget_of(connection, account.id)
    reports.forget_of(connection, account.id)
    name = f"已删除 / erased {day_of(now).isoformat()}"
    personal.empty_account(connection, account.id, name, passwords.nobody())
    told = AccountErased(
        account=account.id,
        basis=why.basis,
        fields=("username", "name", "email", "password"),
        sessions=sessions,
        forms=forms,
        drafts=drafts,
    )
    stream = stream_of(f"access/{account.id}")
    Records(office.database).append(connection, stream, [told], actor=why.actor, now=now)
