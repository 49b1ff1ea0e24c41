"""What each kind of problem means: where the `type` of a problem leads."""

from fastapi import APIRouter, Response

from permits.casework.refusals import Reason, Refused
from permits.settings import Limits
from permits.text import refusals, troubles
from permits.text.troubles import Trouble
from permits.text.words import Language
from permits.web import deps, problems, statuses
from permits.web.api.asking import Anyone
from permits.web.api.describing import Responses, told
from permits.web.api.shown.parts import Shown
from permits.web.problems import TYPES

router = APIRouter(tags=["problems"])

SPOKEN_OF: dict[Reason, tuple[str, ...]] = {
    Reason.NOT_YOURS: (),
    Reason.CAUSE_NOT_LAWFUL: ("hearing",),
    Reason.DATE_NOT_LAWFUL: ("2022-06-09",),
    Reason.NOT_IN_FORCE: ("2022-06-01",),
    Reason.SILENCE_ACCEPTED: ("2022-06-16",),
    Reason.INSPECTORS_WANTED: ("2",),
    Reason.TOO_FEW_INSPECTORS: ("2",),
    Reason.HEARING_TOO_SOON: ("2022-06-20",),
    Reason.HEARING_TOO_LATE: ("2022-06-16",),
    Reason.OFFERS_OPEN: ("2022-07-18",),
    Reason.NOTICE_OVER: ("2022-06-17",),
    Reason.NOTICE_RUNNING: ("2022-06-17",),
    Reason.NOT_ADMITTED: ("…", "…"),
    Reason.SUPPLY_ENDED: ("2022-06-21",),
    Reason.ASKED_TOO_LATE: ("2022-11-09",),
    Reason.TERM_TOO_LONG: ("3m",),
    Reason.TERM_ENDED: ("2022-12-09",),
    Reason.BARRED: ("2023-06-21",),
    Reason.GATE_SHUT: ("…", "…", "…", "…", "report"),
    Reason.STAGE_COVERED: ("…", "…"),
    Reason.NOT_ALIKE: ("…", "…"),
    Reason.FEE_UNPAID: ("…", "5550000"),
    Reason.AMOUNT_NOT_LAWFUL: ("…", "5550000"),
    Reason.RECEIPT_ENTERED: ("GXGH-20220609-0001",),
    Reason.NO_SUCH_ENTRY: ("…", "2"),
    Reason.TRACK_LOST: ("2023-06-17", "…"),
    Reason.SIGNER_LOST: ("2023-06-17", "…"),
    Reason.PERMIT_BARRED: ("2023-07-01", "false_materials"),
    Reason.NOT_AUTHORISED: ("unknown",),
    Reason.OBJECTION_ENDED: ("2022-06-16",),
    Reason.MAY_STILL_OBJECT: ("2022-06-16",),
    Reason.ENTRY_NOT_THERE: ("dropped",),
}
"""What the sentence of a kind speaks of where it is shown by itself; else of nothing certain."""


class Kind(Shown):
    """A kind of problem."""

    type: str
    reason: str
    status: int
    title: str
    detail: str


class Kinds(Shown):
    """Every kind of problem there is."""

    items: tuple[Kind, ...]


def kind(what: Reason | Trouble, language: Language, limits: Limits) -> Kind:
    """A kind of problem, with the sentence that is told of it."""
    if isinstance(what, Trouble):
        status, detail = problems.status_of(what), troubles.sentence(what, language, limits)
    else:
        refused = Refused(what, SPOKEN_OF.get(what, ("…",)))
        status, detail = statuses.status_of(what), refusals.sentence(refused, None, language)
    title = troubles.title(status, language)
    return Kind(type=f"{TYPES}{what}", reason=what, status=status, title=title, detail=detail)


KINDS: dict[str, Reason | Trouble] = {str(one): one for one in (*Trouble, *Reason)}

HTML = "text/html"
PAGE: Responses = {200: {"content": {HTML: {"schema": {"type": "string"}}}}}


@router.get("/problems", responses=told())
def list_problems(visit: Anyone) -> Kinds:
    """Every kind of problem there is."""
    limits = visit.office.uploading.limits
    return Kinds(items=tuple(kind(one, visit.language, limits) for one in KINDS.values()))


@router.get("/problems/{reason}", response_model=Kind, responses={**PAGE, **told(404)})
def show_problem(visit: Anyone, reader: deps.Anyone, reason: str) -> Kind | Response:
    """What a kind of problem means; a page for browsers."""
    what = KINDS.get(reason)
    if what is None:
        return problems.trouble(Trouble.NOT_FOUND, visit.language)
    limits = visit.office.uploading.limits
    if HTML in visit.request.headers.get("accept", ""):
        return reader.page("api/problem.html", kind=kind(what, reader.language, limits))
    return kind(what, visit.language, limits)
