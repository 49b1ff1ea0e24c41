"""Proof of service: recorded with day, means and proof; what counts from service counts from
the recorded day. Dates are worked out by hand from 民法典 art. 201-203 and the year's holidays."""

from datetime import date

import pytest
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.counter import PROOF, Purpose
from permits.casework.decide import Noted
from permits.casework.refusals import Reason, Refused
from permits.casework.service import AGAINST, remedies, served
from permits.definitions.procedure import Milestone, RevocationGround
from tests.casework.afterwards import asked as asked_for_more
from tests.casework.afterwards import not_put_off, permitted
from tests.casework.test_intake import notice, supplement
from tests.kit import FIVE, SEAL, Play, brought, calendar, paper, variant

RECEIPT = (paper(PROOF),)


def serve(play, document, on, means="post", **changes):
    number = next(d.number for d in play.case.documents if d.document == document)
    values = {"postal": SEAL} if means == "post" else {}
    values |= {"proof": RECEIPT} if means == "counter" else {}
    return c.ServeDocument(number, date.fromisoformat(on), means, **{**values, **changes})


def drawn(play, document):
    return next(d for d in play.case.documents if d.document == document)


def until(play, document):
    """The last days for reconsideration and for an action."""
    found = remedies(play.case, drawn(play, document), calendar())
    return str(found.reconsideration.due), str(found.action.due)


def on_paper(edition=None):
    """A case filed at the counter that waits for corrections since Friday 10 June 2022."""
    play = Play(edition) if edition else Play()
    handed_in = tuple(paper(m) for m in FIVE if m not in ("land_title", "design_scheme"))
    filed = {"channel": "counter", "brought": brought("2022-06-09"), "handed_in": handed_in}
    play.file("2022-06-09", "ordinary", **filed)
    return play.do("window", "issue_correction", "2022-06-10", notice())


def refused_on(day, delivered, means="post"):
    """An ordinary case that was refused; the decision reached the applicant on another day."""
    play = Play().accepted("2022-06-09")
    play.do("examiner", "examine", day, i.Opinion("refuse", SEAL))
    play.do("leader", "refuse", day, i.Reasoned(SEAL))
    return play.do("window", "deliver", delivered, i.Service(date.fromisoformat(delivered), means))


def test_in_a_case_of_the_web_a_paper_is_served_when_it_is_put_at_the_applicants_disposal():
    play = Play().accepted("2022-06-09")
    one = served(play.case, drawn(play, "acceptance_notice"))
    assert (str(one.on), one.means) == ("2022-06-09", "online")


def test_in_a_case_on_paper_nothing_is_served_until_it_is_recorded():
    play = on_paper()
    assert served(play.case, drawn(play, "correction_notice")) is None
    play.must("window", serve(play, "correction_notice", "2022-06-15"), "2022-06-16")
    one = served(play.case, drawn(play, "correction_notice"))
    assert (str(one.on), one.means, one.postal, one.proof) == ("2022-06-15", "post", SEAL, ())


@pytest.mark.parametrize(
    ("delivered", "reconsideration", "action"),
    [
        # From Friday 10 June: 20 days of June, 31 of July, 9 of August. Six months end on
        # Saturday 10 December, so on Monday.
        ("2022-06-10", "2022-08-09", "2022-12-12"),
        # From 22 July: 9 days of July, 31 of August, 20 of September. Six months end on the first
        # day of Spring Festival 2023; Saturday 28 January is worked, and so is the day after.
        ("2022-07-22", "2022-09-20", "2023-01-28"),
        # From 2 August: 29 of August, 30 of September, and 1 October, a holiday until the 7th;
        # Saturday 8 October is worked. Six months end on Thursday 2 February.
        ("2022-08-02", "2022-10-08", "2023-02-02"),
        # From 31 August: 30 of September and 30 of October, a Sunday. There is no 31 February.
        ("2022-08-31", "2022-10-31", "2023-02-28"),
    ],
)
def test_remedies_are_reckoned_from_service(delivered, reconsideration, action):
    play = refused_on("2022-06-10", delivered)
    assert until(play, "refusal") == (reconsideration, action)


def test_no_remedy_runs_before_a_refusal_was_served():
    play = Play().accepted("2022-06-09")
    play.do("examiner", "examine", "2022-06-10", i.Opinion("refuse", SEAL))
    play.do("leader", "refuse", "2022-06-10", i.Reasoned(SEAL))
    assert remedies(play.case, drawn(play, "refusal"), calendar()) is None


def test_in_a_year_without_a_calendar_the_last_day_is_provisional():
    play = refused_on("2022-06-10", "2022-06-10")
    later = play.case.milestones | {"delivered": date(2026, 11, 20)}
    found = remedies(replace(play.case, milestones=later), drawn(play, "refusal"), calendar())
    assert found.action.provisional


def test_nobody_is_told_of_remedies_against_a_grant():
    play = Play().served("2022-06-09")
    granted = next(d for d in play.case.documents if d.milestone == "granted")
    assert remedies(play.case, granted, calendar()) is None


