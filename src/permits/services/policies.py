"""The policies that were published, compiled and kept; and the editions of the register."""

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import Connection

from permits.casework.dates import as_text, day_of
from permits.casework.entitlement.policies import STREAM, PolicyPublished
from permits.casework.entitlement.register import (
    STREAM as REGISTER,
)
from permits.casework.entitlement.register import (
    Entry,
    Fault,
    RegisterImported,
    digest_of,
    read_register,
)
from permits.casework.entitlement.rows import edition_row
from permits.definitions.policies.editions import PolicyEdition, policy_edition
from permits.definitions.policies.loader import ResolvedPolicy
from permits.services.records import Records
from permits.services.shelf import Shelf
from permits.store import entitlements as store
from permits.store import published
from permits.store.database import Database
from permits.store.entitlements import Edition, PolicyVersion


class Imported(msgspec.Struct, frozen=True):
    """An edition of the register that was taken in."""

    edition: str
    enterprises: int
    sha256: str


class ImportRefused(ValueError):
    """An edition was not taken in, and nothing of it is kept; the message says why."""


class BadRegister(Exception):
    """A file that is no register; every fault of it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class AlteredRegister(Exception):
    """What is kept of an edition is not what was imported."""


class Policies:
    """Publishes policies and reads them; imports the register."""

    def __init__(self, database: Database, now: Callable[[], datetime], shelf: Shelf) -> None:
        self.database = database
        self.now = now
        self.shelf = shelf
        self.records = Records(database)
        self._editions: dict[str, PolicyEdition] = {}
        self._lock = threading.Lock()
        self._listed: tuple[int, Sequence[PolicyVersion]] = (0, ())

    def publish(self, resolved: Sequence[ResolvedPolicy], *, actor: str) -> tuple[str, ...]:
        """Publish policies; which of them were new or changed."""
        with self.database.write() as connection:
            new = tuple(
                one.policy.policy.id for one in resolved if self._publish(connection, one, actor)
            )
        self.shelf.look()
        return new

    def _publish(self, connection: Connection, one: ResolvedPolicy, actor: str) -> bool:
        head = one.policy.policy
        earlier = [v for v in store.versions(connection) if v.policy == head.id]
        if earlier and earlier[-1].digest == one.digest:
            return False
        published.keep(connection, one.digest, one.content)
        event = PolicyPublished(
            policy=head.id,
            place=len(earlier) + 1,
            digest=one.digest,
            effective_from=head.effective_from,
            effective_until=head.effective_until,
        )
        now = self.now()
        self.records.append(connection, STREAM, [event], actor=actor, now=now)
        store.put_version(connection, version_row(event, now))
        return True

    def edition(self, digest: str) -> PolicyEdition:
        """The edition of a digest; KeyError if it was never published."""
        found = self._editions.get(digest)
        if found is None:
            with self.database.read() as connection:
                found = self.within(connection, digest)
        return found

    def within(self, connection: Connection, digest: str) -> PolicyEdition:
        """The same, within a transaction."""
        found = self._editions.get(digest)
        if found is not None:
            return found
        content = published.content(connection, digest)
        if content is None:
            raise KeyError(digest)
        made = policy_edition(content, digest)
        with self._lock:
            self._editions[digest] = made
        return made

    @property
    def all(self) -> tuple[PolicyEdition, ...]:
        """The edition of today of every policy, by id. What another process published is seen as
        soon as the shelf saw it."""
        seen = self.shelf.policies_seen
        place, listed = self._listed
        if place != seen:
            with self.database.read() as connection:
                listed = store.versions(connection)
            self._listed = (seen, listed)
        chosen = _chosen(listed, day_of(self.now()))
        return tuple(self.edition(digest) for _, digest in chosen)

    def paid_by(self, office: str, department: str) -> tuple[PolicyEdition, ...]:
        """The policies that a department pays."""
        here = (office, department)
        authorities = ((one, one.policy.authority) for one in self.all)
        return tuple(one for one, by in authorities if (by.id, by.department) == here)

    def current_ones(self, connection: Connection, on: date) -> Mapping[str, PolicyEdition]:
        """The edition of a day of every policy, read in a transaction."""
        chosen = _chosen(store.versions(connection), on)
        return {name: self.within(connection, digest) for name, digest in chosen}

    def import_register(self, raw: bytes, source: str, as_of: date, *, actor: str) -> Imported:
        """Take in an edition of the register, whole; BadRegister with every fault, ImportRefused
        if it cannot be an edition at all."""
        if as_of > day_of(self.now()):
            raise ImportRefused(f"{as_of} lies ahead; say as of which day the data are")
        policies = self.all
        if not policies:
            raise ImportRefused("publish the policies first: they say what the register holds")
        register = policies[0].policy.register_of
        found = read_register(raw, register)
        if found.faults:
            raise BadRegister(found.faults)
        event = _imported(register.id, raw, source, as_of, found.entries)
        with self.database.write() as connection:
            earlier = store.editions(connection)
            if any(one.edition == event.edition for one in earlier):
                raise ImportRefused(f"this file was imported before, as {event.edition}")
            now = self.now()
            self.records.append(connection, REGISTER, [event], actor=actor, now=now)
            row = edition_row(event, len(earlier) + 1, now)
            store.keep_edition(connection, row, found.entries)
        return Imported(event.edition, len(found.entries), event.sha256)

    def editions(self) -> list[Edition]:
        """Every edition of the register, the newest first."""
        with self.database.read() as connection:
            return store.editions(connection)

    def entries(self, connection: Connection, edition: Edition) -> list[Entry]:
        """What an edition holds; AlteredRegister if that is not what was imported."""
        found = store.entries(connection, edition.edition)
        if digest_of(found) != edition.digest:
            raise AlteredRegister(edition.edition)
        return found

    def entry(self, edition: str, code: str) -> Entry | None:
        """What an edition says of an enterprise."""
        with self.database.read() as connection:
            return store.entry(connection, edition, code)


def _imported(
    register: str, raw: bytes, source: str, as_of: date, entries: Sequence[Entry]
) -> RegisterImported:
    digest = hashlib.sha256(raw).hexdigest()
    return RegisterImported(
        register=register,
        edition=f"{as_of}-{digest[:12]}",
        as_of=as_of,
        source=source,
        sha256=digest,
        digest=digest_of(entries),
        enterprises=len(entries),
    )


def _chosen(listed: Sequence[PolicyVersion], on: date) -> list[tuple[str, str]]:
    """Policies by id, each with the digest of a day: the last published of those in force, or the
    last one of all."""
    chosen: dict[str, str] = {}
    in_force: dict[str, str] = {}
    for one in listed:
        chosen[one.policy] = one.digest
        until = one.effective_until
        if one.effective_from <= on.isoformat() and (not until or on.isoformat() <= until):
            in_force[one.policy] = one.digest
    return sorted((chosen | in_force).items())


def version_row(event: PolicyPublished, published_at: datetime) -> dict[str, object]:
    """The row of a published policy."""
    until = event.effective_until
    return {
        "policy": event.policy,
        "place": event.place,
        "digest": event.digest,
        "effective_from": event.effective_from.isoformat(),
        "effective_until": until.isoformat() if until is not None else None,
        "published_at": as_text(published_at),
    }
