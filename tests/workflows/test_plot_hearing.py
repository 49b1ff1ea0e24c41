"""工业定制地: what touches everybody's safety is decided only after a hearing (art. 46)."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.heard import Attendance
from permits.casework.refusals import Reason, Refused
from tests.kit import SEAL
from tests.workflows.kinds import course, filed, open_tracks, table

NAME = "industrial_plot"
CAME = (Attendance("office", "signed", SEAL), Attendance("applicant", "signed", SEAL))
GRANT, REFUSE = c.TakeAction("grant"), c.TakeAction("refuse", i.Reasoned(SEAL))
EXAMINE = c.TakeAction("examine", i.Opinion("grant", SEAL))
CALL = h.CallHearing(date(2022, 6, 22), "inspector", SEAL)
RECORD = h.RecordHearing(date(2022, 6, 22), "window", CAME, SEAL)

HEARD = table("""
2022-06-10 window accept: examining 8 | promise 22-06-23, statutory 22-07-07
2022-06-13 examiner examine: proposed 8 | promise 22-06-23, statutory 22-07-07
2022-06-13 leader AnnounceHearing: proposed 8 | promise 22-06-23, statutory 22-07-07
2022-06-13 leader CallHearing: proposed 8 | promise 22-06-23, statutory 22-07-07
2022-06-22 inspector RecordHearing: proposed 8 | promise 22-06-23, statutory 22-07-07
2022-06-23 leader grant: granted 11 | publication 22-07-04, delivery 22-07-07,
    report_start 22-12-23, report_completion 24-12-23
""")


def chemicals():
    return filed(NAME, "2022-06-09", "ordinary", answers={"high_risk": True})


def proposed():
    play = chemicals().do("window", "accept", "2022-06-10")
    play.must("examiner", EXAMINE, "2022-06-13")
    return play


def test_it_goes_through_a_hearing_day_by_day():
    found = course(
        chemicals(),
        ("2022-06-10", "window", "accept"),
        ("2022-06-13", "examiner", EXAMINE),
        ("2022-06-13", "leader", h.AnnounceHearing(SEAL)),
        ("2022-06-13", "leader", CALL),
        ("2022-06-22", "inspector", RECORD),
        ("2022-06-23", "leader", GRANT),
    )
    assert found == HEARD.strip()


@pytest.mark.parametrize("decision", [GRANT, REFUSE])
def test_without_the_record_nothing_is_decided_either_way(decision):
    play = proposed()
    assert play.tell("leader", decision, "2022-06-14") == Refused(Reason.HEARING_DEMANDED)
    play.must("leader", h.AnnounceHearing(SEAL), "2022-06-14")
    assert play.tell("leader", decision, "2022-06-14") == Refused(Reason.HEARING_PENDING)


def test_what_was_said_is_drawn_up_under_its_number():
    play = proposed()
    for who, command in (("leader", h.AnnounceHearing(SEAL)), ("leader", CALL)):
        play.must(who, command, "2022-06-13")
    play.must("inspector", RECORD, "2022-06-22")
    assert "hearing_record" in {one.document for one in play.case.documents}


def test_no_commitment_is_open_to_it_and_others_need_no_hearing():
    assert open_tracks(edition_of(), high_risk=True) == ["ordinary"]
    play = filed(NAME, "2022-06-09", "ordinary").do("window", "accept", "2022-06-10")
    play.must("examiner", EXAMINE, "2022-06-13")
    play.must("leader", GRANT, "2022-06-14")


def edition_of():
    return chemicals().edition
