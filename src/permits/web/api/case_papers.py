"""What belongs to a case on paper: documents as data, files to be fetched, kept, taken away."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response

from permits.casework.access import owns
from permits.casework.offers import beside, offers
from permits.casework.openings_after import openings_after
from permits.casework.refusals import Reason, Refused
from permits.casework.signed_texts import named
from permits.definitions.procedure import Act
from permits.services.case_record import Record
from permits.services.signed_texts import kept_whole
from permits.store.drafts import Upload
from permits.text.papers import Told, paper
from permits.text.subjects import of_document
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.after_forms import SHOWN_BY
from permits.web.api.asking import Applicant, Caller, Id, Key, TheRecord, refused
from permits.web.api.bodies import TheFile
from permits.web.api.describing import WRITING, bytes_of_json, contents, form_with_file, pdf, told
from permits.web.api.files import not_kept
from permits.web.api.shown.filed import File, file_of_case
from permits.web.api.shown.listed import CASES
from permits.web.api.shown.papers import DocumentText, document_text
from permits.web.disclosure import and_erased, handed_in, on_paper
from permits.web.document_files import at_place, offered, taken
from permits.web.dossier import dossier
from permits.web.files import attachment, download
from permits.web.visits import Member

router = APIRouter(tags=["documents and files"])

Spoken = Literal["zh", "en"]

Place = Annotated[int, Path(ge=1, le=1000, description="its place among the documents, from 1")]

Digest = Annotated[
    str,
    Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the text, as its signature names it"),
]


@router.get(
    "/cases/{case}/documents/{place}", response_model=DocumentText, responses=told(401, 404)
)
def show_document(visit: Caller, record: TheRecord, place: Place) -> DocumentText | Response:
    """A document as it was drawn up, made anew from the log."""
    drawn = record.case.documents
    if place > len(drawn):
        return problems.trouble(Trouble.NOT_FOUND, visit.language)
    case = dossier(visit, record, {})
    values = and_erased(on_paper(visit.actor, record, case.edition), record, visit.language)
    reader = Told(values, record.people)
    text = paper(drawn[place - 1], record.entries, case.edition, reader, visit.language)
    files = offered(visit, record, of_document(drawn[place - 1], record.entries)).files
    return document_text(case, text, place, files)


@router.get(
    "/cases/{case}/documents/{place}/pdf", response_class=Response, responses=pdf(401, 404, 422)
)
def fetch_document(
    visit: Caller, record: TheRecord, place: Place, language: Spoken | None = None
) -> Response:
    """A document as the file that was kept of it, in a language or the caller's own. There is
    none a moment after it was drawn up, and for whoever may not read all that stands in it."""
    found = taken(visit, record, at_place(record, place), language or "")
    return found if found is not None else problems.trouble(Trouble.NOT_FOUND, visit.language)


@router.get(
    "/cases/{case}/signed-texts/{digest}",
    response_class=Response,
    responses=bytes_of_json("The text as it was signed", 401, 404),
)
def fetch_signed_text(visit: Caller, record: TheRecord, digest: Digest) -> Response:
    """A text that was signed in this case, byte for byte: JSON in its canonical form (RFC 8785)
    with the notice and the statement in both languages, whose SHA-256 the signature names. It
    holds nothing about a person. 404 also if it is not there, or is not what was signed."""
    signed = named(event for _envelope, event in record.entries)
    kept = kept_whole(visit.office.database, [one for one in signed if one == digest])
    if digest not in kept:
        return problems.trouble(Trouble.NOT_FOUND, visit.language)
    headers = {"Content-Disposition": attachment(f"{digest}.json"), "Cache-Control": "no-store"}
    return Response(kept[digest], media_type="application/json", headers=headers)


@router.get("/cases/{case}/files/{upload}", response_class=Response, responses=contents(401, 404))
def fetch_file(visit: Caller, record: TheRecord, upload: Id) -> Response:
    """The content of a file; to others than the applicant only of one that was handed in."""
    mine = owns(visit.actor, record.case)
    shown = {one.id for one in record.uploads} if mine else handed_in(record)
    among = (one for one in record.uploads if one.id in shown)
    return download(visit.office.files, among, upload)


@router.post(
    "/cases/{case}/files",
    status_code=201,
    response_model=File,
    responses=told(*WRITING),
    openapi_extra=form_with_file(),
)
def keep_file(visit: Applicant, record: TheRecord, key: Key, incoming: TheFile) -> File | Response:
    """Keep a file for a material that the correction notice names or that is still to come, or to
    show that an obligation was done, or why something is asked for. It becomes part of the case
    when its id is sent with the corrections, the supply, the report or the request."""
    edition = visit.office.cases.edition(record.case)
    if incoming.material not in _wanted(visit, record):
        missing = Refused(Reason.NO_SUCH_MATERIAL, (incoming.material,))
        return refused(visit, missing, edition.definition)
    place = record.case.id
    kept = visit.office.applications.attach(place, incoming, visit.actor, key, replaces=False)
    if not isinstance(kept, Upload):
        return not_kept(visit, kept, edition.definition)
    case = dossier(visit, record, {})
    return file_of_case(case, f"{CASES}/{case.id}", kept)


def _wanted(visit: Member, record: Record) -> frozenset[str]:
    """What a file can be for now."""
    case, desk = record.case, visit.desk(record.case)
    open_ = beside(case, desk)
    duties = {one.name for one in open_ if one.command == "report"}
    if any(one.command == "supply" for one in open_):
        duties |= {*case.tolerated}
    duties |= {SHOWN_BY.get(one.command, "") for one in openings_after(case, desk)} - {""}
    if not any(offer.act is Act.SUPPLY_CORRECTIONS for offer in offers(case, desk)):
        return frozenset(duties)
    abouts = (defect.about for defect in case.notices[-1].defects)
    return frozenset(duties | {a.removeprefix("material.") for a in abouts})


@router.delete("/cases/{case}/files/{upload}", status_code=204, responses=told(401, 403, 404))
def remove_file(visit: Applicant, record: TheRecord, upload: Id) -> Response:
    """Take a file away again that was not handed in yet."""
    loose = {one.id for one in record.uploads} - handed_in(record)
    if upload not in loose:
        return problems.trouble(Trouble.NOT_FOUND, visit.language)
    visit.office.uploading.remove_upload(record.case.id, upload)
    return Response(status_code=204)