def test_the_delivery_of_a_decision_is_proved_for_its_day_and_no_other():
    play = refused_on("2022-06-10", "2022-06-13")
    early = serve(play, "refusal", "2022-06-10")
    wrong = Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-10",))
    assert play.tell("window", early, "2022-06-14") == wrong
    play.must("window", serve(play, "refusal", "2022-06-13", proof=RECEIPT), "2022-06-14")
    one = served(play.case, drawn(play, "refusal"))
    assert (str(one.on), one.means, one.proof, one.postal) == ("2022-06-13", "post", RECEIPT, SEAL)


def test_a_decision_is_delivered_before_that_is_proved():
    play = Play().granted("2022-06-09")
    number = next(d.number for d in play.case.documents if d.milestone == "granted")
    command = c.ServeDocument(number, date(2022, 6, 9), "counter", RECEIPT)
    assert play.tell("window", command, "2022-06-09") == Refused(Reason.NOT_TO_SERVE, (number,))


@pytest.mark.parametrize(
    ("means", "changes", "proved"),
    [
        ("post", {"postal": None}, False),
        ("post", {}, True),
        ("post", {"postal": None, "proof": RECEIPT}, True),
        ("counter", {"proof": ()}, False),
        ("counter", {}, True),
        ("online", {}, True),
    ],
)
def test_what_proves_it(means, changes, proved):
    play = on_paper()
    command = serve(play, "correction_notice", "2022-06-10", means, **changes)
    outcome = play.tell("window", command, "2022-06-10")
    assert (outcome == Refused(Reason.PROOF_WANTED)) != proved


@pytest.mark.parametrize("on", ["2022-06-09", "2022-06-17"])
def test_it_is_served_after_it_was_drawn_up_and_not_tomorrow(on):
    play = on_paper()
    outcome = play.tell("window", serve(play, "correction_notice", on), "2022-06-16")
    assert outcome == Refused(Reason.DATE_NOT_LAWFUL, (on,))


def test_it_is_served_once_and_a_mistake_can_be_undone():
    play = on_paper()
    first = serve(play, "correction_notice", "2022-06-15")
    play.must("window", first, "2022-06-16")
    again = Refused(Reason.NOT_TO_SERVE, (first.number,))
    assert play.tell("window", first, "2022-06-16") == again
    play.must("supervisor", c.ReverseAction(SEAL), "2022-06-16")
    assert served(play.case, drawn(play, "correction_notice")) is None
    play.must("window", serve(play, "correction_notice", "2022-06-14"), "2022-06-16")
    assert str(served(play.case, drawn(play, "correction_notice")).on) == "2022-06-14"


def test_whoever_is_handed_a_paper_at_the_counter_has_come():
    play = on_paper()
    play.must("window", serve(play, "correction_notice", "2022-06-15", "counter"), "2022-06-15")
    visit = play.case.visits[-1]
    assert (str(visit.on), visit.purpose) == ("2022-06-15", Purpose.COLLECTION)


@pytest.mark.parametrize("who", ["applicant", "leader", "elsewhere"])
def test_service_is_the_windows_to_record(who):
    play = on_paper()
    command = serve(play, "correction_notice", "2022-06-10")
    assert play.tell(who, command, "2022-06-10") == Refused(Reason.NOT_YOURS)


def from_the_notice(data):
    data["clocks"]["correction"]["from_service"] = False


def test_time_to_correct_counts_from_service():
    """Fifteen working days from Friday 10 June 2022 end on Friday 1 July; from Wednesday 15 June
    on Wednesday 6 July. No holiday lies between."""
    play = on_paper()
    assert play.due("correction") == "2022-07-01"
    play.must("window", serve(play, "correction_notice", "2022-06-15"), "2022-06-16")
    assert play.due("correction") == "2022-07-06"


def test_where_a_definition_does_not_say_so_the_time_stays():
    play = on_paper(variant(from_the_notice))
    play.must("window", serve(play, "correction_notice", "2022-06-15"), "2022-06-16")
    assert play.due("correction") == "2022-07-01"


def test_nobody_loses_the_time_of_a_notice_they_were_not_served():
    play = on_paper()
    refuse = c.TakeAction("refuse_acceptance", i.Reasoned(SEAL))
    waits = Refused(Reason.NOT_SERVED, ("correction_notice",))
    assert play.tell("window", refuse, "2022-07-04") == waits
    assert play.tell("timer", c.LapseClock("correction"), "2022-07-04") == waits
    play.must("window", serve(play, "correction_notice", "2022-06-15"), "2022-07-04")
    assert play.tell("window", refuse, "2022-07-06") == Refused(
        Reason.NOT_YET_DUE, ("correction",)
    )
    play.must("window", refuse, "2022-07-07")


def test_a_clock_that_has_stopped_is_not_reckoned_anew():
    play = on_paper()
    supplied = c.TakeAction("supply_corrections", supplement())
    play.must("window", c.ActForApplicant(supplied, brought("2022-06-14")), "2022-06-14")
    before = play.case.clocks["correction"]
    play.must("window", serve(play, "correction_notice", "2022-06-13"), "2022-06-15")
    assert play.case.clocks["correction"] == before


