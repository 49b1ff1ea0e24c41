"""How cases go: each story is a generator that says when its next step happens, then takes it."""

import random
from collections.abc import Callable, Generator, Iterator
from datetime import date, datetime, timedelta

from permits.casework.dates import day_of
from permits.casework.working_days import WorkingDays
from permits.definitions.procedure import (
    DeregistrationGround,
    RevocationGround,
    SpecialCause,
)
from permits.services import requests as r
from permits.services.demonstration.clock import at, later, working_day
from permits.services.demonstration.desk import People, Works

Story = Iterator[datetime]

Decided = Generator[datetime, None, str]
"""A story up to a decision, which ends with the id of its case."""

Telling = Callable[["Teller", date, Works], Story]

MISSING = ("land_title", "design_scheme")


class Teller:
    """Tells stories with the people, the calendar and one source of chance."""

    def __init__(self, people: People, calendar: WorkingDays, chance: random.Random) -> None:
        self.people = people
        self.calendar = calendar
        self.chance = chance

    def on(self, day: date, after: int, hour: int = 10) -> datetime:
        """Some time of the day that is so many working days after another."""
        worked = working_day(self.calendar, day)
        return at(later(self.calendar, worked, after), hour, self.chance.randrange(60))

    def finish(self, case: str, day: date, *, delivered: int = 0, published: int = 1) -> Story:
        """Deliver and publish."""
        yield self.on(day, delivered, 15)
        service = r.Service(on=self.on(day, delivered).date(), means="online")
        self.people.act("window", case, "deliver", service)
        yield self.on(day, published, 16)
        self.people.act("window", case, "publish")

    def complete(self, who: str, case: str, day: date, *, passed: bool = True) -> Story:
        """Report completion and check it; on the ordinary track nothing has to be checked."""
        yield self.on(day, 0, 9)
        report = r.Report(obligation="report_completion", on=day)
        self.people.beside(who, case, report)
        held = self.people.record("inspector1", case).case.obligations
        if "check_after_completion" in held:
            yield self.on(day, 8, 14)
            self.check(case, passed=passed)

    def check(
        self,
        case: str,
        *,
        passed: bool,
        obligation: str = "check_after_completion",
        failing: str = "现场长度超出承诺，责令整改。",
    ) -> None:
        """Two inspectors check what was committed to, those who were drawn if lots are; `failing`
        is what they find amiss."""
        finding = "建设内容与承诺一致。" if passed else failing
        held = self.people.record("leader", case).case.obligations[obligation]
        actors = self.people.actors
        inspectors = held.inspectors or (actors["inspector1"].id, actors["inspector2"].id)
        named = {one.id: name for name, one in actors.items()}
        self.people.check(
            [named[one] for one in inspectors],
            case,
            r.Verify(
                obligation=obligation,
                passed=passed,
                on=day_of(self.people.office.now()),
                inspectors=inspectors,
                finding=finding,
            ),
        )


def granted_at_once(tell: Teller, day: date, works: Works, *, published: int = 1) -> Decided:
    """Filed, accepted and granted on the spot, then delivered and published; the case."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.file(works, "commitment")
    yield tell.on(day, 0, 10)
    people.act("window", case, "accept")
    people.act("window", case, "grant_on_the_spot")
    yield from tell.finish(case, day, published=published)
    return case


def exempted(tell: Teller, day: date, works: Works, *, completes: int = 25) -> Story:
    """Granted on the spot; built, reported, checked, closed."""
    case = yield from granted_at_once(tell, day, works)
    built = later(tell.calendar, day, completes)
    yield from tell.complete(works.party, case, built)
    yield tell.on(built, 9, 16)
    tell.people.act("window", case, "conclude")


def examined(
    tell: Teller, day: date, works: Works, *, takes: int = 2, corrects: bool = False
) -> Story:
    """The ordinary track: five materials, an opinion, a decision."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.file(works, "ordinary", leave_out=MISSING if corrects else ())
    if corrects:
        yield tell.on(day, 1, 11)
        people.act("window", case, "issue_correction", _notice())
        yield tell.on(day, 4, 10)
        people.correct(works.party, case, MISSING)
        day = tell.on(day, 4).date()
    yield tell.on(day, 0, 14)
    people.act("window", case, "accept")
    yield tell.on(day, max(0, takes - 1), 15)
    opinion = r.OpinionIn(recommends="grant", opinion="材料齐全，符合规划条件，建议准予。")
    people.act("examiner", case, "examine", opinion)
    yield tell.on(day, takes, 16)
    people.act("leader", case, "grant")
    yield from tell.finish(case, tell.on(day, takes).date(), delivered=1, published=2)
    if takes > 2:
        why = "需要协调相关管线单位，办理时间超出承诺时限。"
        people.beside("leader", case, r.Explain(clock="promise", reason=why))


