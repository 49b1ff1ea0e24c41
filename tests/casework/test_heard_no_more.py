"""Once an application is withdrawn nobody is asked, answers or is heard any more."""

from datetime import date

import pytest

from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.refusals import Reason
from tests.casework.joint import CAME, FACTORY, Review
from tests.kit import SEAL

DAY = "2022-06-09"
WITHDRAWN, LATER = "2022-06-13", "2022-06-14"


def begun():
    return Review().begun(DAY)


def opinion_asked():
    return begun().asked(DAY, "fire", "civil_defence")


def opinions_in():
    return opinion_asked().given("fire", DAY).given("civil_defence", DAY)


def told_of_a_neighbour():
    review = begun()
    review.must("examiner", h.TellThirdParty(SEAL, SEAL, SEAL), DAY)
    return review


def to_be_refused():
    review = Review().begun(DAY, FACTORY).asked(DAY, "fire").given("fire", DAY, "object")
    return review.joined(DAY).examined(DAY, "refuse")


def hearing_offered():
    review = to_be_refused()
    review.must("examiner", h.OfferHearing(), DAY)
    return review


def hearing_asked():
    review = hearing_offered()
    review.must("applicant", h.AskForHearing(), DAY)
    return review


CALL = h.CallHearing(date(2022, 6, 20), "chair", SEAL)


def hearing_called():
    review = hearing_asked()
    review.must("leader", CALL, DAY)
    return review


@pytest.mark.parametrize(
    ("stands", "who", "command", "reason"),
    [
        (begun, "examiner", h.AskOpinions(("fire",)), Reason.NOT_EXAMINED),
        (opinion_asked, "fire", h.GiveOpinion("fire", "agree", SEAL), Reason.JOINED_BEFORE),
        (opinions_in, "fire", h.RevokeOpinion("fire", SEAL), Reason.NOT_EXAMINED),
        (opinions_in, "examiner", h.JoinOpinions(SEAL), Reason.NOT_EXAMINED),
        (begun, "examiner", h.TellThirdParty(SEAL, SEAL, SEAL), Reason.NOT_EXAMINED),
        (told_of_a_neighbour, "window", h.HearThirdParty("party_1", SEAL), Reason.NOT_EXAMINED),
        (to_be_refused, "examiner", h.OfferHearing(), Reason.NOT_EXAMINED),
        (to_be_refused, "leader", h.AnnounceHearing(SEAL), Reason.NOT_EXAMINED),
        (hearing_offered, "applicant", h.AskForHearing(), Reason.NO_HEARING),
        (hearing_offered, "applicant", h.WaiveHearing(), Reason.NO_HEARING),
        (hearing_asked, "leader", CALL, Reason.NO_HEARING),
        (
            hearing_called,
            "chair",
            h.RecordHearing(date(2022, 6, 20), "window", CAME, SEAL),
            Reason.NO_HEARING,
        ),
    ],
)
def test_what_was_possible_before_is_refused_afterwards(stands, who, command, reason):
    review = stands()
    on = "2022-06-20" if isinstance(command, h.RecordHearing) else LATER
    review.do("applicant", "withdraw", WITHDRAWN, i.Reasoned(SEAL))
    assert review.ask(who, command, on).reason is reason
