"""How construction projects go: permitted whole or in stages, made to wait, breached, revoked."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import msgspec

from permits.casework.dates import day_of
from permits.casework.entries import text_of_entries
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import DeregistrationGround, RevocationGround
from permits.services import requests as r
from permits.services.demonstration.clock import later, working_day
from permits.services.demonstration.desk import WentWrong, Written
from permits.services.demonstration.people import PARTIES
from permits.services.demonstration.stories import Story, Teller
from permits.services.writer import Done

STAGED, INSPECTION = "staged_construction", "completion_inspection"
PIT = ("supply_planning_permit", "supply_basement_drawings")
BASEMENT = ("supply_superstructure_drawings",)


class Site(msgspec.Struct, frozen=True):
    """A project as its developer applies for it; the code is an example that no register gives
    out. `admitted` says that the plot was granted with its design scheme and admitted."""

    party: str
    code: str
    name: str
    place: str
    area_m2: int = 23_000
    admitted: bool = False


def _buildings(site: Site) -> Iterator[dict[str, object]]:
    """What was built on the site: the main building, and the house of its substation."""
    small = 120
    for name, area, above, below in (
        ("主楼", site.area_m2 - small, 11, 1),
        ("变配电房", small, 1, 0),
    ):
        yield {
            "name": name,
            "floor_area_m2": area,
            "floors_above": above,
            "floors_below": below,
            "structure": "concrete",
        }


SITES = (
    Site("builder_a", "2205-410172-04-01-900001", "示例产业园一期", "科学大道与瑞达路交叉口"),
    Site("builder_a", "2205-410172-04-01-900002", "示例研发中心", "莲花街"),
    Site("builder_b", "2205-410172-04-01-900003", "示例人才公寓", "长椿路"),
    Site("builder_b", "2205-410172-04-01-900004", "示例标准厂房", "冬青街", 9_800),
    Site("builder_c", "2205-410172-04-01-900005", "示例商务楼", "西三环"),
    Site("builder_c", "2205-410172-04-01-900006", "示例数据中心", "银屏路"),
)


class Builder:
    """Applies for the stages of one project and does what was committed."""

    def __init__(self, tell: Teller, site: Site) -> None:
        self.tell = tell
        self.people = tell.people
        self.site = site

    def apply(self, stage: str, track: str = "commitment") -> Done | Refused:
        """What comes of applying for a stage."""
        site = self.site
        typed = {
            "project_code": site.code,
            "project_name": site.name,
            "works_name": f"{site.name}主体工程",
            "works_place": site.place,
            "area_m2": str(site.area_m2),
            "contractor_code": PARTIES["road_works"][0],
            "stage_covered": stage,
            "admitted_plot": "true" if site.admitted else "false",
            "special_fire": "false",
            "restricted_place": "false",
            "contact_name": "经办人",
            "contact_phone": "0371-00000000",
        }
        draft = self.people.written(Written(STAGED, site.party, typed), track)
        return self.people.sent(site.party, draft)

    def filed(self, stage: str, track: str = "commitment") -> str:
        """A stage applied for; the case's id."""
        answer = self.apply(stage, track)
        if isinstance(answer, Refused):
            raise WentWrong(f"{stage}: {answer}")
        return answer.case_id

    def refused(self, stage: str, reason: Reason) -> None:
        """An application that the project does not let pass; it stays a draft."""
        answer = self.apply(stage)
        if not isinstance(answer, Refused) or answer.reason is not reason:
            raise WentWrong(f"{stage}: {answer}")

    def permitted(self, stage: str) -> str:
        """A stage permitted on the spot; the case's id."""
        case = self.filed(stage)
        self.people.act("window", case, "accept")
        self.people.act("window", case, "grant_on_the_spot")
        return case

    def inspection(self) -> str:
        """The finished building, applied for to be inspected; the case's id."""
        site = self.site
        typed = {
            "project_code": site.code,
            "project_name": site.name,
            "works_name": f"{site.name}主体工程",
            "works_place": site.place,
            "restricted_place": "false",
            "buildings": text_of_entries(_buildings(site)),
            "contact_name": "经办人",
            "contact_phone": "0371-00000000",
        }
        draft = self.people.written(Written(INSPECTION, site.party, typed), "ordinary")
        answer = self.people.sent(site.party, draft)
        if isinstance(answer, Refused):
            raise WentWrong(f"inspection: {answer}")
        return answer.case_id

    def report(self, case: str, *names: str) -> None:
        """What was owed was done today."""
        today = day_of(self.people.office.now())
        for name in names:
            self.people.report(self.site.party, case, name, today)

    def check(self, case: str, name: str, *, passed: bool = True) -> None:
        """Two inspectors checked something today."""
        failing = "现场使用的图纸未经审查合格。"
        self.tell.check(case, passed=passed, obligation=name, failing=failing)

    def started(self, case: str, day: date, *, passed: bool = True) -> Story:
        """The start is reported, then checked if there is something to check."""
        yield self.tell.on(day, 0, 9)
        self.report(case, "report_start")
        if "check_commitment" in self.people.record("inspector1", case).case.obligations:
            yield self.tell.on(day, 8, 14)
            self.check(case, "check_commitment", passed=passed)
        if "spot_check" in self.people.record("inspector1", case).case.obligations:
            yield self.tell.on(day, 9, 14)
            self.check(case, "spot_check", passed=True)


