"""What the law and this procedure ask of an act before anybody looks at what was typed.

Pages ask the same functions to say why an action is not open.
"""

from permits.casework.case import Case
from permits.casework.decide.desk import Desk
from permits.casework.facts import case_facts
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import shut
from permits.definitions.procedure import Act
from permits.definitions.schema import TrackName, Treatment


def shut_by_chart(case: Case, action: str, desk: Desk) -> Refused:
    """Why the chart does not let the action be taken: it does not leave here, or a condition."""
    facts = case_facts(case, desk.edition.definition)
    offers = desk.edition.chart.offers(case.leaves, case.answers, facts)
    unmet = next((offer.unmet for offer in offers if offer.action == action), ())
    if unmet:
        return Refused(Reason.CONDITION_UNMET, unmet)
    return Refused(Reason.NOT_NOW, (action,))


def act_guard(case: Case, action: str, desk: Desk) -> Refused | None:
    """The rules of the act itself."""
    match desk.actions[action].act:
        case Act.ACCEPT:
            return _complete(case, desk) or _still_open(case, desk)
        case Act.ACCEPT_BY_SILENCE:
            return _silent(case, action, desk)
        case Act.ISSUE_CORRECTION:
            return Refused(Reason.CORRECTED_BEFORE) if case.corrected else None
        case Act.GRANT:
            on_the_spot = desk.edition.on_the_spot(TrackName(case.track))
            return None if on_the_spot and case.opinion is None else _four_eyes(case, desk)
        case Act.REFUSE:
            return _four_eyes(case, desk)
        case Act.CONCLUDE:
            return _nothing_open(case)
        case _:
            return None


def missing_materials(case: Case, desk: Desk) -> tuple[str, ...]:
    """Materials the track asks for, in this case, that have not come in."""
    conditions = desk.edition.conditions
    track = TrackName(case.track)
    return tuple(
        name
        for name, material in desk.edition.definition.materials.items()
        if material.tracks[track] is Treatment.SUPPLIED
        and name not in case.materials
        and (material.when is None or conditions[material.when].holds(case.answers, {}))
    )


def _complete(case: Case, desk: Desk) -> Refused | None:
    """Only what is complete is accepted (行政许可法 art. 32(5))."""
    missing = missing_materials(case, desk)
    return Refused(Reason.MATERIALS_MISSING, missing) if missing else None


def _still_open(case: Case, desk: Desk) -> Refused | None:
    """Corrections may have changed what the choice of track rested on."""
    return shut(desk.edition, TrackName(case.track), case.answers)


def _silent(case: Case, action: str, desk: Desk) -> Refused | None:
    """Silence accepts only after the due date, and never on a date that is provisional."""
    for name, rule in desk.edition.definition.clocks.items():
        clock = case.clocks.get(name)
        if rule.lapse.action != action or clock is None or not clock.running:
            continue
        if clock.due is not None and clock.due < desk.today:
            return Refused(Reason.DATE_PROVISIONAL, (name,)) if clock.provisional else None
    return Refused(Reason.NOT_YET_DUE, (action,))


def _four_eyes(case: Case, desk: Desk) -> Refused | None:
    """Whoever decides did not give the opinion the decision follows."""
    if case.opinion is None:
        return Refused(Reason.NOT_NOW, ("opinion",))
    return Refused(Reason.SAME_PERSON) if case.opinion.by == desk.actor.id else None


def _nothing_open(case: Case) -> Refused | None:
    still = [name for name, clock in case.clocks.items() if clock.running]
    still += [name for name, held in case.obligations.items() if held.status == "open"]
    still += [name for name, fee in case.fees.items() if fee.paid_on is None]
    return Refused(Reason.STILL_OPEN, tuple(still)) if still else None
