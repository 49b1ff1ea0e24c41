"""What must hold of what comes after a decision.

As in `rules.py` each rule is worked out from the log, not asked of what is tried.
"""

from datetime import timedelta
from typing import Any

from permits.casework.case import Case
from permits.casework.due_dates import Length
from permits.casework.families import (
    amendments,
    annulments,
    clocks,
    deciding,
    extensions,
    obligations,
    revoking,
    terms,
)
from permits.casework.figures import facts_row
from permits.definitions.procedure import Milestone, Phase, Role
from tests.trial.told import came, earlier, of_kind
from tests.trial.world import Kept, Step


def more_time_is_capped_and_counted(step: Step) -> None:
    """A duty is put off on a request that came in time, as often and by as much as its rule says,
    as somebody who may; a clock as often as its rule says."""
    rules = step.one.edition.definition.obligations
    for at, event in came(step):
        if not isinstance(event, extensions.DutyExtended):
            continue
        rule, held = rules[event.obligation].extension, step.before.obligations[event.obligation]
        assert rule is not None, f"{event.obligation} is never put off"
        assert held.pending and held.status == "open", "nobody asked for more time"
        times = len(step.after.obligations[event.obligation].extensions)
        assert times <= rule.times, f"{event.obligation} was put off {times} times"
        most, by = Length.parse(rule.each), Length.parse(event.by)
        assert by.unit == most.unit and 0 < by.count <= most.count, "put off by too much"
        assert at.role == rule.approver
        assert event.due is None or held.due is None or event.due >= held.due
        asked = held.asked[-1].on
        last = held.due - timedelta(days=rule.days_before) if held.due else asked
        assert asked <= last or held.provisional or not _same_due(step, event.obligation), (
            "asked too late"
        )
    for event in of_kind(came(step), clocks.ClockExtended):
        limit = step.one.edition.definition.clocks[event.clock].extension
        times = len(step.after.clocks[event.clock].extensions)
        assert limit is not None and times <= limit.times, f"{event.clock} extended {times} times"


def _same_due(step: Step, name: str) -> bool:
    """Whether the date of a duty is what it was when more time was asked for: one that was put
    right meanwhile says nothing about that day."""
    last = [
        e
        for e in of_kind(earlier(step), extensions.ExtensionAsked, obligations.ObligationDated)
        if e.obligation == name
    ]
    return not last or isinstance(last[-1], extensions.ExtensionAsked)


def only_what_was_not_done_in_time_is_void(step: Step) -> None:
    """The law ends a grant because of a duty that is past its date, and nobody waits for more
    time; whoever did it in time has the grant back as it was."""
    for event in of_kind(came(step), extensions.Voided):
        held = step.before.obligations[event.obligation]
        rule = step.one.edition.definition.obligations[event.obligation]
        assert rule.lapse is not None and held.status == "open"
        assert held.due is not None and held.due < step.desk.today, "void before its day"
        assert not held.provisional and not held.pending, "void while it may be put off"
    for event in of_kind(came(step), extensions.GrantRestored):
        voided = next(e for e in reversed([*of_kind(earlier(step), extensions.Voided)]))
        assert event.obligation == voided.obligation
        stood = [event.leaves for _at, event in earlier(step) if hasattr(event, "leaves")]
        assert step.after.leaves == stood[-2], "restored to where it never stood"
        assert Milestone.VOIDED not in step.after.milestones


def a_term_ends_or_is_renewed_by_law(step: Step) -> None:
    """Silence renews what was asked for in time, on its last day and where the law says so, and
    then it does not expire; a decision that comes after that day decides nothing."""
    held, rule = step.before.term, step.one.edition.definition.term
    decided = [*of_kind(came(step), terms.Renewed, terms.RenewalRefused, terms.Expired)]
    if not decided:
        return
    assert held is not None and rule is not None and held.runs
    (event,) = decided
    over = held.due is not None and held.due < step.desk.today and not held.provisional
    unanswered = held.pending is not None
    renewal = rule.renewal
    silence = renewal is not None and renewal.silence_basis is not None
    by_silence = unanswered and held.pending is not None and not held.pending.late and silence
    if isinstance(event, terms.Expired):
        assert over and not by_silence, "what the law renews has expired"
    elif isinstance(event, terms.Renewed) and event.by_law:
        assert over and by_silence, "silence renewed what nobody asked for in time"
        assert step.noted.role == Role.TIMER and step.noted.facts[0].effective_at == held.due
        assert step.after.term is not None and step.after.term.asked[-1].by_law
    else:
        assert unanswered and not over, "decided after the law had"
        assert step.noted.role == (renewal.approver if renewal else None)
    times = len(step.after.term.renewals) if step.after.term else 0
    assert renewal is None or renewal.times is None or times <= renewal.times, "renewed too often"


def a_request_out_of_time_is_marked_late(step: Step) -> None:
    for event in of_kind(came(step), terms.RenewalAsked):
        term, rule = step.before.term, step.one.edition.definition.term
        assert term is not None and rule is not None and rule.renewal is not None
        assert term.pending is None
        if term.due is not None and not term.provisional:
            last = term.due - timedelta(days=rule.renewal.days_before)
            assert event.late == (step.noted.facts[0].effective_at > last), "late, or not"


