"""Duties whose dates are put off on request, and grants void without it (建筑法 art. 9)."""

from datetime import date

import pytest
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework.decide import extending
from permits.casework.openings_after import AfterOpening, openings_after
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import case_row
from tests.casework.afterwards import (
    FLAG,
    START,
    asked,
    decided,
    due,
    not_put_off,
    permitted,
    void,
)
from tests.kit import SEAL, Play, beijing, brought, paper
from tests.staged import report, served

# Asked for, and decided on.


def test_t13_three_months_to_start_put_off_twice_then_void():
    """Permitted on 1 March 2022: by 1 June, put off to 1 September and to 1 December, and no
    more. Nobody has started: void by law since 1 December."""
    play = permitted("2022-03-01")
    assert due(play) == "2022-06-01"
    decided(asked(play, "2022-05-20"), "2022-05-23")
    assert due(play) == "2022-09-01"
    decided(asked(play, "2022-08-19"), "2022-08-22")
    assert due(play) == "2022-12-01"
    third = play.ask("applicant", a.AskExtension(START, SEAL), "2022-11-18")
    assert third == Refused(Reason.EXTENDED_BEFORE, (START,))
    assert play.ask("timer", FLAG, "2022-12-01") == Refused(Reason.NOT_YET_DUE, (START,))
    void(play, "2022-12-02")
    assert play.case.leaves == ("void",)
    assert play.case.milestones["voided"] == date(2022, 12, 1)
    assert play.case.stay.on == date(2022, 12, 1)


def test_void_since_a_refusal_it_still_says_which_date_had_passed():
    """To be begun by 1 June; more time was asked for in time and refused on the 8th."""
    play = not_put_off(asked(permitted("2022-03-01"), "2022-05-20"), "2022-06-08")
    void(play, "2022-06-09")
    voided = next(event for _, event in play.log if type(event).__name__ == "Voided")
    assert str(voided.due) == "2022-06-01"
    assert play.case.milestones["voided"] == date(2022, 6, 8)


def test_what_is_asked_for_on_paper_counts_from_the_day_it_came():
    """It came by post on Wednesday 1 June, the last day, and was entered on Monday 6 June: the
    window does it for the holder, and in no other way."""
    play, ask = permitted(), a.AskExtension(START, SEAL)
    assert play.ask("window", ask, "2022-06-01") == Refused(Reason.NOT_YOURS)
    came = brought("2022-06-01", in_person=False)
    play.must("window", c.ActForApplicant(ask, came), "2022-06-06")
    held = play.case.obligations[START]
    assert (held.pending, held.asked[0].on) == (True, date(2022, 6, 1))
    late = c.ActForApplicant(ask, brought("2022-06-02", in_person=False))
    refused = permitted().ask("window", late, "2022-06-06")
    assert refused == Refused(Reason.ASKED_TOO_LATE, ("2022-06-01",))


def test_what_is_asked_for_says_why():
    assert permitted().ask("applicant", a.AskExtension(START), "2022-05-20") == Refused(
        Reason.REASON_WANTED
    )


def test_what_shows_why_may_come_with_it_and_nothing_else():
    play = permitted()
    permit = a.AskExtension(START, SEAL, (paper("extension.evidence"), paper("land_title")))
    refused = play.ask("applicant", permit, "2022-05-20")
    assert refused == Refused(Reason.NO_SUCH_MATERIAL, ("land_title",))
    shown = (paper("extension.evidence"),)
    play.must("applicant", a.AskExtension(START, SEAL, shown), "2022-05-20")
    assert play.case.obligations[START].asked[0].evidence == shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lunch", Reason.NO_SUCH_OBLIGATION),
        ("check_commitment", Reason.OBLIGATION_NOT_OPEN),
        ("report_completion", Reason.NOT_EXTENSIBLE),
    ],
)
def test_only_an_open_duty_whose_rule_says_so_is_put_off(name, expected):
    refused = permitted().ask("applicant", a.AskExtension(name, SEAL), "2022-05-20")
    assert refused == Refused(expected, (name,))


def test_for_a_duty_that_has_no_date_yet_there_is_no_last_day_to_ask():
    play = permitted("2022-03-01")
    rule = play.edition.definition.obligations[START].extension
    held = play.case.obligations[START]
    assert extending.last_day(held, rule) is not None
    assert extending.last_day(replace(held, due=None), rule) is None


def test_one_request_at_a_time():
    play = asked(permitted(), "2022-05-20")
    again = play.ask("applicant", a.AskExtension(START, SEAL), "2022-05-21")
    assert again == Refused(Reason.ASKED_BEFORE, (START,))


def test_asked_for_on_the_last_day_before_the_office_closes():
    """The office closes at 17:00; what comes later counts from 2 June, and is too late."""
    play, command = permitted(), a.AskExtension(START, SEAL)
    late = play.ask("applicant", command, beijing("2022-06-01", 18))
    assert late == Refused(Reason.ASKED_TOO_LATE, ("2022-06-01",))
    asked(play, "2022-06-01")
    assert play.case.obligations[START].asked[0].on == date(2022, 6, 1)


