"""What comes after a decision: more time to start, permits void by law, terms, changes, courts."""

from collections.abc import Callable, Generator, Iterator
from datetime import date, datetime, timedelta

from permits.definitions.procedure import DeregistrationGround
from permits.services import after as a
from permits.services import requests as r
from permits.services.demonstration.clock import later, working_day
from permits.services.demonstration.people import PARTIES
from permits.services.demonstration.project_stories import Builder, Site
from permits.services.demonstration.sites import early_works
from permits.services.demonstration.stories import Story, Teller
from permits.services.demonstration.works import made_up

Begun = Generator[datetime, None, tuple[Builder, str]]
START = "report_start"


def _site(number: int) -> Site:
    """A project of its own; the code is an example that no register gives out."""
    party = ("builder_a", "builder_b", "builder_c")[number % 3]
    code = f"2207-410172-04-01-{910000 + number}"
    return Site(party, code, f"示例园区{number}号地块", "红松路（示例）", 12_000)


def _permitted(tell: Teller, day: date, number: int) -> Begun:
    """Permitted whole on a commitment, and served; nobody begins to build."""
    builder = Builder(tell, _site(number))
    yield tell.on(day, 0, 9)
    case = builder.permitted("whole")
    yield from tell.finish(case, day)
    return builder, case


def _asked(tell: Teller, builder: Builder, case: str, why: str) -> None:
    given = a.AskExtension(obligation=START, reason=why)
    tell.people.beside(builder.site.party, case, given)


def put_off(tell: Teller, day: date, number: int) -> Story:
    """The start is put off once, for two months, and then reported."""
    builder, case = yield from _permitted(tell, day, number)
    yield tell.on(day, 45, 10)
    _asked(tell, builder, case, "施工场地地下管线迁改尚未完成，申请延期开工。")
    yield tell.on(day, 47, 15)
    given = a.DecideExtension(obligation=START, granted=True, by="2m", reason="情况属实。")
    tell.people.beside("leader", case, given)
    begun = later(tell.calendar, day, 80)
    yield tell.on(begun, 0, 17)
    builder.report(case, START)


def waits_for_time(tell: Teller, day: date, number: int) -> Story:
    """More time to start is asked for, and not decided on yet."""
    builder, case = yield from _permitted(tell, day, number)
    yield tell.on(day, 50, 10)
    _asked(tell, builder, case, "建设资金尚未到位，申请延期开工三个月。")


def void(tell: Teller, day: date, number: int) -> Story:
    """Nobody begins, nobody asks for more time: void by law, and waiting to be deregistered."""
    yield from _permitted(tell, day, number)


def void_and_deregistered(tell: Teller, day: date, number: int) -> Story:
    """More time is refused; when the time is over the permit is void, and deregistered later."""
    builder, case = yield from _permitted(tell, day, number)
    yield tell.on(day, 40, 10)
    _asked(tell, builder, case, "市场原因，暂缓建设。")
    yield tell.on(day, 43, 10)
    why = "市场原因不属于不能按期开工的正当理由。"
    given = a.DecideExtension(obligation=START, granted=False, reason=why)
    tell.people.beside("leader", case, given)
    yield tell.on(day, 75, 10)
    gone = r.Deregistration(ground=DeregistrationGround.OTHER)
    tell.people.act("window", case, "deregister", gone)


def restored(tell: Teller, day: date, number: int) -> Story:
    """The works had begun in time and were reported late: the permit was never void."""
    _builder, case = yield from _permitted(tell, day, number)
    yield tell.on(day, 70, 11)
    on = later(tell.calendar, day, 20)
    why = "监理日志、现场照片证明期限内已经开工，仅未及时报告。"
    tell.people.beside("leader", case, a.RestoreGrant(on=on, reason=why))


def contractor_changed(tell: Teller, day: date, number: int) -> Story:
    """Another contractor: asked for, examined, changed; a second change waits to be examined."""
    people = tell.people
    builder, case = yield from _permitted(tell, day, number)
    yield from builder.started(case, later(tell.calendar, day, 3))
    yield tell.on(day, 20, 10)
    other = {"contractor_code": PARTIES["builder_b"][0]}
    asked = a.AskAmendment(answers=other, reason="原施工总承包合同解除，更换施工单位。")
    people.beside(builder.site.party, case, asked)
    yield tell.on(day, 21, 10)
    seen = a.ExamineAmendment(recommends="grant", opinion="新的施工单位资质、人员符合要求。")
    people.beside("examiner", case, seen)
    yield tell.on(day, 22, 10)
    people.beside("leader", case, a.DecideAmendment(granted=True))
    yield tell.on(day, 30, 10)
    name = a.AskAmendment(answers={"works_name": "示例园区综合楼"}, reason="工程名称变更。")
    people.beside(builder.site.party, case, name)


