"""Reporting on an obligation: when it was done, or a breach put right, and what shows it."""

from typing import NamedTuple

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.refusals import Reason, Refused
from permits.services.case_record import Record
from permits.services.requests import Report
from permits.store.drafts import Upload
from permits.text import refusals
from permits.web.amiss import Wrong, Wrongs, amiss
from permits.web.answering import answered
from permits.web.applicant.cases import open_duties
from permits.web.breaches import orders
from permits.web.deps import Applicant, Form, TheRecord
from permits.web.disclosure import loose
from permits.web.dossier import dossier
from permits.web.errors import Elsewhere
from permits.web.errors import refused as not_done
from permits.web.forms import Posted
from permits.web.kept_files import keep
from permits.web.reading import Reading
from permits.web.statuses import status_of
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()


class Typed(NamedTuple):
    """What was typed: the day, and how a breach was put right."""

    on: str = ""
    words: str = ""


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

    @property
    def puts_right(self) -> bool:
        """Whether it is a breach that is reported as put right; also once it was."""
        return self.case.case.obligations[self.name].failed

    @property
    def finding(self) -> str:
        """What a check found not to be in order, if that is to be put right."""
        found = (one.finding for one in orders(self.case) if one.duty.name == self.name)
        return next(found, "")

    def page(
        self,
        typed: Typed | None = None,
        *,
        refused: Refused | None = None,
        wrong: Wrongs = None,
    ) -> Response:
        """The page as it was typed, with what is wrong; only why it cannot be done, if there is
        nothing to report any more."""
        if self.duty is None:
            why = refused or Refused(Reason.OBLIGATION_NOT_OPEN, (self.name,))
            return not_done(self.visit, why, self.case.definition, back=self.home)
        told, errors = amiss(wrong, self.visit.language), {}
        if refused is not None:
            says = refusals.sentence(refused, self.case.definition, self.visit.language)
            errors = {"on": says}
        return self.visit.page(
            "applicant/duty.html",
            status=status_of(refused.reason) if refused else told.status,
            r=self,
            case=self.case,
            duty=self.duty,
            typed=typed or Typed(),
            errors=errors or told.errors,
        )


@router.get("/cases/{case}/obligations/{obligation}")
def ask(visit: Applicant, record: TheRecord, obligation: str) -> Response:
    """What is owed, and where to report it."""
    reporting = Reporting(visit, record, obligation)
    if reporting.duty is None:
        raise Elsewhere(reporting.home)
    form = restored(visit)
    return reporting.page(_typed(form) if form else None)


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
    """Report it done, or put right, with the day and the files that stood on the page."""
    reporting = await run_in_threadpool(Reporting, visit, record, obligation)
    reading, typed = Reading(form, visit.language), _typed(form)
    on = reading.day("on")
    told = reading.text("words") if reporting.puts_right else ""
    if reading.errors:
        return await run_in_threadpool(reporting.page, typed, wrong=reading.errors)
    chosen = form.every("upload")
    uploads = tuple(u.id for u in reporting.uploads if u.id in chosen)
    given = Report(obligation=obligation, on=on, uploads=uploads, words=told)
    sent = visit.office.cases.beside(record, given, visit.actor, form.ticket)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(reporting.page, typed, refused=answer)
    return see_other(reporting.home)


def _typed(form: Posted) -> Typed:
    return Typed(form.text("on").strip(), form.text("words"))
