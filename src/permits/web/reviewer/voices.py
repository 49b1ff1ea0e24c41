"""What the public and applicants say about cases, as officers answer it."""

from collections.abc import Mapping
from typing import NamedTuple

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.access import follows_up, gives_notice, was_decided_by, works_on
from permits.casework.masks import BESIDE, masked
from permits.casework.parts import Seal
from permits.casework.refusals import Refused
from permits.casework.voices import commands as c
from permits.casework.voices.decide import next_step, noticeable
from permits.casework.voices.events import Matter, stream_of
from permits.casework.voices.voices import Objection, Rating
from permits.services.accounts import Look
from permits.services.case_record import Record
from permits.services.voice_requests import (
    WHOLE,
    About,
    AnswerToObjection,
    By,
    FollowedUp,
    OpenCaseNotice,
    RaterContacted,
    RatingFinding,
    RatingMeasures,
    RatingReply,
    VoiceRequest,
    say,
)
from permits.services.voices import Said
from permits.store import voices as store
from permits.text.voices import OUTCOMES, outcome
from permits.web.amiss import Wrongs, amiss
from permits.web.deps import Form, Officer, TheRecord
from permits.web.disclosing import asked_for, reasons
from permits.web.disclosure import impersonal
from permits.web.dossier import dossier
from permits.web.forms import Posted
from permits.web.reading import Reading, Unfit
from permits.web.visits import Member, see_other

router = APIRouter()

AT_ONCE = 100
CASE = "/review/cases/{case}/voices"
PERSONAL = ("objector", "contact", "interest")

STEPS: Mapping[type[c.FollowUp], str] = {
    c.NoteContact: "contact",
    c.ExamineRating: "examine",
    c.PutRatingRight: "put_right",
    c.ReplyToRater: "reply",
}


@router.get("/review/voices")
def waiting(visit: Officer) -> Response:
    """Objections to answer and ratings to follow up in the department, the most urgent first."""
    with visit.office.database.read() as connection:
        found = store.waiting(connection, visit.actor, AT_ONCE)
    shelf = visit.office.shelf
    return visit.page(
        "reviewer/voices.html",
        found=found,
        definitions={one.definition: shelf.edition(one.definition).definition for one in found},
        today=visit.office.voices.today,
        most=AT_ONCE,
    )


@router.get(CASE)
def show(visit: Officer, record: TheRecord) -> Response:
    """The notice of a case, objections to it, and its ratings."""
    return _page(visit, _ours(visit, record))


def _ours(visit: Member, record: Record) -> Record:
    """The case, if it is the department's; what is said about it is not for others who see it."""
    if not works_on(visit.actor, record.case):
        raise HTTPException(404)
    return record


class Again(NamedTuple):
    """A form that is shown again, with what was typed into it and what is wrong; `whole` is the
    objection whose author is shown."""

    at: str = ""
    typed: Mapping[str, str] = {}
    wrong: Wrongs = None
    whole: int = 0


ONCE = Again()


def _page(visit: Member, record: Record, again: Again = ONCE) -> Response:
    case, actor = record.case, visit.actor
    said = visit.office.voices.of(case.id)
    edition = visit.office.cases.edition(case)
    told = amiss(again.wrong, visit.language, edition.definition)
    return visit.page(
        "reviewer/case_voices.html",
        status=told.status,
        case=dossier(visit, record, impersonal(record, edition), inside=True),
        said=said,
        may_notice=gives_notice(actor, case)
        and said.voices.notice is None
        and noticeable(case, edition),
        may_answer=gives_notice(actor, case),
        may_follow=follows_up(actor, case) and not was_decided_by(actor, case),
        steps={name: _step(rating) for name, rating in said.voices.ratings.items()},
        who=_people(said, again.whole),
        whole=again.whole,
        reasons=reasons(visit),
        outcomes=[(one, outcome(one, visit.language)) for one in OUTCOMES],
        at=again.at,
        typed=again.typed,
        errors=told.errors,
        says=told.says,
        rule=visit.office.public_rules,
        today=visit.office.voices.today,
    )


def _step(rating: Rating) -> str:
    step = next_step(rating)
    return STEPS[step] if step is not None else ""