def _filed(tell: Teller, day: date, number: int) -> Generator[datetime, None, str]:
    """An early start filed on the spot, its site checked."""
    people = tell.people
    yield tell.on(day, 0, 9)
    starts = (day + timedelta(days=20)).isoformat()
    case = people.apply(early_works(number, starts), "commitment")
    people.act("window", case, "accept")
    people.act("window", case, "grant_on_the_spot")
    yield from tell.finish(case, day)
    yield tell.on(day, 6, 14)
    tell.check(case, passed=True, obligation="check_site")
    return case


def term_renewed(tell: Teller, day: date, number: int) -> Story:
    """The term of the filing is renewed, and so is the time to obtain the construction permit."""
    party, people = early_works(number, "").party, tell.people
    case = yield from _filed(tell, day, number)
    yield tell.on(day, 80, 10)
    why = "施工许可尚在办理，临时设施仍需使用，各项条件未变。"
    people.beside(party, case, a.AskRenewal(reason=why))
    people.beside(party, case, a.AskExtension(obligation="obtain_permit", reason=why))
    yield tell.on(day, 84, 10)
    people.beside("leader", case, a.DecideRenewal(granted=True, reason="条件未变。"))
    given = a.DecideExtension(obligation="obtain_permit", granted=True)
    people.beside("leader", case, given)


def term_asked(tell: Teller, day: date, number: int) -> Story:
    """Renewal is asked for, and not decided on yet."""
    case = yield from _filed(tell, day, number)
    yield tell.on(day, 90, 10)
    why = "施工许可尚在办理，临时设施仍需使用。"
    tell.people.beside(early_works(number, "").party, case, a.AskRenewal(reason=why))


def refusal_annulled(tell: Teller, day: date, number: int) -> Story:
    """A court annuls a refusal: examined again, and granted."""
    people = tell.people
    works = made_up(tell.chance, (day + timedelta(days=90)).isoformat(), unlisted=True)
    yield tell.on(day, 0, 9)
    case = people.file(works, "ordinary")
    yield tell.on(day, 0, 14)
    people.act("window", case, "accept")
    yield tell.on(day, 1, 10)
    against = r.OpinionIn(recommends="refuse", opinion="与规划道路断面不符。")
    people.act("examiner", case, "examine", against)
    yield tell.on(day, 2, 10)
    people.act("leader", case, "refuse", r.Reasoned(reason="管线位置与规划道路断面不符。"))
    yield from tell.finish(case, tell.on(day, 2).date())
    yield tell.on(day, 60, 10)
    ruling = a.RecordAnnulment(
        body="court",
        on=later(tell.calendar, working_day(tell.calendar, day), 58),
        anew=True,
        number=f"（示例）行初{number}号",
        reason="认定事实不清，判决撤销，责令重新作出决定。",
    )
    people.beside("leader", case, ruling)
    yield tell.on(day, 61, 10)
    opinion = r.OpinionIn(recommends="grant", opinion="经重新测量，管线位置符合规划。")
    people.act("examiner", case, "examine", opinion)
    yield tell.on(day, 62, 10)
    people.act("leader", case, "grant")
    yield from tell.finish(case, tell.on(day, 62).date())


TOLD: tuple[tuple[Callable[[Teller, date, int], Story], int], ...] = (
    (put_off, 170),
    (waits_for_time, 78),
    (void, 120),
    (void_and_deregistered, 150),
    (restored, 130),
    (contractor_changed, 60),
    (term_renewed, 190),
    (term_asked, 150),
    (refusal_annulled, 110),
)
"""Stories and how many days ago each begins."""


def stories(tell: Teller, today: date) -> Iterator[Story]:
    """Every story, begun so that it stands today where it is interesting."""
    for number, (story, ago) in enumerate(TOLD, 120):
        yield story(tell, working_day(tell.calendar, today - timedelta(days=ago)), number)
