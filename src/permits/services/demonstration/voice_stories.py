"""What the public and applicants say about cases: notices, objections, ratings good and bad."""

from collections.abc import Iterator
from datetime import date, timedelta

from permits.casework.dates import day_of
from permits.casework.refusals import Refused
from permits.services.demonstration.clock import working_day
from permits.services.demonstration.desk import WentWrong, Works
from permits.services.demonstration.stories import Decided, Story, Teller, granted_at_once
from permits.services.demonstration.works import made_up
from permits.services.records import new_id
from permits.services.voice_requests import (
    WHOLE,
    About,
    AnswerToObjection,
    By,
    CaseObjection,
    FollowedUp,
    OpenCaseNotice,
    RaterContacted,
    Rating,
    RatingFinding,
    RatingMeasures,
    RatingReply,
    VoiceRequest,
    say,
)

LEVELS = (5, 5, 4, 5, 3, 4, 5, 5)
"""What those say of the service who are content with it, each of a case of their own."""

WORDS = {
    5: "当天就办好了，没有跑第二趟。",
    4: "材料清单清楚。",
    3: "办得快，但页面上找指南费了些时间。",
}


def voices(tell: Teller, today: date) -> Iterator[Story]:
    """Notices that run and one that ended, ratings of the last weeks."""

    def ago(days: int) -> date:
        return working_day(tell.calendar, today - timedelta(days=days))

    for place, level in enumerate(LEVELS):
        yield _rated(tell, ago(10 + 3 * place), _works(tell), level)
    yield _followed_up(tell, ago(30), _works(tell))
    yield _waiting(tell, ago(7), _works(tell))
    yield _noticed(tell, ago(5), _works(tell), answered=False)
    yield _noticed(tell, ago(17), _works(tell), answered=True)
    yield _objected_to_decision(tell, ago(13), _works(tell))


def _works(tell: Teller) -> Works:
    return made_up(tell.chance, "2022-09-01", unlisted=False)


def _say(tell: Teller, who: str, case: str, given: VoiceRequest, about: About = WHOLE) -> None:
    """Somebody says something about a case; nobody known where `who` is empty."""
    people = tell.people
    by = By(people.actors[who] if who else None, new_id())
    done = say(people.office.voices, case, given, by, about)
    if isinstance(done, Refused):
        raise WentWrong(str(done))


def _rated(tell: Teller, day: date, works: Works, level: int) -> Story:
    """Granted, and rated on the next day."""
    case = yield from granted_at_once(tell, day, works, published=0)
    yield tell.on(day, 1, 9)
    given = Rating(
        level=level,
        indicators={"efficiency": level, "guide": max(3, level - 1), "platform": level},
        words=WORDS[level],
        publish=level != 4,
    )
    _say(tell, works.party, case, given)


def _bad(tell: Teller, day: date, works: Works, words: str) -> Decided:
    case = yield from granted_at_once(tell, day, works, published=0)
    yield tell.on(day, 1, 11)
    given = Rating(level=2, indicators={"guide": 1}, words=words, publish=True)
    _say(tell, works.party, case, given)
    return case


def _followed_up(tell: Teller, day: date, works: Works) -> Story:
    """A bad rating was found right, put right and replied to in time."""
    case = yield from _bad(tell, day, works, "指南上写的窗口号是错的，多排了一次队。")
    steps: tuple[tuple[int, FollowedUp | None], ...] = (
        (2, None),
        (3, RatingFinding(substantiated=True, words="指南所列窗口号未随调整更新，情况属实。")),
        (5, RatingMeasures(words="已更正办事指南，并对全部指南复核一遍。")),
        (6, RatingReply(words="感谢指出，指南已经更正。给您添麻烦了。")),
    )
    for after, step in steps:
        yield tell.on(day, after, 10)
        today = day_of(tell.people.office.now())
        given = step or RaterContacted(on=today, words="已电话联系，核实经过。")
        _say(tell, "supervisor", case, given, About("result"))


def _waiting(tell: Teller, day: date, works: Works) -> Story:
    """A bad rating of this week; the rater was reached, the rest is to come."""
    case = yield from _bad(tell, day, works, "打了两次电话没有人接。")
    yield tell.on(day, 2, 15)
    reached = RaterContacted(on=day_of(tell.people.office.now()), words="已电话联系并致歉。")
    _say(tell, "supervisor", case, reached, About("result"))


def _noticed(tell: Teller, day: date, works: Works, *, answered: bool) -> Story:
    """Accepted on the ordinary track, and the public is told; a neighbour objects."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.file(works, "ordinary")
    yield tell.on(day, 0, 14)
    people.act("window", case, "accept")
    yield tell.on(day, 0, 16)
    _say(tell, "examiner", case, OpenCaseNotice())
    yield tell.on(day, 1, 11)
    given = CaseObjection(
        objector="示例居民",
        contact="0371-00000000",
        interest="相邻小区业主",
        text="施工围挡会挡住小区东门，请保留通道。",
    )
    _say(tell, "", case, given)
    if answered:
        yield tell.on(day, 4, 10)
        answer = AnswerToObjection(
            outcome="partly", reason="已要求施工期间保留东门通道，施工时间限于白天。"
        )
        _say(tell, "examiner", case, answer, About(number=1))


def _objected_to_decision(tell: Teller, day: date, works: Works) -> Story:
    """A published decision is objected to; the objection is dismissed."""
    case = yield from granted_at_once(tell, day, works, published=0)
    yield tell.on(day, 2, 10)
    given = CaseObjection(
        objector="示例商户",
        contact="shop@example.org",
        interest="沿街经营",
        text="担心施工影响营业。",
    )
    _say(tell, "", case, given)
    yield tell.on(day, 6, 10)
    answer = AnswerToObjection(
        outcome="dismissed", reason="工程位于道路另一侧，不占用沿街通道；现场已设公示牌。"
    )
    _say(tell, "examiner", case, answer, About(number=1))
