"""Receipts: what an applicant is given at once, signed, and later the proof that it is in the log.

A receipt names the event by its hash, which nobody can change any more without the applicant
noticing. It is signed by a key of its own: whoever serves pages holds it, and it signs nothing of
the log. That the event has its place is said by the proof, which the log's own key has signed.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Connection

from permits.casework.dates import as_text
from permits.casework.envelope import GENESIS, chained, open_record
from permits.evidence import merkle
from permits.evidence.notes import (
    BadNote,
    Checkpoint,
    Signer,
    Verifier,
    opened,
    read_checkpoint,
    read_hash,
    read_note,
    signed,
    write_hash,
)
from permits.evidence.proofs import Proof, proved, read_proof
from permits.outside.note_keys import signer_made_in
from permits.services.evidence.sequencing import RECEIPT
from permits.settings import Settings
from permits.store import evidence_log, evidence_reading, evidence_signed
from permits.store.database import Database

FIRST = "permits receipt v1"


class Receipt(NamedTuple):
    """A receipt as a note, and the proof as a file; empty while there is none yet."""

    note: str
    proof: str


class Receipts:
    """Gives receipts for what was filed."""

    def __init__(
        self, database: Database, settings: Settings, now: Callable[[], datetime]
    ) -> None:
        self.database = database
        self._settings = settings
        self._now = now

    def of(self, case_id: str, number: str) -> Receipt | None:
        """The receipt for the first event of a case; None if there is no such case."""
        with self.database.read() as connection:
            first = evidence_reading.first_record(connection, case_id)
            if first is None:
                return None
            leaf = chained(GENESIS, first)
            envelope, _body = open_record(first)
            says = (
                FIRST,
                number,
                f"{case_id} {envelope.seq} {envelope.type}",
                as_text(envelope.recorded_at),
                write_hash(leaf),
            )
            note = signed("".join(f"{line}\n" for line in says), self._signer)
            return Receipt(note, _proof(connection, case_id, envelope.seq))

    def make_known(self) -> None:
        """Note the public half of the key, so that files of cases bring it along. To be done
        before anybody is given a receipt: whoever only looks at one writes nothing."""
        with self.database.read() as connection:
            known = str(self._signer.verifier) in evidence_signed.keys(connection)
        if not known:
            with self.database.write() as connection:
                evidence_signed.keep_key(
                    connection, str(self._signer.verifier), RECEIPT, self._now()
                )

    @cached_property
    def _signer(self) -> Signer:
        name = f"{self._settings.evidence_name}/receipts"
        return signer_made_in(self._settings.receipt_key_file, name)


def verified(note: str, proof: str, trusted: Sequence[Verifier]) -> tuple[str, Checkpoint | None]:
    """What a receipt says, and the checkpoint under which what it names is proved to be in the
    log, if there is a proof. Raises `BadNote` and `NotSigned`, each with why."""
    text, _by = opened(note, trusted)
    lines = text.split("\n")
    if lines[0] != FIRST or len(lines) < 6:
        raise BadNote("this is no receipt")
    if not proof:
        return text, None
    try:
        leaf = read_hash(lines[4])
    except ValueError:
        raise BadNote("this is no receipt: it names no hash") from None
    checkpoint = proved(leaf, read_proof(proof), trusted)
    if checkpoint is None:
        raise BadNote("what the receipt names is not what the proof is of")
    return text, checkpoint


def _proof(connection: Connection, case_id: str, seq: int) -> str:
    """The proof that an event is in the log; empty while it has no place that was signed."""
    place = evidence_log.leaves_of(connection, case_id).get(seq)
    newest = evidence_signed.newest(connection)
    if place is None or newest is None or place.idx >= newest.size:
        return ""
    checkpoint = read_checkpoint(read_note(newest.note).text)
    ranges = merkle.inclusion_ranges(place.idx, checkpoint.size)
    path = merkle.proof(ranges, evidence_log.read_nodes(connection, merkle.wanted(ranges)))
    return Proof(place.idx, path, newest.note).text
