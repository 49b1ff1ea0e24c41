"""Documents as files: which were kept of a case, and whose a number or a digest is."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select

from permits.casework.dates import as_text
from permits.casework.families.kept_documents import DocumentKept
from permits.casework.parts import Seal
from permits.store.caseload import unless_there
from permits.store.document_file_tables import document_file
from permits.store.tables import file

MEDIA_TYPE = "application/pdf"


class DocumentFile(msgspec.Struct, frozen=True):
    """A file of a document: of which case, in which language, and which sealed texts stand in
    it."""

    case_id: str
    number: str
    language: str
    sha256: str
    size: int
    says: tuple[Seal, ...]
    signed: bool
    kept_at: str


def rows_of(
    kept: DocumentKept, at: datetime, erased: Mapping[Seal, date] = {}
) -> Iterator[dict[str, Any]]:
    """The rows of an event; none once anything that stands in the document was erased."""
    if any(seal in erased for seal in kept.says):
        return
    for language, made in kept.files.items():
        yield {
            "case_id": kept.of,
            "number": kept.number,
            "language": language,
            "sha256": made.sha256,
            "size": made.size,
            "says": " ".join(kept.says),
            "signed": kept.signed,
            "kept_at": as_text(at),
        }


def note(connection: Connection, kept: DocumentKept, at: datetime) -> None:
    """Note the files of a document, as files of the office and as those of the document."""
    rows = list(rows_of(kept, at))
    connection.execute(insert(document_file), rows)
    stored = [
        {
            "sha256": row["sha256"],
            "size": row["size"],
            "media_type": MEDIA_TYPE,
            "stored_at": row["kept_at"],
        }
        for row in rows
    ]
    connection.execute(unless_there(file, connection.dialect), stored)


def of_case(connection: Connection, case_id: str) -> list[DocumentFile]:
    """The files of all documents of a case."""
    return _found(connection, document_file.c.case_id == case_id)


def of_document(connection: Connection, case_id: str, number: str) -> list[DocumentFile]:
    """The files of one document."""
    mine = (document_file.c.case_id == case_id) & (document_file.c.number == number)
    return _found(connection, mine)


def cases_of(connection: Connection, number: str) -> list[str]:
    """The cases of which files of a document of this number are kept."""
    query = select(document_file.c.case_id).where(document_file.c.number == number).distinct()
    return list(connection.execute(query).scalars())


def with_digest(connection: Connection, sha256: str) -> list[DocumentFile]:
    """The file of a document that has this SHA-256."""
    return _found(connection, document_file.c.sha256 == sha256)


def _found(connection: Connection, which: Any) -> list[DocumentFile]:
    order = (document_file.c.number, document_file.c.language.desc())
    query = select(document_file).where(which).order_by(*order)
    return [_file(row) for row in connection.execute(query)]


def _file(row: Row[Any]) -> DocumentFile:
    return DocumentFile(
        row.case_id,
        row.number,
        row.language,
        row.sha256,
        row.size,
        tuple(row.says.split()),
        bool(row.signed),
        row.kept_at,
    )


def forget(connection: Connection, case_id: str, seals: Collection[Seal]) -> list[DocumentFile]:
    """Forget the files of documents in which any of these texts stands; which they were. The
    files themselves are swept afterwards."""
    gone = [one for one in of_case(connection, case_id) if not set(seals).isdisjoint(one.says)]
    for number in sorted({one.number for one in gone}):
        mine = (document_file.c.case_id == case_id) & (document_file.c.number == number)
        connection.execute(delete(document_file).where(mine))
    return gone
