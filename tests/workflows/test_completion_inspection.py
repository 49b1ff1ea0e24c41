"""The joint completion inspection: what it waits for in the project, and its golden table."""

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.refusals import Reason, Refused
from permits.definitions.permit import Measure
from permits.definitions.procedure import Act, DeregistrationGround, RevocationGround, WorksStage
from permits.definitions.schema import Treatment
from tests.definitions.shipped import edition as shipped_edition
from tests.kit import SEAL
from tests.staged import CODE, Site, application, checked, report, served, supplied
from tests.workflows import deferring
from tests.workflows.where import dates, place, who_may

PERMIT = "completion_inspection"
DEFINITION = shipped_edition(PERMIT).definition
TOWER = {
    "name": "一号楼",
    "floor_area_m2": 18_000,
    "floors_above": 22,
    "floors_below": 2,
    "structure": "concrete",
}
GATEHOUSE = {
    "name": "门卫室",
    "floor_area_m2": 45,
    "floors_above": 1,
    "floors_below": 0,
    "structure": "masonry",
}
FINISHED = {
    "project_code": CODE,
    "project_name": "示例大厦",
    "works_name": "示例大厦一号楼",
    "works_place": "示例路与示范街交叉口",
    "restricted_place": False,
    "buildings": (TOWER, GATEHOUSE),
    "building_count": 2,
    "inspected_area_m2": 18_045,
}
TODAY = "2022-06-09"


def built(*, reported=True):
    """A site whose building was permitted whole; its completion reported, or not yet."""
    site = Site()
    whole = site.granted("whole", TODAY)
    if reported:
        whole.must("applicant", report("report_completion", "2022-12-01"), "2022-12-01")
    return site


def inspected(site, on, track="ordinary"):
    """What comes of applying for the inspection."""
    play = site.play(PERMIT)
    outcome = play.tell("applicant", application(play.edition, track, FINISHED), on)
    return outcome if isinstance(outcome, Refused) else play


def looked_at(play, on, *, passed=True):
    checked(play, "inspect_building", on, passed=passed)


def test_golden_a_building_inspected_on_the_ordinary_track():
    """Thursday 1 December 2022; promised 10 and statutory 20 working days."""
    play = inspected(built(), "2022-12-01").do("window", "accept", "2022-12-01")
    assert place(play) == ("examining", 8)
    assert dates(play) == {
        "promise": "2022-12-15",
        "statutory": "2022-12-29",
        "inspect_building": "2022-12-08",
    }
    looked_at(play, "2022-12-02")
    play.do("examiner", "examine", "2022-12-05", i.Opinion("grant", SEAL))
    assert who_may(play, "2022-12-06") == {
        "withdraw": ["applicant"],
        "return_to_examiner": ["leader"],
        "grant": ["leader"],
        "refuse": ["leader"],
    }
    play.do("leader", "grant", "2022-12-06")
    assert dates(play) == {"delivery": "2022-12-20", "publication": "2022-12-15"}
    served(play, "2022-12-06").do("window", "conclude", "2022-12-07")
    assert place(play) == ("concluded", 11)
    assert dates(play) == {}


def test_golden_the_worst_case_archives_never_come():
    site = built()
    play = inspected(site, "2022-12-01", "commitment").do("window", "accept", "2022-12-01")
    assert dates(play)["promise"] == "2022-12-12"
    looked_at(play, "2022-12-05")
    play.do("examiner", "examine", "2022-12-05", i.Opinion("grant", SEAL))
    served(play.do("leader", "grant", "2022-12-06"), "2022-12-06")
    assert dates(play) == {"supply_archives": "2023-03-06", "check_archives": "2023-04-06"}
    play.must("timer", c.FlagOverdue("supply_archives"), "2023-03-07")
    checked(play, "check_archives", "2023-03-08", passed=False)
    assert dates(play) == {"supply_archives": "2023-03-06", "check_archives": "2023-03-22"}
    play.revoked("2023-03-27", RevocationGround.OTHER)
    gone = i.Deregistration(DeregistrationGround.REVOKED)
    play.do("window", "deregister", "2023-03-28", gone)
    assert place(play) == ("deregistered", 15)
    assert dates(play) == {}


def test_it_waits_until_completion_is_reported_in_every_case_of_the_project():
    site = Site()
    pit = site.granted("pit", TODAY, "ordinary")
    rest = site.granted("basement_and_up", TODAY, "ordinary")
    for play in (pit, rest):
        refused = inspected(site, "2022-12-01")
        assert refused.reason is Reason.GATE_SHUT
        assert refused.about[0] == "completion_inspection"
        assert refused.about[1] == play.case.number
        play.must("applicant", report("report_completion", "2022-12-01"), "2022-12-01")
    assert not isinstance(inspected(site, "2022-12-01"), Refused)


