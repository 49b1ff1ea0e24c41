"""Facts that are checked before the decision, by two officers (行政许可法 art. 34(3)).

Thursday 9 June 2022 is the day of acceptance; the check is due in two working days, on Monday the
13th.
"""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import turn
from permits.casework.waiting_rows import waiting_rows
from tests.casework.duties import TWO
from tests.kit import SEAL, Play, paper, variant

SITE = "check_of_the_site"
BOTH = {"zh": "现场核查", "en": "Check of the site"}
ON = "2022-06-09"


def looked_at_before(data):
    """The ordinary permit, if the site was looked at before it."""
    data["obligations"][SITE] = {
        **data["obligations"]["check_after_completion"],
        "title": BOTH,
        "says": BOTH,
        "opens": "accepted",
        "when": "granted_as_permit",
        "due": {
            "earliest": [{"milestone": "accepted", "plus": "2wd"}],
            "basis": {"example": BOTH},
        },
        "voided_by": ["refused", "withdrawn", "track_switched"],
    }


@pytest.fixture
def play():
    return Play(variant(looked_at_before)).accepted(ON)


def checked(play, *, passed, on="2022-06-10"):
    play.checked(
        "inspector", c.VerifyObligation(SITE, passed, date.fromisoformat(on), TWO, SEAL), on
    )


def proposed(play, recommends="grant"):
    return play.do("examiner", "examine", "2022-06-10", i.Opinion(recommends, SEAL))


def test_it_begins_with_the_acceptance(play):
    held = play.case.obligations[SITE]
    assert (held.status, str(held.opened_on), str(held.due)) == ("open", ON, "2022-06-13")
    assert turn(play.case, play.edition) == "office"


def test_nothing_is_granted_before_two_officers_have_looked(play):
    proposed(play)
    grant = c.TakeAction("grant")
    assert play.ask("leader", grant, "2022-06-10") == Refused(Reason.STILL_OPEN, (SITE,))
    alone = c.VerifyObligation(SITE, True, date(2022, 6, 10), ("inspector",), SEAL)
    refused = play.ask("inspector", alone, "2022-06-10")
    assert refused == Refused(Reason.INSPECTORS_WANTED, ("2",))
    checked(play, passed=True)
    play.do("leader", "grant", "2022-06-10")
    assert play.case.decision.result == "granted"


def test_what_they_found_is_put_right_and_looked_at_again(play):
    checked(play, passed=False)
    waits = [row.kind for row in waiting_rows(play.case, play.edition)]
    assert waits == ["rectification"]
    proposed(play)
    assert isinstance(play.ask("leader", c.TakeAction("grant"), "2022-06-10"), Refused)
    right = c.ReportObligation(SITE, date(2022, 6, 13), (paper("photo"),), SEAL)
    play.must("applicant", right, "2022-06-13")
    assert waiting_rows(play.case, play.edition) == ()
    checked(play, passed=True, on="2022-06-13")
    play.do("leader", "grant", "2022-06-13")


def test_it_may_be_refused_because_of_what_they_found(play):
    checked(play, passed=False)
    proposed(play, "refuse")
    play.do("leader", "refuse", "2022-06-13", i.Reasoned(SEAL))
    assert play.case.obligations[SITE].status == "voided"


@pytest.mark.parametrize("looked", [True, False])
def test_whoever_withdraws_leaves_nothing_to_be_checked(play, looked):
    if looked:
        checked(play, passed=False)
    play.do("applicant", "withdraw", "2022-06-13", i.Reasoned(SEAL))
    assert play.case.obligations[SITE].status == "voided"


def test_where_facts_are_only_declared_nothing_is_checked_before():
    play = Play(variant(looked_at_before)).granted(ON)
    assert SITE not in play.case.obligations


def test_who_late_looks_is_late_in_the_open(play):
    play.must("timer", c.FlagOverdue(SITE), "2022-06-14")
    assert play.case.obligations[SITE].overdue
