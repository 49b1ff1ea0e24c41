"""How industrial plots go: admitted on a commitment, built to the scheme that came with the land,
checked when the works are complete and again at full production."""

from collections.abc import Callable, Generator, Iterator
from datetime import date, datetime, timedelta

from permits.casework.dates import day_of
from permits.definitions.procedure import DeregistrationGround, RevocationGround
from permits.services import heard as h
from permits.services import requests as r
from permits.services.demonstration.chance import chance_of
from permits.services.demonstration.clock import later, working_day
from permits.services.demonstration.desk import Written
from permits.services.demonstration.project_stories import Builder, Site, examined
from permits.services.demonstration.stories import Story, Teller

PLOT = "industrial_plot"
FIRST = date(2022, 6, 6)
Begun = Generator[datetime, None, str]
"""A story that goes on: it gives the case it began."""

SHORT_OF_INVESTMENT = "固定资产投资强度未达到承诺指标，责令整改。"
PUT_RIGHT = "新增生产线设备已到位，固定资产投资强度达到承诺指标。"
NOT_PUT_RIGHT = "逾期未整改，固定资产投资强度仍未达到承诺指标。"

SITES = tuple(
    Site(party, f"2205-410172-04-01-9001{n:02d}", name, place, area, admitted=True)
    for n, (party, name, place, area) in enumerate(
        (
            ("builder_a", "示例传感器产业园", "科学大道以北", 48_000),
            ("builder_b", "示例精密机械厂", "长椿路以西", 36_000),
            ("builder_c", "示例新材料中试基地", "冬青街以南", 27_000),
            ("builder_a", "示例智能装备厂", "瑞达路以东", 41_000),
            ("builder_b", "示例电子元件厂", "莲花街以南", 30_000),
            ("builder_c", "示例包装厂", "翠竹街以北", 18_000),
            ("builder_a", "示例特种气体厂", "化工路以南", 22_000),
        )
    )
)


def written(site: Site, **facts: str) -> Written:
    """The application of a site's enterprise; `facts` are laid over what suffices."""
    answers = {
        "project_code": site.code,
        "project_name": site.name,
        "plot_place": site.place,
        "land_contract": "示例合同（演示值）",
        "with_drawings": "false",
        "industry": "general",
        "investment_per_mu": "860",
        "output_per_mu": "1100",
        "tax_per_mu": "56",
        "far_percent": "172",
        "high_risk": "false",
        "broke_faith": "false",
        "contact_name": "经办人",
        "contact_phone": "0371-00000000",
    }
    return Written(PLOT, site.party, {**answers, **facts})


def _admitted(tell: Teller, day: date, site: Site, **facts: str) -> Begun:
    """Filed, accepted and admitted on the spot; delivered and published."""
    yield tell.on(day, 0, 9)
    case = tell.people.apply(written(site, **facts), "commitment")
    yield tell.on(day, 0, 10)
    tell.people.act("window", case, "accept")
    tell.people.act("window", case, "grant_on_the_spot")
    yield from tell.finish(case, day)
    return case


def _built(tell: Teller, day: date, site: Site, **facts: str) -> Begun:
    """Admitted; permitted at once, planning permit and all; built, and inspected jointly."""
    case = yield from _admitted(tell, day, site, **facts)
    builder, calendar = Builder(tell, site), tell.calendar
    yield tell.on(day, 5, 9)
    whole = builder.permitted("whole")
    yield from tell.finish(whole, later(calendar, day, 5))
    start = later(calendar, day, 20)
    yield tell.on(start, 0, 9)
    builder.report(case, "report_start")
    yield from builder.started(whole, start)
    done = later(calendar, day, 200)
    yield tell.on(done, 0, 9)
    builder.report(whole, "report_completion")
    builder.report(case, "report_completion")
    yield tell.on(done, 1, 9)
    inspection = builder.inspection()
    yield from examined(tell, later(calendar, done, 1), inspection)
    yield tell.on(done, 10, 9)
    builder.report(case, "report_inspection")
    return case


def _checked(tell: Teller, case: str, what: str, *, passed: bool) -> None:
    tell.check(case, passed=passed, obligation=what, failing=SHORT_OF_INVESTMENT)


def in_good_order(tell: Teller, day: date, site: Site) -> Story:
    """Every indicator was met, at completion and at full production; the file is closed."""
    case = yield from _built(tell, day, site, with_drawings="true")
    yield tell.on(day, 225, 14)
    _checked(tell, case, "check_completion", passed=True)
    full = later(tell.calendar, day, 500)
    yield tell.on(full, 0, 9)
    tell.people.report(site.party, case, "report_production", full)
    yield tell.on(full, 20, 14)
    _checked(tell, case, "check_production", passed=True)
    yield tell.on(full, 21, 10)
    tell.people.act("window", case, "conclude")


