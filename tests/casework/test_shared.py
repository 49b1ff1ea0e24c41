"""Data of other offices: what came stands in the place of a paper, and nothing else does."""

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.decide.guards import missing_materials
from permits.casework.figures import facts_row
from permits.casework.refusals import Reason, Refused
from permits.casework.savings import materials
from tests.kit import Play, calendar, defect, filing, paper, plan_exempt, shared
from tests.workflows.kinds import filed

NAME = "early_start"
TWO = ("land_document", "scheme_opinion")

NOT_COME = ("not_found", "stale", "unavailable", "no_source")


def saved(play: Play) -> dict[str, str]:
    return materials(play.case, play.edition.definition, play.edition.conditions).saved


def decided(play: Play) -> Play:
    return play.do("window", "accept", "2022-06-09").do(
        "window", "grant_on_the_spot", "2022-06-09"
    )


def test_what_came_from_other_offices_need_not_be_handed_in_and_is_saved():
    play = decided(filed(NAME, "2022-06-09"))
    assert {name for name, cause in saved(play).items() if cause == "shared"} == {*TWO}
    row = facts_row(play.case, play.edition, calendar())
    assert row.saved_shared == 2
    assert play.case.shared["land_document"].came


@pytest.mark.parametrize("outcome", NOT_COME)
def test_what_did_not_come_is_asked_from_the_applicant_and_saves_nothing(outcome):
    answers = (shared("land_document"), shared("scheme_opinion", outcome))
    play = filed(NAME, "2022-06-09", shared=answers)
    accept = c.TakeAction("accept")
    missing = Refused(Reason.MATERIALS_MISSING, ("scheme_opinion",))
    assert play.tell("window", accept, "2022-06-09") == missing
    defects = i.Corrections((defect("material.scheme_opinion"),))
    play.do("window", "issue_correction", "2022-06-09", defects)
    given = i.Supplement(play.case.answers, play.case.seals, (paper("scheme_opinion"),))
    play.do("applicant", "supply_corrections", "2022-06-09", given)
    decided(play)
    assert "scheme_opinion" not in saved(play)
    assert facts_row(play.case, play.edition, calendar()).saved_shared == 1


def test_what_nobody_was_asked_for_did_not_come():
    play = filed(NAME, "2022-06-09", shared=())
    assert missing_materials(play.case, play.desk("window", "2022-06-09")) == TWO


def test_what_was_handed_in_all_the_same_is_no_saving():
    safety = tuple(paper(n) for n in ("safety_plan", "dust_plan", "land_document"))
    play = decided(filed(NAME, "2022-06-09", handed_in=safety))
    assert "land_document" not in saved(play)


def test_nobody_is_asked_for_what_the_track_does_not_leave_to_others():
    command = filing(plan_exempt(), "ordinary", shared=(shared("land_title"),))
    outcome = Play().ask("applicant", command, "2022-06-09")
    assert outcome == Refused(Reason.MATERIAL_NOT_ASKED, ("land_title",))


def test_on_another_track_it_is_asked_for_as_that_track_says():
    """The commitment is withdrawn: the ordinary track asks for both papers themselves."""
    play = filed(NAME, "2022-06-09").do("applicant", "withdraw_commitment", "2022-06-10")
    missing = missing_materials(play.case, play.desk("window", "2022-06-10"))
    assert {*TWO} <= {*missing}


def test_the_log_says_from_where_when_and_what():
    play = filed(NAME, "2022-06-09")
    events = [event for _at, event in play.log if type(event).__name__ == "SharedDataAnswered"]
    assert [(e.material, e.source, e.outcome) for e in events] == [
        ("land_document", "register", "found"),
        ("scheme_opinion", "register", "found"),
    ]
    assert events[0].sha256 == "d" * 64
