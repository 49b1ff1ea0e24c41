"""Duties whose dates are put off on request, and grants void without it (建筑法 art. 9)."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import inputs as i
from permits.casework.decide import extending
from permits.casework.openings_after import AfterOpening, openings_after
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import case_row, due_rows
from permits.casework.working_days import WorkingDays
from permits.definitions.procedure import DeregistrationGround as G
from tests.casework.afterwards import (
    START,
    asked,
    charged,
    decided,
    due,
    not_put_off,
    permitted,
)
from tests.kit import SEAL, Play, beijing, brought, calendar, paper
from tests.staged import TOWER, Site, application, report, served
from tests.staged import permitted as granted

FLAG = c.FlagOverdue(START)


def void(play: Play, on: str) -> Play:
    play.must("timer", FLAG, on)
    return play


def tells(play: Play, on: str) -> bool:
    """Whether the timer waits for the start of the works."""
    return any(row.name == START for row in due_rows(play.case, play.edition))


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


# Void by law.


def test_when_it_is_void_nothing_of_it_stays_open_and_it_is_written_down():
    play = void(permitted(), "2022-06-02")
    assert not [n for n, held in play.case.obligations.items() if held.status == "open"]
    assert not [n for n, clock in play.case.clocks.items() if clock.running]
    assert due_rows(play.case, play.edition) == ()
    assert play.case.documents[-1].document == "void_notice"
    assert case_row(play.case, play.edition).phase == "lapsed"


def test_the_three_months_run_from_the_day_the_permit_was_received():
    """建筑法 art. 9: 自领取施工许可证之日起三个月内. Granted on Tuesday 1 March 2022, handed over
    on Thursday the 10th: until Friday 10 June, and on 2 June nothing is void."""
    play = served(Site().granted("whole", "2022-03-01"), "2022-03-10")
    assert due(play) == "2022-06-10"
    assert play.ask("timer", FLAG, "2022-06-02") == Refused(Reason.NOT_YET_DUE, (START,))
    void(play, "2022-06-13")
    assert play.case.milestones["voided"] == date(2022, 6, 10)


def test_a_permit_that_nobody_was_handed_is_not_void():
    """The office is late with its delivery; that ends no permit."""
    play = Site().granted("whole", "2022-03-01")
    assert due(play) == "None"
    assert play.ask("timer", FLAG, "2022-12-01") == Refused(Reason.NOT_YET_DUE, (START,))
    served(play, "2022-12-01")
    assert due(play) == "2023-03-01"


def test_a_delivery_that_was_dated_wrongly_moves_the_date():
    play = permitted("2022-03-10")
    play.must("supervisor", c.RectifyDate("delivered", date(2022, 3, 14), SEAL), "2022-03-15")
    assert due(play) == "2022-06-14"


def test_deregistration_stays_a_later_step_of_a_person():
    play = void(permitted(), "2022-06-02")
    for ground in (G.EXPIRED, G.REVOKED):
        wrong = c.TakeAction("deregister", i.Deregistration(ground))
        assert play.ask("window", wrong, "2022-06-03") == Refused(Reason.GROUND_NOT_LAWFUL)
    play.do("window", "deregister", "2022-06-03", i.Deregistration(G.OTHER))
    assert play.case.leaves == ("deregistered_unrevoked",)


def test_the_project_is_told_and_later_stages_have_nothing_to_stand_on():
    site = Site()
    pit = served(site.granted("pit", "2022-03-01", "ordinary"), "2022-03-01")
    void(pit, "2022-06-02")
    member = site.project.members[pit.case.id]
    assert (member.stands, str(member.milestones["voided"])) == (False, "2022-06-01")
    assert not site.project.shut("completion_inspection")
    refused = site.apply("basement", "2022-06-03", "ordinary")
    assert refused == Refused(Reason.STAGE_SKIPPED, ("pit",))


def test_who_asked_in_time_waits_for_the_decision():
    """The law ends a permit whose holder neither starts nor asks; here it asked."""
    play = asked(permitted(), "2022-06-01")
    assert not tells(play, "2022-06-10")
    assert play.ask("timer", FLAG, "2022-06-10") == Refused(Reason.NOT_YET_DUE, (START,))
    decided(play, "2022-06-10")
    assert (due(play), tells(play, "2022-06-10")) == ("2022-09-01", True)


def test_a_refusal_after_the_date_ends_it_from_the_refusal_on():
    play = not_put_off(asked(permitted(), "2022-06-01"), "2022-06-10")
    void(play, "2022-06-13")
    assert play.case.milestones["voided"] == date(2022, 6, 10)


def test_the_timer_takes_it_only_when_the_time_has_come():
    direct = c.TakeAction("void_by_law")
    play = permitted()
    assert play.ask("timer", direct, "2022-06-01") == Refused(Reason.NOT_YET_DUE, (START,))
    assert play.ask("leader", direct, "2022-06-02") == Refused(Reason.NOT_YOURS)
    assert not isinstance(play.ask("timer", direct, "2022-06-02"), Refused)


def test_a_provisional_date_ends_nothing():
    """The calendar of 2022 is not published here."""
    play = permitted()
    play.days = WorkingDays([year for year in calendar().years if year.year < 2022])
    play.must("timer", c.Recompute(), "2022-03-02")
    assert play.case.obligations[START].provisional
    assert play.ask("timer", FLAG, "2022-07-01") == Refused(Reason.DATE_PROVISIONAL, (START,))
    direct = play.ask("timer", c.TakeAction("void_by_law"), "2022-07-01")
    assert direct == Refused(Reason.NOT_YET_DUE, (START,))
    asked(play, "2022-07-01")


def test_without_more_time_to_ask_for_a_duty_is_merely_overdue():
    play = permitted(stage="pit")
    play.must("timer", c.FlagOverdue("supply_planning_permit"), "2022-06-02")
    assert play.case.obligations["supply_planning_permit"].overdue
    assert play.case.leaves == ("in_force",)


# Not void after all.


def test_works_that_had_begun_in_time_and_were_reported_late():
    play = void(permitted(), "2022-06-02")
    command = a.RestoreGrant(date(2022, 5, 30), SEAL)
    assert AfterOpening("restore_grant") in openings_after(
        play.case, play.desk("leader", "2022-06-10")
    )
    play.must("leader", command, "2022-06-10")
    case = play.case
    assert (case.leaves, "voided" in case.milestones) == (("in_force",), False)
    assert (case.obligations[START].status, str(case.milestones["works_started"])) == (
        "settled",
        "2022-05-30",
    )
    assert case.obligations["check_commitment"].status == "open"
    assert [d.void for d in case.documents if d.document == "void_notice"] == [True]


@pytest.mark.parametrize("on", ["2022-02-28", "2022-06-02"])
def test_what_was_done_too_late_restores_nothing(on):
    play = void(permitted(), "2022-06-02")
    refused = play.ask("leader", a.RestoreGrant(date.fromisoformat(on), SEAL), "2022-06-10")
    assert refused == Refused(Reason.DATE_NOT_LAWFUL, (on,))


def test_it_is_restored_with_reasons_and_while_nothing_followed():
    play = void(permitted(), "2022-06-02")
    mute = play.ask("leader", a.RestoreGrant(date(2022, 5, 30)), "2022-06-10")
    assert mute == Refused(Reason.REASON_WANTED)
    play.do("window", "deregister", "2022-06-13", i.Deregistration(G.OTHER))
    late = play.ask("leader", a.RestoreGrant(date(2022, 5, 30), SEAL), "2022-06-14")
    assert late == Refused(Reason.NOT_REVERSIBLE, ("deregister",))


def test_what_is_not_void_is_not_restored():
    refused = permitted().ask("leader", a.RestoreGrant(date(2022, 5, 30), SEAL), "2022-06-01")
    assert refused == Refused(Reason.NOT_REVERSIBLE, ("publish",))


def test_a_debt_that_fell_away_with_the_permit_is_owed_again():
    """23,000 m² at 185 yuan; what was cancelled and what is owed again stand in the ledger."""
    play = Play(charged())
    wanted = application(play.edition, "commitment", TOWER, stage_covered="whole")
    play.must("applicant", wanted, "2022-03-01")
    served(granted(play, "2022-03-01"), "2022-03-01")
    void(play, "2022-06-02")
    assert (play.case.fees["charge"].cancelled, play.case.fees["charge"].balance_fen) == (True, 0)
    play.must("leader", a.RestoreGrant(date(2022, 5, 30), SEAL), "2022-06-10")
    fee = play.case.fees["charge"]
    assert (fee.cancelled, fee.balance_fen) == (False, 23_000 * 18_500)
    assert [entry.kind for entry in fee.entries] == ["frozen", "cancelled", "corrected"]


def test_the_law_has_ended_it_whether_or_not_the_timer_has_looked():
    """A start in time may still be reported, a later one not."""
    play = permitted()
    late = play.ask("applicant", report(START, "2022-06-02"), "2022-06-07")
    assert late == Refused(Reason.TERM_ENDED, ("2022-06-01",))
    play.must("applicant", report(START, "2022-06-01"), "2022-06-07")
    assert play.case.leaves == ("in_force",)