def noticed_on_paper():
    """Filed on paper, granted; on Monday 20 June 2022 notice that it is to be revoked is
    posted."""
    play = Play().file("2022-06-09", channel="counter", brought=brought("2022-06-09"))
    play.do("window", "accept", "2022-06-09").do("leader", "grant_on_the_spot", "2022-06-09")
    notice = c.NoticeRevocation(RevocationGround.DECEIT_OR_BRIBERY, SEAL)
    play.must("leader", notice, "2022-06-20")
    return play


def test_time_to_state_one_s_case_counts_from_the_service_of_the_notice():
    """Five working days from Monday 20 June end on Monday 27 June; from Friday 24 June, when it
    arrived, on Friday 1 July."""
    play = noticed_on_paper()
    document = next(d.document for d in play.case.documents if d.milestone == "revocation_noticed")
    revoke = c.TakeAction("revoke", i.Revocation(RevocationGround.DECEIT_OR_BRIBERY, SEAL))
    assert play.due("statement") == "2022-06-27"
    refused = Refused(Reason.NOT_SERVED, (document,))
    assert play.ask("leader", revoke, "2022-06-28") == refused, "nobody knows that it arrived"
    state = c.ActForApplicant(c.StateCase(SEAL), brought("2022-06-29"))
    assert isinstance(play.ask("window", state, "2022-06-29"), Noted), "so it is not too late"
    play.must("window", serve(play, document, "2022-06-24"), "2022-06-29")
    assert play.due("statement") == "2022-07-01"
    assert play.ask("leader", revoke, "2022-07-01") == Refused(Reason.NOT_YET_DUE, ("statement",))
    assert play.ask("applicant", c.StateCase(SEAL), "2022-07-04") == Refused(
        Reason.NOT_NOW, ("state_case",)
    )
    play.must("leader", revoke, "2022-07-04")


def test_on_the_web_it_is_served_the_day_it_is_drawn_up():
    play = Play().served("2022-06-09")
    notice = c.NoticeRevocation(RevocationGround.OTHER, SEAL)
    play.must("leader", notice, "2022-06-20")
    assert play.due("statement") == "2022-06-27"
    revoke = c.TakeAction("revoke", i.Revocation(RevocationGround.OTHER, SEAL))
    play.must("leader", revoke, "2022-06-28")


def test_a_revocation_that_was_posted_is_told_of_from_the_day_it_arrived():
    """Filed on paper; revoked on Monday 20 June 2022, arrived on Wednesday 22 June: sixty days end
    on Sunday 21 August, so on Monday, six months on Thursday 22 December."""
    play = Play().file("2022-06-09", channel="counter", brought=brought("2022-06-09"))
    play.do("window", "accept", "2022-06-09").do("leader", "grant_on_the_spot", "2022-06-09")
    play.revoked("2022-06-20", RevocationGround.DECEIT_OR_BRIBERY)
    document = next(d.document for d in play.case.documents if d.milestone == "revoked")
    assert remedies(play.case, drawn(play, document), calendar()) is None
    play.must("window", serve(play, document, "2022-06-22"), "2022-06-24")
    assert until(play, document) == ("2022-08-22", "2022-12-22")


def test_nobody_is_revoked_who_was_not_served_the_notice():
    """Filed on paper; notice of Monday 20 June 2022, arrived on Monday 27 June: five working days
    to state their case end on Monday 4 July. Until it arrived their right to be heard (行政许可法
    art. 7) had not begun, however long ago the notice was written."""
    play = Play().file("2022-06-09", channel="counter", brought=brought("2022-06-09"))
    play.do("window", "accept", "2022-06-09").do("leader", "grant_on_the_spot", "2022-06-09")
    ground = RevocationGround.NOT_QUALIFIED
    play.must("leader", c.NoticeRevocation(ground, SEAL), "2022-06-20")
    revoke = c.TakeAction("revoke", i.Revocation(ground, SEAL))
    waits = Refused(Reason.NOT_SERVED, ("revocation_notice",))
    assert play.ask("leader", revoke, "2022-06-28") == waits
    state = c.StateCase(SEAL)
    assert not isinstance(play.ask("applicant", state, "2022-06-29"), Refused)
    play.must("window", serve(play, "revocation_notice", "2022-06-27"), "2022-06-29")
    assert play.due("statement") == "2022-07-04"
    early = Refused(Reason.NOT_YET_DUE, ("statement",))
    assert play.ask("leader", revoke, "2022-07-04") == early
    assert play.ask("applicant", state, "2022-07-05") == Refused(Reason.NOT_NOW, ("state_case",))
    play.must("leader", revoke, "2022-07-05")


def test_what_a_holder_asked_for_after_the_grant_and_was_refused_has_its_remedies():
    """More time is refused on Monday 23 May 2022, on the web: sixty days end on Friday 22 July,
    six months on Wednesday 23 November. A renewal and a change that are refused are no other."""
    play = asked_for_more(permitted(), "2022-05-20")
    not_put_off(play, "2022-05-23")
    assert until(play, "duty_not_extended") == ("2022-07-22", "2022-11-23")
    assert {Milestone.NOT_RENEWED, Milestone.NOT_AMENDED} <= AGAINST