def in_three_stages(tell: Teller, day: date, site: Site) -> Story:
    """Pit, basement and what is above ground, each after what the last one owed; then the joint
    inspection of the finished building."""
    builder = Builder(tell, site)
    yield tell.on(day, 0, 9)
    pit = builder.permitted("pit")
    yield from tell.finish(pit, day)
    yield from builder.started(pit, later(tell.calendar, day, 3))
    yield tell.on(day, 20, 10)
    builder.report(pit, *PIT)
    yield tell.on(day, 21, 9)
    basement = builder.permitted("basement")
    yield from tell.finish(basement, later(tell.calendar, day, 21))
    yield from builder.started(basement, later(tell.calendar, day, 24))
    yield tell.on(day, 50, 10)
    builder.report(basement, *BASEMENT)
    yield tell.on(day, 55, 15)
    builder.check(basement, "datum_check")
    yield tell.on(day, 56, 9)
    above = builder.permitted("above_ground")
    yield from tell.finish(above, later(tell.calendar, day, 56))
    yield from builder.started(above, later(tell.calendar, day, 60))
    yield tell.on(day, 70, 10)
    for case in (pit, basement, above):
        builder.report(case, "report_completion")
    yield tell.on(day, 70, 15)
    tell.people.act("window", pit, "conclude")
    yield tell.on(day, 71, 9)
    inspection = builder.inspection()
    yield from examined(tell, later(tell.calendar, day, 71), inspection)


def in_two_stages(tell: Teller, day: date, site: Site) -> Story:
    """Below ground on the ordinary track, then the rest is being examined."""
    builder, people = Builder(tell, site), tell.people
    yield tell.on(day, 0, 9)
    below = builder.filed("below_ground", "ordinary")
    yield from examined(tell, day, below)
    yield from builder.started(below, later(tell.calendar, day, 6))
    yield tell.on(day, 40, 14)
    builder.check(below, "datum_check")
    yield tell.on(day, 41, 9)
    above = builder.filed("above_ground", "ordinary")
    yield tell.on(day, 41, 14)
    people.act("window", above, "accept")


def as_a_whole(tell: Teller, day: date, site: Site) -> Story:
    """Permitted whole on the ordinary track."""
    builder = Builder(tell, site)
    yield tell.on(day, 0, 9)
    whole = builder.filed("whole", "ordinary")
    yield from examined(tell, day, whole)
    yield from builder.started(whole, later(tell.calendar, day, 10))


def made_to_wait(tell: Teller, day: date, site: Site) -> Story:
    """The next stage is applied for too early: what the pit still owes keeps the gate shut."""
    builder = Builder(tell, site)
    yield tell.on(day, 0, 9)
    pit = builder.permitted("pit")
    yield from tell.finish(pit, day)
    yield from builder.started(pit, later(tell.calendar, day, 3))
    yield tell.on(day, 15, 10)
    builder.report(pit, PIT[0])
    builder.refused("basement", Reason.GATE_SHUT)


def passed_over(tell: Teller, day: date, site: Site) -> Story:
    """What is above ground cannot come first; the pit is applied for instead."""
    builder = Builder(tell, site)
    yield tell.on(day, 0, 9)
    builder.refused("above_ground", Reason.STAGE_SKIPPED)
    yield tell.on(day, 1, 9)
    builder.filed("pit")


def revoked(tell: Teller, day: date, site: Site) -> Story:
    """Drawings that were not approved were used: ordered to be put right, then revoked."""
    builder, people = Builder(tell, site), tell.people
    yield tell.on(day, 0, 9)
    pit = builder.permitted("pit")
    yield from tell.finish(pit, day)
    yield from builder.started(pit, later(tell.calendar, day, 5), passed=False)
    yield tell.on(day, 26, 10)
    why = "逾期未整改，继续使用未经审查合格的图纸。"
    ground = RevocationGround.DECEIT_OR_BRIBERY
    people.beside("leader", pit, r.Notice(ground=ground, reason=why))
    people.beside(builder.site.party, pit, r.State(statement="对事实没有异议。"))
    people.act("leader", pit, "revoke", r.Revocation(ground=ground, reason=why))
    yield tell.on(day, 28, 10)
    people.act("window", pit, "deregister", r.Deregistration(ground=DeregistrationGround.REVOKED))
    yield tell.on(day, 29, 9)
    builder.refused("basement", Reason.STAGE_SKIPPED)


def examined(tell: Teller, day: date, case: str) -> Story:
    """Accepted, looked at if it has to be, examined, granted; delivered and published."""
    people = tell.people
    yield tell.on(day, 0, 14)
    people.act("window", case, "accept")
    if "inspect_building" in people.record("window", case).case.obligations:
        yield tell.on(day, 1, 9)
        tell.check(case, passed=True, obligation="inspect_building")
    yield tell.on(day, 1, 15)
    opinion = r.OpinionIn(recommends="grant", opinion="符合条件，建议准予。")
    people.act("examiner", case, "examine", opinion)
    yield tell.on(day, 2, 10)
    people.act("leader", case, "grant")
    yield from tell.finish(case, tell.on(day, 2).date())


TOLD: tuple[tuple[Callable[[Teller, date, Site], Story], int], ...] = (
    (in_three_stages, 125),
    (in_two_stages, 75),
    (made_to_wait, 40),
    (as_a_whole, 30),
    (revoked, 55),
    (passed_over, 5),
)
"""Each story once, begun so many days before today."""


def projects(tell: Teller, today: date) -> Iterator[Story]:
    """One story for each of the sites."""
    for site, (story, ago) in zip(SITES, TOLD, strict=True):
        yield story(tell, working_day(tell.calendar, today - timedelta(days=ago)), site)
