"""What belongs to a case and is shown to everybody who sees it: dates explained, documents,
files."""

from collections.abc import Callable, Iterator

from fastapi import APIRouter
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.access import owns
from permits.casework.families.deciding import Moved
from permits.casework.published import check_code, in_groups
from permits.casework.working_days import WorkingDays
from permits.definitions import diagram
from permits.definitions.steps import around
from permits.services.case_record import Record
from permits.store.drafts import Upload
from permits.text.papers import Told
from permits.text.subjects import Subject
from permits.web import explaining
from permits.web.deps import SignedIn, TheRecord
from permits.web.disclosure import and_erased, handed_in, on_paper
from permits.web.document_files import at_place, offered, paper_at, taken
from permits.web.dossier import Dossier, dossier
from permits.web.explaining import Explained
from permits.web.file_receipts import receipt
from permits.web.files import download
from permits.web.visits import Member, Visit

router = APIRouter()

Explains = Callable[[Dossier, WorkingDays, str], Explained | None]


@router.get("/cases/{case}/clocks/{clock}")
def clock(visit: SignedIn, record: TheRecord, clock: str) -> Response:
    """How the due date of a time limit is reckoned."""
    return _explained(visit, record, explaining.of_clock, clock)


@router.get("/cases/{case}/obligations/{obligation}/date")
def obligation(visit: SignedIn, record: TheRecord, obligation: str) -> Response:
    """How the due date of an obligation is reckoned."""
    return _explained(visit, record, explaining.of_obligation, obligation)


@router.get("/cases/{case}/fees/{fee}/date")
def fee(visit: SignedIn, record: TheRecord, fee: str) -> Response:
    """How the due date of a fee is reckoned."""
    return _explained(visit, record, explaining.of_fee, fee)


@router.get("/cases/{case}/term")
def term(visit: SignedIn, record: TheRecord) -> Response:
    """How the last day of what was granted is reckoned."""
    return _explained(visit, record, explaining.of_term, "")


def _explained(visit: Visit, record: Record, explains: Explains, name: str) -> Response:
    case = dossier(visit, record, {})
    found = explains(case, visit.office.shelf.calendar, name)
    if found is None:
        raise HTTPException(404)
    return visit.page("case/explained.html", case=case, explained=found)


@router.get("/cases/{case}/chart")
def chart(visit: SignedIn, record: TheRecord) -> Response:
    """Where the case stands in the procedure, and where it has been."""
    case = dossier(visit, record, {})
    been = [e.leaves for _at, e in record.entries if isinstance(e, Moved)]
    places = {place for leaves in (case.edition.chart.start, *been) for place in around(leaves)}
    here = record.case.leaves
    drawn = diagram.svg(case.definition, visit.language, here, places - {*around(here)})
    return visit.page("case/chart.html", case=case, chart=Markup(drawn))  # noqa: S704 - escaped there


@router.get("/cases/{case}/documents/{place}")
def document(visit: SignedIn, record: TheRecord, place: int) -> Response:
    """A document, as it was drawn up."""
    return _shown(visit, record, at_place(record, place), f"documents/{place}")


@router.get("/cases/{case}/records/{place}")
def written_record(visit: SignedIn, record: TheRecord, place: int) -> Response:
    """A paper beside the documents: what was signed, found, ordered, approved, made public."""
    return _shown(visit, record, paper_at(visit, record, place), f"records/{place}")


def _shown(visit: Member, record: Record, subject: Subject | None, path: str) -> Response:
    if subject is None:
        raise HTTPException(404)
    case = dossier(visit, record, {})
    values = and_erased(on_paper(visit.actor, record, case.edition), record, visit.language)
    told = Told(values, record.people)
    shown = subject.paper(record.entries, case.edition, told, visit.language)
    files = offered(visit, record, subject)
    home = f"/cases/{case.id}/{path}"
    return visit.page(
        "case/document.html",
        case=case,
        paper=shown,
        drawn=subject.drawn,
        home=home,
        files=files,
        code=in_groups(check_code(record.case, subject.number)),
    )


@router.get("/cases/{case}/documents/{place}/pdf")
def document_file(visit: SignedIn, record: TheRecord, place: int, language: str = "") -> Response:
    """A document as a file."""
    return _or_missing(taken(visit, record, at_place(record, place), language))


@router.get("/cases/{case}/records/{place}/pdf")
def record_file(visit: SignedIn, record: TheRecord, place: int, language: str = "") -> Response:
    """A paper beside the documents as a file."""
    return _or_missing(taken(visit, record, paper_at(visit, record, place), language))


def _or_missing(found: Response | None) -> Response:
    if found is None:
        raise HTTPException(404)
    return found


@router.get("/cases/{case}/files/{upload}")
def file(visit: SignedIn, record: TheRecord, upload: str) -> Response:
    """A file that was handed in; to the applicant also one that was not handed in yet."""
    return download(visit.office.files, _files(visit, record), upload)


@router.get("/cases/{case}/files/{upload}/receipt")
def file_receipt(visit: SignedIn, record: TheRecord, upload: str) -> Response:
    """The receipt of such a file, with its fingerprint."""
    materials = visit.office.cases.edition(record.case).definition.materials
    return receipt(visit, _files(visit, record), upload, materials)


def _files(visit: Member, record: Record) -> Iterator[Upload]:
    mine = owns(visit.actor, record.case)
    shown = {u.id for u in record.uploads} if mine else handed_in(record)
    return (one for one in record.uploads if one.id in shown)
