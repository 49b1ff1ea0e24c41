"""A project and its cases: what a case tells it, which gates it shuts, and what has to wait."""

from datetime import date

import msgspec

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.decide.gatekeeping import may_not_change, may_not_go_on
from permits.casework.envelope import Envelope
from permits.casework.families import projects as family
from permits.casework.families.projects import fold_all
from permits.casework.offers import offers
from permits.casework.project import Project
from permits.casework.project_rows import hold_rows, member_rows, project_row
from permits.casework.refusals import Reason, Refused
from permits.casework.ties import codes
from permits.definitions.procedure import RevocationGround
from tests.casework.duties import add_fee
from tests.casework.outcomes import TODAY, reason, told
from tests.kit import OTHER_PARTY, SEAL, SEALED, Play, brought, variant
from tests.staged import (
    CODE,
    OTHER_CODE,
    TOWER,
    Site,
    application,
    checked,
    report,
    served,
    supplied,
)


def test_filing_opens_the_project_and_attaches_the_case():
    site = Site()
    play = site.play()
    noted = play.must("applicant", application(play.edition, "commitment", TOWER), TODAY)
    assert told(noted) == {CODE: ["ProjectOpened", "CaseAttached", "CaseReported"]}
    project = site.project
    assert (project.name, project.party, project.version) == ("示例大厦", play.case.party, 3)
    member = project.members["case/1"]
    assert (member.stages, member.alike) == (("pit",), {"contractor_code": OTHER_PARTY})
    assert member.milestones == play.case.milestones
    assert not member.stands


def test_a_second_case_is_attached_to_the_project_that_is_there():
    site = Site()
    site.filed("pit", TODAY)
    play = site.play()
    noted = play.must(
        "applicant", application(play.edition, "commitment", TOWER, stage_covered="whole"), TODAY
    )
    assert told(noted) == {CODE: ["CaseAttached", "CaseReported"]}
    assert [m.case for m in site.project.attached] == ["case/1", "case/2"]


def test_a_case_of_a_permit_type_without_projects_tells_none():
    assert Play().file(TODAY).ask("window", c.TakeAction("accept"), TODAY).projects == ()


def test_a_command_that_changes_nothing_tells_the_project_nothing():
    play = Site().filed("pit", TODAY)
    assert play.ask("timer", c.Recompute(), TODAY).projects == ()


def test_a_command_that_concerns_only_the_case_looks_at_the_project_all_the_same():
    """It is guarded: the project must be as it was when the case went on."""
    play = Site().filed("pit", TODAY)
    play.do("window", "accept", TODAY).do("examiner", "examine", TODAY, i.Opinion("grant", SEAL))
    noted = play.must("leader", c.TakeAction("return_to_examiner", i.Reasoned(SEAL)), TODAY)
    assert told(noted) == {CODE: []}


def test_milestones_are_reported_as_they_come():
    site = Site()
    play = site.filed("pit", TODAY)
    noted = play.must("window", c.TakeAction("accept"), TODAY)
    assert told(noted) == {CODE: ["CaseReported"]}
    assert "accepted" in site.project.members["case/1"].milestones
    permitted_ = play.must("window", c.TakeAction("grant_on_the_spot"), TODAY)
    assert told(permitted_)[CODE][0] == "CaseReported"
    assert site.project.members["case/1"].stands


def test_an_undone_step_is_reported_as_undone():
    site = Site()
    play = site.filed("pit", TODAY).do("window", "accept", TODAY)
    play.must("supervisor", c.ReverseAction(SEAL), TODAY)
    assert site.project.members["case/1"].milestones == play.case.milestones


def test_what_was_committed_shuts_the_next_stage_until_it_is_there():
    site = Site()
    play = site.granted("pit", TODAY)
    holds = site.project.shut("next_stage")
    assert [hold.name for _m, hold in holds] == [
        "supply_planning_permit",
        "supply_basement_drawings",
    ]
    assert holds[0][1].title == {"zh": "补交规划许可证", "en": "Hand in the planning permit"}
    assert {hold.due for _m, hold in holds} == {date(2022, 9, 9)}
    supplied(play, "2022-06-20", "supply_planning_permit")
    assert [hold.name for _m, hold in site.project.shut("next_stage")] == [
        "supply_basement_drawings"
    ]
    supplied(play, "2022-06-21")
    assert not site.project.shut("next_stage")


