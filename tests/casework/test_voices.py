"""What is said about a case from outside: notices, objections, ratings, and who answers them."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace as changed

from permits.casework.access import TIMER, Actor, speaks_as
from permits.casework.case import Case, Decision
from permits.casework.refusals import Reason, Refused
from permits.casework.voices import commands as c
from permits.casework.voices import events as e
from permits.casework.voices.decide import (
    Desk,
    decide,
    ended_until,
    next_step,
    objecting_until,
    open_to,
    ratable,
)
from permits.casework.voices.letters import OBJECTOR, letters_of
from permits.casework.voices.rows import Of, voice_rows
from permits.casework.voices.voices import Voices, fold_all
from permits.definitions.edition import Edition
from permits.definitions.procedure import Role
from permits.services.public_rules import public_rules_of
from tests.kit import DEPARTMENT, OFFICE, calendar, plan_exempt

RULES = public_rules_of()
TODAY = date(2022, 6, 9)
OWNER = Actor("a", frozenset({Role.APPLICANT}), party="P")


def officer(role, name="o"):
    return Actor(name, frozenset({role}), OFFICE, DEPARTMENT)


EXAMINER, LEADER, SUPERVISOR = (
    officer(role) for role in (Role.EXAMINER, Role.LEADER, Role.SUPERVISOR)
)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return plan_exempt()


def case(state="examining", **milestones):
    marks = {"received": TODAY, "accepted": TODAY, **milestones}
    return Case(
        id="case/1",
        number="GX-1",
        permit="plan_exempt",
        authority=OFFICE,
        department=DEPARTMENT,
        party="P",
        leaves=(state,),
        milestones=marks,
    )


@pytest.fixture
def desk(edition):
    def lay(of, actor=None, today=TODAY):
        return Desk(of, edition, actor, today, calendar(), RULES)

    return lay


def said(*told):
    """The voices after some events, each told on a day."""
    return fold_all(
        Voices("case/1"),
        [
            (SimpleNamespace(seq=place, effective_at=day), event)
            for place, (day, event) in enumerate(told, start=1)
        ],
    )


NOTICE = e.NoticeOpened(length="10d", first=TODAY, until=date(2022, 6, 20), provisional=False)
OBJECTION = e.CaseObjected(
    number=1, about="notice", objector="s1", contact="s2", interest="s3", text="s4",
    receipt="s5", due=date(2022, 6, 30), provisional=False,
)  # fmt: skip
BAD = e.ServiceRated(
    matter="result", level=1, indicators={"guide": 2}, words="w", publish=True,
    due=date(2022, 6, 30), provisional=False,
)  # fmt: skip
OBJECT = c.ObjectToCase("s1", "s2", "s3", "s4", "s5")


def test_a_notice_runs_ten_days_and_is_given_once_before_the_decision(desk):
    """The tenth day, 19 June 2022, is a Sunday: the day after it is the last (民法典 art. 203)."""
    opened = decide(said(), c.OpenNotice(), desk(case(), EXAMINER))
    assert opened == NOTICE
    again = decide(said((TODAY, NOTICE)), c.OpenNotice(), desk(case(), LEADER))
    assert again == Refused(Reason.NOT_NOW)
    assert decide(said(), c.OpenNotice(), desk(case(), SUPERVISOR)) == Refused(Reason.NOT_YOURS)
    assert decide(said(), c.OpenNotice(), desk(case())) == Refused(Reason.NOT_YOURS)
    decided = desk(case("in_force", decided=TODAY), LEADER)
    assert decide(said(), c.OpenNotice(), decided) == Refused(Reason.NOT_NOW)


@pytest.mark.parametrize(("day", "about"), [(9, "notice"), (20, "notice"), (21, None), (8, None)])
def test_anybody_may_object_while_a_notice_runs(desk, day, about):
    laid = desk(case(), today=date(2022, 6, day))
    assert open_to(said((TODAY, NOTICE)), laid) == about
    made = decide(said((TODAY, NOTICE)), OBJECT, laid)
    if about is None:
        assert made == Refused(Reason.NOT_NOW)
    else:
        assert isinstance(made, e.CaseObjected)
        assert made.about == "notice"
        assert made.due == calendar().after(date(2022, 6, day), 15).day


def test_anybody_may_object_to_a_published_decision_for_thirty_days(desk):
    """The thirtieth day, 9 July 2022, is a Saturday."""
    published = case("in_force", published=TODAY)
    assert objecting_until(published, calendar(), RULES) == date(2022, 7, 11)
    assert open_to(said(), desk(published, today=date(2022, 7, 11))) == "decision"
    assert open_to(said(), desk(published, today=date(2022, 7, 12))) is None
    assert objecting_until(case(), calendar(), RULES) is None


@pytest.mark.parametrize("missing", ["objector", "contact", "interest", "text"])
def test_an_objection_says_who_why_and_how_it_concerns_them(desk, missing):
    wanting = changed(OBJECT, **{missing: None})
    refused = decide(said((TODAY, NOTICE)), wanting, desk(case()))
    assert refused == Refused(Reason.REASON_WANTED)


def test_an_objection_is_answered_once_with_reasons_by_who_works_on_the_case(desk):
    voices = said((TODAY, NOTICE), (TODAY, OBJECTION))
    answer = c.AnswerObjection(1, "partly", "r")
    laid = desk(case(), EXAMINER)
    made = decide(voices, answer, laid)
    assert made == e.ObjectionAnswered(number=1, outcome="partly", reason="r")
    after = said((TODAY, NOTICE), (TODAY, OBJECTION), (TODAY, made))
    one = after.objection(1)
    assert one is not None
    assert not one.open
    assert (one.outcome, one.reason, one.answered_on) == ("partly", "r", TODAY)
    assert decide(after, answer, laid) == Refused(Reason.NOT_NOW)
    assert decide(voices, changed(answer, reason=None), laid) == Refused(Reason.REASON_WANTED)
    assert decide(voices, changed(answer, number=2), laid) == Refused(Reason.NO_SUCH_OBJECTION)
    assert decide(voices, answer, desk(case(), SUPERVISOR)) == Refused(Reason.NOT_YOURS)
    assert decide(voices, answer, desk(case())) == Refused(Reason.NOT_YOURS)


def test_the_answer_is_that_of_the_objection_it_names():
    second = changed(OBJECTION, number=2)
    answered = e.ObjectionAnswered(number=2, outcome="upheld", reason="r")
    after = said((TODAY, OBJECTION), (TODAY, second), (TODAY, answered))
    assert [one.open for one in after.objections] == [True, False]
    assert after.version == 3


def test_what_has_ended_for_the_applicant_is_rated_once_for_each_matter(desk):
    ended = case("in_force", decided=TODAY, amended=TODAY)
    assert ratable(said(), case()) == ()
    assert ratable(said(), ended) == ("result", "amendment")
    assert ratable(said((TODAY, BAD)), ended) == ("amendment",)
    rate = c.RateService("result", 4, {"guide": 5}, "w", publish=True)
    made = decide(said(), rate, desk(ended, OWNER))
    assert isinstance(made, e.ServiceRated)
    assert (made.level, made.due, made.publish) == (4, None, True)
    silent = decide(said(), changed(rate, words=None), desk(ended, OWNER))
    assert isinstance(silent, e.ServiceRated)
    assert not silent.publish
    assert decide(said((TODAY, BAD)), rate, desk(ended, OWNER)) == Refused(Reason.NOT_NOW)
    assert decide(said(), rate, desk(ended, EXAMINER)) == Refused(Reason.NOT_YOURS)
    assert decide(said(), rate, desk(ended)) == Refused(Reason.NOT_YOURS)
    for wrong in (changed(rate, level=6), changed(rate, indicators={"guide": 0})):
        assert decide(said(), wrong, desk(ended, OWNER)) == Refused(Reason.WRONG_INPUT)


@pytest.mark.parametrize(("level", "bad"), [(1, True), (2, True), (3, False), (5, False)])
def test_a_bad_rating_is_followed_up_within_fifteen_working_days(desk, level, bad):
    ended = case("in_force", decided=TODAY)
    made = decide(said(), c.RateService("result", level), desk(ended, OWNER))
    assert isinstance(made, e.ServiceRated)
    assert made.due == (date(2022, 6, 30) if bad else None)


REACH = c.NoteContact("result", TODAY, "w")
FIND = c.ExamineRating("result", substantiated=True, finding="f")
MEND = c.PutRatingRight("result", "m")
REPLY = c.ReplyToRater("result", "r")


def test_a_bad_rating_goes_from_contact_to_reply_and_each_step_has_its_turn(desk):
    laid, told = desk(case("in_force", decided=TODAY), SUPERVISOR), [(TODAY, BAD)]
    for place, step in enumerate((REACH, FIND, MEND, REPLY)):
        voices = said(*told)
        assert next_step(voices.ratings["result"]) is type(step)
        for other in (REACH, FIND, MEND, REPLY)[:place]:
            assert decide(voices, other, laid) == Refused(Reason.NOT_NOW)
        made = decide(voices, step, laid)
        assert not isinstance(made, Refused)
        told.append((TODAY, made))
    rating = said(*told).ratings["result"]
    assert not rating.open
    assert next_step(rating) is None
    assert (rating.reached, rating.finding, rating.measures, rating.reply) == ("w", "f", "m", "r")


def test_what_was_not_as_the_rater_says_is_not_put_right():
    found = e.RatingExamined(matter="result", substantiated=False, finding="f")
    reached = e.RaterReached(matter="result", on=TODAY, words="w")
    voices = said((TODAY, BAD), (TODAY, reached), (TODAY, found))
    assert next_step(voices.ratings["result"]) is c.ReplyToRater


@pytest.mark.parametrize(
    "step",
    [changed(REACH, words=None), changed(FIND, finding=None), changed(MEND, measures=None),
     changed(REPLY, reply=None)],
)  # fmt: skip
def test_each_step_has_its_words(desk, step):
    told = [
        (TODAY, BAD),
        (TODAY, e.RaterReached(matter="result", on=TODAY, words="w")),
        (TODAY, e.RatingExamined(matter="result", substantiated=True, finding="f")),
        (TODAY, e.RatingPutRight(matter="result", measures="m")),
    ]
    before = {c.NoteContact: 1, c.ExamineRating: 2, c.PutRatingRight: 3, c.ReplyToRater: 4}
    laid = desk(case("in_force", decided=TODAY), SUPERVISOR)
    refused = decide(said(*told[: before[type(step)]]), step, laid)
    assert refused == Refused(Reason.REASON_WANTED)


def test_whoever_decided_the_case_follows_up_no_rating_of_it(desk):
    decision = Decision("o", TODAY, "granted", "", "", (), None)
    decided = changed(case("in_force", decided=TODAY), decision=decision)
    voices = said((TODAY, BAD))
    assert decide(voices, REACH, desk(decided, LEADER)) == Refused(Reason.SAME_PERSON)
    other = officer(Role.LEADER, "another")
    assert isinstance(decide(voices, REACH, desk(decided, other)), e.RaterReached)
    assert decide(voices, REACH, desk(decided, EXAMINER)) == Refused(Reason.NOT_YOURS)
    assert decide(voices, REACH, desk(decided)) == Refused(Reason.NOT_YOURS)
    assert decide(said(), REACH, desk(decided, other)) == Refused(Reason.NOT_NOW)


def test_a_rater_is_reached_after_rating_and_not_in_the_future(desk):
    laid = desk(case("in_force", decided=TODAY), SUPERVISOR)
    for day in (date(2022, 6, 8), date(2022, 6, 10)):
        refused = decide(said((TODAY, BAD)), changed(REACH, on=day), laid)
        assert refused == Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-09",))


INVITE = c.InviteRating("result")


@pytest.mark.parametrize(("day", "asked"), [(13, False), (14, True), (30, True)])
def test_whoever_has_not_rated_three_days_after_the_result_is_asked_to(desk, day, asked):
    """The third day, 12 June 2022, is a Sunday: the day after it is the last."""
    laid = desk(case("in_force", decided=TODAY), TIMER, date(2022, 6, day))
    made = decide(said(), INVITE, laid)
    wanted = e.RatingInvited(matter="result") if asked else Refused(Reason.NOT_NOW)
    assert made == wanted


def test_an_applicant_is_asked_for_a_rating_once_and_by_time_alone(desk):
    late, ended = date(2022, 6, 30), case("in_force", decided=TODAY)
    laid = desk(ended, TIMER, late)
    invited = e.RatingInvited(matter="result")
    assert decide(said((late, invited)), INVITE, laid) == Refused(Reason.NOT_NOW)
    assert decide(said((TODAY, BAD)), INVITE, laid) == Refused(Reason.NOT_NOW)
    assert decide(said(), c.InviteRating("renewal"), laid) == Refused(Reason.NOT_NOW)
    for other in (None, SUPERVISOR):
        assert decide(said(), INVITE, desk(ended, other, late)) == Refused(Reason.NOT_YOURS)
    silent = laid._replace(rules=RULES.model_copy(update={"inviting": None}))
    assert decide(said(), INVITE, silent) == Refused(Reason.NOT_NOW)


@pytest.mark.parametrize(
    ("today", "until"),
    [
        # The third day after 7 June 2022 is Friday the 10th; after the 8th to the 10th it falls on
        # or is put off to Monday the 13th.
        (date(2022, 6, 10), date(2022, 6, 6)),
        (date(2022, 6, 13), date(2022, 6, 7)),
        (date(2022, 6, 14), date(2022, 6, 10)),
    ],
)
def test_results_are_looked_for_until_the_last_day_that_is_long_enough_ago(today, until):
    last = today - timedelta(days=1)
    assert ended_until(calendar(), "3d", (today - timedelta(days=30), last)) == until
    assert ended_until(calendar(), "3d", (last - timedelta(days=1), last)) is None


def test_nobody_is_asked_by_a_day_that_is_provisional(desk):
    """No calendar of 2027 is published: whether 2 January is a day off, nobody knows yet."""
    ended = case("in_force", decided=date(2026, 12, 30))
    assert decide(said(), INVITE, desk(ended, TIMER, date(2027, 1, 20))) == Refused(Reason.NOT_NOW)
    days = (date(2026, 12, 30), date(2027, 1, 20))
    assert ended_until(calendar(), "3d", days) is None


@pytest.mark.parametrize(
    ("event", "kind", "name"), [(OBJECTION, "objection", "1"), (BAD, "rating", "result")]
)
def test_a_day_that_was_provisional_is_reckoned_anew_before_anything_is_overdue(
    desk, event, kind, name
):
    """It was reckoned as 20 June; as the calendar is known now it is 30 June 2022."""
    early = changed(event, due=date(2022, 6, 20), provisional=True)
    tell, ended = c.TellOverdue(kind, name), case("in_force", decided=TODAY)
    told = [
        decide(said((TODAY, early)), tell, desk(ended, TIMER, day))
        for day in (date(2022, 6, 21), date(2022, 6, 30), date(2022, 7, 1))
    ]
    never = Refused(Reason.NOT_NOW)
    assert told == [never, never, e.AnswerOverdue(kind=kind, name=name)]
    unknown = said((date(2026, 12, 30), changed(early, due=date(2027, 1, 4))))
    assert decide(unknown, tell, desk(ended, TIMER, date(2027, 3, 1))) == never


@pytest.mark.parametrize(
    ("event", "kind", "name"), [(OBJECTION, "objection", "1"), (BAD, "rating", "result")]
)
def test_an_answer_that_is_overdue_is_told_once(desk, event, kind, name):
    tell, ended = c.TellOverdue(kind, name), case("in_force", decided=TODAY)
    voices = said((TODAY, event))
    in_time = desk(ended, TIMER, date(2022, 6, 30))
    assert decide(voices, tell, in_time) == Refused(Reason.NOT_NOW)
    late = desk(ended, TIMER, date(2022, 7, 1))
    made = decide(voices, tell, late)
    assert made == e.AnswerOverdue(kind=kind, name=name)
    after = said((TODAY, event), (date(2022, 7, 1), made))
    assert decide(after, tell, late) == Refused(Reason.NOT_NOW)


def test_what_was_answered_or_never_asked_is_not_overdue():
    answered = e.ObjectionAnswered(number=1, outcome="upheld", reason="r")
    replied = e.RatingReplied(matter="result", reply="r")
    voices = said((TODAY, OBJECTION), (TODAY, answered), (TODAY, BAD), (TODAY, replied))
    for kind, name in (("objection", "1"), ("objection", "2"), ("objection", "x"),
                       ("rating", "result"), ("rating", "renewal")):  # fmt: skip
        assert voices.awaited(kind, name) is None


def test_a_bad_rating_was_replied_to_in_time_or_late():
    replied = e.RatingReplied(matter="result", reply="r")
    for day, in_time in ((date(2022, 6, 30), True), (date(2022, 7, 1), False)):
        rating = said((TODAY, BAD), (day, replied)).ratings["result"]
        assert rating.in_time is in_time
    assert said((TODAY, BAD)).ratings["result"].in_time is None
    good = changed(BAD, level=5, due=None)
    assert said((TODAY, good)).ratings["result"].in_time is None


def test_rows_say_what_was_told_by_time():
    of = Of("case/1", "GX-1", "plan_exempt", OFFICE, DEPARTMENT)
    invited, late = e.RatingInvited(matter="result"), e.AnswerOverdue(kind="objection", name="1")
    rows = voice_rows(said((TODAY, invited), (TODAY, late)), of)
    assert [(one.kind, one.name) for one in rows] == [
        ("invitation", "result"), ("overdue", "objection/1"),
    ]  # fmt: skip
    assert not any(one.open for one in rows)


def test_rows_say_what_waits_and_what_may_be_published():
    of = Of("case/1", "GX-1", "plan_exempt", OFFICE, DEPARTMENT)
    assert voice_rows(said(), of) == ()
    reply = e.RatingReplied(matter="result", reply="r")
    told = [(TODAY, NOTICE), (TODAY, OBJECTION), (TODAY, BAD)]
    notice, objection, rating = voice_rows(said(*told), of)
    assert (notice.kind, notice.due_on, notice.open) == ("notice", date(2022, 6, 20), False)
    assert (objection.name, objection.open, objection.outcome) == ("1", True, "")
    assert (rating.level, rating.guide, rating.open, rating.tells) == (1, 2, True, False)
    rated = voice_rows(said(*told, (TODAY, reply)), of)[-1]
    assert (rated.open, rated.tells, rated.outcome) == (False, True, "in_time")
    good = voice_rows(said((TODAY, changed(BAD, level=5, due=None))), of)[0]
    assert (good.open, good.sort_on) == (False, date.max)


def test_who_is_written_to():
    assert {one.to for one in letters_of(OBJECTION)} == {Role.EXAMINER, Role.LEADER}
    answered = e.ObjectionAnswered(number=1, outcome="upheld", reason="r")
    assert [one.template for one in letters_of(answered)] == [OBJECTOR]
    assert [one.to for one in letters_of(BAD)] == [Role.SUPERVISOR]
    assert letters_of(changed(BAD, level=3)) == ()
    replied = e.RatingReplied(matter="result", reply="r")
    assert [one.to for one in letters_of(replied)] == [Role.APPLICANT]
    invited = e.RatingInvited(matter="result")
    assert [one.to for one in letters_of(invited)] == [Role.APPLICANT]
    late = e.AnswerOverdue(kind="rating", name="result")
    assert {one.to for one in letters_of(late)} == {Role.LEADER, Role.SUPERVISOR}


def test_somebody_speaks_in_the_first_role_they_have():
    assert speaks_as(Actor("x", frozenset({Role.LEADER, Role.EXAMINER}))) == "examiner"
    assert speaks_as(Actor("x", frozenset())) == ""


def test_voices_have_a_stream_beside_that_of_their_case():
    assert e.stream_of("case/0190") == "voices/0190"


def test_something_is_open_until_everybody_was_answered():
    assert not said((TODAY, NOTICE)).open
    assert said((TODAY, OBJECTION)).open
    assert said((TODAY, BAD)).open
    answered = e.ObjectionAnswered(number=1, outcome="upheld", reason="r")
    assert not said((TODAY, OBJECTION), (TODAY, answered)).open
