"""The annulment family: what a reconsideration body or a court decided on a decision."""

from datetime import date

from msgspec.structs import replace

from permits.casework.afterwards import Annulled, Body
from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.deciding import stay_at
from permits.casework.families.folding import Folds, marked, there
from permits.casework.parts import Seal
from permits.definitions.procedure import Milestone


class DecisionAnnulled(Event, frozen=True):
    """The decision was annulled on a day, by a body whose own number is sealed. The case stands
    at `leaves` with `code`: `anew` in examination, otherwise where it ends. `void` are the
    numbers of the documents of the decision."""

    body: Body
    on: date
    anew: bool
    number: Seal
    reason: Seal
    leaves: tuple[str, ...]
    code: int
    void: tuple[str, ...]


UP_TO_ACCEPTANCE = (
    Milestone.RECEIVED,
    Milestone.CORRECTION_ISSUED,
    Milestone.CORRECTIONS_SUPPLIED,
    Milestone.TRACK_SWITCHED,
    Milestone.ACCEPTED,
    Milestone.TOLERATED,
    Milestone.SUPPLEMENTED,
)
"""What still holds when a case is examined anew."""


def _annulled(case: Case, e: DecisionAnnulled, at: Envelope) -> Case:
    """What was decided is kept beside; documents that said so are void."""
    decision = there(case.decision, "decision")
    kept = Annulled(
        body=e.body,
        on=e.on,
        anew=e.anew,
        number=e.number,
        reason=e.reason,
        result=decision.result,
        decided_by=decision.by,
        decided_on=decision.on,
    )
    after = replace(
        case,
        leaves=e.leaves,
        code=e.code,
        stay=stay_at(case, e.leaves, e.code, at),
        annulled=(*case.annulled, kept),
        documents=tuple(
            replace(d, void=True) if d.number in e.void else d for d in case.documents
        ),
        intended=None,
        broken=None,
        last_action="",
        last_record="",
        before=None,
    )
    return _reopened(after, at) if e.anew else marked(after, Milestone.ANNULLED, e.on)


def _reopened(case: Case, at: Envelope) -> Case:
    """What was marked since acceptance belongs to the past."""
    held = {str(m): case.milestones[m] for m in UP_TO_ACCEPTANCE if m in case.milestones}
    anew = replace(case, milestones=held, decision=None, opinion=None)
    return marked(anew, Milestone.REOPENED, at.effective_at)


FOLDS: Folds = {DecisionAnnulled: _annulled}