def corrected(tell: Teller, day: date, works: Works) -> Story:
    """The ordinary track with the one correction notice."""
    yield from examined(tell, day, works, corrects=True)


def late(tell: Teller, day: date, works: Works) -> Story:
    """Decided after the promised limit, with the reason published."""
    yield from examined(tell, day, works, takes=tell.chance.randint(4, 9))


def _notice() -> r.Corrections:
    return r.Corrections(
        defects=(
            r.DefectIn(about="material.land_title", kind="missing", fix="补交土地权属证明。"),
            r.DefectIn(about="material.design_scheme", kind="missing", fix="补交设计方案全本。"),
        )
    )


def refused(tell: Teller, day: date, works: Works) -> Story:
    """Refused with reasons, delivered and published."""
    people = tell.people
    yield tell.on(day, 0, 10)
    case = people.file(works, "ordinary")
    yield tell.on(day, 0, 14)
    people.act("window", case, "accept")
    yield tell.on(day, 1, 10)
    opinion = r.OpinionIn(recommends="refuse", opinion="与控制性详细规划的道路断面不符。")
    people.act("examiner", case, "examine", opinion)
    yield tell.on(day, 2, 10)
    why = "管线位置与控制性详细规划确定的道路断面不符。"
    people.act("leader", case, "refuse", r.Reasoned(reason=why))
    yield from tell.finish(case, tell.on(day, 2).date())


def withdrawn(tell: Teller, day: date, works: Works) -> Story:
    """Taken back by the applicant, before or after acceptance."""
    people = tell.people
    yield tell.on(day, 0, 10)
    case = people.file(works, "ordinary")
    if tell.chance.random() < 0.5:
        yield tell.on(day, 0, 15)
        people.act("window", case, "accept")
    yield tell.on(day, 1, 9)
    people.act(works.party, case, "withdraw", r.Reasoned(reason="工程计划调整。"))


def suspended(tell: Teller, day: date, works: Works) -> Story:
    """An expert review that does not count, then the decision within the promise."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.file(works, "ordinary")
    yield tell.on(day, 0, 14)
    people.act("window", case, "accept")
    yield tell.on(day, 1, 10)
    special = r.SpecialProcedure(
        cause=SpecialCause.EXPERT_REVIEW,
        stated="10wd",
        notified=True,
        reason="组织专家评审管线综合方案。",
    )
    people.act("examiner", case, "suspend", special)
    yield tell.on(day, 9, 10)
    people.act("examiner", case, "resume")
    yield tell.on(day, 9, 15)
    opinion = r.OpinionIn(recommends="grant", opinion="专家评审通过，建议准予。")
    people.act("examiner", case, "examine", opinion)
    yield tell.on(day, 10, 10)
    people.act("leader", case, "grant")
    yield from tell.finish(case, tell.on(day, 10).date())


def extended(tell: Teller, day: date, works: Works) -> Story:
    """The promised limit extended once with the approval of the head of the office."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.file(works, "ordinary")
    yield tell.on(day, 0, 14)
    people.act("window", case, "accept")
    yield tell.on(day, 1, 15)
    why = "涉及多家管线单位，经负责人批准延长。"
    people.beside("leader", case, r.Extend(clock="promise", reason=why))
    yield tell.on(day, 6, 10)
    opinion = r.OpinionIn(recommends="grant", opinion="管线综合已协调一致，建议准予。")
    people.act("examiner", case, "examine", opinion)
    yield tell.on(day, 7, 10)
    people.act("leader", case, "grant")
    yield from tell.finish(case, tell.on(day, 7).date())


