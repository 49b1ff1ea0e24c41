"""Verifies the file of a case, with nothing else at hand than public keys.

First what was written is what was written: records, their chain, their places in the log, the
signed checkpoint. Then what was decided follows from it: the case is gone through again, event by
event, and every date, amount and figure is reckoned anew.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from permits.casework.case import Case
from permits.casework.envelope import GENESIS, Envelope, Event, chained, open_record
from permits.casework.families import calendar, definitions
from permits.casework.families.definitions import DefinitionPublished
from permits.casework.figures import facts_row
from permits.casework.rows import due_rows
from permits.casework.signed_texts import named
from permits.casework.streams import read_event
from permits.definitions.edition import Edition, edition
from permits.evidence.findings import Amiss, Finding
from permits.evidence.merkle import includes
from permits.evidence.notes import (
    BadKey,
    BadNote,
    Checkpoint,
    NotSigned,
    Verifier,
    opened_checkpoint,
    read_verifier,
)
from permits.services.evidence.case_file import CaseFile, KeptEvent
from permits.services.evidence.reenacting import Books, reenact
from permits.services.evidence.reenacting.books import books_of
from permits.services.evidence.texts import findings, in_file
from permits.store.caseload import plain

Told = list[tuple[Envelope, Event]]

FILE = "file"
"""Where something of the file as a whole is amiss."""


class Verdict(msgspec.Struct, frozen=True):
    """What was verified of a case, under which checkpoint, which keys signed it, and everything
    that is amiss: nothing, if the file proves what it says."""

    case: str
    number: str
    events: int
    checkpoint: Checkpoint | None
    signed_by: tuple[Verifier, ...]
    findings: tuple[Finding, ...]

    @property
    def good(self) -> bool:
        return not self.findings


def verify(file: CaseFile, trusted: Sequence[Verifier]) -> Verdict:
    """Verify a file; `trusted` are the keys that are believed, whatever the file says."""
    looking = Looking(file, trusted)
    case = looking.stream(file.case, file.events)
    years = looking.stream(calendar.STREAM, file.calendar)
    books = books_of(_editions(looking.definitions(), looking.findings), years)
    gone_through = reenact(file.case, case, books)
    figures = _figures(file, gone_through.case, books)
    texts = _texts(file, case, books)
    return Verdict(
        case=file.case,
        number=gone_through.case.number,
        events=len(file.events),
        checkpoint=looking.checkpoint,
        signed_by=looking.signed_by,
        findings=(*looking.findings, *gone_through.findings, *figures, *texts),
    )


def keys_in(file: CaseFile) -> tuple[Verifier, ...]:
    """The public keys a file brings along; what is no key is passed over."""
    return tuple(_keys(file.keys))


def _keys(texts: Iterable[str]) -> Iterator[Verifier]:
    for text in texts:
        try:
            yield read_verifier(text)
        except BadKey:
            continue


class Looking:
    """Looks whether what stands in a file is what was written, and has its place in the log."""

    def __init__(self, file: CaseFile, trusted: Sequence[Verifier]) -> None:
        self._file = file
        self.findings: list[Finding] = []
        self.checkpoint: Checkpoint | None = None
        self.signed_by: tuple[Verifier, ...] = ()
        try:
            self.checkpoint, self.signed_by = opened_checkpoint(file.checkpoint, trusted)
        except BadNote:
            self._tell(Amiss.NOT_A_NOTE, FILE)
        except NotSigned:
            self._tell(Amiss.NOT_SIGNED, FILE)

    def _tell(self, what: Amiss, where: str, seq: int = 0, *says: str) -> None:
        self.findings.append(Finding(what, where, seq, says))

    def stream(self, stream: str, kept: Sequence[KeptEvent]) -> Told:
        """The events of a stream, as far as they can be read, each linked to the one before."""
        told: Told = []
        head = GENESIS
        for seq, one in enumerate(kept, 1):
            if one.previous != head.hex():
                self._tell(Amiss.CHANGED, stream, seq)
            head = chained(head, one.record.encode())
            self._placed(stream, seq, one, head)
            read = self._read(stream, seq, one)
            if read is not None:
                told.append(read)
        return told

    def _placed(self, stream: str, seq: int, one: KeptEvent, leaf: bytes) -> None:
        """Whether an event has its place under the checkpoint."""
        if self.checkpoint is None:
            return
        if one.place is None:
            self._tell(Amiss.UNPLACED, stream, seq)
            return
        try:
            path = one.hashes
        except ValueError:
            path = ()
        size, root = self.checkpoint.size, self.checkpoint.root
        if not includes(leaf, one.place, size, path, root):
            self._tell(Amiss.NOT_INCLUDED, stream, seq, str(one.place))

    def _read(self, stream: str, seq: int, one: KeptEvent) -> tuple[Envelope, Event] | None:
        try:
            envelope, body = open_record(one.record.encode())
        except (msgspec.MsgspecError, ValueError):
            self._tell(Amiss.UNREADABLE, stream, seq)
            return None
        if (envelope.stream, envelope.seq) != (stream, seq):
            self._tell(Amiss.OUT_OF_PLACE, stream, seq)
        try:
            return envelope, read_event(envelope, body)
        except (msgspec.MsgspecError, ValueError):
            self._tell(Amiss.UNKNOWN_EVENT, stream, seq, envelope.type)
            return None

    def definitions(self) -> dict[str, bytes]:
        """The definitions that are what was published, by their digests."""
        found: dict[str, bytes] = {}
        for one in self._file.definitions:
            content = one.content.encode()
            digest = hashlib.sha256(content).hexdigest()
            if digest == self._published(one.published):
                found[digest] = content
            else:
                self._tell(Amiss.DEFINITION_ALTERED, definitions.STREAM, 0, digest)
        return found

    def _published(self, one: KeptEvent) -> str:
        """The digest that an event of the definitions says was published; empty if it is none."""
        record = one.record.encode()
        try:
            envelope, body = open_record(record)
            event = read_event(envelope, body)
            leaf = chained(bytes.fromhex(one.previous), record)
        except (msgspec.MsgspecError, ValueError):
            return ""
        self._placed(definitions.STREAM, envelope.seq, one, leaf)
        if envelope.stream != definitions.STREAM or not isinstance(event, DefinitionPublished):
            return ""
        return event.digest


def _editions(contents: dict[str, bytes], findings: list[Finding]) -> dict[str, Edition]:
    """Definitions ready to decide by."""
    found: dict[str, Edition] = {}
    for digest, content in contents.items():
        try:
            found[digest] = edition(content, digest)
        except (ValueError, LookupError, TypeError, RuntimeError):
            findings.append(Finding(Amiss.DEFINITION_ALTERED, definitions.STREAM, 0, (digest,)))
    return found


def _texts(file: CaseFile, told: Told, books: Books) -> Iterator[Finding]:
    """What is amiss with the texts that were signed in the case."""
    signed = dict.fromkeys(named(event for _envelope, event in told), file.case)
    published = (one.definition for one in books.editions.values())
    return findings(in_file(file.texts, published, signed), signed)


def _figures(file: CaseFile, case: Case, books: Books) -> Iterator[Finding]:
    """What the office's tables say of the case, with what its events say."""
    bound = books.editions.get(case.definition)
    if bound is None or not case.version:
        return
    yield from _differ(file.case, file.figures, plain(facts_row(case, bound, books.newest)))
    stands = {_due_key(row): row["due_on"] for row in file.dues if row.keys() >= _DUE}
    should = {_due_key(row): row["due_on"] for row in map(plain, due_rows(case, bound))}
    yield from _differ(file.case, stands, should)


_DUE = {"kind", "name", "due_on"}


def _due_key(row: Mapping[str, Any]) -> str:
    return f"{row['kind']} {row['name']}"


def _differ(where: str, stands: Mapping[str, Any], should: Mapping[str, Any]) -> Iterator[Finding]:
    for name in sorted(stands.keys() | should.keys()):
        says = (name, str(stands.get(name)), str(should.get(name)))
        if stands.get(name) != should.get(name):
            yield Finding(Amiss.FIGURE_DIFFERS, where, 0, says)
