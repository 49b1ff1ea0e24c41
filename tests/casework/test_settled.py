"""What one case of a project settles for the others: a plot admitted with its design scheme spares
the construction permit its opinion on the scheme, and the planning permit comes with it."""

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.offers import offers
from permits.casework.parts import Defect
from permits.casework.refusals import Reason, Refused
from permits.casework.savings import materials
from permits.casework.tracks import treatments
from permits.definitions.procedure import (
    DeregistrationGround,
    RevocationGround,
    Settled,
    WithdrawalGround,
)
from permits.definitions.schema import TrackName, Treatment
from tests.casework.test_project_stages import being_corrected, corrected
from tests.definitions.shipped import edition as shipped_edition
from tests.kit import SEAL, Play
from tests.staged import CODE, OTHER_CODE, TOWER, Site, permitted, report, served
from tests.workflows import kinds

TODAY = "2022-06-09"
SCHEME = (Settled.DESIGN_SCHEME.value,)
ON_PLOT = {"admitted_plot": True}
UNSETTLED = Refused(Reason.NOT_SETTLED, SCHEME)
STAGED = shipped_edition("staged_construction")


def plot(site: Site, *, admitted: bool = True, code: str = CODE) -> Play:
    """The case in which the plot of the project is applied for, and admitted."""
    play = site.play("industrial_plot")
    play.must("applicant", kinds.application(play.edition, answers={"project_code": code}), TODAY)
    return permitted(play, TODAY) if admitted else play


def treated(stage: str, track: str, **answers) -> dict[str, Treatment]:
    given = {**TOWER, "stage_covered": stage, **answers}
    return treatments(STAGED, TrackName(track), given)


def reason(outcome: object) -> Reason | None:
    return outcome.reason if isinstance(outcome, Refused) else None


# ── who may rest on it ────────────────────────────────────────────────────────────────────────


def test_nothing_rests_on_a_plot_that_was_not_admitted():
    site = Site()
    assert site.apply("whole", TODAY, **ON_PLOT) == UNSETTLED
    plot(site, admitted=False)
    assert site.apply("whole", TODAY, **ON_PLOT) == UNSETTLED


def test_nor_on_the_plot_of_another_project():
    site = Site()
    plot(site, code=OTHER_CODE)
    assert site.apply("whole", TODAY, **ON_PLOT) == UNSETTLED


def test_once_it_is_admitted_the_permit_rests_on_it_and_the_record_says_on_which_case():
    site = Site()
    admission = plot(site)
    version = site.project.version
    play = site.filed("whole", TODAY, **ON_PLOT)
    passed = [e for _at, e in play.log if type(e).__name__ == "GatesPassed"]
    assert [(e.version, e.settled) for e in passed] == [
        (version, {SCHEME[0]: admission.case.number})
    ]
    permitted(play, TODAY)
    assert play.case.decision.result == "granted"


def test_what_does_not_say_so_rests_on_nothing():
    site = Site()
    plot(site)
    play = site.filed("pit", TODAY)
    passed = [e for _at, e in play.log if type(e).__name__ == "GatesPassed"]
    assert [e.settled for e in passed] == [{}]


def revoked(play: Play) -> None:
    play.revoked("2022-06-10", RevocationGround.OTHER)


def withdrawn(play: Play) -> None:
    given = i.Withdrawal(WithdrawalGround.LAW_CHANGED, SEAL, SEAL)
    play.do("leader", "withdraw_grant", "2022-06-10", given)


def deregistered(play: Play) -> None:
    gone = i.Deregistration(DeregistrationGround.EXPIRED)
    play.do("leader", "deregister", "2022-06-10", gone)


@pytest.mark.parametrize("lost", [revoked, withdrawn, deregistered])
def test_an_admission_that_is_taken_back_settles_nothing_any_more(lost):
    """What was filed while it stood is not granted, and nothing else is filed on it."""
    site = Site()
    admission = plot(site)
    play = site.filed("whole", TODAY, **ON_PLOT).do("window", "accept", TODAY)
    lost(admission)
    assert play.tell("window", c.TakeAction("grant_on_the_spot"), "2022-06-13") == UNSETTLED
    offered = {o.action: o for o in offers(play.case, play.desk("window", "2022-06-13"))}
    assert offered["grant_on_the_spot"].open is False
    assert site.apply("pit", "2022-06-13", **ON_PLOT) == UNSETTLED