def switched(tell: Teller, day: date, works: Works) -> Story:
    """The commitment withdrawn before the decision; one notice for the missing materials."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.file(works, "commitment")
    yield tell.on(day, 0, 11)
    people.act(works.party, case, "withdraw_commitment")
    yield tell.on(day, 1, 10)
    five = ("application", "land_title", "project_approval", "design_scheme", "required_by_rule")
    defects = tuple(
        r.DefectIn(about=f"material.{m}", kind="missing", fix="按一般程序补交。") for m in five
    )
    people.act("window", case, "issue_correction", r.Corrections(defects=defects))
    yield tell.on(day, 5, 10)
    people.correct(works.party, case, five)
    yield tell.on(day, 5, 15)
    people.act("window", case, "accept")


def silent(tell: Teller, day: date, works: Works) -> Story:
    """Nobody answers within five working days: accepted as of receipt, by law."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.file(works, "ordinary", leave_out=MISSING)
    yield tell.on(day, 8, 10)
    opinion = r.OpinionIn(recommends="grant", opinion="材料已核对，建议准予。")
    people.act("examiner", case, "examine", opinion)
    yield tell.on(day, 9, 10)
    people.act("leader", case, "grant")
    yield from tell.finish(case, tell.on(day, 9).date())


def breached(tell: Teller, day: date, works: Works) -> Story:
    """Built otherwise than committed: rectification ordered; notice, time to be heard, revoked and
    deregistered."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.file(works, "commitment")
    yield tell.on(day, 0, 10)
    people.act("window", case, "accept")
    people.act("window", case, "grant_on_the_spot")
    yield from tell.finish(case, day)
    built = later(tell.calendar, day, 15)
    yield from tell.complete(works.party, case, built, passed=False)
    if tell.chance.random() < 0.5:
        yield tell.on(built, 16, 10)
        tell.check(case, passed=True)
        return
    yield tell.on(built, 20, 10)
    ground = RevocationGround.NOT_QUALIFIED
    why = "逾期未整改，实际长度超出清单范围。"
    people.beside("leader", case, r.Notice(ground=ground, reason=why))
    if tell.chance.random() < 0.5:
        yield tell.on(built, 23, 10)
        says = "施工中遇地下障碍，绕行后长度增加，请求从轻处理。"
        people.beside(works.party, case, r.State(statement=says))
    yield tell.on(built, 27, 10)
    people.act("leader", case, "revoke", r.Revocation(ground=ground, reason=why))
    yield tell.on(built, 29, 10)
    people.act("window", case, "deregister", r.Deregistration(ground=DeregistrationGround.REVOKED))


def turned_away(tell: Teller, day: date, works: Works) -> Story:
    """Not accepted: the office told that no permit is needed, or that it is not competent."""
    people = tell.people
    yield tell.on(day, 0, 10)
    case = people.file(works, "ordinary")
    yield tell.on(day, 1, 10)
    if tell.chance.random() < 0.5:
        why = r.Reasoned(reason="该工程依法不需要取得规划许可。")
        people.act("window", case, "declare_not_required", why)
    else:
        why = r.Reasoned(reason="该道路由市级主管部门管理，请向市级主管部门申请。")
        people.act("window", case, "declare_not_competent", why)


MADE_UP: tuple[tuple[Telling, int], ...] = (
    (exempted, 14),
    (examined, 4),
    (corrected, 3),
    (late, 3),
    (refused, 2),
    (withdrawn, 2),
    (suspended, 2),
    (extended, 1),
    (switched, 2),
    (silent, 1),
    (breached, 2),
    (turned_away, 1),
)
"""Stories and how often each is told."""

BEFORE = timedelta(days=240)
