"""What an applicant thinks of the service: five levels, once for each matter of a case."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.refusals import Refused
from permits.casework.voices.decide import ratable
from permits.casework.voices.events import Indicator, Matter
from permits.services.case_record import Record
from permits.services.voice_requests import MOST_WORDS, About, By, Rating, say
from permits.text.voices import INDICATORS, levels
from permits.web.amiss import Wrongs, amiss
from permits.web.deps import Applicant, Form, TheRecord
from permits.web.dossier import dossier
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()

RATE = "/cases/{case}/rating/{matter}"
LEVELS = ("5", "4", "3", "2", "1")


@router.get(RATE)
def ask(visit: Applicant, record: TheRecord, matter: Matter) -> Response:
    """The rating as it was given, or the form for it."""
    kept = restored(visit)
    return _page(visit, record, matter, kept.texts() if kept is not None else {})


def _page(
    visit: Member,
    record: Record,
    matter: Matter,
    typed: Mapping[str, str],
    wrong: Wrongs = None,
) -> Response:
    said = visit.office.voices.of(record.case.id)
    rating = said.voices.ratings.get(matter)
    if rating is None and matter not in ratable(said.voices, record.case):
        raise HTTPException(404)
    told = amiss(wrong, visit.language)
    return visit.page(
        "applicant/rating.html",
        status=told.status,
        case=dossier(visit, record, record.values),
        matter=matter,
        rating=rating,
        said=said,
        levels=levels(visit.language),
        indicators=INDICATORS,
        typed=typed,
        errors=told.errors,
        says=told.says,
        rule=visit.office.public_rules,
    )


@router.post(RATE)
async def rate(visit: Applicant, form: Form, record: TheRecord, matter: Matter) -> Response:
    """Give a rating."""
    return await run_in_threadpool(_rate, visit, form, record, matter)


def _rate(visit: Member, form: Posted, record: Record, matter: Matter) -> Response:
    reading = Reading(form, visit.language)
    level = reading.one_of("level", LEVELS)
    given: dict[Indicator, int] = {}
    for name in INDICATORS:
        if form.text(name):
            chosen = reading.one_of(name, LEVELS)
            given[name] = int(chosen) if chosen in LEVELS else 0
    said = reading.text("words", most=MOST_WORDS, wanted=False)
    if reading.errors:
        return _page(visit, record, matter, form.texts(), reading.errors)
    rating = Rating.model_construct(
        level=int(level), indicators=given, words=said, publish=reading.tick("publish")
    )
    by = By(visit.actor, form.key)
    done = say(visit.office.voices, record.case.id, rating, by, About(matter))
    if isinstance(done, Refused):
        return _page(visit, record, matter, form.texts(), done)
    return see_other(f"/cases/{record.case.id.removeprefix('case/')}/rating/{matter}")
