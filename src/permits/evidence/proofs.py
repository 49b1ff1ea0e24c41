"""Proofs that something stands in the log, as C2SP writes them: https://c2sp.org/tlog-proof.

A file of a few lines that is verified with the public key of the log and nothing else.
"""

from collections.abc import Iterable
from typing import NamedTuple

from permits.evidence.merkle import includes
from permits.evidence.notes import (
    BadNote,
    Checkpoint,
    Verifier,
    is_number,
    opened_checkpoint,
    read_hash,
    write_hash,
)

FIRST = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 63


class Proof(NamedTuple):
    """Where a leaf stands, the hashes from its sibling up, and the signed checkpoint of the tree
    it stands in."""

    place: int
    path: tuple[bytes, ...]
    checkpoint: str

    @property
    def text(self) -> str:
        """The proof as a file."""
        hashes = "".join(f"{write_hash(one)}\n" for one in self.path)
        return f"{FIRST}\nindex {self.place}\n{hashes}\n{self.checkpoint}"


def read_proof(content: str) -> Proof:
    """The proof in a file; what it holds beside is passed over. Raises `BadNote`."""
    head, gap, checkpoint = content.partition("\n\n")
    first, *lines = head.split("\n")
    if first != FIRST or not gap:
        raise BadNote("this is no proof of the log")
    if lines and lines[0].startswith("extra "):
        lines = lines[1:]
    word, _, index = (lines[0] if lines else "").partition(" ")
    if word != "index" or not is_number(index) or len(lines) - 1 > MOST_HASHES:
        raise BadNote("this is no proof of the log: it names no place")
    try:
        path = tuple(map(read_hash, lines[1:]))
    except ValueError:
        raise BadNote("this is no proof of the log: a line of it is no hash") from None
    return Proof(int(index), path, checkpoint)


def proved(leaf: bytes, proof: Proof, trusted: Iterable[Verifier]) -> Checkpoint | None:
    """The checkpoint under which a leaf is proved to stand in the log; None if the proof does not
    lead to it. Raises `BadNote`, and `NotSigned` for a checkpoint no trusted key has signed."""
    checkpoint, _by = opened_checkpoint(proof.checkpoint, trusted)
    fits = includes(leaf, proof.place, checkpoint.size, proof.path, checkpoint.root)
    return checkpoint if fits else None
