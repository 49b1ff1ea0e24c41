"""Documents as files: who may take which, and how whoever holds one finds out that it is
genuine."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from starlette.responses import Response, StreamingResponse

from permits.outside.stores import parts
from permits.services.case_record import Record
from permits.store.documents import MEDIA_TYPE, DocumentFile
from permits.text.instruments import instruments
from permits.text.subjects import Subject, of_document, of_instrument
from permits.text.words import LANGUAGES
from permits.web.disclosure import on_paper
from permits.web.files import SANDBOX, attachment
from permits.web.visits import Member, Visit


class Offered(NamedTuple):
    """The files of a document that a reader may take, in the order of the languages; if there are
    none, why: `waiting`, `failed` (and `fault`, for the office), `personal` or `gone`."""

    files: tuple[DocumentFile, ...] = ()
    why: str = ""
    fault: str = ""


def offered(visit: Member, record: Record, subject: Subject) -> Offered:
    """What a reader of a document may take of it."""
    documents = visit.office.documents
    found = documents.of(record.case.id, subject.number)
    if not found:
        making, fault = documents.standing(subject)
        return Offered(why=making, fault=fault if visit.actor.officer else "")
    if not may_take(visit, record, found):
        return Offered(why="personal")
    return Offered(tuple(found[language] for language in LANGUAGES if language in found))


def may_take(visit: Member, record: Record, files: Mapping[str, DocumentFile]) -> bool:
    """Whether everything that stands in the files may be told this reader whole: a file cannot be
    masked for one and not for another."""
    shown = on_paper(visit.actor, record, visit.office.cases.edition(record.case))
    seals = {seal for one in files.values() for seal in one.says}
    return all(shown.get(seal, "") == record.values.get(seal, "") for seal in seals)


def at_place(record: Record, place: int) -> Subject | None:
    """The document at a place, from 1; None if there is none."""
    drawn = record.case.documents
    if not 1 <= place <= len(drawn):
        return None
    return of_document(drawn[place - 1], record.entries)


def paper_at(visit: Member, record: Record, place: int) -> Subject | None:
    """The paper beside the documents at a place, from 1; None if there is none."""
    definition = visit.office.cases.edition(record.case).definition
    papers = instruments(record.case, record.entries, definition)
    return of_instrument(papers[place - 1]) if 1 <= place <= len(papers) else None


def taken(
    visit: Member, record: Record, subject: Subject | None, language: str
) -> Response | None:
    """The file of a document, in a language or the reader's own; None if there is none for
    them."""
    if subject is None:
        return None
    found = offered(visit, record, subject).files
    wanted = language or visit.language
    chosen = next((one for one in found if one.language == wanted), None)
    return sent(visit, record, chosen) if chosen is not None else None


def sent(visit: Visit, record: Record, one: DocumentFile) -> Response | None:
    """A file, to be saved; None if it is lost for good."""
    try:
        source = visit.office.documents.open(one, record)
    except FileNotFoundError:
        return None
    headers = {
        "Content-Disposition": attachment(f"{one.number}-{one.language}.pdf"),
        "Content-Length": str(one.size),
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "no-store",
    }
    return StreamingResponse(_parts(source), media_type=MEDIA_TYPE, headers=headers)


def _parts(source: BinaryIO) -> Iterator[bytes]:
    with source:
        yield from parts(source)
