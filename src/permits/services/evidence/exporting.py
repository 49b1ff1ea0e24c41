"""Writes a case into a file that proves it."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from permits.casework.families.calendar import STREAM as CALENDAR
from permits.casework.families.definitions import STREAM as DEFINITIONS
from permits.evidence import merkle
from permits.evidence.notes import Checkpoint, read_checkpoint, read_note
from permits.services.evidence.case_file import (
    FORMAT,
    CaseFile,
    KeptDefinition,
    KeptEvent,
    KeptText,
    path_of,
)
from permits.services.evidence.texts import text_named
from permits.store import evidence_log, evidence_signed, published, signed_texts
from permits.store.database import Database
from permits.store.event_log import BrokenChain
from permits.store.evidence_log import Leaf
from permits.store.evidence_reading import Shown, case_of, dues_of, figures_of, records

Told = TypeVar("Told")


class NoSuchCase(LookupError):
    """There is no case of that number or id."""


class NotYetSigned(Exception):
    """Nothing of the log was signed yet, so nothing can be proved."""


def export(database: Database, case: str, now: datetime) -> CaseFile:
    """The file of a case, named by its number or its id.

    Raises `NoSuchCase`, `NotYetSigned` if there is no checkpoint, and BrokenChain if one of the
    records cannot be read.
    """
    with database.snapshot() as connection:
        stream = case_of(connection, case)
        if stream is None:
            raise NoSuchCase(case)
        newest = evidence_signed.newest(connection)
        if newest is None:
            raise NotYetSigned
        checkpoint = read_checkpoint(read_note(newest.note).text)
        events = records(connection, stream)
        years = records(connection, CALENDAR)
        versions = _versions(connection, {_says(row).definition for row in events})
        shown = [*events, *years, *(row for row, _content in versions)]
        prove = Prover(connection, checkpoint, shown)
        return CaseFile(
            format=FORMAT,
            case=stream,
            made_at=now,
            events=tuple(map(prove.kept, events)),
            calendar=tuple(map(prove.kept, years)),
            definitions=tuple(
                KeptDefinition(content, prove.kept(row)) for row, content in versions
            ),
            checkpoint=newest.note,
            keys=tuple(evidence_signed.keys(connection)),
            figures=figures_of(connection, stream),
            dues=dues_of(connection, stream),
            texts=_texts(connection, events),
        )


class Prover:
    """Proves that events stand in the log, all of them read at once."""

    def __init__(
        self, connection: Connection, checkpoint: Checkpoint, shown: Iterable[Shown]
    ) -> None:
        self._size = checkpoint.size
        self._leaves: dict[tuple[str, int], Leaf] = {}
        for stream in {one.stream for one in shown}:
            for seq, leaf in evidence_log.leaves_of(connection, stream).items():
                self._leaves[stream, seq] = leaf
        wanted = [
            place
            for one in shown
            if (index := self._index(one)) is not None
            for place in merkle.wanted(merkle.inclusion_ranges(index, self._size))
        ]
        self._at = evidence_log.read_nodes(connection, wanted)

    def _index(self, one: Shown) -> int | None:
        leaf = self._leaves.get((one.stream, one.seq))
        return leaf.idx if leaf is not None and leaf.idx < self._size else None

    def kept(self, one: Shown) -> KeptEvent:
        """An event with its proof; without one if it has no place under the checkpoint."""
        record, previous = one.record.decode(), one.previous.hex()
        index = self._index(one)
        if index is None:
            return KeptEvent(record, previous)
        path = merkle.proof(merkle.inclusion_ranges(index, self._size), self._at)
        return KeptEvent(record, previous, index, path_of(path))


class _Says(msgspec.Struct):
    definition: str
    type: str


class _Published(msgspec.Struct):
    digest: str


class _Publication(msgspec.Struct):
    body: _Published


def _says(row: Shown) -> _Says:
    return _read(row, _Says)


def _read(row: Shown, kind: type[Told]) -> Told:
    try:
        return msgspec.json.decode(row.record, type=kind)
    except (msgspec.MsgspecError, ValueError) as error:
        raise BrokenChain(row.stream, row.seq, "the record cannot be read") from error


def _texts(connection: Connection, events: Iterable[Shown]) -> tuple[KeptText, ...]:
    """The texts that were signed in a case, as they are kept. Bytes that are no text are none that
    was signed, and are found to be another one."""
    named = {text_named(_says(row).type, row.record) for row in events} - {""}
    kept = signed_texts.contents(connection, named)
    return tuple(
        KeptText(digest, kept[digest].decode(errors="replace")) for digest in sorted(kept)
    )


def _versions(connection: Connection, digests: Iterable[str]) -> list[tuple[Shown, str]]:
    """The publications of definitions, the first of each, and what was published."""
    wanted, found = set(digests), []
    for row in records(connection, DEFINITIONS):
        digest = _read(row, _Publication).body.digest
        if digest in wanted:
            content = published.content(connection, digest) or b""
            found.append((row, content.decode()))
            wanted.remove(digest)
    return found
