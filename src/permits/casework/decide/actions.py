"""Taking an action of the chart: what it asks to be told, and what it does."""

from datetime import date

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.answers import faults
from permits.casework.case import Case
from permits.casework.decide.consequences import follow
from permits.casework.decide.debts import code_of
from permits.casework.decide.fees import no_rate
from permits.casework.decide.filing import not_asked
from permits.casework.decide.gatekeeping import may_not_join, note_passed
from permits.casework.decide.guards import act_guard, shut_by_chart
from permits.casework.decide.hearings import none_to_wait_for
from permits.casework.decide.minutes import Minutes
from permits.casework.decide.performing import PERFORM, falls_on
from permits.casework.decide.revoking import other_ground
from permits.casework.decide.signing import same_signers, unsigned
from permits.casework.due_dates import BadLength, Length
from permits.casework.families.deciding import Moved
from permits.casework.refusals import Reason, Refused
from permits.casework.standing import signer_lost, signing
from permits.casework.ties import changed
from permits.casework.tracks import is_settled
from permits.definitions.act_rules import ACT_RULES
from permits.definitions.procedure import Act, DeregistrationGround, Milestone
from permits.definitions.schema import TrackName, Treatment

ENDED_BY_LAW = frozenset({Act.VOID, Act.EXPIRE})
"""Acts that hold on the day on which the law brought them about, however late it was noticed."""


def take(minutes: Minutes, command: c.TakeAction) -> Refused | None:
    """Take an action, or say why not; nothing is noted if it is refused."""
    case, desk = minutes.case, minutes.desk
    act = desk.actions[command.action].act
    if not isinstance(command.given, i.INPUT_OF[act]):
        return Refused(Reason.WRONG_INPUT, (command.action,))
    facts = minutes.facts_for_conditions()
    leaves = desk.edition.chart.take(case.leaves, command.action, case.answers, facts)
    if leaves is None:
        return shut_by_chart(case, command.action, desk)
    on = falls_on(minutes, act, command.given)
    refused = (
        act_guard(case, command.action, desk)
        or _given(minutes, act, command.given)
        or no_rate(minutes, ACT_RULES[act].marks, on)
    )
    if refused is not None:
        return refused
    _, state = desk.edition.chart.state(leaves)
    code = int(code_of(minutes, act, state, on))
    moved = Moved(action=command.action, leaves=leaves, code=code)
    minutes.note(moved, on if act in ENDED_BY_LAW else None)
    note_passed(minutes, command.action)
    PERFORM[act](minutes, command.given, on)
    marks = ACT_RULES[act].marks
    if minutes.case.tolerated and Milestone.ACCEPTED in marks:
        marks = (*marks, Milestone.TOLERATED)
    follow(
        minutes,
        marks,
        on,
        stopped_on=desk.today if act in (Act.ACCEPT, Act.ACCEPT_BY_SILENCE) else None,
        stated=_stated(command.given),
    )
    return None


def _stated(given: i.Input) -> Length | None:
    return Length.parse(given.stated) if isinstance(given, i.SpecialProcedure) else None


def _given(minutes: Minutes, act: Act, given: i.Input) -> Refused | None:
    """What was typed is what the act needs."""
    match given:
        case i.Corrections():
            return _defects(minutes, given)
        case i.Supplement():
            return _supplement(minutes, given)
        case i.SpecialProcedure():
            return _special(minutes, given)
        case i.Service():
            return _dated(minutes, given.on)
        case i.Withdrawal() | i.Revocation() | i.Deregistration():
            return _ended(minutes, given)
        case i.Opinion(opinion=text) | i.Reasoned(reason=text):
            wanted = text is None and act is not Act.WITHDRAW
            return Refused(Reason.REASON_WANTED) if wanted else None
        case i.Plain():
            return None


def _ended(
    minutes: Minutes, given: i.Withdrawal | i.Revocation | i.Deregistration
) -> Refused | None:
    """The ground of a deregistration; reasons, and what a revocation or a withdrawal needs beside
    them."""
    if isinstance(given, i.Deregistration):
        return _ground(minutes, given.ground)
    if given.reason is None:
        return Refused(Reason.REASON_WANTED)
    if isinstance(given, i.Revocation):
        return other_ground(minutes.case, given.ground)
    return Refused(Reason.REASON_WANTED) if given.compensation is None else None


