"""What applicants think of the service, for programs: ratings of a case, and figures for all."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict

from permits.casework.access import owns
from permits.casework.refusals import Reason, Refused
from permits.casework.voices.decide import ratable
from permits.casework.voices.events import Matter
from permits.services.voice_requests import About, By, Rating, say
from permits.store import voices
from permits.text.voices import INDICATORS
from permits.web.api.asking import Anyone, Applicant, Key, TheRecord, refused
from permits.web.api.bodies import sent
from permits.web.api.describing import WRITING, body, told
from permits.web.api.shown.voices import (
    IndicatorMean,
    LevelCount,
    RatingFigures,
    Ratings,
    RatingShown,
    ToldRating,
    named_indicator,
    named_level,
    named_matter,
    rating_shown,
)
from permits.web.visits import Member, Visit

router = APIRouter()

MOST_TOLD = 50
LEVELS = (5, 4, 3, 2, 1)


class RatedWithin(BaseModel):
    """The period that is asked for, both days included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: date | None = None
    last: date | None = None


@router.get("/ratings", tags=["public"], responses=told(422))
def list_ratings(visit: Anyone, asked: Annotated[RatedWithin, Query()]) -> RatingFigures:
    """What applicants think of the service, and what the office replies. Where there are too few
    ratings nothing is told of them."""
    fewest = visit.office.public_rules.fewest.cases
    with visit.office.database.read() as connection:
        found = voices.levels(connection, asked.first, asked.last)
        means = voices.indicators(connection, asked.first, asked.last)
        rows = voices.told(connection, MOST_TOLD)
        followed = voices.followed_up(connection, asked.first, asked.last)
    counts = {one: sum(f.count for f in found if f.level == one) for one in LEVELS}
    enough = sum(counts.values()) >= fewest
    return RatingFigures(
        count=sum(counts.values()) if enough else None,
        fewest=fewest,
        levels=tuple(
            LevelCount(level=named_level(one, visit.language), count=count)
            for one, count in counts.items()
        )
        if enough
        else (),
        indicators=tuple(
            IndicatorMean(
                indicator=named_indicator(one, visit.language),
                hundredths=round(100 * means[one][1] / means[one][0]),
                count=means[one][0],
            )
            for one in INDICATORS
            if means[one][0] >= fewest
        ),
        bad=followed.bad if enough else None,
        replied=followed.replied if enough else None,
        in_time=followed.in_time if enough else None,
        told=tuple(_told(visit, one) for one in rows),
    )


def _told(visit: Visit, one: voices.Heard) -> ToldRating:
    said = visit.office.voices.of(one.row.case_id)
    rating = said.voices.ratings[one.row.name]
    return ToldRating(
        level=named_level(rating.level, visit.language),
        on=rating.on,
        words=said.values.get(rating.words or "", ""),
        reply=said.values.get(rating.reply, ""),
    )


@router.get(
    "/cases/{case}/ratings", tags=["cases"], response_model=Ratings, responses=told(401, 404)
)
def show_ratings(visit: Applicant, record: TheRecord) -> Ratings | Response:
    """How your party rated a case, what came of it, and what of the case can still be rated."""
    if not owns(visit.actor, record.case):
        return refused(visit, Refused(Reason.NO_SUCH_CASE))
    said = visit.office.voices.of(record.case.id)
    return Ratings(
        items=tuple(
            rating_shown(one, said.values, visit.language) for one in said.voices.ratings.values()
        ),
        ratable=tuple(
            named_matter(one, visit.language) for one in ratable(said.voices, record.case)
        ),
    )


@router.post(
    "/cases/{case}/ratings/{matter}",
    tags=["commands"],
    status_code=201,
    response_model=RatingShown,
    responses=told(*WRITING),
    openapi_extra=body(Rating),
)
def rate_service(
    visit: Applicant,
    record: TheRecord,
    matter: Matter,
    key: Key,
    given: Annotated[Rating, Depends(sent(Rating))],
) -> RatingShown | Response:
    """Rate the service, once for each matter of a case. A level of 2 or 1 is followed up."""
    return _rated(visit, record, given, About(matter), key)


def _rated(
    visit: Member, record: TheRecord, given: Rating, about: About, key: str
) -> RatingShown | Response:
    by = By(visit.actor, key)
    done = say(visit.office.voices, record.case.id, given, by, about)
    if isinstance(done, Refused):
        return refused(visit, done, visit.office.cases.edition(record.case).definition)
    said = visit.office.voices.of(record.case.id)
    return rating_shown(said.voices.ratings[about.matter], said.values, visit.language)
