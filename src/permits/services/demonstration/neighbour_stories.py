"""Works that affect neighbours who have not agreed: these are told and heard before the decision,
and no commitment is open to them (行政许可法 art. 36, 46-48)."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from permits.definitions.procedure import SpecialCause
from permits.services import heard as h
from permits.services import requests as r
from permits.services.demonstration.clock import later, working_day
from permits.services.demonstration.desk import Works
from permits.services.demonstration.stories import Decided, Story, Teller

NEIGHBOUR = "party_1"
HELD = 9
"""Working days from the application to the hearing: seven of notice, and no more than twenty."""


def _works(name: str, place: str, day: date) -> Works:
    return Works(
        party="builder_b",
        name=name,
        place=place,
        summary=f"{name}，施工期间占用相邻小区出入口（演示数据）。",
        row="short_line",
        facts={
            "length_m": "160",
            "road_class": "branch",
            "underground": "true",
            "neighbours_affected": "true",
            "neighbours_agree": "false",
            "starts_on": (day + timedelta(days=60)).isoformat(),
        },
    )


def _called(tell: Teller, day: date, works: Works) -> Decided:
    """Filed, accepted, the neighbour told; it asks for a hearing, time stops, the day is set."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.file(works, "ordinary")
    yield tell.on(day, 0, 11)
    people.act("window", case, "accept")
    yield tell.on(day, 0, 15)
    told = h.TellThirdParty(
        name="示例相邻小区业主代表",
        contact="0371-00000000",
        interest="施工占用小区出入口，影响通行。",
    )
    people.beside("examiner", case, told)
    people.beside("leader", case, h.OfferHearing())
    yield tell.on(day, 1, 10)
    people.beside(
        "window", case, h.HearThirdParty(party=NEIGHBOUR, statement="不同意占用出入口。")
    )
    people.beside("window", case, h.RecordHearingAsked(party=NEIGHBOUR))
    yield tell.on(day, 1, 11)
    stops = r.SpecialProcedure(
        cause=SpecialCause.HEARING,
        stated="20wd",
        notified=True,
        reason="利害关系人申请听证，听证所需时间不计入办理期限。",
    )
    people.act("examiner", case, "suspend", stops)
    on = later(tell.calendar, working_day(tell.calendar, day), HELD)
    chair = people.actors["inspector1"].id
    people.beside("leader", case, h.CallHearing(day=on, place="上午九时，一楼听证室", chair=chair))
    return case


def to_be_heard(tell: Teller, day: date) -> Story:
    """The neighbour was told and asked for a hearing; its day is to come, and time stands."""
    yield from _called(tell, day, _works("冬青街给水支管改造工程", "冬青街", day))


def heard(tell: Teller, day: date) -> Story:
    """Heard in a hearing; granted on its record, with the entrance kept free."""
    people = tell.people
    case = yield from _called(tell, day, _works("玉兰街燃气支管工程", "玉兰街", day))
    yield tell.on(day, HELD, 11)
    record = h.RecordHearing(
        on=tell.on(day, HELD).date(),
        recorder=people.actors["window"].id,
        record="利害关系人要求保留出入口；申请人同意分段施工，每日恢复通行。",
        attendance=(
            h.AttendanceIn(who="office", sign="signed", name="示例审查人员"),
            h.AttendanceIn(who="applicant", sign="signed", name="示例委托代理人"),
            h.AttendanceIn(who=NEIGHBOUR, sign="signed", name="示例相邻小区业主代表"),
        ),
    )
    people.beside("inspector1", case, record)
    yield tell.on(day, HELD, 15)
    people.act("examiner", case, "resume")
    yield tell.on(day, HELD, 16)
    opinion = r.OpinionIn(
        recommends="grant", opinion="根据听证笔录，分段施工、保留通行，建议准予。"
    )
    people.act("examiner", case, "examine", opinion)
    yield tell.on(day, HELD + 1, 10)
    people.act("leader", case, "grant")
    yield from tell.finish(case, tell.on(day, HELD + 1).date())


TOLD: tuple[tuple[Callable[[Teller, date], Story], int], ...] = ((to_be_heard, 8), (heard, 50))
"""Stories and how many days ago each begins."""


def neighbours(tell: Teller, today: date) -> Iterator[Story]:
    """Every story, begun so that it stands today where it is interesting."""
    for story, ago in TOLD:
        yield story(tell, working_day(tell.calendar, today - timedelta(days=ago)))
