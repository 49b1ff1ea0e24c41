"""Changes of what was granted (变更, 行政许可法 art. 49): asked for by the holder, examined by one
officer, decided by another. What was decided, saved and charged stays as it was fixed, but for the
fees a definition says are corrected."""

from permits.casework import commands_after as a
from permits.casework.afterwards import AMENDMENT_EVIDENCE
from permits.casework.answers import faults
from permits.casework.case import Case
from permits.casework.decide.consequences import follow
from permits.casework.decide.desk import Desk
from permits.casework.decide.evidence import not_evidence
from permits.casework.decide.fees import amount, freeze_anew
from permits.casework.decide.gatekeeping import may_not_change
from permits.casework.decide.minutes import Minutes
from permits.casework.decide.payments import follow_balance
from permits.casework.entries import with_totals
from permits.casework.families.amendments import (
    Amended,
    AmendmentAsked,
    AmendmentExamined,
    AmendmentRefused,
)
from permits.casework.parts import Seal
from permits.casework.refusals import Reason, Refused
from permits.definitions.chart_part import decision_in
from permits.definitions.conditions import Answer
from permits.definitions.procedure import Milestone

AMENDMENT = "amendment"


def not_to_ask(case: Case, desk: Desk) -> Refused | None:
    """Why nothing can be changed now."""
    if desk.edition.definition.amendment is None:
        return Refused(Reason.NOT_IN_PROCEDURE)
    _, state = desk.edition.chart.state(case.leaves)
    if decision_in(state) != "granted":
        return Refused(Reason.NOT_NOW, (AMENDMENT,))
    return Refused(Reason.ASKED_BEFORE, (AMENDMENT,)) if case.amendment is not None else None


def ask(minutes: Minutes, command: a.AskAmendment) -> Refused | None:
    """Take in what is to be changed; only what really is another answer counts."""
    refused = not_to_ask(minutes.case, minutes.desk)
    if refused is not None:
        return refused
    case = minutes.case
    changed = {n: v for n, v in command.answers.items() if case.answers.get(n) != v}
    sealed = {n: s for n, s in command.seals.items() if case.seals.get(n) != s}
    refused = _unfit(minutes, changed, sealed)
    refused = refused or not_evidence(command.evidence, AMENDMENT_EVIDENCE)
    if refused is None and command.reason is None:
        refused = Refused(Reason.REASON_WANTED)
    if refused is not None:
        return refused
    asked = AmendmentAsked(
        answers=changed, reason=str(command.reason), seals=sealed, evidence=command.evidence
    )
    minutes.note(asked, minutes.desk.office_day)
    return None


def _unfit(minutes: Minutes, answers: dict[str, Answer], seals: dict[str, Seal]) -> Refused | None:
    """Something is changed, it may be, and the form still is in order."""
    case, rule, names = minutes.case, minutes.definition.amendment, (*answers, *seals)
    allowed = with_totals(
        minutes.desk.edition.questions.values(), rule.fields if rule is not None else ()
    )
    extra = tuple(name for name in names if name not in allowed)
    if extra:
        return Refused(Reason.NOT_AMENDABLE, extra)
    if not names:
        return Refused(Reason.NOTHING_CHANGED)
    edition = minutes.desk.edition
    changed = {**case.answers, **answers}
    wrong = faults(edition, changed, {**case.seals, **seals})
    if wrong:
        return Refused(Reason.BAD_ANSWERS, tuple(p.field for p in wrong))
    return may_not_change(minutes.desk, case.id, changed)


def not_to_examine(case: Case) -> Refused | None:
    """Why there is no change to give an opinion on."""
    asked = case.amendment
    waiting = asked is not None and asked.examined is None
    return None if waiting else Refused(Reason.NOTHING_ASKED)


def examine(minutes: Minutes, command: a.ExamineAmendment) -> Refused | None:
    """Give the opinion that the decision follows."""
    refused = not_to_examine(minutes.case)
    if refused is None and command.opinion is None:
        refused = Refused(Reason.REASON_WANTED)
    if refused is None:
        minutes.note(
            AmendmentExamined(recommends=command.recommends, opinion=str(command.opinion))
        )
    return refused


def not_to_decide(case: Case, desk: Desk) -> Refused | None:
    """Why nothing can be decided: nobody asked, nobody examined it, or the same person did."""
    asked = case.amendment
    if asked is None:
        return Refused(Reason.NOTHING_ASKED)
    if asked.examined is None:
        return Refused(Reason.NOT_NOW, ("opinion",))
    examined = case.persons({asked.examined.by})
    return Refused(Reason.SAME_PERSON) if desk.actor.is_any_of(*examined) else None


def decide(minutes: Minutes, command: a.DecideAmendment) -> Refused | None:
    """Change what was asked for from today on, or refuse with reasons."""
    refused = not_to_decide(minutes.case, minutes.desk)
    if refused is None and not command.granted and command.reason is None:
        refused = Refused(Reason.REASON_WANTED)
    asked = minutes.case.amendment
    if refused is not None or asked is None:
        return refused
    if not command.granted:
        minutes.note(AmendmentRefused(reason=str(command.reason)))
        follow(minutes, (Milestone.NOT_AMENDED,), minutes.desk.today)
        return None
    refused = may_not_change(
        minutes.desk, minutes.case.id, {**minutes.case.answers, **asked.answers}
    )
    if refused is not None:
        return refused
    minutes.note(
        Amended(
            answers=asked.answers,
            was=asked.was,
            reason=command.reason,
            seals=asked.seals,
            were_sealed=asked.were_sealed,
        )
    )
    follow(minutes, (Milestone.AMENDED,), minutes.desk.today)
    return _correct(minutes)


def _correct(minutes: Minutes) -> Refused | None:
    """Fees that follow the change are reckoned anew, at the rates of the day they were fixed. The
    change may lead to lines for which there was no rate then: it is not granted without one."""
    rule = minutes.definition.amendment
    corrected = rule.corrects if rule is not None else ()
    standing = {n: fee for n, fee in minutes.case.fees.items() if not fee.cancelled}
    for name in (n for n in corrected if n in standing):
        on = standing[name].frozen_on
        found = amount(minutes, name, on)
        if found is None:
            return Refused(Reason.NO_RATE, (name,))
        freeze_anew(minutes, name, found, on)
        follow_balance(minutes, name)
    return None
