"""Mistakes planted in what comes after a decision, at the counter and with parties: each takes
away one rule that the product keeps, and the machine finds it."""

from msgspec.structs import replace

from permits.casework import decide, fold, standing
from permits.casework.access import TIMER
from permits.casework.dates import day_of
from permits.casework.decide import (
    amending,
    annulling,
    authorised,
    checking,
    credit,
    extending,
    obligations,
    renewing,
    reporting,
    serving,
)
from permits.casework.decide import standing as of_grants
from permits.casework.decide.fees import amount, freeze_anew
from permits.casework.decide.minutes import Fact, Minutes
from permits.casework.families.counter import VisitRecorded
from permits.casework.families.credit import EntryDrafted
from permits.casework.families.succession import PartyChanged
from permits.casework.parts import SharedAnswer
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Milestone, Role
from tests.casework.records import drafted
from tests.kit import PARTY
from tests.trial.parties import Registry
from tests.trial.test_planted import Tried
from tests.trial.test_planted import found as planted_found

STAGED = "staged_construction"
ON_PAPER = ("counter", "duties")


def found(says, *permits, often=("after",), theme="afterwards", rather="beside", **steps):
    """The machine, in lives with cases of these permit types, finds a mistake."""
    machine = type("Of", (Tried,), {"themes": {theme: permits}})
    planted_found(says, theme, machine, often, rather, **steps)


def of_parties(says):
    how = {"theme": "parties", "rather": "parties"}
    found(says, "infrastructure_charge", often=("revoking",), **how)


def nothing(*_asked, **_said):
    """What finds nothing in the way."""


def test_one_who_acted_for_the_applicant_and_judges(monkeypatch):
    monkeypatch.setattr(decide, "judges_own", lambda *_asked: False)
    found("acted for the applicant and", STAGED, "plan_exempt", often=("after", "counter"))


def test_one_who_acted_for_the_applicant_and_is_named_for_the_check(monkeypatch):
    monkeypatch.setattr(checking, "not_theirs", nothing)
    found("acted for the applicant and checks|assert {", "plan_exempt", often=ON_PAPER)


def test_paper_that_is_entered_for_nobody(monkeypatch):
    monkeypatch.setattr(Minutes, "on_behalf", "")
    found("for whom it was done", "plan_exempt", often=("counter",))


def test_a_visit_that_changes_more_than_the_visits(monkeypatch):
    visited = fold.FOLDS[VisitRecorded]
    monkeypatch.setitem(
        fold.FOLDS, VisitRecorded, lambda *told: replace(visited(*told), lateness={"a": "b"})
    )
    found("a visit changed the case|service changed more", "plan_exempt", often=("counter",))


def test_a_document_that_is_served_again(monkeypatch):
    monkeypatch.setattr(serving, "servable", lambda case: case.documents)
    found("served twice|no longer held", "plan_exempt", often=("counter",))


def test_more_time_than_the_law_gives(monkeypatch):
    monkeypatch.setattr(extending, "_spent", nothing)
    found("was put off|asked too late", STAGED)


def test_a_grant_that_is_void_while_more_time_is_asked_for(monkeypatch):
    def past(held, today):
        return held.due is not None and held.due < today and not held.provisional

    def not_passed(held, today):
        return None if past(held, today) else Refused(Reason.NOT_YET_DUE, (held.name,))

    monkeypatch.setattr(extending, "past", past)
    monkeypatch.setattr(obligations, "_not_passed", not_passed)
    found("void while it may be put off", STAGED)


def test_a_grant_that_expires_though_the_office_kept_silent(monkeypatch):
    for module in (renewing, of_grants):
        monkeypatch.setattr(module, "silent", lambda *_asked: False)
    found("what the law renews has expired", "plan_exempt")


def test_a_request_that_is_decided_on_after_the_law_has(monkeypatch):
    """People decide before the timer looks, if it is late."""
    monkeypatch.setattr(renewing, "over", lambda *_asked: False)
    found("decided after the law had", "plan_exempt", timer="to_a_date")


