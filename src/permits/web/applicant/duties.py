"""Reporting on an obligation: when it was done, and what shows it."""

from datetime import date

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.refusals import Reason, Refused
from permits.services.case_record import Record
from permits.services.requests import Report
from permits.store.drafts import Upload
from permits.text import refusals
from permits.text.words import words
from permits.web.amiss import Wrong
from permits.web.answering import answered
from permits.web.applicant.cases import open_duties
from permits.web.deps import Applicant, Form, TheRecord
from permits.web.disclosure import loose
from permits.web.dossier import dossier
from permits.web.errors import Elsewhere, status_of
from permits.web.errors import refused as not_done
from permits.web.kept_files import keep
from permits.web.unsent import restored
from permits.web.visits import Member, Visit, see_other

router = APIRouter()


class Reporting:
    """An obligation of a case, with the files uploaded for it; `duty` is None where the
    applicant has nothing to report on it now."""

    def __init__(self, visit: Member, record: Record, name: str) -> None:
        self.visit = visit
        self.record = record
        self.name = name
        self.case = dossier(visit, record, record.values)
        if name not in self.case.case.obligations:
            raise HTTPException(404)
        self.duty = next((d for d in open_duties(visit, self.case) if d.name == name), None)

    @property
    def home(self) -> str:
        return f"/cases/{self.case.id}"

    @property
    def path(self) -> str:
        return f"{self.home}/obligations/{self.name}"

    @property
    def uploads(self) -> tuple[Upload, ...]:
        """What was uploaded to show that it was done."""
        return tuple(u for u in self.record.uploads if u.material == self.name)

    @property
    def loose(self) -> tuple[Upload, ...]:
        """What of it was not handed in yet."""
        free = loose(self.record)
        return tuple(upload for upload in self.uploads if upload.id in free)

    def page(
        self, *, typed: str = "", refused: Refused | None = None, wrong: Wrong | None = None
    ) -> Response:
        """The page, with the day as it was typed and what is wrong; only why it cannot be done,
        if there is nothing to report any more."""
        if self.duty is None:
            why = refused or Refused(Reason.OBLIGATION_NOT_OPEN, (self.name,))
            return not_done(self.visit, why, self.case.definition, back=self.home)
        language = self.visit.language
        errors = {wrong.name: wrong.says} if wrong else {}
        if refused is not None:
            errors = {"on": refusals.sentence(refused, self.case.definition, language)}
        status = wrong.status if wrong else status_of(refused.reason) if refused else 200
        return self.visit.page(
            "applicant/duty.html",
            status=status,
            r=self,
            case=self.case,
            duty=self.duty,
            typed=typed,
            errors=errors,
        )


@router.get("/cases/{case}/obligations/{obligation}")
def ask(visit: Applicant, record: TheRecord, obligation: str) -> Response:
    """What is owed, and where to report it."""
    reporting = Reporting(visit, record, obligation)
    if reporting.duty is None:
        raise Elsewhere(reporting.home)
    form = restored(visit)
    return reporting.page(typed=form.text("on") if form else "")


@router.post("/cases/{case}/obligations/{obligation}/files")
def upload(visit: Applicant, record: TheRecord, obligation: str, form: Form) -> Response:
    """Keep a file that shows it was done; the same file again takes its own place."""
    reporting = Reporting(visit, record, obligation)
    if reporting.duty is None:
        return reporting.page()
    kept = keep(visit, record.case.id, obligation, form)
    if isinstance(kept, Wrong):
        return reporting.page(wrong=kept._replace(name="file"))
    for earlier in reporting.loose:
        if earlier.sha256 == kept.sha256:
            visit.office.uploading.remove_upload(record.case.id, earlier.id)
    return see_other(reporting.path)


@router.post("/cases/{case}/obligations/{obligation}")
async def report(visit: Applicant, record: TheRecord, obligation: str, form: Form) -> Response:
    """Report it done, with the day and the files that stood on the page."""
    reporting = await run_in_threadpool(Reporting, visit, record, obligation)
    typed = form.text("on").strip()
    on = _day(typed)
    if on is None:
        return await run_in_threadpool(reporting.page, typed=typed, wrong=_no_day(visit))
    chosen = form.every("upload")
    uploads = tuple(u.id for u in reporting.uploads if u.id in chosen)
    given = Report(obligation=obligation, on=on, uploads=uploads)
    sent = visit.office.cases.beside(record, given, visit.actor, form.ticket)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(reporting.page, typed=typed, refused=answer)
    return see_other(reporting.home)


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if found.isoformat() == typed else None


def _no_day(visit: Visit) -> Wrong:
    _ = words(visit.language).gettext
    says = _("Write the date as year-month-day, such as 2022-06-09")
    return Wrong("on", says, status_of(Reason.BAD_ANSWERS))