def _defects(minutes: Minutes, given: i.Corrections) -> Refused | None:
    if not given.defects:
        return Refused(Reason.NOTHING_TO_CORRECT)
    for defect in given.defects:
        kind, _, name = defect.about.partition(".")
        if kind == "field" and name in minutes.desk.edition.questions:
            continue
        if kind != "material":
            return Refused(Reason.NO_SUCH_FIELD, (defect.about,))
        material = minutes.definition.materials.get(name)
        if material is None:
            return Refused(Reason.NO_SUCH_MATERIAL, (name,))
        treated = material.tracks[minutes.track]
        later = treated is Treatment.DEFERRED and defect.kind == "missing"
        settled = is_settled(material, minutes.case.answers, minutes.desk.edition.conditions)
        if treated is Treatment.EXEMPT or later or settled:
            return Refused(Reason.MATERIAL_NOT_ASKED, (name,))
    return None


def _supplement(minutes: Minutes, given: i.Supplement) -> Refused | None:
    wrong = faults(minutes.desk.edition, given.answers, given.seals)
    if wrong:
        return Refused(Reason.BAD_ANSWERS, tuple(problem.field for problem in wrong))
    extra = not_asked(minutes, TrackName(minutes.case.track), given.handed_in)
    if extra is not None:
        return extra
    wanted = _wanted_materials(minutes.case)
    missing = tuple(n for n in wanted if n not in {h.material for h in given.handed_in})
    if missing:
        return Refused(Reason.CORRECTIONS_INCOMPLETE, missing)
    return signed_anew(minutes, given) or tied_anew(minutes, given)


def tied_anew(minutes: Minutes, given: i.Supplement) -> Refused | None:
    """Corrections that tie the case to its project otherwise are asked what a filing is asked."""
    case, desk = minutes.case, minutes.desk
    if not changed(desk.edition, case.answers, given.answers):
        return None
    return may_not_join(desk, case.id, case.party, given.answers)


def signed_anew(minutes: Minutes, given: i.Supplement) -> Refused | None:
    """A commitment speaks of the facts that were declared: other facts are committed to anew, and
    so they are by another authorised person."""
    same = given.answers == minutes.case.answers
    if same and same_signers(minutes, minutes.track, given.seals) and not given.signed:
        return None
    return _others_lost(minutes, given) or unsigned(
        minutes, minutes.track, given.signed, anew=True
    )


def _others_lost(minutes: Minutes, given: i.Supplement) -> Refused | None:
    """Why those who are to sign now, and did not before, may not."""
    desk, case = minutes.desk, minutes.case
    before = signing(desk.edition, case.track, case.answers)
    now = signing(desk.edition, case.track, given.answers)
    return signer_lost(desk.co_signers, (n for n in now if n not in before), desk.today)


def _wanted_materials(case: Case) -> tuple[str, ...]:
    """The materials that the last correction notice named."""
    defects = case.notices[-1].defects
    return tuple(
        d.about.removeprefix("material.") for d in defects if d.about.startswith("material.")
    )


def _special(minutes: Minutes, given: i.SpecialProcedure) -> Refused | None:
    """A cause of the closed list, the time stated, and the applicant told (行政许可法 art. 45)."""
    causes = {cause for rule in minutes.definition.clocks.values() for cause in rule.suspended_by}
    if given.cause not in causes:
        return Refused(Reason.CAUSE_NOT_LAWFUL, (given.cause,))
    if not given.notified:
        return Refused(Reason.NOTICE_WANTED)
    to_wait_for = none_to_wait_for(minutes.case, minutes.desk, given.cause)
    if to_wait_for is not None:
        return to_wait_for
    try:
        stated = Length.parse(given.stated)
    except BadLength:
        return Refused(Reason.TERM_NOT_LAWFUL, (given.stated,))
    return Refused(Reason.TERM_NOT_LAWFUL, (given.stated,)) if stated.count == 0 else None


GROUND_OF = {
    Milestone.REVOKED: DeregistrationGround.REVOKED,
    Milestone.GRANT_WITHDRAWN: DeregistrationGround.REVOKED,
    Milestone.ANNULLED: DeregistrationGround.REVOKED,
    Milestone.EXPIRED: DeregistrationGround.EXPIRED,
    Milestone.VOIDED: DeregistrationGround.OTHER,
}
"""On which ground that is deregistered which has ended so already."""


def _ground(minutes: Minutes, ground: str) -> Refused | None:
    """Of what was taken back or has lapsed, that is the only ground, and revocation that of
    nothing else (行政许可法 art. 70)."""
    marks = minutes.case.milestones
    wanted = next((one for mark, one in GROUND_OF.items() if mark in marks), None)
    fits = ground == wanted if wanted else ground != DeregistrationGround.REVOKED
    return None if fits else Refused(Reason.GROUND_NOT_LAWFUL)


def _dated(minutes: Minutes, on: date) -> Refused | None:
    """Delivery lies between the decision and today."""
    decided = minutes.case.milestones.get(Milestone.DECIDED)
    if decided is None or not decided <= on <= minutes.desk.today:
        return Refused(Reason.DATE_NOT_LAWFUL, (on.isoformat(),))
    return None