def test_a_request_out_of_time_that_counts_as_one_in_time(monkeypatch):
    monkeypatch.setattr(renewing, "_after", lambda *_asked: False)
    found("late, or not", "early_start")


def test_a_change_that_moves_a_frozen_fee(monkeypatch):
    def every(minutes):
        for name, fee in minutes.case.fees.items():
            freeze_anew(minutes, name, amount(minutes, name, fee.frozen_on), fee.frozen_on)

    monkeypatch.setattr(amending, "_correct", every)
    found("a frozen fee was recomputed", STAGED)


def test_a_change_that_one_person_examines_and_decides(monkeypatch):
    asked = amending.not_to_decide

    def by_whomever(case, desk):
        refused = asked(case, desk)
        return None if refused == Refused(Reason.SAME_PERSON) else refused

    monkeypatch.setattr(amending, "not_to_decide", by_whomever)
    found("examined and decided the change", STAGED)


def test_a_document_that_outlives_the_decision_it_says(monkeypatch):
    monkeypatch.setattr(annulling, "DECISIONS", frozenset())
    found("its document holds", "plan_exempt")


def test_an_annulment_after_which_nothing_begins_anew(monkeypatch):
    monkeypatch.setattr(annulling, "follow", nothing)
    found("no such situation|from before|nothing limits", "plan_exempt")


def test_a_project_that_builds_on_what_was_annulled(monkeypatch):
    monkeypatch.setattr(reporting, "_LOST", frozenset({Milestone.REVOKED}))
    found("the project builds on", STAGED)


def test_a_request_that_outlives_the_grant(monkeypatch):
    ends = of_grants.ENDS_OF_THE_GRANT - {Milestone.GRANT_WITHDRAWN, Milestone.REOPENED}
    monkeypatch.setattr(of_grants, "ENDS_OF_THE_GRANT", ends)
    found("still waits|left open", "plan_exempt", "early_start")


def test_a_party_that_was_merged_and_files(monkeypatch):
    monkeypatch.setattr(standing, "closed", nothing)
    of_parties("one that was merged has filed")


def test_a_succession_that_changes_more_than_the_party(monkeypatch):
    changed = fold.FOLDS[PartyChanged]
    monkeypatch.setitem(
        fold.FOLDS, PartyChanged, lambda *told: replace(changed(*told), acted_for=("a",))
    )
    of_parties("a merger changed the case")


def test_somebody_who_files_after_the_authorisation_ended(monkeypatch):
    monkeypatch.setattr(authorised, "lacking", nothing)
    of_parties("may not sign")


def of_a_breach_that_was_found(says, monkeypatch):
    """A breach waits to be looked at from the beginning: few lives come to one early."""
    register = Registry.register

    def with_a_draft(registry, now):
        register(registry, now)
        held = drafted().entries["entry_1"]
        named = ("kind", "about", "case", "number", "permit", "office", "department")
        event = EntryDrafted(entry="entry_1", **{name: getattr(held, name) for name in named})
        registry.keep(PARTY, Fact(event, day_of(now)), TIMER, Role.TIMER, now, "setup")

    monkeypatch.setattr(Registry, "register", with_a_draft)
    of_parties(says)


def test_an_entry_before_its_party_was_heard(monkeypatch):
    monkeypatch.setitem(credit._BESIDES, credit.c.MakeEntry, nothing)
    of_a_breach_that_was_found("entered before it was heard", monkeypatch)


def test_an_objection_that_is_decided_by_who_proposed_the_entry(monkeypatch):
    monkeypatch.setitem(credit._BESIDES, credit.c.DecideObjection, nothing)
    of_a_breach_that_was_found("one proposed and decided", monkeypatch)


def test_what_another_office_does_not_know_that_counts_as_known(monkeypatch):
    monkeypatch.setattr(SharedAnswer, "came", True)
    found("accepted without", "early_start", rather="files")
