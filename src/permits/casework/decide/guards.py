"""What the law and this procedure ask of an act before anybody looks at what was typed.

Pages ask the same functions to say why an action is not open.
"""

from collections.abc import Callable, Mapping

from permits.casework.case import Case, Clock
from permits.casework.decide.counter import acted_for
from permits.casework.decide.desk import Desk
from permits.casework.decide.extending import nothing_lapsed
from permits.casework.decide.gatekeeping import may_not_go_on
from permits.casework.decide.hearings import (
    demanded,
    examines,
    not_over,
    pending,
    presides,
)
from permits.casework.decide.joint_review import not_all_in
from permits.casework.decide.others import none_told, to_speak
from permits.casework.decide.revoking import not_heard
from permits.casework.decide.standing import not_to_expire
from permits.casework.decide.tolerance import no_second_time, not_run_out, still_to_come
from permits.casework.facts import case_facts
from permits.casework.fees import shut_by_fee
from permits.casework.refusals import Reason, Refused
from permits.casework.service import unserved
from permits.casework.shared import left_to_applicant
from permits.casework.tracks import settled_materials, shut, treatments
from permits.definitions.procedure import BEFORE_A_DECISION, Act, Milestone
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
    """The rules of the act itself, and of the project the case belongs to."""
    rules = GUARDS.get(desk.actions[action].act, ())
    found = (refused for rule in rules if (refused := rule(case, desk)) is not None)
    refused = next(found, None) or shut_by_fee(case, desk.edition, action)
    return refused or may_not_go_on(case, action, desk)


def _second_notice(case: Case, _desk: Desk) -> Refused | None:
    """The law allows one correction notice (行政许可法 art. 32(4))."""
    return Refused(Reason.CORRECTED_BEFORE) if case.corrected else None


def _too_late(case: Case, desk: Desk) -> Refused | None:
    """Once the office has kept silent for too long the application is accepted by law, whether
    or not the timer has looked (行政许可法 art. 32(4))."""
    due = _silence_due(case, desk)
    if due is None or due.provisional:
        return None
    return Refused(Reason.SILENCE_ACCEPTED, (str(due.due),))


def _time_to_correct(case: Case, desk: Desk) -> Refused | None:
    """Whoever was given time to correct has that time."""
    for name, clock in case.clocks.items():
        if clock.running and clock.milestone == Milestone.CORRECTION_ISSUED:
            waiting = unserved(case, desk.edition, clock)
            if waiting:
                return Refused(Reason.NOT_SERVED, (waiting,))
            if clock.due is None or clock.due >= desk.today:
                return Refused(Reason.NOT_YET_DUE, (name,))
            return Refused(Reason.DATE_PROVISIONAL, (name,)) if clock.provisional else None
    return None


def _who_grants(case: Case, desk: Desk) -> Refused | None:
    """On the spot one officer grants, unless the case was examined; then another decides."""
    on_the_spot = desk.edition.on_the_spot(TrackName(case.track))
    examined = Milestone.EXAMINED in case.milestones
    return None if on_the_spot and not examined else _four_eyes(case, desk)


def missing_materials(case: Case, desk: Desk) -> tuple[str, ...]:
    """Materials the track asks for, in this case, that have not come in; those among them that
    another office should have had."""
    treated = treatments(desk.edition, TrackName(case.track), case.answers)
    settled = settled_materials(desk.edition, case.answers)
    asked = left_to_applicant(treated, case.shared.values(), settled)
    return tuple(
        name
        for name, what in asked.items()
        if what is Treatment.SUPPLIED and name not in case.materials
    )


def _complete(case: Case, desk: Desk) -> Refused | None:
    """Only what is complete is accepted (行政许可法 art. 32(5))."""
    missing = missing_materials(case, desk)
    return Refused(Reason.MATERIALS_MISSING, missing) if missing else None


def _still_open(case: Case, desk: Desk) -> Refused | None:
    """Corrections may have changed what the choice of track rested on."""
    return shut(desk.edition, TrackName(case.track), case.answers)