def test_a_gate_that_is_shut_says_what_shuts_it_in_which_case_and_what_opens_it():
    site = Site()
    first = site.granted("pit", TODAY)
    refused = site.apply("basement", "2022-06-10")
    number = first.case.number
    assert refused == Refused(
        Reason.GATE_SHUT,
        (
            "next_stage",
            *(number, "补交规划许可证", "Hand in the planning permit", "report"),
            *(
                number,
                "补交地下部分施工图审查合格书",
                "Hand in the certificate of the drawings below ground",
                "report",
            ),
        ),
    )


def test_a_gate_that_is_open_lets_the_next_stage_pass_and_that_is_noted():
    site = Site()
    supplied(site.granted("pit", TODAY), "2022-06-10")
    version = site.project.version
    second = site.filed("basement", "2022-06-13")
    passed = next(e for _at, e in second.log if type(e).__name__ == "GatesPassed")
    assert passed == type(passed)(
        project=CODE, version=version, gates=("next_stage",), stages=("pit",), settled={}
    )


def test_a_gate_shut_after_filing_stops_the_grant():
    """Works above ground that were applied for in time wait for the check of the lines below."""
    site = Site()
    supplied(site.granted("pit", TODAY), TODAY)
    second = site.filed("basement", "2022-06-10").do("window", "accept", "2022-06-10")
    twin = site.filed("basement_and_up", "2022-06-10").do("window", "accept", "2022-06-10")
    second.do("window", "grant_on_the_spot", "2022-06-10")
    shut = twin.ask("window", c.TakeAction("grant_on_the_spot"), "2022-06-13")
    assert reason(shut) is Reason.GATE_SHUT
    (offer,) = [
        o
        for o in offers(twin.case, twin.desk("window", "2022-06-13"))
        if o.action == "grant_on_the_spot"
    ]
    assert offer.shut == shut


def test_only_what_the_definition_names_waits_at_a_gate():
    site = Site()
    supplied(site.granted("pit", TODAY), TODAY)
    twin = site.filed("basement_and_up", "2022-06-10")
    site.granted("basement", "2022-06-10")
    assert reason(twin.tell("window", c.TakeAction("accept"), "2022-06-10")) is None
    twin.do("examiner", "examine", "2022-06-10", i.Opinion("refuse", SEAL))
    refuse = c.TakeAction("refuse", i.Reasoned(SEAL))
    assert reason(twin.tell("leader", refuse, "2022-06-13")) is None


def test_a_case_never_stands_in_its_own_way():
    site = Site()
    play = site.granted("pit", TODAY)
    assert site.project.shut("next_stage")
    assert may_not_go_on(play.case, "grant_on_the_spot", play.desk("window", TODAY)) is None


def test_a_date_that_moves_is_told_to_the_project():
    site = Site()
    play = served(site.granted("pit", TODAY), TODAY)
    play.must("applicant", report("report_start", "2022-06-20"), "2022-06-20")
    checked(play, "check_commitment", "2022-06-27", passed=False)
    assert site.project.critical is not None
    ground = i.Revocation(RevocationGround.DECEIT_OR_BRIBERY, SEAL)
    play.must("leader", c.NoticeRevocation(ground.ground, SEAL), "2022-07-20")
    play.must("applicant", c.StateCase(SEAL), "2022-07-20")
    noted = play.must("leader", c.TakeAction("revoke", ground), "2022-07-20")
    assert told(noted)[CODE] == ["CaseReported", *["GateOpened"] * 3]
    assert site.project.critical is None


def test_a_verification_that_failed_moves_the_date_by_which_the_gate_may_open():
    site = Site()
    play = site.granted("below_ground", TODAY, "ordinary")
    assert site.project.critical is not None
    checked(play, "datum_check", "2022-08-01", passed=False)
    (hold,) = [h for _m, h in site.project.shut("next_stage") if h.name == "datum_check"]
    assert hold.due == date(2022, 8, 15)
    assert hold.opens == "verification"


def test_a_critical_date_is_the_earliest_of_what_shuts_something():
    site = Site()
    site.granted("below_ground", TODAY)
    member, hold = site.project.critical
    assert (member.case, hold.name) == ("case/1", "supply_superstructure_drawings")
    assert hold.due == date(2022, 12, 9)


def test_a_project_without_anything_owed_has_no_critical_date():
    site = Site()
    site.filed("pit", TODAY)
    assert site.project.critical is None
    assert project_row(site.project).critical_on is None


