"""What must hold of who acts: at the counter, for a party, in the place of another.

As in `rules.py` each rule is worked out from the log, not asked of what is tried.
"""

from permits.casework import commands as c
from permits.casework.envelope import Envelope, Event
from permits.casework.families import (
    amendments,
    counter,
    deciding,
    extensions,
    filing,
    inspectors,
    obligations,
    opinions,
    parties,
    revoking,
    service,
    succession,
    terms,
    third_parties,
)
from permits.casework.tracks import settled_materials, treatments
from permits.definitions.procedure import Milestone, Role
from permits.definitions.schema import TrackName, Treatment
from tests.trial.parties import ACCOUNTS
from tests.trial.told import came, earlier, of_kind, set_aside
from tests.trial.world import Step

JUDGED = (
    deciding.Examined, deciding.Returned, deciding.Decided, deciding.Revoked,
    revoking.RevocationNoticed, revoking.RevocationDropped, revoking.GrantWithdrawn,
    inspectors.CheckRecorded, inspectors.CheckSigned, inspectors.CheckReturned,
    obligations.ObligationVerified, opinions.OpinionsJoined, third_parties.RecusalDecided,
    extensions.DutyExtended, extensions.ExtensionRefused, extensions.GrantRestored,
    terms.Renewed, terms.RenewalRefused,
    amendments.AmendmentExamined, amendments.Amended, amendments.AmendmentRefused,
)  # fmt: skip
"""What judges a case, or what its applicant asked for."""

WRITTEN_DOWN = (
    extensions.ExtensionAsked, terms.RenewalAsked, amendments.AmendmentAsked,
    revoking.StatementMade,
)  # fmt: skip
"""What the window writes down for a holder without a paper."""


def who_acts_for_the_applicant_does_not_judge(step: Step) -> None:
    acted = {
        at.actor
        for at, event in earlier(step)
        if isinstance(event, counter.ActedForApplicant)
        or (isinstance(event, WRITTEN_DOWN) and at.role == Role.WINDOW)
    }
    for at, event in came(step):
        if isinstance(event, JUDGED):
            assert at.actor not in acted, f"{at.actor} acted for the applicant and judges"
        match event:
            case obligations.ObligationVerified() | inspectors.CheckRecorded():
                assert acted.isdisjoint(event.inspectors), "one acted for the applicant and checks"
            case inspectors.InspectorsDrawn() | inspectors.InspectorReplaced():
                assert acted.isdisjoint(event.fit), "lots were drawn among who acted"


def what_is_done_on_paper_is_the_applicants(step: Step) -> None:
    """The log names for whom, and nothing is dated before the paper could have come."""
    acted = next(of_kind(came(step), counter.ActedForApplicant), None)
    on_paper = isinstance(step.command, c.ActForApplicant) or (
        isinstance(step.command, c.File) and step.command.brought is not None
    )
    assert bool(acted) == on_paper, "nobody is named who acted"
    if acted is None:
        assert not any(at.on_behalf for at, _event in came(step))
        return
    assert {(at.on_behalf, at.role) for at, _event in came(step)} == {
        (step.after.party, Role.WINDOW)
    }, "the log does not say for whom it was done"
    received = step.after.milestones[Milestone.RECEIVED]
    assert min(received, step.desk.today) <= acted.came_on <= step.desk.today


def a_visit_changes_nothing_but_the_visits(step: Step) -> None:
    """But that what was done before cannot be reversed any more, as after any command. A visit
    goes only with the record that told of it, if that was wrong."""
    case, before = step.after, step.before
    wrong = any(of_kind(came(step), deciding.ActionReversed, deciding.RecordReversed))
    kept = before.visits[:-1] if wrong else before.visits
    assert case.visits[: len(kept)] == kept, "a visit is forgotten"
    assert all(visit.on <= step.desk.today for visit in case.visits)
    days = [visit.on for visit in case.visits if not visit.by_hand]
    assert len(days) == len({*days}), "two visits on one day"
    if isinstance(step.command, c.RecordVisit):
        assert set_aside(case, before, "recorded_visits") == before, "a visit changed the case"


def service_is_proved_once_and_moves_its_clock_only(step: Step) -> None:
    for event in of_kind(came(step), service.DocumentServed):
        drawn = next(d for d in step.before.documents if d.number == event.number)
        assert event.number not in step.before.served, "one document was served twice"
        assert not drawn.void, "what was served no longer held"
        assert drawn.on <= event.on <= step.desk.today
        assert event.means == "online" or event.proof or event.postal, "nothing proves it"
        after = set_aside(
            step.after, step.before, "served", "recorded_visits", "clocks", "last_record"
        )
        assert after == step.before, "service changed more than its clock"
        rules = step.one.edition.definition.clocks
        for name, clock in step.after.clocks.items():
            if clock != step.before.clocks[name]:
                assert rules[name].from_service and clock.milestone == drawn.milestone


def a_case_has_another_party_by_merger_only(step: Step) -> None:
    """And then nothing else of it changes."""
    if isinstance(step.command, c.TakeOver):
        merged = step.world.registry.parties[step.before.party]
        assert step.after.party == merged.successor != ""
        same = set_aside(step.after, step.before, "party") == step.before
        assert same, "a merger changed the case"
    elif step.before.version:
        assert step.after.party == step.before.party
    assert isinstance(step.command, c.TakeOver) == any(
        of_kind(came(step), succession.PartyChanged)
    )


def who_files_may(step: Step) -> None:
    """No party that was merged, and nobody whose authorisation has ended; told from the record as
    it stood."""
    if not isinstance(step.command, c.File):
        return
    filed = step.command
    log = step.world.registry.logs[filed.party]
    assert not any(of_kind(log, parties.PartyMerged)), "one that was merged has filed"
    if filed.channel == "web":
        _may_sign(step, log, ACCOUNTS[filed.party])


def _may_sign(step: Step, log: list[tuple[Envelope, Event]], account: str) -> None:
    told = [
        (at, e)
        for at, e in log
        if isinstance(e, parties.PersonAuthorised | parties.AuthorisationEnded)
        and e.account == account
    ]
    if not told:
        others = any(of_kind(log, parties.PersonAuthorised))
        assert not others, f"{account} may not sign: another is authorised"
        return
    _at, last = told[-1]
    today = step.desk.today
    signs = isinstance(last, parties.PersonAuthorised) and last.power == "sign"
    assert signs and last.since <= today <= (last.until or today), f"{account} may not sign"


def what_is_accepted_is_complete(step: Step) -> None:
    """What other offices know need not be handed in, but only what they do know. Silence alone
    accepts what is not complete."""
    if not any(not e.by_silence for e in of_kind(came(step), filing.Accepted)):
        return
    case, edition = step.after, step.one.edition
    settled = settled_materials(edition, case.answers)
    for name, what in treatments(edition, TrackName(case.track), case.answers).items():
        answer = case.shared.get(name)
        known = what is Treatment.SHARED and answer is not None and answer.outcome == "found"
        wanted = what in (Treatment.SUPPLIED, Treatment.SHARED) and name not in settled
        assert not wanted or known or name in case.materials, f"accepted without {name}"


RULES = (
    who_acts_for_the_applicant_does_not_judge,
    what_is_done_on_paper_is_the_applicants,
    a_visit_changes_nothing_but_the_visits,
    service_is_proved_once_and_moves_its_clock_only,
    a_case_has_another_party_by_merger_only,
    who_files_may,
    what_is_accepted_is_complete,
)
