"""Which event is told to whom."""

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework.messages import Message, messages
from permits.definitions.procedure import Role
from tests.casework.afterwards import START, asked, for_a_term, permitted
from tests.casework.duties import built, check
from tests.casework.test_fold import logs
from tests.casework.test_intake import incomplete
from tests.kit import SEAL, Play, plan_exempt


def told(play, edition=None):
    return [m for _e, event in play.log for m in messages(event, edition or plan_exempt())]


def test_an_exemption_is_told_step_by_step():
    assert told(Play().granted("2022-06-09")) == [
        Message("received", Role.APPLICANT),
        Message("to_accept", Role.WINDOW),
        Message("accepted", Role.APPLICANT),
        Message("granted", Role.APPLICANT),
        Message("to_deliver", Role.WINDOW),
    ]


def test_a_lapsed_limit_is_told_to_those_the_definition_names():
    play = Play().accepted("2022-06-09")
    play.must("timer", c.LapseClock("promise"), "2022-06-14")
    assert told(play)[-3:] == [
        Message("lapsed", role, "promise")
        for role in (Role.EXAMINER, Role.LEADER, Role.SUPERVISOR)
    ]


def test_silence_is_told_as_an_acceptance():
    play = incomplete()
    play.must("timer", c.LapseClock("completeness"), "2022-06-17")
    assert told(play)[-1] == Message("accepted", Role.APPLICANT)


def test_an_overdue_duty_is_told_to_the_supervisor_and_its_debtor():
    play = Play().served("2022-06-09")
    play.must("timer", c.FlagOverdue("report_completion"), "2023-06-12")
    assert told(play)[-2:] == [
        Message("overdue", Role.SUPERVISOR, "report_completion"),
        Message("overdue", Role.APPLICANT, "report_completion"),
    ]
    late = built()
    late.must("timer", c.FlagOverdue("check_after_completion"), "2022-08-18")
    assert told(late)[-1] == Message("overdue", Role.SUPERVISOR, "check_after_completion")


def test_extensions_and_orders_are_told_to_the_applicant():
    play = Play().accepted("2022-06-09")
    play.must("leader", c.ExtendClock("promise", SEAL), "2022-06-10")
    assert told(play)[-1] == Message("extended", Role.APPLICANT, "promise")
    breached = built()
    breached.checked("inspector", check("2022-08-02", passed=False), "2022-08-02")
    assert told(breached)[-1] == Message("rectify", Role.APPLICANT, "check_after_completion")


def test_whoever_decides_on_a_request_is_told_of_it():
    play = asked(permitted(), "2022-05-20")
    assert told(play, play.edition)[-1] == Message("extension_asked", Role.LEADER, START)
    play.must("leader", a.DecideExtension(START, granted=False, reason=SEAL), "2022-05-23")
    assert told(play, play.edition)[-1] == Message("extension_refused", Role.APPLICANT, START)
    lasting = for_a_term()
    lasting.must("applicant", a.AskRenewal(SEAL), "2022-11-01")
    assert told(lasting, lasting.edition)[-1] == Message("renewal_asked", Role.LEADER)


def test_every_message_has_its_words_in_both_languages():
    from permits.settings import shipped

    wanted = {m.template for log in logs() for _e, ev in log for m in messages(ev, plan_exempt())}
    there = {path.stem for path in (shipped("templates") / "mail").glob("*.txt")}
    assert wanted <= there
