"""Who may do what: written down by hand, role by role. What is not in the table is not allowed."""

from datetime import date

import pytest
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework.access import (
    Actor,
    acting,
    follows_up,
    gives_notice,
    may,
    reads_receipts,
    sees,
    was_decided_by,
)
from permits.casework.case import Case
from permits.casework.counter import Purpose
from permits.casework.party import Bar, Party
from permits.casework.party_access import has_room
from permits.definitions.procedure import RevocationGround, Role
from tests.kit import OTHER_PARTY, PARTY, PEOPLE, SEAL, Play, brought, filing, plan_exempt

ACTIONS = {
    "accept": {"window"},
    "accept_by_silence": {"timer"},
    "issue_correction": {"window"},
    "supply_corrections": {"applicant"},
    "refuse_acceptance": {"window"},
    "declare_not_required": {"window"},
    "declare_not_competent": {"window"},
    "withdraw": {"applicant"},
    "withdraw_commitment": {"applicant"},
    "suspend": {"examiner", "leader"},
    "resume": {"examiner", "leader"},
    "examine": {"examiner"},
    "return_to_examiner": {"leader"},
    "grant_on_the_spot": {"window", "leader"},
    "grant": {"leader"},
    "refuse": {"leader"},
    "refuse_unsupplied": {"leader"},
    "deliver": {"window"},
    "publish": {"window"},
    "conclude": {"window", "inspector", "supervisor"},
    "revoke": {"leader"},
    "withdraw_grant": {"leader"},
    "deregister": {"window", "leader"},
}

DAY = date(2022, 6, 9)
BESIDE = (
    (c.ExtendClock("promise", SEAL), {"leader"}),
    (c.ReportObligation("report_completion", DAY), {"applicant"}),
    (
        c.VerifyObligation("check_after_completion", True, date(2022, 6, 9), ("a", "b"), SEAL),
        {"inspector"},
    ),
    (c.DrawInspectors("check_after_completion"), {"leader", "timer"}),
    (c.SupplyLater(), {"applicant"}),
    (c.NoticeRevocation(RevocationGround.OTHER, SEAL), {"leader"}),
    (c.StateCase(SEAL), {"applicant"}),
    (c.DropRevocation(SEAL), {"leader"}),
    (c.CorrectDocument("1", SEAL), {"window", "leader"}),
    (c.PayFee("charge", DAY, 1, SEAL), {"window"}),
    (c.RefundFee("charge", DAY, 1, SEAL, SEAL), {"window"}),
    (c.UndoFeeEntry("charge", 2, SEAL), {"supervisor"}),
    (c.FlagFeeOverdue("charge"), {"timer"}),
    (c.OrderPayment("report_completion", SEAL), {"leader"}),
    (c.ExplainLateness("promise", SEAL), {"leader", "supervisor"}),
    (c.ReverseAction(SEAL), {"supervisor"}),
    (c.RectifyDate("received", DAY, SEAL), {"supervisor"}),
    (c.LapseClock("promise"), {"timer"}),
    (a.RemindOfObligation("report_completion"), {"timer"}),
    (c.FlagOverdue("report_completion"), {"timer"}),
    (c.Recompute(), {"timer"}),
    (c.TakeOver(OTHER_PARTY), {"timer"}),
    (c.ActForApplicant(c.TakeAction("withdraw"), brought("2022-06-09")), {"window"}),
    (c.ActForApplicant(c.TakeAction("accept"), brought("2022-06-09")), set()),
    (c.RecordVisit(DAY, Purpose.ENQUIRY), {"window"}),
    (c.TakeBackVisit(1, SEAL), {"supervisor"}),
    (c.ServeDocument("1", DAY, "post", (), SEAL), {"window"}),
    (a.AskExtension("report_completion", SEAL), {"applicant"}),
    (a.DecideExtension("report_completion", granted=True), set()),
    (a.DecideExtension("lunch", granted=True), set()),
    (a.RestoreGrant(DAY, SEAL), {"leader"}),
    (a.AskRenewal(SEAL), {"applicant"}),
    (a.DecideRenewal(granted=True), set()),
    (a.PassTerm(), {"timer"}),
    (a.RemindOfTerm(), {"timer"}),
    (a.AskAmendment({}, SEAL), {"applicant"}),
    (a.ExamineAmendment("grant", SEAL), {"examiner"}),
    (a.DecideAmendment(granted=True), {"leader"}),
    (a.RecordAnnulment("court", DAY, True, SEAL, SEAL), {"leader", "supervisor"}),
)