def _people(said: Said, whole: int) -> dict[int, dict[str, str]]:
    """Who objects and how they are reached, masked but for the one that is shown whole."""
    return {
        one.number: {name: _shown(said, one, name, whole=one.number == whole) for name in PERSONAL}
        for one in said.voices.objections
    }


def _shown(said: Said, one: Objection, name: str, *, whole: bool) -> str:
    seal: Seal = getattr(one, name)
    value = said.values.get(seal, "")
    field = name if name == "objector" else f"objection.{name}"
    return value if whole or not value else masked(value, BESIDE[field])


@router.post(CASE + "/notice")
async def open_notice(visit: Officer, form: Form, record: TheRecord) -> Response:
    """Tell the public that the case is about to be decided."""
    _ours(visit, record)
    return await run_in_threadpool(_do, visit, form, record, OpenCaseNotice())


def _do(
    visit: Member, form: Posted, record: Record, given: VoiceRequest, about: About = WHOLE
) -> Response:
    by = By(visit.actor, form.key)
    done = say(visit.office.voices, record.case.id, given, by, about)
    if isinstance(done, Refused):
        typed = {name: value for name, value in form.texts().items() if name not in _OWN}
        return _page(visit, record, Again("", typed, done))
    return see_other(f"/review/cases/{record.case.id.removeprefix('case/')}/voices")


_OWN = ("csrf", "key")
"""What a form carries that nobody typed."""


@router.post(CASE + "/objections/{number}")
async def answer(visit: Officer, form: Form, record: TheRecord, number: int) -> Response:
    """Answer an objection, with reasons."""
    _ours(visit, record)
    return await run_in_threadpool(_answer, visit, form, record, number)


def _answer(visit: Member, form: Posted, record: Record, number: int) -> Response:
    if visit.office.voices.of(record.case.id).voices.objection(number) is None:
        raise HTTPException(404)
    reading = Reading(form, visit.language)
    chosen = reading.one_of("outcome", OUTCOMES)
    why = reading.text("reason")
    if reading.errors:
        return _page(visit, record, Again(f"objection-{number}", form.texts(), reading.errors))
    outcome_of = next(one for one in OUTCOMES if one == chosen)
    given = AnswerToObjection.model_construct(outcome=outcome_of, reason=why)
    return _do(visit, form, record, given, About(number=number))


@router.post(CASE + "/objections/{number}/personal")
def personal(visit: Officer, form: Form, record: TheRecord, number: int) -> Response:
    """The page with who objects, for this once; that it was shown is noted first."""
    _ours(visit, record)
    if visit.office.voices.of(record.case.id).voices.objection(number) is None:
        raise HTTPException(404)
    asked = asked_for(form, visit)
    if isinstance(asked, Unfit):
        return _page(visit, record, Again(f"personal-{number}", form.texts(), asked.errors))
    look = Look(("objector", "objection.contact", "objection.interest"), *asked)
    visit.office.accounts.shown(visit.actor.id, stream_of(record.case.id), look)
    return _page(visit, record, Again(whole=number))


@router.post(CASE + "/ratings/{matter}")
async def follow_up(visit: Officer, form: Form, record: TheRecord, matter: Matter) -> Response:
    """The next step about a bad rating."""
    _ours(visit, record)
    return await run_in_threadpool(_follow_up, visit, form, record, matter)


def _follow_up(visit: Member, form: Posted, record: Record, matter: Matter) -> Response:
    rating = visit.office.voices.of(record.case.id).voices.ratings.get(matter)
    if rating is None:
        raise HTTPException(404)
    reading = Reading(form, visit.language)
    given = _read_step(form.text("step"), reading)
    if reading.errors:
        return _page(visit, record, Again(f"rating-{matter}", form.texts(), reading.errors))
    return _do(visit, form, record, given, About(matter))


def _read_step(step: str, reading: Reading) -> FollowedUp:
    """A step as it was typed; what does not fit is gathered by the reading."""
    words = reading.text("words")
    match step:
        case "contact":
            return RaterContacted.model_construct(on=reading.day("on"), words=words)
        case "examine":
            was = reading.one_of("substantiated", ("true", "false")) == "true"
            return RatingFinding.model_construct(substantiated=was, words=words)
        case "put_right":
            return RatingMeasures.model_construct(words=words)
        case _:
            return RatingReply.model_construct(words=words)
