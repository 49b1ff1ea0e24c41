"""Recording how documents reached the applicant: the day, the means, and what proves it."""

from collections.abc import Mapping
from functools import cached_property
from typing import get_args

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.counter import PROOF
from permits.casework.decide.serving import servable
from permits.casework.parts import Means
from permits.casework.refusals import Refused
from permits.services.case_record import Record
from permits.services.counter_shapes import ServeIn
from permits.store.drafts import Upload
from permits.text import names
from permits.text.counter import scan
from permits.web.amiss import Wrong, Wrongs, amiss
from permits.web.answering import answered
from permits.web.counter.openings import is_window
from permits.web.deps import Form, Officer, TheRecord
from permits.web.disclosure import impersonal
from permits.web.dossier import dossier
from permits.web.files import download
from permits.web.forms import Posted
from permits.web.kept_files import keep
from permits.web.reading import Reading
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()

AT = "/review/cases/{case}/service"


class Serving:
    """The documents of a case whose service can be recorded; 404 to whoever does not stand at its
    window."""

    def __init__(self, visit: Member, record: Record) -> None:
        if not is_window(visit, record.case):
            raise HTTPException(404)
        self.visit = visit
        self.record = record
        self.case = dossier(
            visit, record, impersonal(record, visit.office.cases.edition(record.case)), inside=True
        )
        self.place = visit.office.counter.tray(record.case, visit.actor, "service")

    @property
    def home(self) -> str:
        return f"/review/cases/{self.case.id}"

    @property
    def path(self) -> str:
        return f"{self.home}/service"

    @property
    def papers(self) -> list[tuple[str, str]]:
        """The documents by their number."""
        rules, language = self.case.definition.documents, self.visit.language
        return [
            (d.number, f"{rules[d.document].title.in_(language)} {d.number}")
            for d in servable(self.record.case)
        ]

    @property
    def ways(self) -> list[tuple[str, str]]:
        return [(one, names.means(one, self.visit.language)) for one in get_args(Means)]

    @property
    def things(self) -> tuple[tuple[str, str], ...]:
        return ((PROOF, scan(PROOF, self.visit.language)),)

    @cached_property
    def all_lying(self) -> tuple[Upload, ...]:
        """What lies in the tray."""
        return tuple(self.visit.office.uploading.uploads(self.place))

    def lying(self, thing: str) -> tuple[Upload, ...]:
        return tuple(upload for upload in self.all_lying if upload.material == thing)

    def page(
        self,
        *,
        typed: Mapping[str, str] | None = None,
        wrong: Wrongs = None,
    ) -> Response:
        """The form as it was typed, with what is wrong."""
        told = amiss(wrong, self.visit.language, self.case.definition)
        return self.visit.page(
            "reviewer/service.html",
            status=told.status,
            s=self,
            case=self.case,
            typed=typed or {},
            errors=told.errors,
            says=told.says,
        )

    def given(self, form: Posted, reading: Reading) -> ServeIn | None:
        """What was typed; None if something does not fit."""
        number, on = reading.one_of("number", [n for n, _title in self.papers]), reading.day("on")
        means = reading.one_of("means", get_args(Means))
        postal = reading.text("postal", most=100, wanted=False)
        if reading.errors:
            return None
        proof = form.every("upload")
        values = {"number": number, "on": on, "means": means, "proof": proof, "postal": postal}
        return ServeIn.model_validate(values)


@router.get(AT)
def ask(visit: Officer, record: TheRecord) -> Response:
    """Which documents were served when, and the form for the next."""
    form = restored(visit)
    return Serving(visit, record).page(typed=form.texts() if form is not None else None)


@router.post(AT)
async def note(visit: Officer, record: TheRecord, form: Form) -> Response:
    """Record the service of one of them."""
    serving = await run_in_threadpool(Serving, visit, record)
    reading = Reading(form, visit.language)
    given = await run_in_threadpool(serving.given, form, reading)
    if given is None:
        return await run_in_threadpool(serving.page, typed=form.texts(), wrong=reading.errors)
    serve = visit.office.counter.serve
    sent = await run_in_threadpool(serve, record, given, visit.actor, form.ticket, serving.place)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(serving.page, typed=form.texts(), wrong=answer)
    return see_other(f"{serving.home}?done=service")


@router.post(f"{AT}/scans/{{thing}}")
def upload(visit: Officer, record: TheRecord, thing: str, form: Form) -> Response:
    """Keep a scan of what proves it; it takes the place of an earlier one."""
    serving = Serving(visit, record)
    if thing != PROOF:
        raise HTTPException(404)
    earlier = serving.lying(thing)
    kept = keep(visit, serving.place, thing, form)
    if isinstance(kept, Wrong):
        return serving.page(wrong=kept)
    for one in earlier:
        visit.office.uploading.remove_upload(serving.place, one.id)
    return see_other(f"{serving.path}#{thing}")


@router.get(f"{AT}/scans/{{upload}}")
def file(visit: Officer, record: TheRecord, upload: str) -> Response:
    """A scan in the tray."""
    return download(visit.office.files, Serving(visit, record).all_lying, upload)


@router.post(f"{AT}/scans/{{upload}}/remove")
def remove(visit: Officer, record: TheRecord, upload: str, form: Form) -> Response:
    """Take a scan out of the tray again. What is gone already stays gone."""
    del form
    serving = Serving(visit, record)
    visit.office.uploading.remove_upload(serving.place, upload)
    return see_other(serving.path)
