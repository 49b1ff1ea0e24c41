"""Stories of tolerant acceptance: a material follows in time, late, or not at all."""

from datetime import date

from permits.casework.parts import Recommendation
from permits.services import requests as r
from permits.services.demonstration.desk import Works
from permits.services.demonstration.stories import Story, Teller

LATER = ("project_approval",)


def _accepted(tell: Teller, works: Works) -> str:
    case = tell.people.file(works, "tolerant", leave_out=LATER)
    tell.people.act("window", case, "accept")
    return case


def _opinion(recommends: Recommendation, says: str) -> r.OpinionIn:
    return r.OpinionIn(recommends=recommends, opinion=says)


def supplied(tell: Teller, day: date, works: Works) -> Story:
    """The approval follows in time, and the permit is granted."""
    people = tell.people
    yield tell.on(day, 0, 11)
    case = _accepted(tell, works)
    yield tell.on(day, 3, 10)
    opinion = _opinion("grant", "主要材料符合规划条件；待项目批准文件补齐后建议准予。")
    people.act("examiner", case, "examine", opinion)
    yield tell.on(day, 6, 15)
    people.supply(works.party, case, LATER)
    yield tell.on(day, 7, 10)
    people.act("leader", case, "grant")
    yield from tell.finish(case, tell.on(day, 7).date())


def unsupplied(tell: Teller, day: date, works: Works) -> Story:
    """Nothing follows: refused by a person when the time has passed, and barred for a year."""
    yield tell.on(day, 0, 11)
    case = _accepted(tell, works)
    yield tell.on(day, 10, 10)
    why = "截至补交期限届满，未补交项目批准、核准或者备案文件。"
    tell.people.act("leader", case, "refuse_unsupplied", r.Reasoned(reason=why))
    yield from tell.finish(case, tell.on(day, 10).date())


def waiting(tell: Teller, day: date, works: Works) -> Story:
    """Accepted, and the material is still to come."""
    yield tell.on(day, 0, 11)
    _accepted(tell, works)