def going_up(tell: Teller, day: date, site: Site) -> Story:
    """Checked at completion and right; full production is still to come."""
    case = yield from _built(tell, day, site, industry="new", investment_per_mu="1250")
    yield tell.on(day, 225, 14)
    _checked(tell, case, "check_completion", passed=True)


def under_check(tell: Teller, day: date, site: Site) -> Story:
    """Inspected; the indicators are about to be checked."""
    yield from _built(tell, day, site)


def in_rectification(tell: Teller, day: date, site: Site) -> Story:
    """Short of the investment at completion, ordered to put it right, and reported as put right:
    the inspectors look at it next."""
    case = yield from _built(tell, day, site)
    yield tell.on(day, 225, 14)
    _checked(tell, case, "check_completion", passed=False)
    done = day_of(tell.on(later(tell.calendar, day, 225), 15, 10))
    yield tell.on(done, 0, 10)
    told = r.Report(obligation="check_completion", on=done, words=PUT_RIGHT)
    tell.people.beside(site.party, case, told)


def exited(tell: Teller, day: date, site: Site) -> Story:
    """Ordered to put it right, and it was not: heard, revoked, deregistered."""
    case = yield from _built(tell, day, site)
    yield tell.on(day, 225, 14)
    _checked(tell, case, "check_completion", passed=False)
    people, ground = tell.people, RevocationGround.NOT_QUALIFIED
    ordered = later(tell.calendar, day, 225)
    yield tell.on(ordered, 75, 10)
    people.beside("leader", case, r.Notice(ground=ground, reason=NOT_PUT_RIGHT))
    people.beside(site.party, case, r.State(statement="对事实没有异议。"))
    given = r.Revocation(ground=ground, reason=NOT_PUT_RIGHT)
    people.act("leader", case, "revoke", given)
    yield tell.on(ordered, 78, 10)
    gone = r.Deregistration(ground=DeregistrationGround.REVOKED)
    people.act("window", case, "deregister", gone)


def too_sparse(tell: Teller, day: date, site: Site) -> Story:
    """A floor-area ratio of 1.6 where more than that is wanted: examined, and not admitted."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.apply(written(site, far_percent="160"), "ordinary")
    yield tell.on(day, 1, 10)
    people.act("window", case, "accept")
    yield tell.on(day, 2, 14)
    opinion = r.OpinionIn(recommends="refuse", opinion="容积率未大于1.6，不符合准入条件。")
    people.act("examiner", case, "examine", opinion)
    yield tell.on(day, 3, 10)
    people.act("leader", case, "refuse", r.Reasoned(reason="容积率为1.6，未大于1.6。"))
    yield from tell.finish(case, day_of(tell.on(day, 3)))


def touching_everybody(tell: Teller, day: date, site: Site) -> Story:
    """It handles chemicals: no commitment, and no decision without the record of a hearing."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.apply(written(site, high_risk="true"), "ordinary")
    yield tell.on(day, 1, 10)
    people.act("window", case, "accept")
    yield tell.on(day, 3, 14)
    opinion = r.OpinionIn(recommends="grant", opinion="指标达到准入条件；风险较大，须先听证。")
    people.act("examiner", case, "examine", opinion)
    people.beside("leader", case, h.AnnounceHearing(reason="涉及公共安全，依法应当听证。"))
    on, chair = day_of(tell.on(day, 12)), people.actors["inspector1"].id
    called = h.CallHearing(day=on, place="上午九时，一楼听证室", chair=chair)
    people.beside("leader", case, called)
    yield tell.on(day, 12, 11)
    came = (
        h.AttendanceIn(who="office", sign="signed", name="示例审查人员"),
        h.AttendanceIn(who="applicant", sign="signed", name="示例委托代理人"),
    )
    record = h.RecordHearing(
        on=on,
        recorder=people.actors["window"].id,
        record="周边企业代表询问安全距离，申请人说明防护措施。",
        attendance=came,
    )
    people.beside("inspector1", case, record)
    yield tell.on(day, 13, 10)
    people.act("leader", case, "grant")
    yield from tell.finish(case, day_of(tell.on(day, 13)))


TOLD: tuple[tuple[Callable[[Teller, date, Site], Story], int], ...] = (
    (in_good_order, 900),
    (going_up, 640),
    (under_check, 330),
    (in_rectification, 365),
    (exited, 620),
    (too_sparse, 25),
    (touching_everybody, 45),
)
"""Each story once, begun so many days before today."""


def plots(tell: Teller, today: date, seed: int) -> Iterator[Story]:
    """One story for each of the sites, with a source of chance of their own."""
    chance = chance_of(seed)
    another = Teller(tell.people, tell.calendar, chance)
    for site, (story, ago) in zip(SITES, TOLD, strict=True):
        day = max(FIRST, today - timedelta(days=ago))
        yield story(another, working_day(tell.calendar, day), site)
