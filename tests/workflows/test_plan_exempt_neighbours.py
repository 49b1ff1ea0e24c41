"""建设工程（市政）规划许可证免办: neighbours who are affected and do not agree are told and heard
before anything is decided (行政许可法 art. 36, 46-48), and nothing is exempted on the spot."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.heard import Attendance
from permits.casework.openings import openings
from permits.casework.refusals import Reason, Refused
from permits.casework.savings import days
from permits.definitions.procedure import SpecialCause
from permits.text.papers import Told, paper
from tests.definitions.shipped import edition
from tests.kit import SEAL, SEALED, Play, defect
from tests.kit import paper as a_paper
from tests.workflows.golden import PEOPLE
from tests.workflows.kinds import application, course, open_tracks, table

NAME = "plan_exempt"
AGAINST = {"neighbours_affected": True, "neighbours_agree": False}
FOR = {"neighbours_affected": True, "neighbours_agree": True}
AGREES = defect("field.neighbours_agree")
TELL = h.TellThirdParty(SEAL, SEAL, SEAL)
EXAMINE = c.TakeAction("examine", i.Opinion("grant", SEAL))
STOP = c.TakeAction(
    "suspend", i.SpecialProcedure(SpecialCause.HEARING, "20wd", notified=True, reason=SEAL)
)
CALL = h.CallHearing(date(2022, 6, 21), "inspector", SEAL)
CAME = (
    Attendance("office", "signed", SEAL),
    Attendance("applicant", "signed", SEAL),
    Attendance("party_1", "signed", SEAL),
)
RECORD = h.RecordHearing(date(2022, 6, 21), "window", CAME, SEAL)

# Promise: two working days, of which Friday the 10th counted before time stopped; the other is the
# day after Tuesday the 21st. Statutory: seven working days stood still, from the 13th to the 21st.
# On 22 June 2023 is Dragon Boat Day; Sunday the 25th is worked.
HEARD = table("""
2022-06-09 applicant File: received 1 | completeness 22-06-16
2022-06-09 window accept: examining 8 | promise 22-06-13, statutory 22-07-21
2022-06-09 examiner TellThirdParty: examining 8 | promise 22-06-13, statutory 22-07-21
2022-06-09 leader OfferHearing: examining 8 | promise 22-06-13, statutory 22-07-21
2022-06-10 window HearThirdParty: examining 8 | promise 22-06-13, statutory 22-07-21
2022-06-10 window RecordHearingAsked: examining 8 | promise 22-06-13, statutory 22-07-21
2022-06-10 examiner suspend: suspended 9 | special_procedure 22-07-08
2022-06-10 leader CallHearing: suspended 9 | special_procedure 22-07-08
2022-06-21 inspector RecordHearing: suspended 9 | special_procedure 22-07-08
2022-06-21 examiner resume: examining 8 | promise 22-06-22, statutory 22-08-01
2022-06-21 examiner examine: proposed 8 | promise 22-06-22, statutory 22-08-01
2022-06-22 leader grant: granted 11 | publication 22-07-01, delivery 22-07-06,
    report_completion 23-06-25
