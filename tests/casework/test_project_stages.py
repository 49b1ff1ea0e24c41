"""The order of stages in a project, and cases that leave it or move to another."""

from datetime import date

import msgspec
import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import DeregistrationGround, RevocationGround
from tests.casework.outcomes import TODAY, reason, told
from tests.casework.test_intake import notice
from tests.kit import OTHER_PARTY, SEAL, SEALED
from tests.staged import (
    CODE,
    OTHER_CODE,
    TOWER,
    Site,
    application,
    permitted,
    supplied,
)


@pytest.mark.parametrize(
    ("first", "second", "skipped"),
    [
        (None, "basement", ("pit",)),
        (None, "above_ground", ("pit", "basement")),
        ("pit", "above_ground", ("basement",)),
    ],
)
def test_no_stage_is_passed_over(first, second, skipped):
    site = Site()
    if first:
        supplied(site.granted(first, TODAY), TODAY)
    assert site.apply(second, "2022-06-10") == Refused(Reason.STAGE_SKIPPED, skipped)


def test_a_stage_that_is_only_applied_for_is_not_permitted_yet():
    site = Site()
    site.filed("pit", TODAY)
    assert reason(site.apply("basement", TODAY)) is Reason.STAGE_SKIPPED


@pytest.mark.parametrize("stage", ["whole", "below_ground", "pit"])
def test_a_project_may_begin_with_one_stage_or_several_at_once(stage):
    assert Site().granted(stage, TODAY).case.decision.result == "granted"


def test_no_stage_is_permitted_twice():
    site = Site()
    first, second = site.filed("pit", TODAY), site.filed("pit", TODAY, "ordinary")
    supplied(permitted(first, TODAY), TODAY)
    second.do("window", "accept", TODAY).do("examiner", "examine", TODAY, i.Opinion("grant", SEAL))
    refused = second.ask("leader", c.TakeAction("grant"), TODAY)
    assert refused == Refused(Reason.STAGE_COVERED, ("pit", first.case.number))
    assert reason(site.apply("whole", TODAY)) is Reason.STAGE_COVERED


def test_pit_and_structure_have_the_same_contractor():
    site = Site()
    first = site.granted("pit", TODAY)
    supplied(first, TODAY)
    refused = site.apply("basement", "2022-06-10", contractor_code="91350100M000100Y43")
    assert refused == Refused(Reason.NOT_ALIKE, ("contractor_code", first.case.number))


def test_a_stage_whose_permit_was_revoked_was_never_permitted():
    site = Site()
    first = site.granted("pit", TODAY)
    ground = i.Revocation(RevocationGround.DECEIT_OR_BRIBERY, SEAL)
    first.revoked("2022-06-20", ground.ground)
    assert reason(site.apply("basement", "2022-06-21")) is Reason.STAGE_SKIPPED
    gone = i.Deregistration(DeregistrationGround.REVOKED)
    first.do("window", "deregister", "2022-06-22", gone)
    assert not site.project.members["case/1"].stands
    assert site.granted("pit", "2022-06-23").case.decision.result == "granted"


@pytest.mark.parametrize(
    ("who", "action", "given"),
    [
        ("applicant", "withdraw", i.Reasoned(SEAL)),
        ("window", "declare_not_required", i.Reasoned(SEAL)),
    ],
)
def test_a_case_that_ends_with_nothing_granted_leaves_the_project(who, action, given):
    site = Site()
    play = site.filed("pit", TODAY)
    noted = play.must(who, c.TakeAction(action, given), TODAY)
    assert told(noted)[CODE] == ["CaseReported", "CaseDetached"]
    assert site.project.attached == ()
    assert site.project.members["case/1"].detached_on == date(2022, 6, 9)


def test_a_case_that_left_tells_the_project_nothing_more():
    site = Site()
    play = site.filed("pit", TODAY, "ordinary").do("window", "accept", TODAY)
    play.do("examiner", "examine", TODAY, i.Opinion("refuse", SEAL))
    play.do("leader", "refuse", TODAY, i.Reasoned(SEAL))
    assert site.project.attached == ()
    noted = play.must("window", c.TakeAction("publish"), TODAY)
    assert told(noted) == {CODE: []}


def test_a_project_is_its_developers_until_no_case_is_left_in_it():
    site = Site()
    first = site.filed("pit", TODAY)
    other = site.play()
    theirs = msgspec.structs.replace(
        application(other.edition, "commitment", TOWER, project_name="另一大厦"), party=OTHER_PARTY
    )
    assert other.ask("stranger", theirs, TODAY) == Refused(Reason.PROJECT_OF_ANOTHER, (CODE,))
    first.do("applicant", "withdraw", TODAY, i.Reasoned(SEAL))
    noted = other.must("stranger", theirs, TODAY)
    assert told(noted)[CODE][0] == "ProjectOpened"
    assert (site.project.party, site.project.name) == (OTHER_PARTY, "另一大厦")


def corrected(play, **changes):
    """The corrections of an application that say this instead."""
    answers = {**play.case.answers, **changes}
    signed = application(play.edition, play.case.track, answers).signed
    return c.TakeAction("supply_corrections", i.Supplement(answers, SEALED, (), signed))


def being_corrected(site, stage="pit", **changes):
    play = site.filed(stage, TODAY, **changes)
    given = i.Corrections((type(notice().defects[0])("field.works_name", "unclear", SEAL),))
    return play.do("window", "issue_correction", TODAY, given)


def test_a_case_whose_code_was_put_right_moves_to_the_other_project():
    site = Site()
    play = being_corrected(site, project_code=OTHER_CODE)
    noted = play.must("applicant", corrected(play, project_code=CODE), "2022-06-10")
    assert told(noted) == {
        OTHER_CODE: ["CaseDetached"],
        CODE: ["ProjectOpened", "CaseAttached", "CaseReported"],
    }
    assert site.projects[OTHER_CODE].attached == ()


def test_corrections_do_not_go_round_what_a_filing_has_to_meet():
    site = Site()
    first = site.filed("pit", TODAY)
    play = being_corrected(site)
    permitted(first, TODAY)
    skipped = play.ask("applicant", corrected(play, stage_covered="above_ground"), "2022-06-10")
    assert reason(skipped) is Reason.GATE_SHUT
    same = play.tell("applicant", corrected(play, works_name="一号楼"), "2022-06-10")
    assert reason(same) is None


def test_corrections_to_other_stages_are_told_to_the_project():
    site = Site()
    play = being_corrected(site)
    noted = play.must("applicant", corrected(play, stage_covered="whole"), "2022-06-10")
    assert told(noted) == {CODE: ["CaseAttached", "CaseReported"]}
    assert site.project.members["case/1"].stages == ("pit", "basement", "superstructure")
    assert site.project.members["case/1"].attached_on == date(2022, 6, 9)