@pytest.mark.parametrize("permit", [deferring.INFRA, deferring.CIVIL])
def test_no_case_of_the_project_passes_it_while_a_fee_that_was_put_off_is_unpaid(permit):
    """The commitment says so (未缴清的，不予办理联合验收), and it is another case that applies."""
    site = built()
    charged = site.play(permit)
    answers = {**deferring.ANSWERS[permit], "project_name": "示例大厦"}
    wanted = deferring.application(charged.edition, "commitment", answers)
    charged.must("applicant", wanted, TODAY)
    charged.do("window", "accept", TODAY).do("window", "grant_on_the_spot", TODAY)
    owed = deferring.fee_of(charged).balance_fen
    refused = inspected(site, "2022-12-01")
    assert (refused.reason, refused.about[:2]) == (
        Reason.GATE_SHUT,
        ("completion_inspection", charged.case.number),
    )
    deferring.pay(charged, owed - 1, "2022-12-01")
    assert inspected(site, "2022-12-01").reason is Reason.GATE_SHUT
    deferring.pay(charged, 1, "2022-12-02")
    assert not isinstance(inspected(site, "2022-12-02"), Refused)


def test_it_comes_after_the_last_stage():
    site = Site()
    below = site.granted("below_ground", TODAY, "ordinary")
    below.must("applicant", report("report_completion", "2022-12-01"), "2022-12-01")
    refused = inspected(site, "2022-12-01")
    assert refused == Refused(Reason.STAGE_SKIPPED, ("superstructure",))


def test_a_project_without_any_permit_is_not_inspected():
    assert inspected(Site(), TODAY) == Refused(Reason.STAGE_SKIPPED, ("superstructure",))


def test_it_is_not_passed_once_the_permit_of_the_works_is_revoked():
    site = built()
    play = inspected(site, "2022-12-01").do("window", "accept", "2022-12-01")
    looked_at(play, "2022-12-02")
    play.do("examiner", "examine", "2022-12-02", i.Opinion("grant", SEAL))
    ground = i.Revocation(RevocationGround.DECEIT_OR_BRIBERY, SEAL)
    site.plays[0].revoked("2022-12-02", ground.ground)
    refused = play.ask("leader", c.TakeAction("grant"), "2022-12-05")
    assert refused == Refused(Reason.STAGE_SKIPPED, ("superstructure",))


def test_the_milestone_is_told_to_the_project():
    site = built()
    play = inspected(site, "2022-12-01").do("window", "accept", "2022-12-01")
    looked_at(play, "2022-12-02")
    play.do("examiner", "examine", "2022-12-02", i.Opinion("grant", SEAL))
    play.do("leader", "grant", "2022-12-05")
    member = site.project.members[play.case.id]
    assert str(member.milestones["granted"]) == "2022-12-05"
    assert member.stands


def test_three_stages_and_the_inspection():
    site = Site()
    pit = supplied(site.granted("pit", TODAY), "2022-07-01")
    basement = supplied(site.granted("basement", "2022-07-04"), "2022-09-01")
    checked(basement, "datum_check", "2022-09-01")
    above = site.granted("above_ground", "2022-09-02")
    for play in (pit, basement, above):
        play.must("applicant", report("report_completion", "2023-03-01"), "2023-03-01")
    assert not isinstance(inspected(site, "2023-03-01"), Refused)


# ── rules of its own ──────────────────────────────────────────────────────────────────────────


def test_only_archives_may_follow_and_they_are_checked():
    assert DEFINITION.permit.measure is Measure.DEFERRED
    deferred = [
        n for n, m in DEFINITION.materials.items() if Treatment.DEFERRED in m.tracks.values()
    ]
    assert deferred == ["archives"]
    assert DEFINITION.obligations["supply_archives"].brings == "archives"
    assert DEFINITION.obligations["check_archives"].settled_by == "verification"


def test_it_shuts_no_gate_and_waits_at_its_own():
    assert not [o for o in DEFINITION.obligations.values() if o.shuts]
    granting = {n for n, a in DEFINITION.chart.actions.items() if a.act is Act.GRANT}
    assert DEFINITION.project.passes.keys() == {"file", *granting}
    assert DEFINITION.project.after == (WorksStage.SUPERSTRUCTURE,)


def test_it_does_not_pass_before_two_officers_looked_at_the_building():
    """行政许可法 art. 34(3). What they find wrong is put right and looked at again."""
    play = inspected(built(), "2022-12-01").do("window", "accept", "2022-12-01")
    play.do("examiner", "examine", "2022-12-05", i.Opinion("grant", SEAL))
    grant, shut = c.TakeAction("grant"), Refused(Reason.STILL_OPEN, ("inspect_building",))
    assert play.ask("leader", grant, "2022-12-05") == shut
    looked_at(play, "2022-12-05", passed=False)
    assert dates(play)["inspect_building"] == "2022-12-19"
    assert play.ask("leader", grant, "2022-12-05") == shut
    looked_at(play, "2022-12-06")
    play.do("leader", "grant", "2022-12-06")


def test_nothing_is_decided_without_an_examination():
    assert not any(track.on_the_spot for track in DEFINITION.tracks.values())
    assert "grant_on_the_spot" not in DEFINITION.chart.actions


@pytest.mark.parametrize("name", ["construction_permit", "filing_receipt", "planning_permit"])
def test_its_certificate_is_its_own(name):
    assert name not in DEFINITION.documents
    assert DEFINITION.documents["inspection_opinion"].drawn_at == "granted"