AMENDING = (
    amendments.AmendmentAsked, amendments.AmendmentExamined,
    amendments.Amended, amendments.AmendmentRefused,
)  # fmt: skip

FIXED = ("commitments", "undertaking", "materials", "decision", "opinion", "notices", "term",
         "clocks", "obligations", "leaves", "code", "tolerated", "party", "track")  # fmt: skip
"""What no change of facts touches: what was signed, handed in, decided, and what runs."""


def an_amendment_changes_its_facts_and_nothing_else(step: Step) -> None:
    asked = [*of_kind(came(step), *AMENDING)]
    if not asked:
        return
    before, case = step.before, step.after
    rule = step.one.edition.definition.amendment
    assert rule is not None
    for name in FIXED:
        assert getattr(case, name) == getattr(before, name), f"an amendment changed {name}"
    changed = {n for n in case.answers if case.answers[n] != before.answers.get(n)}
    if isinstance(asked[0], amendments.Amended):
        waited = before.amendment
        assert waited is not None and waited.examined is not None
        assert waited.examined.by != step.who, f"{step.who} examined and decided the change"
        assert changed <= {*waited.answers} <= {*rule.fields}
        assert all(case.answers[n] == value for n, value in waited.answers.items())
    else:
        assert not changed, "facts changed before it was decided"
    for name, fee in case.fees.items():
        if name not in rule.corrects:
            assert fee == before.fees[name], f"an amendment changed {name}"


def an_annulled_decision_counts_for_nothing(step: Step) -> None:
    """While no other was taken: nothing is saved by it, no document of it holds, the project does
    not build on it; and a case that is open again runs on clocks of its own."""
    for event in of_kind(came(step), annulments.DecisionAnnulled):
        _open_again(step) if event.anew else _over(step)
    last = _last(step.one, deciding.Decided, annulments.DecisionAnnulled)
    if not isinstance(last, annulments.DecisionAnnulled):
        return
    case, one = step.after, step.one
    facts = facts_row(case, one.edition, step.world.days)
    assert facts.result not in ("granted", "refused") or not last.anew
    assert facts.result != "granted", "an annulled grant counts as one"
    assert not facts.saved_materials and not facts.saved_wd, "an annulled grant saves something"
    decided = {Milestone.GRANTED, Milestone.REFUSED}
    assert all(d.void for d in case.documents if d.milestone in decided), "its document holds"
    tie = one.edition.definition.project
    if tie is not None:
        member = step.world.projects[str(case.answers[tie.code])].members.get(case.id)
        assert member is None or not member.stands, "the project builds on an annulled grant"


def _last(one: Kept, *kinds: type[Any]) -> Any:
    return next((e for _at, e in reversed(one.log) if isinstance(e, kinds)), None)


def _open_again(step: Step) -> None:
    case = step.after
    begun = {e.clock for e in of_kind(came(step), clocks.ClockStarted)}
    opened = {e.obligation for e in of_kind(came(step), obligations.ObligationOpened)}
    running = {name for name, clock in case.clocks.items() if clock.running}
    owed = {name for name, held in case.obligations.items() if held.status == "open"}
    assert case.decision is None and case.opinion is None, "its opinion is taken over"
    assert running <= begun, f"{running - begun} ran on from before"
    assert owed <= opened, f"{owed - opened} were open from before"
    assert begun, "nothing limits the new examination"
    _nothing_after(case)


def _over(step: Step) -> None:
    phase = step.one.edition.chart.state(step.after.leaves)[1].phase
    assert phase in (Phase.REVOKED, Phase.ENDED)
    assert all(held.status != "open" for held in step.after.obligations.values())
    _nothing_after(step.after)


def _nothing_after(case: Case) -> None:
    """Nothing that was asked for about a grant waits for its decision any more."""
    runs = case.term is not None and case.term.runs
    assert case.intended is None and case.amendment is None and not runs, "something still waits"


def a_grant_that_was_withdrawn_is_gone(step: Step) -> None:
    """A lawful grant is withdrawn as the head of the office, who says what is done for the loss;
    nothing that was asked for about it waits any more."""
    for event in of_kind(came(step), revoking.GrantWithdrawn):
        assert step.noted.role == Role.LEADER and event.compensation not in ("", "None")
        assert Milestone.GRANTED in step.before.milestones
        _nothing_after(step.after)
        tie = step.one.edition.definition.project
        if tie is not None:
            project = step.world.projects[str(step.after.answers[tie.code])]
            stands = project.members[step.after.id].stands
            assert not stands, "the project builds on a grant that was withdrawn"


RULES = (
    more_time_is_capped_and_counted,
    only_what_was_not_done_in_time_is_void,
    a_term_ends_or_is_renewed_by_law,
    a_request_out_of_time_is_marked_late,
    an_amendment_changes_its_facts_and_nothing_else,
    an_annulled_decision_counts_for_nothing,
    a_grant_that_was_withdrawn_is_gone,
)