def _silent(case: Case, desk: Desk) -> Refused | None:
    """Silence accepts only after the due date, and never on a date that is provisional."""
    clock = _silence_due(case, desk)
    if clock is None:
        acts = (name for name, a in desk.actions.items() if a.act is Act.ACCEPT_BY_SILENCE)
        return Refused(Reason.NOT_YET_DUE, tuple(acts))
    return Refused(Reason.DATE_PROVISIONAL, (clock.name,)) if clock.provisional else None


def _silence_due(case: Case, desk: Desk) -> Clock | None:
    """The clock that runs, is past its due date, and accepts by silence."""
    for name, rule in desk.edition.definition.clocks.items():
        clock = case.clocks.get(name)
        if clock is None or not clock.running or rule.lapse.action is None:
            continue
        accepts = desk.actions[rule.lapse.action].act is Act.ACCEPT_BY_SILENCE
        if accepts and clock.due is not None and clock.due < desk.today:
            return clock
    return None


def _four_eyes(case: Case, desk: Desk) -> Refused | None:
    """Whoever decides gave none of the opinions the decision follows."""
    if case.opinion is None:
        return Refused(Reason.NOT_NOW, ("opinion",))
    return Refused(Reason.SAME_PERSON) if examines(case, *desk.actor.persons) else None


def _not_by_an_examiner(case: Case, desk: Desk) -> Refused | None:
    """A refusal follows no opinion here, but whoever gave one does not decide all the same."""
    return Refused(Reason.SAME_PERSON) if examines(case, *desk.actor.persons) else None


def unchecked(case: Case, desk: Desk) -> Refused | None:
    """Facts that are to be checked before the decision have been, by two officers (行政许可法
    art. 34(3)). A refusal waits for nothing: it may follow from what was found."""
    rules = desk.edition.definition.obligations
    still = tuple(
        name
        for name, held in case.obligations.items()
        if held.status == "open" and rules[name].opens in BEFORE_A_DECISION
    )
    return Refused(Reason.STILL_OPEN, still) if still else None


def _nothing_open(case: Case, _desk: Desk) -> Refused | None:
    still = [name for name, clock in case.clocks.items() if clock.running]
    still += [name for name, held in case.obligations.items() if held.status == "open"]
    still += [name for name, fee in case.fees.items() if fee.open]
    still += ["notice_revocation"] if case.intended else []
    return Refused(Reason.STILL_OPEN, tuple(still)) if still else None


HEARD = (not_all_in, pending, demanded, none_told, to_speak)
"""Everybody who is to be heard has been heard before the decision."""

Guard = Callable[[Case, Desk], Refused | None]

GUARDS: Mapping[Act, tuple[Guard, ...]] = {
    Act.ACCEPT: (_complete, _still_open),
    Act.ACCEPT_BY_SILENCE: (_silent,),
    Act.ISSUE_CORRECTION: (_too_late, _second_notice),
    Act.DECLARE_NOT_REQUIRED: (_too_late,),
    Act.DECLARE_NOT_COMPETENT: (_too_late,),
    Act.REFUSE_ACCEPTANCE: (_too_late, _time_to_correct),
    Act.WITHDRAW_COMMITMENT: (no_second_time,),
    Act.RESUME: (not_over,),
    Act.EXAMINE: (acted_for, not_all_in, presides),
    Act.RETURN: (acted_for,),
    Act.GRANT: (acted_for, still_to_come, _still_open, unchecked, _who_grants, *HEARD),
    Act.REFUSE: (acted_for, _four_eyes, *HEARD),
    Act.REFUSE_UNSUPPLIED: (acted_for, not_run_out, _not_by_an_examiner),
    Act.DEEM_WITHDRAWN: (acted_for, not_run_out),
    Act.REVOKE: (acted_for, not_heard),
    Act.WITHDRAW_GRANT: (acted_for,),
    Act.CONCLUDE: (_nothing_open,),
    Act.VOID: (nothing_lapsed,),
    Act.EXPIRE: (not_to_expire,),
}
"""What is asked before an act, in order; an act that is not here asks nothing more."""
