"""What would come of it if a permit type moved to notice and commitment, for programs."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from permits.analytics.moved_cases import Asked, planned_share
from permits.analytics.simulating import Plan, simulated
from permits.casework.refusals import Reason, Refused
from permits.definitions.schema import TrackName
from permits.text.troubles import Trouble
from permits.text.words import words
from permits.web import problems
from permits.web.api.asking import Caller, refused
from permits.web.api.describing import told
from permits.web.api.metrics import Day, Word
from permits.web.api.shown.simulations import Simulation, simulation_of
from permits.web.problems import Wrong
from permits.web.simulations import MOST_AHEAD, MOST_SEED, SAMPLES, read

router = APIRouter(tags=["figures"])


class AskedSimulation(BaseModel):
    """How a permit type is simulated, and of which cases."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: Day | None = Field(default=None, alias="from", description="results from this day on")
    last: Day | None = Field(default=None, alias="to", description="results up to this day")
    share: Annotated[int, Field(ge=0, le=100)] | None = Field(
        default=None, description="of 100 cases so many are checked; else as the rules check"
    )
    ahead: Annotated[int, Field(ge=1, le=MOST_AHEAD)] | None = Field(
        default=None, description="cases to come; else as many as were seen"
    )
    seed: int = Field(default=1, ge=0, le=MOST_SEED, description="the same seed draws the same")
    everyone: bool = Field(
        default=False, description="as if the track excluded nobody and admitted everybody"
    )


@router.get("/simulations/{permit}", response_model=Simulation, responses=told(401, 403, 404, 422))
def show_simulation(
    visit: Caller, permit: Word, asked: Annotated[AskedSimulation, Query()]
) -> Simulation | Response:
    """What the decided ordinary cases of a permit type would have saved on its commitment track,
    each figure with the interval in which 90 of 100 draws lie. For auditors."""
    if not visit.actor.audits:
        return problems.trouble(Trouble.NOT_FOR_THIS_ACCOUNT, visit.language)
    today = visit.office.shelf.current(permit)
    if today is None:
        return refused(visit, Refused(Reason.NO_SUCH_PERMIT, (permit,)))
    _ = words(visit.language).gettext
    wrong = []
    if TrackName.COMMITMENT not in today.definition.tracks:
        says = _("No permit type of that name has a commitment track. Choose one of the list.")
        wrong.append(Wrong(parameter="permit", detail=says))
    if asked.first is not None and asked.last is not None and asked.last < asked.first:
        wrong.append(Wrong(parameter="to", detail=_("The period ends before it begins.")))
    if wrong:
        return problems.trouble(Trouble.UNFIT, visit.language, tuple(wrong))
    of = Asked(today, asked.first, asked.last, asked.everyone)
    share = planned_share(today) if asked.share is None else asked.share
    plan = Plan(share, asked.seed, SAMPLES, asked.ahead or 0)
    found, checks = read(visit.office, of)
    result = simulated(found.cases, plan, checks) if found.cases else None
    return simulation_of(of, plan, found, result, visit.language)
