"""What holds of every case after every step, whatever was tried before.

Each rule is worked out here from the log and from the other cases, not asked of the functions that
are tried: what the product would say of itself proves nothing.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework.asked_rows import heard_dues
from permits.casework.case import Case
from permits.casework.facts import case_facts
from permits.casework.families import (
    deciding,
    extensions,
    fees,
    filing,
    inspectors,
    obligations,
    opinions,
    tracks,
)
from permits.casework.figures import facts_row
from permits.casework.fold import fold_all
from permits.casework.rows import case_row, due_rows, intervals
from permits.casework.waiting_rows import waiting_rows
from permits.definitions.procedure import Act, Code, Milestone, Phase, Role
from permits.definitions.schema import TrackName
from tests.trial import rules_after, rules_credit, rules_people
from tests.trial.situations import phase_of, situation, situations
from tests.trial.told import came
from tests.trial.world import Kept, Step

Rule = Callable[[Step], None]
NOTHING_GRANTED = {Milestone.WITHDRAWN, Milestone.NOT_ACCEPTED, Milestone.REFUSED}


def nowhere_but_in_the_chart(step: Step) -> None:
    """A case stands where the checker has seen that one can, with the code of its state. A debt
    that came to life again (a payment undone, a date put right) is not among what it sees."""
    case = step.after
    name, state = step.one.edition.chart.state(case.leaves)
    owing = state.code is Code.GRANTED and case.code == Code.GRANTED_WITH_OPEN_DEBTS
    assert owing or int(state.code) == case.code, f"{name} has code {case.code}"
    if "ObligationReopened" not in step.one.seen:
        assert situation(case) in situations(step.one.edition), (
            f"no such situation of {step.one.edition.permit}: {situation(case)}"
        )


def one_correction_notice_for_each_submission(step: Step) -> None:
    if not any(isinstance(event, filing.CorrectionNoticeIssued) for event in step.events):
        return
    given = 0
    for _envelope, event in step.one.log:
        given = 0 if isinstance(event, tracks.TrackSwitched) else given
        given += isinstance(event, filing.CorrectionNoticeIssued)
        assert given <= 1, "a second correction notice for one submission"


def no_shut_gate_is_passed(step: Step) -> None:
    """Whoever files or is granted owes nothing in another case that shuts what is passed."""
    tie = step.one.edition.definition.project
    action = _passing(step)
    if tie is None or action is None:
        return
    code = step.after.answers[tie.code]
    for other in step.world.cases:
        theirs = other.edition.definition.project
        elsewhere = theirs is None or other.case.answers.get(theirs.code) != code
        if other is step.one or elsewhere or NOTHING_GRANTED & other.case.milestones.keys():
            continue
        for gate in tie.passes.get(action, ()):
            owed = [*_shutting(other, gate)]
            assert not owed, f"{gate} was passed while {owed} is owed in {other.case.id}"


def _passing(step: Step) -> str | None:
    """The action by which a gate may be passed here."""
    match step.command:
        case c.File():
            return "file"
        case c.TakeAction(action=action) if step.desk.actions[action].act is Act.GRANT:
            return action
        case _:
            return None


def _shutting(other: Kept, gate: str) -> Iterator[str]:
    definition = other.edition.definition
    for name, held in other.case.obligations.items():
        if held.status == "open" and gate in definition.obligations[name].shuts:
            yield name
    for name, fee in other.case.fees.items():
        if sum(e.amount_fen for e in fee.entries) > 0 and gate in definition.fees[name].shuts:
            yield name


def nothing_is_done_against_a_debt(step: Step) -> None:
    """What waits for a fee, or is forbidden by an open duty, is not done before."""
    definition = step.one.edition.definition
    match step.command:
        case c.TakeAction(action=name) | c.ReportObligation(obligation=name):
            pass
        case _:
            return
    for fee, rule in definition.fees.items():
        held = step.before.fees.get(fee)
        owed = held is not None and sum(e.amount_fen for e in held.entries) > 0
        for gate in rule.gates if owed else ():
            applies = gate.when is None or _holds(step, gate.when)
            assert not (gate.shuts == name and applies), f"{name} before {fee} was paid"
    duty = definition.obligations.get(name)
    for other, open_ in step.before.obligations.items():
        forbids = definition.obligations[other].forbids
        if duty is not None and open_.status == "open" and forbids is not None:
            assert forbids.milestone != duty.reports, f"{name} while {other} was open"


def _holds(step: Step, condition: str) -> bool:
    facts = case_facts(step.before, step.one.edition.definition)
    return step.one.edition.conditions[condition].holds(step.before.answers, facts)


def four_eyes(step: Step) -> None:
    """Whoever decides gave no opinion the decision follows; only on the spot is decided without
    one. That what was undertaken did not come follows no opinion."""
    unsupplied = Milestone.UNSUPPLIED in step.after.milestones
    if unsupplied or not any(isinstance(event, deciding.Decided) for event in step.events):
        return
    assert step.who not in _examiners(step.before), f"{step.who} examined and decided"
    track = step.one.edition.definition.tracks[TrackName(step.before.track)]
    assert step.before.opinion is not None or track.on_the_spot, "not examined"


def _examiners(case: Case) -> set[str]:
    found = {one.given.by for one in case.requests.values() if one.given is not None}
    found |= {case.opinion.by} if case.opinion is not None else set()
    return found | ({case.joined.by} if case.joined is not None else set())


def the_chair_does_not_examine(step: Step) -> None:
    held = step.after.hearing
    if held is not None and held.stage in ("called", "held"):
        assert held.chair not in _examiners(step.after), f"{held.chair} examines and presides"


def the_recused_do_nothing(step: Step) -> None:
    asked = step.before.recusals.get(step.who)
    assert asked is None or asked.recused is not True, f"{step.who} is recused and acted"


def frozen_fees_stay(step: Step) -> None:
    """A ledger loses no line, and its amount stays as it was frozen but for a date put right, or
    facts that were changed of a fee that follows them."""
    anew = {event.fee for event in step.events if isinstance(event, fees.FeeFrozen)}
    corrected = {event.fee for event in step.events if isinstance(event, fees.FeeFrozenAnew)}
    rule = step.one.edition.definition.amendment
    follows = rule.corrects if rule is not None and _amends(step) else ()
    rectified = isinstance(step.command, c.RectifyDate)
    assert rectified or corrected <= {*follows}, "a frozen fee was recomputed"
    for name, was in step.before.fees.items():
        now = step.after.fees[name]
        assert now.entries[: len(was.entries)] == was.entries, f"{name} lost a line"
        if name not in corrected | anew:
            same = (was.lines, was.full_fen, was.amount_fen, was.frozen_on)
            assert (now.lines, now.full_fen, now.amount_fen, now.frozen_on) == same
        if name in anew:
            assert was.cancelled, f"{name} was frozen twice"


def _amends(step: Step) -> bool:
    return isinstance(step.command, a.DecideAmendment) and step.command.granted


def the_log_tells_the_same_case(step: Step) -> None:
    """The bytes that are kept, read again, are the case that was decided."""
    assert step.one.replayed == step.after
    written = [envelope.recorded_at for envelope, _event in step.one.log[-2:]]
    assert written == sorted(written)


def its_rows_are_those_of_the_log(step: Step) -> None:
    one, case = step.one, step.after
    row = case_row(case, one.edition)
    facts_row(case, one.edition, step.world.days)
    assert [stay.state for stay in one.stays.values() if stay.left_at is None] == [row.state]
    assert {due.name for due in due_rows(case, one.edition) if due.kind == "obligation"} <= {
        name for name, held in case.obligations.items() if held.status == "open"
    }


def an_end_leaves_nothing_open(step: Step) -> None:
    if phase_of(step.one, step.after) is Phase.ENDED:
        left = left_open(step.one, step.after)
        assert not left, f"{left} left open in {step.after.leaves}"


def left_open(one: Kept, case: Case) -> list[str]:
    """Everything that is still open in a case: clocks, duties, debts, tasks, who is waited for.
    What is to be given back may outlast it."""
    found = [name for name, clock in case.clocks.items() if clock.running]
    found += [name for name, held in case.obligations.items() if held.status == "open"]
    found += [name for name, fee in case.fees.items() if fee.balance_fen > 0]
    found += [due.name for due in due_rows(case, one.edition)]
    waits = waiting_rows(case, one.edition)
    found += [row.name or row.kind for row in waits if row.kind != "refund"]
    found += [key for key, request in case.requests.items() if request.waiting]
    found += [key for key, party in case.third_parties.items() if party.open]
    found += [name for _kind, name, _on in heard_dues(case)]
    found += ["hearing"] if case.hearing is not None and case.hearing.waits else []
    found += ["term"] if case.term is not None and case.term.runs else []
    found += ["amendment"] if case.amendment is not None else []
    return found + (["revocation"] if case.intended is not None else [])


def silence_grants_nothing(step: Step) -> None:
    """What the timer tells decides nothing; an acceptance is all that silence brings."""
    decided = [event for event in step.events if isinstance(event, deciding.Decided)]
    for _event in decided:
        assert step.noted.role is not Role.TIMER
        assert step.desk.actor.officer
        assert isinstance(step.command, c.TakeAction)
    granted = Milestone.GRANTED in step.after.milestones.keys() - step.before.milestones.keys()
    assert not granted or decided


def nothing_is_settled_twice(step: Step) -> None:
    """What is settled or void stays so, but for what was undone or frozen anew, and the duty that
    a grant is restored for."""
    if any(isinstance(event, extensions.GrantRestored) for event in step.events):
        return
    for event in step.events:
        if isinstance(event, obligations.ObligationSettled | obligations.ObligationVoided):
            held = step.before.obligations.get(event.obligation)
            opened = any(
                isinstance(e, obligations.ObligationOpened) and e.obligation == event.obligation
                for e in step.events
            )
            assert opened or (held is not None and held.status == "open"), event


def opinions_are_of_those_asked(step: Step) -> None:
    for event in step.events:
        if isinstance(event, opinions.OpinionGiven):
            asked = step.before.requests[f"{event.asked}/{event.round}"]
            actor = step.desk.actor
            assert (actor.office, actor.department) == (asked.office, asked.department)


def those_who_were_drawn_check(step: Step) -> None:
    """Where lots are drawn, the check is theirs alone; and the lots can be drawn again."""
    rules = step.one.edition.definition.obligations
    for event in step.events:
        match event:
            case obligations.ObligationVerified(obligation=name) if rules[name].inspectors:
                drawn = step.before.obligations[name].inspectors
                assert {*event.inspectors} == {*drawn} and step.who in drawn
                assert not any(map(step.before.recused, drawn)), "a recused officer checked"
            case inspectors.InspectorsDrawn():
                assert event.drawn == _smallest(step, event, len(event.drawn))
                assert not {*event.fit} & {*_examiners(step.after), _decider(step.after)}
            case inspectors.InspectorReplaced():
                assert (event.drawn,) == _smallest(step, event, 1)
                assert event.officer not in step.after.obligations[event.obligation].inspectors


def everybody_who_checks_signs(step: Step) -> None:
    """A check counts once each of those who made it signed its record in their own name, and
    nothing follows from it before."""
    for at, event in came(step):
        if isinstance(event, inspectors.CheckRecorded | inspectors.CheckSigned):
            held = step.after.obligations[event.obligation]
            before = step.before.obligations[event.obligation]
            assert held.record is not None and held.record.unsigned
            assert (held.status, held.failed) == (before.status, before.failed)
        if isinstance(event, obligations.ObligationVerified):
            record = step.before.obligations[event.obligation].record
            signed = record.signed if record is not None else ()
            assert {*signed, at.actor} == {*event.inspectors} and at.actor not in signed


def _smallest(step: Step, event: Any, count: int) -> tuple[str, ...]:
    def lot(officer: str) -> bytes:
        text = f"{event.seed}\n{step.after.id}\n{event.obligation}\n{officer}"
        return hashlib.sha256(text.encode()).digest()

    assert not any(map(step.after.recused, event.fit))
    return tuple(sorted(event.fit, key=lot)[:count])


def _decider(case: Case) -> str:
    return case.decision.by if case.decision is not None else ""


RULES: tuple[Rule, ...] = (
    nowhere_but_in_the_chart,
    one_correction_notice_for_each_submission,
    no_shut_gate_is_passed,
    nothing_is_done_against_a_debt,
    four_eyes,
    the_chair_does_not_examine,
    the_recused_do_nothing,
    frozen_fees_stay,
    the_log_tells_the_same_case,
    its_rows_are_those_of_the_log,
    an_end_leaves_nothing_open,
    silence_grants_nothing,
    nothing_is_settled_twice,
    opinions_are_of_those_asked,
    those_who_were_drawn_check,
    everybody_who_checks_signs,
    *rules_after.RULES,
    *rules_people.RULES,
    *rules_credit.RULES,
)


def keep(step: Step) -> None:
    """Ask every rule."""
    for rule in RULES:
        rule(step)


def at_the_end(one: Kept) -> None:
    """What is asked once of a whole case: its log, folded from the beginning, tells it."""
    assert fold_all(Case(id=one.case.id), one.log) == one.case
    assert tuple(one.stays.values()) == intervals(one.case.id, one.log)