""")

BEFORE = {
    "tell_third_party": ["examiner"],
    "offer_hearing": ["examiner", "leader"],
    "announce_hearing": ["leader"],
}
ONCE_TOLD = {**BEFORE, "hear_third_party party_1": ["window", "examiner"]}
ASKED_FOR = {
    "tell_third_party": ["examiner"],
    "hear_third_party party_1": ["window", "examiner"],
    "call_hearing": ["examiner", "leader"],
}
CALLED = {**ASKED_FOR, "record_hearing": ["inspector"]}
"""Who may do what about those who are heard, beside recusals."""


def against(track="ordinary"):
    """An application with all its materials that its neighbours do not agree to, accepted on
    Thursday 9 June 2022."""
    play = Play(edition(NAME))
    handed_in = tuple(map(a_paper, play.edition.definition.materials))
    return play.accepted("2022-06-09", track, answers=AGAINST, handed_in=handed_in)


def who_may(play, on):
    """What may be done about those who are heard, and by whom; recusals left out."""
    found = {}
    for who in PEOPLE:
        for one in openings(play.case, play.desk(who, on)):
            found.setdefault(f"{one.command} {one.name}".strip(), []).append(who)
    return {name: whom for name, whom in found.items() if "recusal" not in name}


def called():
    """The neighbour asked for a hearing, and its day is set."""
    play = against()
    play.must("examiner", TELL, "2022-06-09")
    play.must("leader", h.OfferHearing(), "2022-06-09")
    play.must("window", h.RecordHearingAsked("party_1"), "2022-06-10")
    play.must("leader", CALL, "2022-06-10")
    return play


def heard(play):
    """The steps from the application to the decision on the record."""
    return course(
        play,
        ("2022-06-09", "applicant", application(play.edition, "ordinary", answers=AGAINST)),
        ("2022-06-09", "window", "accept"),
        ("2022-06-09", "examiner", TELL),
        ("2022-06-09", "leader", h.OfferHearing()),
        ("2022-06-10", "window", h.HearThirdParty("party_1", SEAL)),
        ("2022-06-10", "window", h.RecordHearingAsked("party_1")),
        ("2022-06-10", "examiner", STOP),
        ("2022-06-10", "leader", CALL),
        ("2022-06-21", "inspector", RECORD),
        ("2022-06-21", "examiner", "resume"),
        ("2022-06-21", "examiner", EXAMINE),
        ("2022-06-22", "leader", "grant"),
    )


def text(play, document):
    """A document in Chinese, as one text."""
    drawn = next(one for one in play.case.documents if one.document == document)
    found = paper(drawn, play.log, play.edition, Told({}, {}), "zh")
    facts = [f"{fact.title} {fact.says}" for fact in (*found.facts, *found.items)]
    return "\n".join([*found.paragraphs, *facts])


def test_a_neighbour_is_told_and_heard_and_the_permit_follows_the_record_day_by_day():
    assert heard(Play(edition(NAME))) == HEARD


def test_the_time_of_the_hearing_does_not_count():
    play = Play(edition(NAME))
    heard(play)
    found = days(play.case, play.edition.definition, play.days)
    assert (found.used, found.suspended, found.promised) == (2, 7, 2)


def test_the_record_is_drawn_up_and_the_decision_names_it():
    play = Play(edition(NAME))
    heard(play)
    record = next(one for one in play.case.documents if one.document == "hearing_record")
    named = f"听证笔录（{record.number}），听证于2022年6月21日举行"
    assert named in text(play, "planning_permit")


def test_at_each_step_there_is_what_the_table_says_and_who_may_do_it():
    play = against()
    found = [who_may(play, "2022-06-09")]
    play.must("examiner", TELL, "2022-06-09")
    found.append(who_may(play, "2022-06-09"))
    play.must("leader", h.OfferHearing(), "2022-06-09")
    play.must("window", h.RecordHearingAsked("party_1"), "2022-06-10")
    found.append(who_may(play, "2022-06-10"))
    play.must("leader", CALL, "2022-06-10")
    found.append(who_may(play, "2022-06-21"))
    assert found == [BEFORE, ONCE_TOLD, ASKED_FOR, CALLED]


DECISIONS = [c.TakeAction("grant"), c.TakeAction("refuse", i.Reasoned(SEAL))]


@pytest.mark.parametrize("track", ["ordinary", "tolerant"])
@pytest.mark.parametrize("decision", DECISIONS, ids=["grant", "refuse"])
def test_nothing_is_decided_before_they_were_told_and_had_their_time(track, decision):
    """Told on the 9th they have five working days: to the 16th."""
    play = against(track)
    play.must("examiner", EXAMINE, "2022-06-09")
    assert play.tell("leader", decision, "2022-06-09") == Refused(Reason.THIRD_PARTY_TO_TELL)
    play.must("examiner", TELL, "2022-06-09")
    waits = Refused(Reason.THIRD_PARTY_TO_SPEAK, ("party_1",))
    assert play.tell("leader", decision, "2022-06-16") == waits
    play.must("leader", decision, "2022-06-17")


def test_what_they_said_in_time_is_enough():
    play = against()
    play.must("examiner", TELL, "2022-06-09")
    play.must("window", h.HearThirdParty("party_1", SEAL), "2022-06-10")
    play.must("examiner", EXAMINE, "2022-06-10")
    play.do("leader", "grant", "2022-06-10")


def test_time_stops_only_for_a_hearing_that_there_is_and_runs_on_only_after_it():
    play = against()
    assert play.tell("examiner", STOP, "2022-06-09") == Refused(Reason.NO_HEARING)
    play = called()
    play.must("examiner", STOP, "2022-06-10")
    early = play.tell("examiner", c.TakeAction("resume"), "2022-06-13")
    assert early == Refused(Reason.HEARING_PENDING)


@pytest.mark.parametrize("decision", DECISIONS, ids=["grant", "refuse"])
def test_nothing_is_decided_before_the_hearing_was_held(decision):
    play = called()
    play.must("window", h.HearThirdParty("party_1", SEAL), "2022-06-10")
    play.must("examiner", EXAMINE, "2022-06-13")
    assert play.tell("leader", decision, "2022-06-13") == Refused(Reason.HEARING_PENDING)


def test_nothing_is_exempted_on_the_spot_where_neighbours_do_not_agree():
    command = application(edition(NAME), answers=AGAINST)
    refused = Play(edition(NAME)).ask("applicant", command, "2022-06-09")
    assert refused == Refused(Reason.EXCLUDED, ("neighbours",))


def test_nor_where_it_comes_out_after_the_commitment_was_signed():
    """The notice asks for the answer; the applicant corrects it and signs over it anew. Five
    working days after it is accepted by silence, and still nothing is granted on the spot."""
    play = Play(edition(NAME)).file("2022-06-09", answers=FOR)
    play.do("window", "issue_correction", "2022-06-10", i.Corrections((AGREES,)))
    signed = application(play.edition).signed
    given = i.Supplement({**play.case.answers, **AGAINST}, SEALED, (), signed)
    play.do("applicant", "supply_corrections", "2022-06-13", given)
    excluded = Refused(Reason.EXCLUDED, ("neighbours",))
    assert play.tell("window", c.TakeAction("accept"), "2022-06-13") == excluded
    play.must("timer", c.LapseClock("completeness"), "2022-06-21")
    for who in ("window", "leader"):
        refused = play.tell(who, c.TakeAction("grant_on_the_spot"), "2022-06-21")
        assert refused == excluded


@pytest.mark.parametrize(
    ("answers", "tracks"),
    [
        ({"neighbours_affected": False}, ["ordinary", "commitment", "tolerant"]),
        (FOR, ["ordinary", "commitment", "tolerant"]),
        (AGAINST, ["ordinary", "tolerant"]),
    ],
)
def test_only_neighbours_who_do_not_agree_shut_the_commitment(answers, tracks):
    assert open_tracks(edition(NAME), **answers) == tracks


def test_of_neighbours_who_agree_nobody_has_to_be_told():
    play = Play(edition(NAME)).accepted("2022-06-09", answers=FOR)
    play.must("examiner", EXAMINE, "2022-06-09")
