"""Figures for programs of auditors: what there is, and what each comes to, in groups."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from permits.analytics import before, measuring
from permits.analytics.choosing import Chosen
from permits.analytics.measures import RULES, By, Measure
from permits.analytics.measuring import Found
from permits.casework.dates import day_of
from permits.casework.working_days import WorkingDays
from permits.definitions.schema import TrackName
from permits.exchange.history import cases_of_before
from permits.services.rebuild import all_made
from permits.text.troubles import Trouble
from permits.text.words import words
from permits.web import problems
from permits.web.api.asking import Caller
from permits.web.api.describing import told
from permits.web.api.shown.metrics import Metric, MetricList, metric_of, value_of
from permits.web.problems import Wrong
from permits.web.visits import Member

router = APIRouter(tags=["figures"])

LATEST, EARLIEST = date(2099, 12, 31), date(2000, 1, 1)
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
Word = Annotated[str, Field(max_length=40, pattern=r"^([a-z][a-z0-9_]*)?$")]


class AskedFigures(BaseModel):
    """Of which cases figures are told. A case is counted on the day its result came."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: By = Field(default=By.ALL, description="by what it is told apart")
    permit: Word = Field(default="", description="only of this permit type")
    track: TrackName | None = Field(default=None, description="only of this track")
    department: Word = Field(default="", description="only of this department")
    district: Word = Field(default="", description="only of the office of this district")
    first: Day | None = Field(default=None, alias="from", description="results from this day on")
    last: Day | None = Field(default=None, alias="to", description="results up to this day")
    known: Day | None = Field(
        default=None, description="as it was known at the end of this past day; else as of now"
    )

    before: bool = Field(
        default=False,
        description="with cases decided before the program came, of which only dates are known:"
        " in the figure days_gross alone, and told apart by permit, track or month",
    )

    @property
    def chosen(self) -> Chosen:
        track = self.track.value if self.track is not None else ""
        return Chosen(self.permit, track, self.first, self.last, self.department, self.district)


@router.get("/metrics", response_model=MetricList, responses=told(401, 403))
def list_metrics(visit: Caller) -> MetricList | Response:
    """Every figure there is: what it is called, how it is made, what it counts, and by what it can
    be told apart. For auditors."""
    if not visit.actor.audits:
        return problems.trouble(Trouble.NOT_FOR_THIS_ACCOUNT, visit.language)
    return MetricList(items=tuple(metric_of(one, visit.language) for one in Measure))


@router.get("/metrics/{metric}", response_model=Metric, responses=told(401, 403, 404, 422))
def show_metric(
    visit: Caller,
    measure: Annotated[Measure, Path(alias="metric")],
    asked: Annotated[AskedFigures, Query()],
) -> Metric | Response:
    """What a figure comes to, in groups: how many were counted, their sum, mean, median and 90th
    percentile, and how often each number occurs. For auditors.

    A share adds up ones and noughts: its sum is how many, its mean the share. Money is in fen.
    """
    if not visit.actor.audits:
        return problems.trouble(Trouble.NOT_FOR_THIS_ACCOUNT, visit.language)
    wrong = _wrong(visit, measure, asked)
    if wrong:
        return problems.trouble(Trouble.UNFIT, visit.language, wrong)
    today, office = day_of(visit.office.now()), visit.office
    if asked.known is None or asked.known == today:
        with office.database.read() as connection:
            of = measuring.Asked(asked.chosen, today, asked.by, all_made(connection))
            calendar = office.shelf.calendar
            found = measuring.measured(connection, measure, of, calendar)
    else:
        of = measuring.Asked(asked.chosen, asked.known, asked.by, kept=True)
        with office.known.at_the_end_of(asked.known) as past, past.read() as connection:
            found = measuring.measured(connection, measure, of, past.calendar)
        calendar = past.calendar
    of_before = _of_before(visit, asked, calendar)
    both = before.added(found, of_before)
    return value_of(metric_of(measure, visit.language), of, both, of_before)


def _of_before(visit: Member, asked: AskedFigures, calendar: WorkingDays) -> dict[str, Found]:
    """What cases of before come to, if they are asked for."""
    if not asked.before:
        return {}
    cases = cases_of_before(visit.office, asked.chosen, asked.known)
    return before.found(cases, asked.by, calendar)


def _wrong(visit: Member, measure: Measure, asked: AskedFigures) -> tuple[Wrong, ...]:
    """What of the question makes no sense."""
    _ = words(visit.language).gettext
    found = []
    if asked.by not in RULES[measure].ways:
        ways = ", ".join(RULES[measure].ways)
        says = _("This figure cannot be told apart by that; choose one of: %(ways)s.")
        found.append(Wrong(parameter="by", detail=says % {"ways": ways}))
    if asked.before and measure is not before.TOLD:
        says = _("Of cases of before only dates are known; they are counted in %(figure)s alone.")
        found.append(Wrong(parameter="before", detail=says % {"figure": before.TOLD.value}))
    if asked.known is not None and asked.known > day_of(visit.office.now()):
        found.append(
            Wrong(
                parameter="known", detail=_("What will be known on a day to come cannot be told.")
            )
        )
    if asked.first is not None and asked.last is not None and asked.last < asked.first:
        found.append(Wrong(parameter="to", detail=_("The period ends before it begins.")))
    return tuple(found)