def allowed(command, case):
    return {name for name, actor in WHO.items() if may(actor, command, case, plan_exempt())}


WHO = {name: PEOPLE[name] for name in (
    "applicant", "stranger", "window", "examiner", "leader", "inspector", "supervisor", "auditor",
    "elsewhere", "timer",
)}  # fmt: skip


@pytest.fixture(scope="module")
def case():
    return Play().granted("2022-06-09").case


def test_the_table_names_every_action_of_the_permit_type():
    assert ACTIONS.keys() == plan_exempt().definition.chart.actions.keys()


@pytest.mark.parametrize(("action", "who"), ACTIONS.items())
def test_actions(case, action, who):
    assert allowed(c.TakeAction(action), case) == who


@pytest.mark.parametrize(("command", "who"), BESIDE, ids=[type(b[0]).__name__ for b in BESIDE])
def test_commands_beside_the_chart(case, command, who):
    assert allowed(command, case) == who


def test_filing():
    new = Case(id="case/2")
    assert allowed(filing(plan_exempt()), new) == {"applicant"}
    assert allowed(filing(plan_exempt(), channel="counter"), new) == {"window"}


def test_names_that_do_not_exist_are_for_nobody(case):
    assert allowed(c.TakeAction("bless"), case) == set()
    assert allowed(c.ExtendClock("lunch"), case) == set()
    assert allowed(c.ExtendClock("completeness"), case) == set()


def test_an_auditor_changes_nothing(case):
    commands = [c.TakeAction(name) for name in ACTIONS] + [command for command, _who in BESIDE]
    assert not [command for command in commands if "auditor" in allowed(command, case)]


def test_who_sees_a_case(case):
    assert {name for name, actor in WHO.items() if sees(actor, case)} == {
        "applicant", "window", "examiner", "leader", "inspector", "supervisor", "auditor",
    }  # fmt: skip


def test_an_applicant_without_a_party_sees_nothing_not_even_cases_without_one():
    nobody = Actor("nobody", frozenset({Role.APPLICANT}))
    assert not sees(nobody, Case(id="case/3"))


def test_an_officer_is_no_applicant_even_of_the_same_code(case):
    odd = Actor("odd", frozenset({Role.WINDOW}), party=PARTY)
    assert not may(odd, c.TakeAction("withdraw"), case, plan_exempt())


def test_what_an_actor_says_of_itself():
    """What pages and services ask before there is a case to ask about."""
    assert {n for n, actor in WHO.items() if actor.applies} == {"applicant", "stranger"}
    assert {n for n, actor in WHO.items() if actor.audits} == {"auditor"}
    assert WHO["window"].window == "planning_bureau/planning"
    assert WHO["leader"].window == ""
    assert WHO["inspector"].inspects
    assert not WHO["window"].inspects
    assert WHO["window"].works_for("planning_bureau", "planning")
    assert not WHO["window"].works_for("planning_bureau", "works")
    assert not WHO["auditor"].works_for("", "")
    assert WHO["applicant"].acts_for(WHO["applicant"].party)
    assert not WHO["stranger"].acts_for(WHO["applicant"].party)
    assert not Actor("nobody", frozenset({Role.APPLICANT})).applies


