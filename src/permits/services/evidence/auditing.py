"""Audits the whole log: every record, every chain, every place, everything that was signed, and,
if asked, every case gone through again.

One pass over all events and one over all places, in their order; memory grows with the number of
events by a hash each.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from permits.evidence.findings import Amiss, Finding
from permits.evidence.merkle import EMPTY, Growing
from permits.evidence.notes import (
    BadKey,
    BadNote,
    Checkpoint,
    NotSigned,
    Verifier,
    opened_checkpoint,
    read_verifier,
)
from permits.services.evidence.anchoring import RFC3161
from permits.services.evidence.chains import Chain, Nodes
from permits.services.evidence.going_through import sources
from permits.services.evidence.going_together import ALONE, Going, Sharing
from permits.services.evidence.seen import Seen
from permits.services.evidence.sequencing import LOG
from permits.services.evidence.texts import findings, text_named
from permits.store import evidence_log, evidence_reading, evidence_signed, signed_texts
from permits.store.database import Database

NOTES, PLACES = "checkpoints", "places"
"""Where something beside the streams is amiss."""


Stamps = Callable[[bytes, bytes], bool]


class Held(NamedTuple):
    """A checkpoint that is held outside: under which name it is told of, and the note."""

    name: str
    note: str


class Audited(msgspec.Struct, frozen=True):
    """How much was looked at: streams, events, cases that were gone through again, checkpoints,
    anchors; how many events wait for a place; the newest checkpoint; and what is amiss."""

    streams: int
    events: int
    cases: int
    checkpoints: int
    anchors: int
    waiting: int
    newest: Checkpoint | None
    findings: tuple[Finding, ...]

    @property
    def good(self) -> bool:
        return not self.findings


def audit(
    database: Database,
    trusted: Sequence[Verifier] = (),
    held: Sequence[Held] = (),
    *,
    replay: Sharing | None = ALONE,
    stamps: Stamps = lambda answer, note: hashlib.sha256(note).digest() in answer,
) -> Audited:
    """Look at everything as it stands at one moment. `trusted` are the keys that are believed; if
    none are given, those the database names, which says nothing against whoever owns it. `held`
    are checkpoints from outside. `stamps` says whether a time stamp is of a note; unless somebody
    knows the authority, that it speaks of it. `replay`: among how many processes the cases are
    shared that are gone through again, if they are; ProcessDied if one of these ends too soon."""
    with database.snapshot() as connection:
        auditing = Auditing(connection, trusted, held, stamps)
        auditing.streams(replay)
        auditing.texts()
        auditing.places()
        auditing.notes()
        return auditing.audited()


class Auditing:
    """An audit on its way."""

    def __init__(
        self,
        connection: Connection,
        trusted: Sequence[Verifier],
        held: Sequence[Held],
        stamps: Stamps = lambda _answer, _note: True,
    ) -> None:
        self._connection = connection
        self._stamps = stamps
        self._held = held
        self._trusted = trusted or _named(connection)
        self._findings: list[Finding] = []
        self._seen = Seen()
        self._named: dict[str, str] = {}
        self._streams = 0
        self._cases = 0
        self._notes = 0
        self._anchors = 0
        self._roots: dict[int, bytes] = {0: EMPTY}
        self._size = 0
        self._newest: Checkpoint | None = None

    def tell(self, what: Amiss, where: str, seq: int = 0, *says: object) -> None:
        self._findings.append(Finding(what, where, seq, tuple(map(str, says))))

    def audited(self) -> Audited:
        """What was found."""
        return Audited(
            streams=self._streams,
            events=len(self._seen),
            cases=self._cases,
            checkpoints=self._notes,
            anchors=self._anchors,
            waiting=evidence_log.pending(self._connection),
            newest=self._newest,
            findings=tuple(self._findings),
        )

    def streams(self, replay: Sharing | None) -> None:
        """Every record and every chain; with `replay` every case is gone through again."""
        if replay is None:
            self._streams_and(None)
            return
        with Going(sources(self._connection), replay) as going:
            self._streams_and(going)
            self._findings.extend(going.found())
            self._cases = going.cases

    def _streams_and(self, going: Going | None) -> None:
        heads = evidence_reading.heads(self._connection)
        chain = Chain(self.tell)
        for row in evidence_reading.all_events(self._connection):
            if row.stream != chain.stream:
                self._ended(chain, heads, going)
                chain = Chain(self.tell, row.stream)
            self._seen.add(row.stream, row.seq, row.hash)
            chain.add(row)
            text = text_named(row.type, row.record)
            if text:
                self._named.setdefault(text, row.stream)
            if going is not None:
                going.add(row)
        self._ended(chain, heads, going)
        for stream, (version, _head) in heads.items():
            self.tell(Amiss.CUT_OFF, stream, version)

    def _ended(
        self, chain: "Chain", heads: dict[str, tuple[int, bytes]], going: Going | None
    ) -> None:
        if not chain.stream:
            return
        self._streams += 1
        if heads.pop(chain.stream, None) != (chain.seq, chain.head):
            self.tell(Amiss.CUT_OFF, chain.stream, chain.seq)
        if going is not None:
            going.ended(chain.stream)

    def texts(self) -> None:
        """The texts that events say were signed are there, and are what was signed."""
        kept = signed_texts.all_contents(self._connection)
        self._findings.extend(findings(kept, self._named))

    def places(self) -> None:
        """Every event has one place, and every hash above is that of what is below."""
        signed = [one.note for one in evidence_signed.checkpoints(self._connection)]
        wanted = {read_size(note) for note in (*signed, *(one.note for one in self._held))}
        tree = Growing()
        nodes = Nodes(evidence_log.all_nodes(self._connection), self.tell)
        for leaf in evidence_log.all_leaves(self._connection):
            if leaf.idx != tree.size:
                self.tell(Amiss.PLACE_EMPTY, PLACES, 0, tree.size)
                break
            stands = self._seen.placed(leaf.stream, leaf.seq)
            if stands is None:
                self.tell(Amiss.PLACE_UNKNOWN, leaf.stream, leaf.seq, leaf.idx)
            elif stands != leaf.hash:
                self.tell(Amiss.PLACE_DIFFERS, leaf.stream, leaf.seq, leaf.idx)
            nodes.made(tree.add(leaf.hash))
            if tree.size in wanted:
                self._roots[tree.size] = tree.root
        self._size = tree.size
        self._roots[tree.size] = tree.root
        nodes.compare()
        self._unplaced()

    def _unplaced(self) -> None:
        """What has no place waits for one."""
        for stream, first, last in evidence_log.all_waiting(self._connection):
            for seq in range(first, last + 1):
                if self._seen.placed(stream, seq) is None:
                    self.tell(Amiss.PLACE_UNKNOWN, stream, seq, "")
        for stream, seq in sorted(self._seen.unplaced()):
            self.tell(Amiss.NOT_WAITING, stream, seq)

    def notes(self) -> None:
        """Everything that was signed, here and outside, is of this one tree."""
        last: dict[str, int] = {}
        for one in evidence_signed.checkpoints(self._connection):
            self._notes += 1
            where = f"{NOTES}/{one.size}"
            if one.after != last.get(one.origin, 0):
                self.tell(Amiss.NOTE_MISSING, where, 0, one.after)
            last[one.origin] = one.size
            signed = self._opened(where, one.note)
            if signed is None:
                continue
            if (signed.origin, signed.size, signed.root) != (one.origin, one.size, one.root):
                self.tell(Amiss.NOTE_DIFFERS, where)
            self._of_this_tree(where, signed)
            self._newest = signed
        for anchor in evidence_signed.anchors(self._connection):
            self._anchors += 1
            self._anchored(anchor)
        for outside in self._held:
            self._anchors += 1
            signed = self._opened(outside.name, outside.note)
            if signed is not None:
                self._of_this_tree(outside.name, signed)
                self._must_be_kept(outside.name, signed)

    def _must_be_kept(self, where: str, signed: Checkpoint) -> None:
        """What was signed by a key of this office is still kept by it."""
        if not evidence_signed.checkpoints_of(self._connection, signed.origin, signed.size):
            self.tell(Amiss.NOTE_MISSING, where, 0, signed.size)

    def _anchored(self, anchor: evidence_signed.Anchor) -> None:
        """What was handed out is of a checkpoint that is there; of a time stamp, that it is of
        that note."""
        where = f"anchors/{anchor.id}"
        notes = evidence_signed.checkpoints_of(self._connection, anchor.origin, anchor.size)
        if not notes:
            self.tell(Amiss.NOTE_DIFFERS, where)
            return
        stamp = anchor.kind == RFC3161
        if stamp and not self._stamps(anchor.content, notes[0].note.encode()):
            self.tell(Amiss.STAMP_DIFFERS, where)

    def _opened(self, where: str, note: str) -> Checkpoint | None:
        try:
            return opened_checkpoint(note, self._trusted)[0]
        except BadNote:
            self.tell(Amiss.NOT_A_NOTE, where)
        except NotSigned:
            self.tell(Amiss.NOT_SIGNED, where)
        return None

    def _of_this_tree(self, where: str, signed: Checkpoint) -> None:
        if signed.size > self._size:
            self.tell(Amiss.ROLLED_BACK, where, 0, signed.size, self._size)
        elif self._roots.get(signed.size) != signed.root:
            self.tell(Amiss.ROOT_DIFFERS, where, 0, signed.size)


def read_size(note: str) -> int:
    """The size a note speaks of; 0 if it is none. It is verified elsewhere."""
    try:
        return int(note.split("\n", 2)[1])
    except (IndexError, ValueError):
        return 0


def _named(connection: Connection) -> tuple[Verifier, ...]:
    """The keys of the log that the database names; what is no key is passed over."""
    found = []
    for text, (purpose, _since) in evidence_signed.keys(connection).items():
        try:
            verifier = read_verifier(text)
        except BadKey:
            continue
        if purpose == LOG:
            found.append(verifier)
    return tuple(found)
