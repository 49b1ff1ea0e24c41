"""Supplying what an acceptance was given without: files one by one, sent when they are ready."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.decide.tolerance import not_to_supply, supply_clock
from permits.casework.refusals import Refused
from permits.definitions.schema import Material
from permits.services.case_record import Record
from permits.services.requests import Supply
from permits.store.drafts import Upload
from permits.web.amiss import Wrong, amiss
from permits.web.answering import answered
from permits.web.deps import Applicant, Form, TheRecord
from permits.web.disclosure import loose
from permits.web.dossier import Dossier, dossier
from permits.web.errors import Elsewhere
from permits.web.errors import refused as not_done
from permits.web.kept_files import keep
from permits.web.shown_parts import ShownClock
from permits.web.visits import Member, see_other

router = APIRouter()


class Supplying:
    """A case with materials still to come, and what was uploaded of them; `shut` says why
    nothing can be supplied now."""

    def __init__(self, visit: Member, record: Record) -> None:
        self.visit = visit
        self.record = record
        self.case: Dossier = dossier(visit, record, record.values)
        desk = visit.desk(record.case)
        self.shut = not_to_supply(record.case, desk)

    @property
    def home(self) -> str:
        return f"/cases/{self.case.id}"

    @property
    def path(self) -> str:
        return f"{self.home}/later"

    @property
    def missing(self) -> tuple[tuple[str, Material], ...]:
        rules = self.case.definition.materials
        return tuple((name, rules[name]) for name in self.record.case.tolerated)

    @property
    def uploads(self) -> dict[str, Upload]:
        """The newest upload for each of them that was not handed in yet."""
        free, names = loose(self.record), self.record.case.tolerated
        return {u.material: u for u in self.record.uploads if u.id in free and u.material in names}

    @property
    def limit(self) -> ShownClock | None:
        """Until when they may be supplied."""
        held = supply_clock(self.record.case, self.case.edition)
        return next((s for s in self.case.clocks if held and s.name == held.name), None)

    def page(self, *, refused: Refused | None = None, wrong: Wrong | None = None) -> Response:
        """The page; only why it is not open, if nothing can be supplied any more."""
        if self.shut is not None:
            return not_done(self.visit, self.shut, self.case.definition, back=self.home)
        told = amiss(wrong or refused, self.visit.language, self.case.definition)
        return self.visit.page(
            "applicant/later.html",
            status=told.status,
            s=self,
            case=self.case,
            errors=told.errors,
            says=told.says,
        )


@router.get("/cases/{case}/later")
def ask(visit: Applicant, record: TheRecord) -> Response:
    """What is still to come, and by when."""
    supplying = Supplying(visit, record)
    if supplying.shut is not None:
        raise Elsewhere(supplying.home)
    return supplying.page()


@router.post("/cases/{case}/later/{material}/files")
def upload(visit: Applicant, record: TheRecord, material: str, form: Form) -> Response:
    """Keep a file for one of them; it takes the place of one that was not handed in yet."""
    supplying = Supplying(visit, record)
    if supplying.shut is not None:
        return supplying.page()
    if material not in record.case.tolerated:
        raise HTTPException(404)
    kept = keep(visit, record.case.id, material, form)
    if isinstance(kept, Wrong):
        return supplying.page(wrong=kept)
    earlier = supplying.uploads.get(material)
    if earlier is not None:
        visit.office.uploading.remove_upload(record.case.id, earlier.id)
    return see_other(f"{supplying.path}#{material}")


@router.post("/cases/{case}/later")
async def supply(visit: Applicant, record: TheRecord, form: Form) -> Response:
    """Hand in the files that stood on the page."""
    supplying = await run_in_threadpool(Supplying, visit, record)
    chosen = form.every("upload")
    given = Supply(uploads=tuple(u.id for u in supplying.uploads.values() if u.id in chosen))
    sent = visit.office.cases.beside(record, given, visit.actor, form.ticket)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(supplying.page, refused=answer)
    return see_other(supplying.home)
