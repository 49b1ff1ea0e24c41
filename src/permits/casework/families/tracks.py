"""The track family: the choice of track and the commitments signed for it."""

from typing import Literal

from msgspec.structs import replace

from permits.casework.case import Case, Signature
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds
from permits.casework.parts import Seal, ShownIn
from permits.definitions.procedure import Milestone


class CommitmentSigned(Event, frozen=True):
    """A notice was shown whole and the statement under it signed.

    `text_digest` is the SHA-256 of what was shown in both languages, `declared` that of the
    answers the statement speaks of. The applicant signs with its account (`signer`), or on paper
    before the officer who then stands there; `scan` is the SHA-256 of that paper. For each other
    role in the works the authorised person signs and seals the letter, which is brought in;
    `person` seals the name. `shown_in` is the language of the page on which an account signed;
    letters, papers and older events have none.
    """

    commitment: str
    kind: Literal["A", "B"]
    text_digest: str
    declared: str
    signer: str
    means: Literal["password", "letter", "paper"]
    role: str
    person: Seal | None
    scan: str = ""
    shown_in: ShownIn = ""


class TrackSwitched(Event, frozen=True):
    """The commitment was withdrawn before the decision; the case goes on as an ordinary one."""

    was: str
    now: str
    submission: int
    calendar: str


def _signed(case: Case, e: CommitmentSigned, at: Envelope) -> Case:
    signature = Signature(
        e.commitment,
        e.kind,
        e.text_digest,
        e.declared,
        e.signer,
        at.effective_at,
        e.role,
        e.person,
        e.means,
        e.shown_in,
    )
    return replace(case, commitments=(*case.commitments, signature))


def _switched(case: Case, e: TrackSwitched, at: Envelope) -> Case:
    """The application counts as put anew: what was marked since receipt belongs to the past."""
    received = case.milestones[Milestone.RECEIVED]
    return replace(
        case,
        track=e.now,
        submission=e.submission,
        opinion=None,
        undertaking=None,
        tolerated=(),
        milestones={
            Milestone.RECEIVED.value: received,
            Milestone.TRACK_SWITCHED.value: at.effective_at,
        },
    )


FOLDS: Folds = {
    CommitmentSigned: _signed,
    TrackSwitched: _switched,
}
