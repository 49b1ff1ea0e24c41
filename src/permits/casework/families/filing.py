"""The case family, up to acceptance: filing, the one correction notice, acceptance or not."""

from datetime import date
from typing import Literal

from msgspec.structs import replace

from permits.casework.case import Case, Notice
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, marked
from permits.casework.parts import Defect, HandedIn, Seal
from permits.definitions.conditions import Answer
from permits.definitions.procedure import Milestone


class Filed(Event, frozen=True):
    """An application was received (收件). `lookup` seals the code that opens it to the public.

    `received_on` is the day it counts as received; what arrives outside office hours counts from
    the next working day, and the envelope says when it did arrive. `calendar` is the digest of
    the working days by which that was reckoned, `standing` the version of the party's own stream
    in view of which it may file, and on this track (0 if it has none).
    """

    number: str
    permit: str
    authority: str
    department: str
    party: str
    channel: Literal["web", "counter"]
    track: str
    answers: dict[str, Answer]
    seals: dict[str, Seal]
    handed_in: tuple[HandedIn, ...]
    received_on: date
    calendar: str
    lookup: Seal
    standing: int = 0


class CorrectionNoticeIssued(Event, frozen=True):
    """The one notice that names everything to correct (行政许可法 art. 32(4))."""

    submission: int
    defects: tuple[Defect, ...]


class CorrectionsSupplied(Event, frozen=True):
    """The corrections came in; `answers` and `seals` are all of the form as it now stands,
    `calendar` the working days by which the day they count from was reckoned."""

    answers: dict[str, Answer]
    seals: dict[str, Seal]
    handed_in: tuple[HandedIn, ...]
    calendar: str


class CorrectedOnTheSpot(Event, frozen=True):
    """Errors were put right at the counter while the applicant stood there (行政许可法 art.
    32(3)); `answers` and `seals` are all of the form as it now stands."""

    answers: dict[str, Answer]
    seals: dict[str, Seal]
    handed_in: tuple[HandedIn, ...]


class Accepted(Event, frozen=True):
    """Accepted (受理) as of the day the complete application was there, or by silence. Accepted
    before it would have counted as received, it was received that day. `tolerated` are secondary
    materials that are still to come (容缺受理)."""

    accepted_on: date
    by_silence: bool
    tolerated: tuple[str, ...] = ()


class NotAccepted(Event, frozen=True):
    ground: Literal["uncorrected", "not_required", "not_competent"]
    reason: Seal


class Withdrawn(Event, frozen=True):
    """The applicant took the application back."""

    reason: Seal | None = None


def _filed(case: Case, e: Filed, at: Envelope) -> Case:
    return replace(
        case,
        number=e.number,
        permit=e.permit,
        definition=at.definition,
        authority=e.authority,
        department=e.department,
        party=e.party,
        channel=e.channel,
        track=e.track,
        answers=e.answers,
        seals=e.seals,
        lookup=e.lookup,
        materials={h.material: h for h in e.handed_in},
        milestones={Milestone.RECEIVED.value: e.received_on},
    )


def _noticed(case: Case, e: CorrectionNoticeIssued, at: Envelope) -> Case:
    notice = Notice(e.submission, at.effective_at, e.defects)
    after = replace(case, notices=(*case.notices, notice))
    return marked(after, Milestone.CORRECTION_ISSUED, at.effective_at)


def _on_the_spot(case: Case, e: CorrectedOnTheSpot, _at: Envelope) -> Case:
    return _as_corrected(case, e)


def _as_corrected(case: Case, e: CorrectionsSupplied | CorrectedOnTheSpot) -> Case:
    return replace(
        case,
        answers=e.answers,
        seals=e.seals,
        materials={**case.materials, **{h.material: h for h in e.handed_in}},
    )


def _supplied(case: Case, e: CorrectionsSupplied, at: Envelope) -> Case:
    return marked(_as_corrected(case, e), Milestone.CORRECTIONS_SUPPLIED, at.effective_at)


def _accepted(case: Case, e: Accepted, _at: Envelope) -> Case:
    after = replace(case, opinion=None, by_silence=e.by_silence, tolerated=e.tolerated)
    if e.tolerated:
        after = marked(after, Milestone.TOLERATED, e.accepted_on)
    received = min(case.milestones[Milestone.RECEIVED], e.accepted_on)
    return marked(marked(after, Milestone.RECEIVED, received), Milestone.ACCEPTED, e.accepted_on)


def _not_accepted(case: Case, e: NotAccepted, at: Envelope) -> Case:
    return marked(
        replace(case, not_accepted_for=e.ground), Milestone.NOT_ACCEPTED, at.effective_at
    )


def _withdrawn(case: Case, _e: Withdrawn, at: Envelope) -> Case:
    return marked(case, Milestone.WITHDRAWN, at.effective_at)


FOLDS: Folds = {
    Filed: _filed,
    CorrectionNoticeIssued: _noticed,
    CorrectionsSupplied: _supplied,
    CorrectedOnTheSpot: _on_the_spot,
    Accepted: _accepted,
    NotAccepted: _not_accepted,
    Withdrawn: _withdrawn,
}
