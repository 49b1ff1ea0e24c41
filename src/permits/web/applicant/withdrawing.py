"""Taking an application back, or only the commitment."""

from collections.abc import Mapping

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Act
from permits.services.case_record import Record
from permits.services.cases import BadAnswers
from permits.services.requests import Nothing, Reasoned
from permits.text import refusals
from permits.text.words import words
from permits.web.answering import answered
from permits.web.applicant.cases import choices
from permits.web.deps import Applicant, Form, TheRecord
from permits.web.dossier import dossier
from permits.web.errors import Elsewhere, refused
from permits.web.fields import unfit
from permits.web.statuses import status_of
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()

TAKING_BACK = (Act.WITHDRAW, Act.WITHDRAW_COMMITMENT)


class TakingBack:
    """An action that takes something back; `choice` is None where it does not leave the state
    the case is in."""

    def __init__(self, visit: Member, record: Record, action: str) -> None:
        self.visit = visit
        self.case = dossier(visit, record, record.values)
        rule = self.case.definition.chart.actions.get(action)
        if rule is None or rule.act not in TAKING_BACK:
            raise HTTPException(404)
        self.action, self.act = action, rule.act
        self.choice = next((c for c in choices(visit, self.case) if c.action == action), None)

    @property
    def home(self) -> str:
        return f"/cases/{self.case.id}"

    def page(self, reason: str = "", wrong: Mapping[str, str] | None = None) -> Response:
        """The page, with what was typed and what is wrong with it."""
        if self.choice is None:
            return self.not_done(Refused(Reason.NOT_NOW, (self.action,)), reason)
        status = status_of(Reason.BAD_ANSWERS) if wrong else 200
        return self._page(status, reason=reason, errors=wrong or {}, says="")

    def not_done(self, why: Refused, reason: str) -> Response:
        """The page once more with why it was not done; only why, if it can no longer be."""
        if self.choice is None:
            return refused(self.visit, why, self.case.definition, back=self.home)
        says = refusals.sentence(why, self.case.definition, self.visit.language)
        return self._page(status_of(why.reason), reason=reason, errors={}, says=says)

    def _page(self, status: int, **values: object) -> Response:
        return self.visit.page(
            "applicant/withdraw.html", status=status, case=self.case, choice=self.choice, **values
        )


@router.get("/cases/{case}/actions/{action}")
def ask(visit: Applicant, record: TheRecord, action: str) -> Response:
    """What will follow, and whether it is really meant."""
    taking = TakingBack(visit, record, action)
    if taking.choice is None:
        raise Elsewhere(taking.home)
    form = restored(visit)
    return taking.page(form.text("reason") if form else "")


@router.post("/cases/{case}/actions/{action}")
async def take(visit: Applicant, record: TheRecord, action: str, form: Form) -> Response:
    """Take the application or the commitment back."""
    taking = await run_in_threadpool(TakingBack, visit, record, action)
    reason = form.text("reason")
    try:
        given = Reasoned(reason=reason) if taking.act is Act.WITHDRAW else Nothing()
    except ValidationError as error:
        titles = {"reason": words(visit.language).gettext("Reason (optional)")}
        wrong = unfit(error, titles, visit.language)
        return await run_in_threadpool(taking.page, reason, wrong)
    sent = visit.office.cases.act(record, action, given, visit.actor, form.ticket)
    if isinstance(sent, BadAnswers):
        raise HTTPException(422)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(taking.not_done, answer, reason)
    return see_other(taking.home)
