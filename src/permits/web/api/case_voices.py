"""What officers do about what is said of their cases from outside, for programs."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from permits.casework.access import works_on
from permits.casework.refusals import Reason, Refused
from permits.casework.voices.events import Matter
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
from permits.web.api.asking import Caller, Key, TheRecord, refused
from permits.web.api.bodies import sent
from permits.web.api.describing import WRITING, body, told
from permits.web.api.shown.voices import (
    CaseVoices,
    notice_days,
    officers_objection,
    rating_shown,
)
from permits.web.visits import Member

router = APIRouter(tags=["commands"])

Place = Annotated[int, Path(ge=1, le=10_000, description="number of the objection, from 1")]
HOME = "/cases/{case}/voices"
STEPS = f"{HOME}/ratings/{{matter}}"
RESPONSES = told(*WRITING)


@router.get(HOME, tags=["cases"], response_model=CaseVoices, responses=told(401, 404))
def show_voices(visit: Caller, record: TheRecord) -> CaseVoices | Response:
    """The notice of a case of your department, objections to it, and its ratings. Who objects is
    shown on the page alone, for a reason that is noted."""
    if not works_on(visit.actor, record.case):
        return refused(visit, Refused(Reason.NO_SUCH_CASE))
    return _shown(visit, record)


def _shown(visit: Member, record: TheRecord) -> CaseVoices:
    said = visit.office.voices.of(record.case.id)
    values, language = said.values, visit.language
    return CaseVoices(
        notice=notice_days(said.voices.notice),
        objections=tuple(
            officers_objection(one, values, language) for one in said.voices.objections
        ),
        ratings=tuple(rating_shown(one, values, language) for one in said.voices.ratings.values()),
    )


def _said(
    visit: Member, record: TheRecord, given: VoiceRequest, key: str, about: About = WHOLE
) -> CaseVoices | Response:
    """Do it, and answer what stands about the case then."""
    by = By(visit.actor, key)
    done = say(visit.office.voices, record.case.id, given, by, about)
    if isinstance(done, Refused):
        return refused(visit, done, visit.office.cases.edition(record.case).definition)
    return _shown(visit, record)


@router.post(
    f"{HOME}/notice",
    response_model=CaseVoices,
    responses=RESPONSES,
    openapi_extra=body(OpenCaseNotice),
)
def open_case_notice(
    visit: Caller,
    record: TheRecord,
    key: Key,
    given: Annotated[OpenCaseNotice, Depends(sent(OpenCaseNotice))],
) -> CaseVoices | Response:
    """Tell the public that the case is about to be decided, as examiner or head of the office."""
    return _said(visit, record, given, key)


@router.post(
    f"{HOME}/objections/{{number}}",
    response_model=CaseVoices,
    responses=RESPONSES,
    openapi_extra=body(AnswerToObjection),
)
def answer_case_objection(
    visit: Caller,
    record: TheRecord,
    number: Place,
    key: Key,
    given: Annotated[AnswerToObjection, Depends(sent(AnswerToObjection))],
) -> CaseVoices | Response:
    """Answer an objection with reasons, which are published, as examiner or head."""
    return _said(visit, record, given, key, About(number=number))


def _step(
    model: type[FollowedUp],
) -> Callable[..., CaseVoices | Response]:
    """The route that takes a step about a bad rating."""

    def take(
        visit: Caller,
        record: TheRecord,
        matter: Matter,
        key: Key,
        given: Annotated[FollowedUp, Depends(sent(model))],
    ) -> CaseVoices | Response:
        return _said(visit, record, given, key, About(matter))

    return take


for _address, _name, _model, _says in (
    (
        "contact",
        "contact_rater",
        RaterContacted,
        "Note that the rater of a bad rating was reached, the first of its steps. Whoever decided"
        " the case takes none of them.",
    ),
    (
        "finding",
        "examine_rating",
        RatingFinding,
        "Note what was found, and whether it is as the rater says.",
    ),
    (
        "measures",
        "put_rating_right",
        RatingMeasures,
        "Note what was done about it; only where it is as the rater says.",
    ),
    (
        "reply",
        "reply_to_rater",
        RatingReply,
        "Tell the rater what came of it; published with words that are.",
    ),
):
    router.add_api_route(
        f"{STEPS}/{_address}",
        _step(_model),
        methods=["POST"],
        name=_name,
        description=_says,
        response_model=CaseVoices,
        responses=RESPONSES,
        openapi_extra=body(_model),
    )
