"""Gives events their places in the one log, and signs how it stands.

Runs behind the writer: a command waits for nothing of this. Whoever has the lead takes what waits
and adds the hashes above it in one transaction, so that a second leader, or one that has lost the
lead without knowing, meets the primary keys and changes nothing. Nothing is signed before it was
shown, from what stands in the database, that it continues what was signed last.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from permits.casework.dates import as_text
from permits.evidence import merkle
from permits.evidence.notes import (
    BadNote,
    Checkpoint,
    NotSigned,
    Signer,
    Verifier,
    opened_checkpoint,
    signed,
)
from permits.services.records import new_id
from permits.store import evidence_log, evidence_signed
from permits.store.database import Database
from permits.store.evidence_log import Leaf
from permits.store.evidence_signed import Signed

AT_ONCE = 250
"""Additions to streams that get their places in one transaction; nobody else writes meanwhile."""

LOG, RECEIPT = "log", "receipt"
"""What keys are for."""

log = logging.getLogger(__name__)


class Memory(Protocol):
    """Remembers, outside the database, what was signed last."""

    def last(self) -> str: ...
    def remember(self, note: str) -> None: ...


class Forked(Exception):
    """What stands in the database does not continue what was signed last; nothing is signed."""


class Sequenced(NamedTuple):
    """How many events got their places, and the checkpoint that was signed, if one was."""

    placed: int
    checkpoint: Checkpoint | None


class Sequencer:
    """Whoever may lead. Without a signer events get their places, and nothing is signed."""

    def __init__(
        self,
        database: Database,
        signer: Signer | None,
        memory: Memory,
        now: Callable[[], datetime],
    ) -> None:
        self.database = database
        self._signer = signer
        self._memory = memory
        self._now = now
        self._holder = new_id()

    def run(self, *, sign: bool = True) -> Sequenced:
        """Give places until nothing waits, then sign how the log stands if it has grown, unless
        that is left for later.

        Raises `Forked`, and `Gap` for events that wait and are not there.
        """
        placed = 0
        while some := self._place():
            placed += some
        return Sequenced(placed, self._sign() if sign else None)

    def close(self) -> None:
        """Leave the lead to others."""
        with self.database.write() as connection:
            evidence_log.let_go(connection, self._holder)

    def _place(self) -> int:
        """Give some of what waits their places; how many there were, 0 also if others lead."""
        with self.database.read() as connection:
            if not evidence_log.waits(connection):
                return 0
        try:
            with self.database.write() as connection:
                if not evidence_log.lead(connection, self._holder, self._now()):
                    return 0
                return place(connection)
        except IntegrityError:
            log.warning("somebody else gives events their places; they go on")
            return 0

    def _sign(self) -> Checkpoint | None:
        """Sign how the log stands; None if it stands as it was signed, or others lead."""
        if self._signer is None:
            return None
        origin = self._signer.verifier.name
        with self.database.snapshot() as connection:
            last = evidence_signed.newest(connection, origin)
            if last is not None and last.size == evidence_log.size(connection):
                return None
            checkpoint = standing(connection, origin)
            for note in (last.note if last else "", self._memory.last()):
                if note:
                    _must_continue(connection, note, checkpoint, self._signer.verifier)
        if checkpoint.size == 0:
            return None
        note = signed(checkpoint.text, self._signer)
        after = last.size if last is not None else 0
        kept = Signed(origin, checkpoint.size, checkpoint.root, note, as_text(self._now()), after)
        return checkpoint if self._keep(kept, self._signer) else None

    def _keep(self, kept: Signed, signer: Signer) -> bool:
        """Keep what was signed, in both places, before anybody is shown it."""
        now = self._now()
        with self.database.write() as connection:
            if not evidence_log.lead(connection, self._holder, now):
                return False
            self._memory.remember(kept.note)
            evidence_signed.keep_key(connection, str(signer.verifier), LOG, now)
            evidence_signed.keep_checkpoint(connection, kept)
        return True


def _must_continue(connection: Connection, note: str, now: Checkpoint, verifier: Verifier) -> None:
    """Raises `Forked` unless the log, as it stands, begins with what a note says."""
    try:
        before, _by = opened_checkpoint(note, [verifier])
    except (BadNote, NotSigned) as error:
        raise Forked(
            f"what is kept as signed last was not signed with this key: {error}"
        ) from None
    if before.size > now.size:
        raise Forked(
            f"{before.size} events were signed for, and only {now.size} have a place:"
            " the database was put back to an earlier state"
        )
    if not continues(connection, before, now):
        raise Forked(
            f"the first {before.size} events are not those that were signed for:"
            " the log was changed"
        )


def place(connection: Connection) -> int:
    """Give some of what waits their places, and add the hashes above; how many there were."""
    additions, events = evidence_log.waiting(connection, AT_ONCE)
    first = evidence_log.size(connection)
    leaves = [Leaf(index, *one) for index, one in enumerate(events, first)]
    known = evidence_log.read_nodes(connection, merkle.left_siblings(first, len(leaves)))
    nodes = merkle.grown(first, [leaf.hash for leaf in leaves], known)
    evidence_log.put_leaves(connection, leaves)
    evidence_log.put_nodes(connection, nodes)
    evidence_log.placed(connection, additions)
    return len(leaves)


def standing(connection: Connection, origin: str) -> Checkpoint:
    """How the log stands now, under a name. Raises `Forked` if hashes are missing."""
    size = evidence_log.size(connection)
    whole = merkle.Range(0, size)
    at = evidence_log.read_nodes(connection, merkle.parts(whole))
    try:
        return Checkpoint(origin, size, merkle.root(size, at))
    except KeyError as error:
        raise Forked(f"the hash at {error} is missing") from None


def continues(connection: Connection, before: Checkpoint, now: Checkpoint) -> bool:
    """Whether the hashes in the database prove that one tree begins with another."""
    ranges = merkle.consistency_ranges(before.size, now.size)
    try:
        path = merkle.proof(ranges, evidence_log.read_nodes(connection, merkle.wanted(ranges)))
    except KeyError:
        return False
    return merkle.is_consistent((before.size, before.root), (now.size, now.root), path)