def test_a_grant_that_was_withdrawn_by_the_office_stands_no_more_in_its_project():
    site = Site()
    admission = plot(site)
    assert site.project.members[admission.case.id].stands
    withdrawn(admission)
    assert not site.project.members[admission.case.id].stands


def test_corrections_may_not_claim_what_a_filing_could_not():
    site = Site()
    play = being_corrected(site)
    claimed = corrected(play, **ON_PLOT)
    assert play.ask("applicant", claimed, "2022-06-10") == UNSETTLED
    plot(site)
    assert reason(play.tell("applicant", claimed, "2022-06-10")) is None


# ── what it spares ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("track", ["ordinary", "commitment"])
def test_neither_the_opinion_on_the_scheme_nor_the_planning_permit_is_asked_for(track):
    pit = treated("pit", track, **ON_PLOT)
    assert pit["scheme_opinion"] is Treatment.SHARED
    assert pit["planning_permit_later"] is Treatment.SHARED
    assert treated("whole", track, **ON_PLOT)["planning_permit"] is Treatment.SHARED
    assert treated("above_ground", track, **ON_PLOT)["planning_permit"] is Treatment.SHARED
    assert Treatment.SHARED not in treated("pit", track).values()
    assert Treatment.SHARED not in treated("whole", track).values()


def test_for_the_planning_permit_that_comes_with_the_first_stage_the_approval_is_asked_for():
    """郑州市城乡规划管理条例 art. 42(3); a later stage needs it no more."""
    assert treated("pit", "ordinary", **ON_PLOT)["project_approval"] is Treatment.SUPPLIED
    assert "project_approval" not in treated("above_ground", "ordinary", **ON_PLOT)
    assert "project_approval" not in treated("pit", "ordinary")


def test_both_permits_are_one_document_for_the_first_stage_and_the_planning_permit_is_not_owed():
    site = Site()
    plot(site)
    pit = site.granted("pit", TODAY, **ON_PLOT)
    assert [d.document for d in pit.case.documents if d.milestone == "granted"] == ["joint_permit"]
    assert "supply_planning_permit" not in pit.case.obligations
    assert "supply_basement_drawings" in pit.case.obligations
    assert pit.case.code == 11, "nothing that is listed as a material is put off"
    pit.must("applicant", report("supply_basement_drawings", "2022-06-20"), "2022-06-20")
    basement = site.granted("basement", "2022-06-21", **ON_PLOT)
    drawn = [d.document for d in basement.case.documents if d.milestone == "granted"]
    assert drawn == ["construction_permit"]


def test_a_case_that_rests_on_nothing_gets_the_construction_permit_alone_and_owes_the_other():
    pit = Site().granted("pit", TODAY)
    drawn = [d.document for d in pit.case.documents if d.milestone == "granted"]
    assert drawn == ["construction_permit"]
    assert "supply_planning_permit" in pit.case.obligations


def test_what_is_settled_is_saved_on_the_ordinary_track_too():
    site = Site()
    plot(site)
    play = served(site.granted("pit", TODAY, "ordinary", **ON_PLOT), TODAY)
    found = materials(play.case, STAGED.definition, STAGED.conditions)
    assert found.saved == {"scheme_opinion": "shared", "planning_permit_later": "shared"}


def test_it_is_not_asked_for_again_as_a_correction():
    site = Site()
    plot(site)
    play = site.filed("pit", TODAY, **ON_PLOT)
    asked = i.Corrections((Defect("material.scheme_opinion", "unclear", SEAL),))
    refused = play.tell("window", c.TakeAction("issue_correction", asked), TODAY)
    assert refused == Refused(Reason.MATERIAL_NOT_ASKED, ("scheme_opinion",))
    other = site.filed("pit", TODAY)
    assert reason(other.tell("window", c.TakeAction("issue_correction", asked), TODAY)) is None
