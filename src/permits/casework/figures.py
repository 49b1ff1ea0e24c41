"""What figures are made of: one row for each case, a pure function of it."""

from datetime import date

import msgspec

from permits.casework import savings
from permits.casework.case import Case
from permits.casework.parts import Outcome
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition
from permits.definitions.procedure import Milestone, Role
from permits.definitions.schema import Definition, TrackName, Treatment


class FactsRow(msgspec.Struct, frozen=True):
    """One row for each case with everything its figures are made of.

    `result_on` is the day the result came: of the decision, even if that was revoked since, of
    the withdrawal or of the refusal to accept. What is saved is zero unless the case was granted
    and the grant stands; days are None if a year is not published or the dates contradict each
    other. `late` says that a limit of the office was overrun.
    """

    case_id: str
    number: str
    permit: str
    definition: str
    department: str
    track: str
    kind: str
    result: Outcome
    received_on: date
    accepted_on: date | None
    decided_on: date | None
    result_on: date | None
    by_silence: bool
    baseline_materials: int
    handed_in: int
    saved_materials: int
    saved_exempt: int
    saved_shared: int
    saved_committed: int
    deferred: int
    promised_wd: int
    statutory_wd: int
    used_wd: int | None
    suspended_wd: int | None
    saved_wd: int | None
    saved_statutory_wd: int | None
    corrections: int
    late: bool
    visits: int


RESULTS = (Milestone.DECIDED, Milestone.WITHDRAWN, Milestone.NOT_ACCEPTED)
"""What brings a case a result; no case has two of them."""


def facts_row(case: Case, edition: Edition, calendar: WorkingDays) -> FactsRow:
    """The figures of a case as it stands. A figure that cannot be made never holds up the case."""
    definition = edition.definition
    found = _materials(case, edition)
    spent = _days(case, edition, calendar)
    counts = savings.stands(case)
    limits = definition.tracks[TrackName.ORDINARY]
    return FactsRow(
        case_id=case.id,
        number=case.number,
        permit=case.permit,
        definition=case.definition,
        department=case.department,
        track=case.track,
        kind=case.decision.kind if case.decision else "",
        result=result(case),
        received_on=case.milestones[Milestone.RECEIVED],
        accepted_on=case.milestones.get(Milestone.ACCEPTED),
        decided_on=case.milestones.get(Milestone.DECIDED),
        result_on=result_on(case),
        by_silence=case.by_silence,
        baseline_materials=len(found.baseline),
        handed_in=len(found.handed_in),
        saved_materials=len(found.saved) if counts else 0,
        saved_exempt=found.by(Treatment.EXEMPT) if counts else 0,
        saved_shared=found.by(Treatment.SHARED) if counts else 0,
        saved_committed=found.by(Treatment.COMMITTED) if counts else 0,
        deferred=len(found.deferred) if counts else 0,
        promised_wd=int(limits.promised.removesuffix("wd")),
        statutory_wd=int(limits.statutory.removesuffix("wd")),
        used_wd=spent.used if spent else None,
        suspended_wd=spent.suspended if spent else None,
        saved_wd=(spent.saved if spent else None) if counts else 0,
        saved_statutory_wd=(spent.saved_statutory if spent else None) if counts else 0,
        corrections=len(case.notices),
        late=_late(case, definition),
        visits=len(case.visits),
    )


def _late(case: Case, definition: Definition) -> bool:
    """Whether a limit of the office was overrun. What the applicant is warned of is time the
    applicant was given, and is no lateness of the office."""
    theirs = {n for n, rule in definition.clocks.items() if Role.APPLICANT in rule.warned}
    return any(k.late or k.lapsed for n, k in case.clocks.items() if n not in theirs)


def _materials(case: Case, edition: Edition) -> savings.Materials:
    """None at all if a condition of the definition cannot be asked of these answers."""
    try:
        return savings.materials(case, edition.definition, edition.conditions)
    except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError):
        return savings.Materials((), (), {}, ())


def _days(case: Case, edition: Edition, calendar: WorkingDays) -> savings.Days | None:
    """None also if the dates contradict each other, as a decision before the acceptance does."""
    try:
        return savings.days(case, edition.definition, calendar)
    except ValueError:
        return None


def result_on(case: Case) -> date | None:
    """The day on which the result of a case came, if it has."""
    return next((case.milestones[m] for m in RESULTS if m in case.milestones), None)


def result(case: Case) -> Outcome:
    """What became of a case, for figures."""
    marks = case.milestones
    if Milestone.REVOKED in marks or _annulled(case):
        return "revoked"
    if case.decision is not None:
        return case.decision.result
    if Milestone.WITHDRAWN in marks:
        return "withdrawn"
    return "not_accepted" if Milestone.NOT_ACCEPTED in marks else "open"


def _annulled(case: Case) -> bool:
    """Whether a grant was annulled, and is not decided on anew."""
    granted = case.decision is not None and case.decision.result == "granted"
    return granted and Milestone.ANNULLED in case.milestones