def test_a_project_that_nothing_was_told_of_has_a_row_too():
    row = project_row(Project(CODE))
    assert (row.version, row.cases, row.shut, row.opened_on) == (0, 0, 0, None)
    assert member_rows(Project(CODE)) == hold_rows(Project(CODE)) == ()


def test_the_rows_of_a_project():
    site = Site()
    play = site.granted("pit", TODAY)
    row = project_row(site.project)
    assert (row.code, row.cases, row.shut, row.critical_case) == (CODE, 1, 3, play.case.id)
    assert row.critical_name == "supply_basement_drawings"
    (member,) = member_rows(site.project)
    assert (member.number, member.stages, member.stands) == (play.case.number, "pit", True)
    assert {(h.name, h.gate) for h in hold_rows(site.project)} == {
        ("supply_planning_permit", "next_stage"),
        ("supply_basement_drawings", "next_stage"),
        ("report_completion", "completion_inspection"),
    }


def test_a_project_is_the_fold_of_its_events():
    """Kept in between as text, told again from the beginning, it is the same."""
    site = Site()
    log = []
    for play in (site.play(), site.play()):
        stage = "pit" if play.case.id == "case/1" else "whole"
        command = application(play.edition, "commitment", TOWER, stage_covered=stage)
        for who, one in (("applicant", command), ("window", c.TakeAction("accept"))):
            noted = play.must(who, one, TODAY)
            for told_ in noted.projects:
                for fact in told_.facts:
                    log.append((an_envelope(len(log) + 1, play.last, fact), fact.event))
    again = fold_all(Project(CODE), log)
    assert again == site.project
    assert msgspec.json.decode(msgspec.json.encode(again), type=Project) == again
    assert {type(event) for _at, event in log} <= set(family.FOLDS)


def an_envelope(seq, now, fact):
    return Envelope(
        id="",
        stream=f"project/{CODE}",
        seq=seq,
        type=type(fact.event).__name__,
        schema=1,
        definition="",
        recorded_at=now,
        effective_at=fact.effective_at,
        actor="",
        role="",
        office="",
        department="",
        command="",
    )


GATE = {"title": {"zh": "联合验收", "en": "Inspection"}, "basis": {"law": "roads", "article": "1"}}


def charged():
    """Exempted works that belong to a project and owe a fee before its inspection."""

    def change(data):
        add_fee(data)
        data["fees"]["charge"]["shuts"] = ["inspection"]
        data["gates"] = {"inspection": GATE}
        data["project"] = {"code": "project_code", "name": "works_name"}
        for question in data["form"]["sections"][0]["fields"]:
            if question["id"] == "project_code":
                question["required"] = True

    return variant(change)


def test_a_fee_shuts_a_gate_until_it_is_paid():
    play = Play(charged()).accepted(TODAY, "commitment", answers={"project_code": CODE})
    play.do("window", "grant_on_the_spot", TODAY)
    (held,) = play.projects[CODE].shut("inspection")
    assert (held[1].kind, held[1].opens) == ("fee", "payment")
    owed = play.case.fees["charge"].balance_fen
    play.must("window", c.PayFee("charge", date(2022, 6, 10), owed - 1, SEAL), "2022-06-10")
    assert len(play.projects[CODE].shut("inspection")) == 1
    play.must("window", c.PayFee("charge", date(2022, 6, 10), 1, SEAL), "2022-06-10")
    assert play.projects[CODE].shut("inspection") == ()


def test_a_decision_looks_at_the_project_a_case_is_in_and_at_the_one_it_names():
    site = Site()
    play = site.filed("pit", TODAY)
    edition, named = play.edition, {**TOWER, "project_code": OTHER_CODE}
    moves = c.TakeAction("supply_corrections", i.Supplement(named, SEALED, ()))
    assert codes(edition, play.case) == (CODE,)
    assert codes(edition, play.case, c.TakeAction("accept")) == (CODE,)
    assert codes(edition, play.case, moves) == (CODE, OTHER_CODE)
    on_paper = c.ActForApplicant(moves, brought(TODAY))
    assert codes(edition, play.case, on_paper) == (CODE, OTHER_CODE)
    filing = application(edition, "commitment", named)
    assert codes(edition, site.play().case, filing) == (OTHER_CODE,)
    assert codes(Play().edition, Play().file(TODAY).case) == ()


def test_what_belongs_to_no_project_may_be_changed_whatever_others_say():
    play = Play().granted("2022-06-09")
    desk = play.desk("leader", "2022-06-10")
    assert may_not_change(desk, play.case.id, play.case.answers) is None
