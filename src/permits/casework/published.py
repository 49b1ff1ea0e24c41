"""What a published decision is worth today, and whether a document is one of the office's.

A document carries its number and a check code. The code is made of the number and of a seal that
stands in the log of the case and on no paper, so it can be told from any other without a secret
that would have to be kept: whoever has not seen the document cannot guess it.
"""

import hashlib
from enum import StrEnum

import msgspec

from permits.casework.case import Case, Drawn
from permits.definitions.procedure import Code, Milestone, Phase


class Worth(StrEnum):
    """What has become of a published decision. Closed: each needs a name on pages."""

    IN_FORCE = "in_force"
    REFUSED = "refused"
    REVOKED = "revoked"
    ENDED = "ended"


_OF_PHASE = {
    Phase.IN_EFFECT: Worth.IN_FORCE,
    Phase.CONCLUDED: Worth.IN_FORCE,
    Phase.REFUSED: Worth.REFUSED,
    Phase.REVOKED: Worth.REVOKED,
}


def worth(phase: str, code: int) -> Worth:
    """What a published decision is worth by the phase and the national code of its case: what the
    law ended or the office struck off has ended, and so has what it revoked before that, and what
    was annulled and is being decided anew."""
    if phase == Phase.ENDED and code == Code.REFUSED:
        return Worth.REFUSED
    return _OF_PHASE.get(Phase(phase), Worth.ENDED)


def phases(wanted: Worth) -> tuple[Phase, ...]:
    """The phases in which a published decision may be of such worth."""
    if wanted is Worth.REFUSED:
        return (Phase.REFUSED, Phase.ENDED)
    if wanted is Worth.ENDED:
        return tuple(phase for phase in Phase if phase not in _OF_PHASE)
    return tuple(phase for phase, one in _OF_PHASE.items() if one is wanted)


class DocumentRow(msgspec.Struct, frozen=True):
    """Where a document is found by its number."""

    number: str
    case_id: str


def document_rows(case: Case) -> tuple[DocumentRow, ...]:
    """A row for each document that was drawn up in a case; none is ever taken away."""
    return tuple(DocumentRow(drawn.number, case.id) for drawn in case.documents)


_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: nothing that is read for something else."""

CODE_LENGTH = 12


def check_code(case: Case, number: str) -> str:
    """The check code of a document of a case: 12 letters and digits, sixty bits."""
    said = f"permits document\n{case.lookup}\n{number}".encode()
    digest = int.from_bytes(hashlib.sha256(said).digest(), "big")
    return "".join(_LETTERS[digest >> 5 * place & 31] for place in range(CODE_LENGTH))


def in_groups(code: str) -> str:
    """A code as it is written for people: in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})


def as_typed(code: str) -> str:
    """A code as it was meant: in capitals, without gaps, and with what looks alike read as the
    digit it stands for."""
    return code.upper().translate(_MISREAD)


class Holds(StrEnum):
    """Whether a document that is the office's still holds. Closed: each needs a sentence."""

    HOLDS = "holds"
    VOID = "void"
    CORRECTED = "corrected"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    ANNULLED = "annulled"
    VOIDED = "voided"
    EXPIRED = "expired"
    DEREGISTERED = "deregistered"


_ENDS: tuple[tuple[Milestone, Holds], ...] = (
    (Milestone.REVOKED, Holds.REVOKED),
    (Milestone.GRANT_WITHDRAWN, Holds.WITHDRAWN),
    (Milestone.VOIDED, Holds.VOIDED),
    (Milestone.EXPIRED, Holds.EXPIRED),
    (Milestone.DEREGISTERED, Holds.DEREGISTERED),
)


def holds(case: Case, drawn: Drawn) -> tuple[Holds, Milestone | None]:
    """Whether a document holds, and the milestone that ended it, if one did. What ends a grant
    ends the documents of it; an annulment ends whatever the decision was."""
    since = case.milestones
    if drawn.void:
        return Holds.VOID, None
    decides = drawn.milestone in (Milestone.GRANTED, Milestone.REFUSED)
    if decides and any(one.decided_on >= drawn.on for one in case.annulled):
        return Holds.ANNULLED, Milestone.ANNULLED
    if drawn.milestone == Milestone.GRANTED:
        for ended, what in _ENDS:
            if ended in since:
                return what, ended
    return (Holds.CORRECTED, None) if drawn.corrected else (Holds.HOLDS, None)
