"""Stating one's case before a permit is revoked (陈述、申辩)."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.casework.decide.revoking import hearing, not_to_state
from permits.casework.refusals import Refused
from permits.services.case_record import Record
from permits.services.requests import State
from permits.text.words import words
from permits.web.amiss import amiss
from permits.web.answering import answered
from permits.web.deps import Applicant, Form, TheRecord
from permits.web.dossier import Dossier, dossier
from permits.web.errors import Elsewhere
from permits.web.errors import refused as not_done
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.shown_parts import ShownClock
from permits.web.visits import Member, see_other

router = APIRouter()


class Stating:
    """A case whose grant is to be revoked; `shut` says why nothing can be stated now."""

    def __init__(self, visit: Member, record: Record) -> None:
        self.visit = visit
        self.record = record
        self.case: Dossier = dossier(visit, record, record.values)
        self.desk = visit.desk(record.case)
        self.shut = not_to_state(record.case, self.desk)

    @property
    def home(self) -> str:
        return f"/cases/{self.case.id}"

    @property
    def limit(self) -> ShownClock | None:
        """Until when it may be stated."""
        held = hearing(self.record.case, self.desk)
        return next((s for s in self.case.clocks if held and s.name == held.name), None)

    def page(
        self, *, typed: str = "", wrong: str = "", refused: Refused | None = None
    ) -> Response:
        """The form as it was typed; only why it is not open, if nothing can be stated."""
        if self.shut is not None:
            return not_done(self.visit, refused or self.shut, self.case.definition, back=self.home)
        found = refused or ({"statement": wrong} if wrong else None)
        told = amiss(found, self.visit.language, self.case.definition)
        return self.visit.page(
            "applicant/statement.html",
            status=told.status,
            s=self,
            case=self.case,
            typed=typed,
            errors=told.errors,
            says=told.says,
        )


@router.get("/cases/{case}/statement")
def ask(visit: Applicant, record: TheRecord) -> Response:
    """What the office intends, and where to answer it."""
    stating = Stating(visit, record)
    if stating.shut is not None:
        raise Elsewhere(stating.home)
    return stating.page()


@router.post("/cases/{case}/statement")
async def state(visit: Applicant, record: TheRecord, form: Form) -> Response:
    """Send the statement in."""
    stating = await run_in_threadpool(Stating, visit, record)
    text, wrong = _read(visit, form)
    if wrong:
        return await run_in_threadpool(stating.page, typed=text, wrong=wrong)
    given = State(statement=text)
    sent = visit.office.cases.beside(record, given, visit.actor, form.ticket)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(stating.page, typed=text, refused=answer)
    return see_other(stating.home)


def _read(visit: Member, form: Posted) -> tuple[str, str]:
    """What was written, and what is wrong with it."""
    reading = Reading(form, visit.language)
    text = reading.text("statement")
    _ = words(visit.language).gettext
    return text, reading.errors.get("statement", "")
