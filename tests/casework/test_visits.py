"""Visits at the counter, and errors that are put right on the spot."""

from datetime import date

import pytest
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.counter import Purpose
from permits.casework.figures import facts_row
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Role
from tests.casework.test_counter import correct, filed_on_paper, to_correct
from tests.casework.test_intake import MISSING, incomplete
from tests.kit import (
    LINE,
    PEOPLE,
    SEAL,
    SEALED,
    Play,
    brought,
    filing,
    officer,
    paper,
)

PEOPLE.setdefault("second_window", officer("second_window", Role.WINDOW))
PEOPLE.setdefault("desk_inspector", officer("desk_inspector", Role.WINDOW, Role.INSPECTOR))
PEOPLE.setdefault("everything", officer("everything", Role.WINDOW, Role.EXAMINER, Role.LEADER))

WITHDRAW = c.TakeAction("withdraw", i.Reasoned())


def test_two_things_on_one_day_are_one_visit():
    play = to_correct()
    play.must("window", correct("2022-06-14"), "2022-06-15")
    play.must("window", c.ActForApplicant(WITHDRAW, brought("2022-06-14")), "2022-06-15")
    assert len(play.case.visits) == 1


def test_who_collects_the_decision_has_come():
    play = Play().granted("2022-06-09")
    play.do("window", "deliver", "2022-06-10", i.Service(date(2022, 6, 10), "counter"))
    assert [(str(v.on), v.purpose) for v in play.case.visits] == [
        ("2022-06-10", Purpose.COLLECTION)
    ]
    posted = Play().granted("2022-06-09")
    posted.do("window", "deliver", "2022-06-10", i.Service(date(2022, 6, 10), "post"))
    assert posted.case.visits == ()


def test_a_visit_is_written_down_by_hand():
    play = Play().granted("2022-06-09")
    play.must("window", c.RecordVisit(date(2022, 6, 2), Purpose.ENQUIRY), "2022-06-10")
    visit = play.case.visits[-1]
    assert (str(visit.on), visit.purpose, visit.by_hand) == ("2022-06-02", Purpose.ENQUIRY, True)


def test_a_visit_that_was_wrongly_recorded_is_taken_back_and_counts_no_more():
    play = Play().granted("2022-06-09")
    for day in (1, 2):
        play.must("window", c.RecordVisit(date(2022, 6, day), Purpose.ENQUIRY), "2022-06-10")
    take_back = c.TakeBackVisit(1, SEAL)
    assert play.ask("supervisor", c.TakeBackVisit(1), "2022-06-10") == Refused(
        Reason.REASON_WANTED
    )
    play.must("supervisor", take_back, "2022-06-10")
    assert [str(visit.on) for visit in play.case.visits] == ["2022-06-02"]
    assert facts_row(play.case, play.edition, play.days).visits == 1
    for visit in (0, 1, 3):
        refused = play.ask("supervisor", c.TakeBackVisit(visit, SEAL), "2022-06-10")
        assert refused == Refused(Reason.NO_SUCH_VISIT, (str(visit),))
    play.must("window", c.RecordVisit(date(2022, 6, 1), Purpose.ENQUIRY), "2022-06-10")
    assert len(play.case.visits) == 2, "recorded again, it counts again"


@pytest.mark.parametrize("on", [date(2022, 6, 11), date(2022, 5, 31)])
def test_nobody_came_tomorrow_or_before_there_was_anything_to_come_for(on):
    play = Play().granted("2022-06-09")
    outcome = play.tell("window", c.RecordVisit(on, Purpose.ENQUIRY), "2022-06-10")
    assert outcome == Refused(Reason.DATE_NOT_LAWFUL, (on.isoformat(),))


def on_the_spot(came_on="2022-06-09", handed_in=(), signed=(), **answers):
    given = i.Supplement({**LINE, **answers}, SEALED, handed_in, signed)
    return c.ActForApplicant(c.CorrectOnTheSpot(given), brought(came_on))


def test_errors_are_put_right_on_the_spot_and_no_time_runs():
    play = incomplete()
    before = play.case.clocks
    papers = tuple(map(paper, MISSING))
    play.must("window", on_the_spot(handed_in=papers, works_name="更正的名称"), "2022-06-09")
    assert play.case.answers["works_name"] == "更正的名称"
    assert play.case.clocks == before
    assert "corrections_supplied" not in play.case.milestones
    assert play.case.notices == ()
    play.do("window", "accept", "2022-06-09")
    assert [v.purpose for v in play.case.visits] == [Purpose.CORRECTION]


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (on_the_spot(), Refused(Reason.NOTHING_TO_CORRECT)),
        (on_the_spot(length_m=-1), Refused(Reason.BAD_ANSWERS, ("length_m",))),
        (
            on_the_spot(handed_in=(paper("photo"),)),
            Refused(Reason.NO_SUCH_MATERIAL, ("photo",)),
        ),
    ],
)
def test_what_cannot_be_put_right_is_told(command, refused):
    assert incomplete().tell("window", command, "2022-06-09") == refused


def test_a_commitment_is_signed_anew_if_it_speaks_of_other_facts():
    play = filed_on_paper()
    unsigned = play.tell("window", on_the_spot(length_m=120), "2022-06-09")
    assert unsigned == Refused(Reason.COMMITMENT_UNSIGNED, ("true_declaration",))
    signed = filing(play.edition).signed
    play.must("window", on_the_spot(signed=signed, length_m=120), "2022-06-09")
    assert (play.case.answers["length_m"], len(play.case.commitments)) == (120, 2)


def test_only_with_somebody_who_stands_there():
    play = incomplete()
    papers = tuple(map(paper, MISSING))
    posted = replace(on_the_spot(handed_in=papers), brought=brought("2022-06-09", in_person=False))
    assert play.tell("window", posted, "2022-06-09") == Refused(Reason.NOT_THERE)
    alone = on_the_spot(handed_in=papers).does
    assert play.tell("applicant", alone, "2022-06-09") == Refused(Reason.NOT_THERE)
    assert play.tell("window", alone, "2022-06-09") == Refused(Reason.NOT_YOURS)


@pytest.mark.parametrize("when", ["noticed", "accepted"])
def test_what_was_asked_for_or_accepted_is_put_right_otherwise(when):
    play = to_correct() if when == "noticed" else Play().accepted("2022-06-09")
    command = on_the_spot("2022-06-10", works_name="更正的名称")
    outcome = play.tell("window", command, "2022-06-10")
    assert outcome == Refused(Reason.NOT_NOW, ("on_the_spot",))