def test_receipts_are_for_the_party_and_for_the_window_that_hands_them_out(case):
    elsewhere = Actor("elsewhere", frozenset({Role.WINDOW}), "another_bureau", "planning")
    assert {n for n, actor in WHO.items() if reads_receipts(actor, case)} == {
        "applicant", "window",
    }  # fmt: skip
    assert not reads_receipts(elsewhere, case)


@pytest.mark.parametrize(
    ("asked", "whose"),
    [(gives_notice, {"examiner", "leader"}), (follows_up, {"leader", "supervisor"})],
)
def test_who_speaks_with_the_public_of_a_case(case, asked, whose):
    assert {name for name, actor in WHO.items() if asked(actor, case)} == whose
    for name in whose:
        assert not asked(replace(WHO[name], department="works"), case)


def test_whoever_decided_is_told_from_whoever_did_not():
    play = Play().accepted("2022-06-09", "commitment")
    assert not any(was_decided_by(actor, play.case) for actor in WHO.values())
    play.do("window", "grant_on_the_spot", "2022-06-09")
    assert play.case.decision is not None
    decided = {name for name, actor in WHO.items() if was_decided_by(actor, play.case)}
    assert decided == {"window"}


def test_administrators_neither_see_nor_do_anything():
    roles = ("system_admin", "security_admin", "audit_admin")
    for role in map(Role, roles):
        actor = Actor("admin", frozenset({role}), "planning_bureau", "planning")
        play = Play().accepted("2022-06-09")
        assert not sees(actor, play.case)
        for command in (*(c.TakeAction(name) for name in ACTIONS), *(one for one, _who in BESIDE)):
            assert not may(actor, command, play.case, play.edition)
        assert acting(actor, frozenset({role}), play.case) is None


def test_a_department_with_something_on_record_sees_the_party():
    bar = Bar("b", "undertaking", "", "", "", "o", "d", date(2022, 6, 9), date(2023, 6, 9))
    held = Party("P", bars={"b": bar})
    assert has_room(Actor("a", frozenset({Role.LEADER}), "o", "d"), held)
    assert not has_room(Actor("a", frozenset({Role.LEADER}), "o", "x"), held)
    assert not has_room(Actor("a", frozenset({Role.AUDITOR}), "o", "d"), held)


@pytest.mark.parametrize("role", list(Role))
def test_leaders_and_supervisors_of_an_office_are_told_how_it_gets_on(role):
    overseeing = role in {Role.LEADER, Role.SUPERVISOR}
    assert Actor("a", frozenset({role}), office="bureau").oversees is overseeing
    assert not Actor("a", frozenset({role})).oversees


def test_an_officer_with_the_code_of_a_party_does_not_apply_for_it(case):
    odd = Actor("odd", frozenset({Role.WINDOW}), party=PARTY)
    assert not odd.applies
    assert not odd.acts_for(PARTY)
    assert not may(odd, filing(plan_exempt()), Case(id="case/2"), plan_exempt())


def test_nobody_without_a_party_acts_for_a_case_without_one():
    nobody = Actor("nobody", frozenset({Role.APPLICANT}))
    assert acting(nobody, frozenset({Role.APPLICANT}), Case(id="case/3")) is None


@pytest.mark.parametrize("name", ["window", "examiner", "leader", "inspector", "supervisor"])
@pytest.mark.parametrize("other", [{"office": "bureau"}, {"department": "works"}])
def test_officers_act_in_their_department_of_their_office_only(case, name, other):
    theirs = WHO[name].roles
    assert acting(WHO[name], theirs, case) is not None
    assert acting(replace(WHO[name], **other), theirs, case) is None


@pytest.mark.parametrize("other", [{"office": "bureau"}, {"department": "works"}])
def test_another_counter_takes_no_applications(other):
    elsewhere = replace(WHO["window"], **other)
    command = filing(plan_exempt(), channel="counter")
    assert not may(elsewhere, command, Case(id="case/2"), plan_exempt())