@pytest.mark.parametrize(("by", "until"), [("1m", "2022-07-01"), ("2m", "2022-08-01")])
def test_the_office_may_give_less_than_was_allowed(by, until):
    assert due(decided(asked(permitted(), "2022-05-20"), "2022-05-23", by)) == until


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("4m", Refused(Reason.TERM_TOO_LONG, ("3m",))),
        ("0m", Refused(Reason.TERM_TOO_LONG, ("3m",))),
        ("60d", Refused(Reason.TERM_TOO_LONG, ("3m",))),
        ("soon", Refused(Reason.TERM_NOT_LAWFUL, ("soon",))),
    ],
)
def test_but_never_more(by, expected):
    play = asked(permitted(), "2022-05-20")
    command = a.DecideExtension(START, granted=True, by=by, reason=SEAL)
    assert play.ask("leader", command, "2022-05-23") == expected


def test_what_one_extension_may_give_is_offered_the_longest_first():
    rule = permitted().edition.definition.obligations[START].extension
    assert extending.terms(rule) == ("3m", "2m", "1m")


def test_a_refusal_gives_its_reason_and_leaves_the_date():
    play = asked(permitted(), "2022-05-20")
    mute = a.DecideExtension(START, granted=False)
    assert play.ask("leader", mute, "2022-05-23") == Refused(Reason.REASON_WANTED)
    not_put_off(play, "2022-05-23")
    held = play.case.obligations[START]
    assert (str(held.due), held.asked[0].granted, held.asked[0].said) == (
        "2022-06-01",
        False,
        SEAL,
    )
    assert play.case.documents[-1].document == "duty_not_extended"


def test_after_a_refusal_it_may_be_asked_for_again_in_time():
    play = not_put_off(asked(permitted(), "2022-05-20"), "2022-05-23")
    decided(asked(play, "2022-05-25"), "2022-05-26")
    assert due(play) == "2022-09-01"


def test_a_decision_is_written_down_and_the_last_one_decides():
    play = decided(asked(permitted(), "2022-05-20"), "2022-05-23")
    assert play.case.documents[-1].document == "duty_extended"
    again = a.DecideExtension(START, granted=True)
    assert play.ask("leader", again, "2022-05-24") == Refused(Reason.NOTHING_ASKED)


def test_nobody_decides_who_is_not_named_for_it():
    play = asked(permitted(), "2022-05-20")
    command = a.DecideExtension(START, granted=True)
    assert play.ask("examiner", command, "2022-05-23") == Refused(Reason.NOT_YOURS)
    other = a.DecideExtension("lunch", granted=True)
    assert play.ask("leader", other, "2022-05-23") == Refused(Reason.NOT_YOURS)


def test_who_is_offered_what():
    play = permitted()

    def offered(who):
        found = openings_after(play.case, play.desk(who, "2022-05-20"))
        return {one for one in found if one.name == START}

    assert offered("applicant") == {AfterOpening("ask_extension", START)}
    assert offered("window") == offered("leader") == set()
    asked(play, "2022-05-20")
    assert offered("applicant") == set()
    assert offered("leader") == {AfterOpening("decide_extension", START)}


def test_a_request_makes_it_the_offices_turn():
    play = permitted()
    play.must("applicant", report("report_completion", "2022-03-02"), "2022-03-02")
    assert case_row(play.case, play.edition).turn == "applicant"
    asked(play, "2022-05-20")
    assert case_row(play.case, play.edition).turn == "office"


def test_a_start_in_time_needs_no_more_time():
    play = asked(permitted(), "2022-05-20")
    play.must("applicant", report(START, "2022-05-25"), "2022-05-25")
    assert not play.case.obligations[START].pending
    gone = a.DecideExtension(START, granted=True)
    assert play.ask("leader", gone, "2022-05-26") == Refused(Reason.NOTHING_ASKED)


# The planning permit: a year, and six months more if asked for thirty days before.


def planned() -> Play:
    """Its only duty of this kind; granted on Friday 1 July 2022."""
    from tests.casework.joint import FACTORY, Review

    review = Review().begun("2022-06-30", FACTORY).asked("2022-06-30", "fire", "utilities")
    review.given("fire", "2022-06-30").given("utilities", "2022-06-30").joined("2022-06-30")
    review.examined("2022-07-01").do("leader", "grant", "2022-07-01")
    return served(review, "2022-07-01")


def test_a_planning_permit_is_asked_for_thirty_days_before_its_year_ends():
    """1 July 2023 is a Saturday, so the year ends on Monday 3 July; thirty days before is 3 June.
    Six months more end on 1 January 2024, a holiday: on 2 January."""
    play = planned()
    assert due(play) == "2023-07-03"
    late = play.ask("applicant", a.AskExtension(START, SEAL), "2023-06-05")
    assert late == Refused(Reason.ASKED_TOO_LATE, ("2023-06-03",))
    decided(asked(play, "2023-06-02"), "2023-06-20")
    assert due(play) == "2024-01-02"
    again = play.ask("applicant", a.AskExtension(START, SEAL), "2023-09-01")
    assert again == Refused(Reason.EXTENDED_BEFORE, (START,))
    void(play, "2024-01-03")
    assert play.case.leaves == ("void",)
