"""What a reconsideration body or a court decided: the office's decision falls, and it decides anew
or the case ends (行政复议法 art. 64, 行政诉讼法 art. 70)."""

from permits.casework import commands_after as a
from permits.casework.case import Case
from permits.casework.decide.consequences import follow
from permits.casework.decide.desk import Desk
from permits.casework.decide.fees import freeze
from permits.casework.decide.minutes import Minutes
from permits.casework.families.annulments import DecisionAnnulled
from permits.casework.refusals import Reason, Refused
from permits.definitions.chart_part import decision_in
from permits.definitions.procedure import Milestone
from permits.definitions.schema import Annulment
from permits.definitions.steps import leaves_of

DECISIONS = frozenset({Milestone.GRANTED, Milestone.REFUSED})


def not_to_annul(case: Case, desk: Desk) -> Refused | None:
    """Why no annulment can be entered: no decision stands that could be annulled."""
    if desk.edition.definition.annulment is None:
        return Refused(Reason.NOT_IN_PROCEDURE)
    _, state = desk.edition.chart.state(case.leaves)
    if case.decision is None or decision_in(state) is None:
        return Refused(Reason.NOT_NOW, ("annulment",))
    return None


def record(minutes: Minutes, command: a.RecordAnnulment) -> Refused | None:
    """Enter the decision of the body. The one it annulled is kept in the record."""
    refused = not_to_annul(minutes.case, minutes.desk) or _unfit(minutes, command)
    rule = minutes.definition.annulment
    if refused is not None or rule is None:
        return refused
    chart = minutes.definition.chart
    state = _state(minutes, rule, anew=command.anew)
    minutes.note(
        DecisionAnnulled(
            body=command.body,
            on=command.on,
            anew=command.anew,
            number=str(command.number),
            reason=str(command.reason),
            leaves=leaves_of(chart, state),
            code=int(chart.states[state].code),
            void=tuple(d.number for d in minutes.case.documents if d.milestone in DECISIONS),
        )
    )
    mark = Milestone.REOPENED if command.anew else Milestone.ANNULLED
    follow(minutes, (mark,), minutes.desk.today)
    if command.anew:
        _charge_again(minutes)
    return None


def _unfit(minutes: Minutes, command: a.RecordAnnulment) -> Refused | None:
    if command.number is None or command.reason is None:
        return Refused(Reason.REASON_WANTED)
    decided = minutes.case.milestones[Milestone.DECIDED]
    if not decided <= command.on <= minutes.desk.today:
        return Refused(Reason.DATE_NOT_LAWFUL, (command.on.isoformat(),))
    return None


def _state(minutes: Minutes, rule: Annulment, *, anew: bool) -> str:
    """Where the case goes on: in examination, or where its annulled decision leads."""
    if anew:
        return rule.reopens
    decision = minutes.case.decision
    granted = decision is not None and decision.result == "granted"
    return rule.grant if granted else rule.refusal


def _charge_again(minutes: Minutes) -> None:
    """What a refusal had cancelled is owed again, at the rates of the day it was first fixed."""
    for name, fee in minutes.case.fees.items():
        fixed = minutes.definition.fees[name].frozen_at in minutes.case.milestones
        if fee.cancelled and fixed:
            freeze(minutes, name, fee.frozen_on)
