"""Taking an application back, or only the commitment."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.refusals import Refused
from permits.definitions.procedure import Act
from permits.services.cases import BadAnswers, Record
from permits.services.requests import Nothing, Reasoned
from permits.text import refusals
from permits.web.answering import answered
from permits.web.applicant.cases import Choice, choices
from permits.web.deps import Applicant, Form, TheRecord
from permits.web.dossier import Dossier, dossier
from permits.web.errors import status_of
from permits.web.visits import Member, see_other

router = APIRouter()

TAKING_BACK = (Act.WITHDRAW, Act.WITHDRAW_COMMITMENT)
MOST_CHARACTERS = 4000


def _choice(visit: Member, record: Record, action: str) -> tuple[Dossier, Choice]:
    """The action among those with which an applicant takes something back; 404 otherwise."""
    case = dossier(visit, record, record.values)
    for choice in choices(visit, case):
        if choice.action == action and choice.act in TAKING_BACK:
            return case, choice
    raise HTTPException(404)


@router.get("/cases/{case}/actions/{action}")
def ask(visit: Applicant, record: TheRecord, action: str) -> Response:
    """What will follow, and whether it is really meant."""
    case, choice = _choice(visit, record, action)
    return visit.page("applicant/withdraw.html", case=case, choice=choice, reason="", says="")


@router.post("/cases/{case}/actions/{action}")
async def take(visit: Applicant, record: TheRecord, action: str, form: Form) -> Response:
    """Take the application or the commitment back."""
    case, choice = _choice(visit, record, action)
    reason = form.text("reason")[:MOST_CHARACTERS]
    given = Reasoned(reason=reason) if choice.act is Act.WITHDRAW else Nothing()
    sent = visit.office.cases.act(record, action, given, visit.actor, form.ticket)
    if isinstance(sent, BadAnswers):
        raise HTTPException(422)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if not isinstance(answer, Refused):
        return see_other(f"/cases/{case.id}")
    return await run_in_threadpool(
        visit.page,
        "applicant/withdraw.html",
        status=status_of(answer.reason),
        case=case,
        choice=choice,
        reason=reason,
        says=refusals.sentence(answer, case.definition, visit.language),
    )
