"""Drafts and uploads: what stands outside the log until it is filed."""

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    bindparam,
    delete,
    insert,
    select,
    union,
    update,
)
from sqlalchemy.engine import Dialect

from permits.casework.parts import HandedIn, ShownIn
from permits.store.caseload import unless_there
from permits.store.database import Prepared
from permits.store.document_file_tables import document_file
from permits.store.tables import draft, file, invitation, upload


class Draft(msgspec.Struct, frozen=True):
    """An application that is being written. `case_id` is the case it will be; `answers` are as
    typed, so that nothing is lost that does not fit yet; `signed` has the digest of the text under
    each signature, `shown_in` the language in which it was shown. `counter` names the office and
    the department at whose window it is written for the party, if it came on paper."""

    id: str
    account: str
    party: str
    permit: str
    definition: str
    case_id: str
    answers: dict[str, str]
    track: str
    signed: dict[str, str]
    version: int
    updated_at: str
    filed_at: str | None = None
    counter: str = ""
    shown_in: dict[str, ShownIn] = {}


class Upload(msgspec.Struct, frozen=True):
    """A file as somebody uploaded it to a draft or a case. `came` is the SHA-256 of what was sent,
    where something else is kept of it. Of one that was erased the name is empty, and the day
    stands in its place."""

    id: str
    account: str
    place: str
    material: str
    filename: str
    sha256: str
    size: int
    media_type: str
    uploaded_at: str
    came: str = ""
    erased_on: str | None = None

    @property
    def gone_on(self) -> date | None:
        """The day on which it was erased."""
        return date.fromisoformat(self.erased_on) if self.erased_on else None

    @property
    def handed_in(self) -> HandedIn:
        return HandedIn(self.material, self.sha256, self.size, self.media_type)


class _Content(msgspec.Struct, frozen=True):
    answers: dict[str, str]
    track: str
    signed: dict[str, str]
    shown_in: dict[str, ShownIn] = {}


def _draft(row: RowMapping) -> Draft:
    values = dict(row)
    content = msgspec.json.decode(bytes(values.pop("content")), type=_Content)
    return Draft(**values, **msgspec.structs.asdict(content))


def find(connection: Connection, draft_id: str) -> Draft | None:
    row = connection.execute(select(draft).where(draft.c.id == draft_id)).mappings().one_or_none()
    return _draft(row) if row is not None else None


def of_party(connection: Connection, party: str) -> list[Draft]:
    """The drafts that a party writes itself and that are not filed, newest first."""
    return _unfiled(connection, draft.c.party == party, draft.c.counter == "")


def at_counter(connection: Connection, account: str) -> list[Draft]:
    """The drafts an officer writes at the counter that are not filed, newest first."""
    return _unfiled(connection, draft.c.account == account, draft.c.counter != "")


def _unfiled(connection: Connection, *which: ColumnElement[bool]) -> list[Draft]:
    query = select(draft).where(*which, draft.c.filed_at.is_(None))
    found = connection.execute(query.order_by(draft.c.updated_at.desc()))
    return [_draft(row) for row in found.mappings()]


def _columns(one: Draft) -> dict[str, object]:
    content = _Content(one.answers, one.track, one.signed, one.shown_in)
    return {
        "account": one.account,
        "party": one.party,
        "permit": one.permit,
        "definition": one.definition,
        "case_id": one.case_id,
        "content": msgspec.json.encode(content),
        "version": one.version,
        "updated_at": one.updated_at,
        "filed_at": one.filed_at,
        "counter": one.counter,
    }


def add(connection: Connection, new: Draft) -> None:
    """A new draft; one with its id that is there already is left as it is."""
    row = {"id": new.id, **_columns(new)}
    connection.execute(unless_there(draft, connection.dialect), [row])


def save(connection: Connection, changed: Draft) -> bool:
    """Save a draft whose version was counted up by one; False if somebody else saved meanwhile."""
    statement = update(draft).where(
        draft.c.id == changed.id, draft.c.version == changed.version - 1
    )
    return connection.execute(statement.values(**_columns(changed))).rowcount == 1


def remove(connection: Connection, draft_id: str) -> None:
    connection.execute(delete(upload).where(upload.c.place == draft_id))
    connection.execute(delete(invitation).where(invitation.c.draft == draft_id))
    connection.execute(delete(draft).where(draft.c.id == draft_id))


def add_upload(connection: Connection, new: Upload) -> None:
    """Note an upload, and the file it is if nobody has noted that before or is just doing so."""
    row = {
        "sha256": new.sha256,
        "size": new.size,
        "media_type": new.media_type,
        "stored_at": new.uploaded_at,
    }
    # The upload first: whoever sweeps files up keeps uploads from being noted meanwhile, and must
    # not take the row of a file that was looked at before.
    connection.execute(insert(upload), [msgspec.structs.asdict(new)])
    connection.execute(unless_there(file, connection.dialect), [row])


def noted(connection: Connection) -> list[tuple[str, int]]:
    """Every file that was ever kept and not erased: its SHA-256 and its size."""
    found = connection.execute(select(file.c.sha256, file.c.size).order_by(file.c.sha256))
    return [(sha256, size) for sha256, size in found]


def places_of(connection: Connection, sha256: str) -> list[str]:
    """The drafts and cases a file lies with."""
    uploaded = select(upload.c.place).where(upload.c.sha256 == sha256)
    drawn = select(document_file.c.case_id).where(document_file.c.sha256 == sha256)
    return sorted(connection.execute(union(uploaded, drawn)).scalars())


class Uploads:
    """Finds what was uploaded, with a statement compiled once: every page of a case asks it."""

    def __init__(self, dialect: Dialect) -> None:
        columns = [upload.c[name] for name in Upload.__struct_fields__]
        place = upload.c.place == bindparam("at")
        self._at = Prepared(select(*columns).where(place).order_by(upload.c.id), dialect)
        self._columns = columns

    def at(self, connection: Connection, place: str) -> list[Upload]:
        """What was uploaded to a draft or a case, oldest first."""
        return [Upload(*row) for row in self._at.all(connection, at=place)]

    def under(self, connection: Connection, prefix: str) -> tuple[Upload, ...]:
        """What is left of what was uploaded to places that begin alike, oldest first."""
        which = upload.c.place.startswith(prefix, autoescape=True)
        query = select(*self._columns).where(which, upload.c.erased_on.is_(None))
        return tuple(Upload(*row) for row in connection.execute(query.order_by(upload.c.id)))


def remove_upload(connection: Connection, place: str, upload_id: str) -> None:
    statement = delete(upload).where(upload.c.place == place, upload.c.id == upload_id)
    connection.execute(statement)


class Ending(msgspec.Struct, frozen=True):
    """A draft that becomes a case, or what lay at the counter for one. What was typed stands in
    the case from then on, sealed where it is personal; of the draft no more is left than which
    case it became, and its track."""

    draft: str
    case_id: str
    content: bytes


def handing_over(place: str, case_id: str) -> Ending:
    """How what was scanned at the counter for a case comes to belong to it."""
    return Ending(place, case_id, b"")


def ending(one: Draft) -> Ending:
    """How a draft ends when it is filed."""
    return Ending(one.id, one.case_id, msgspec.json.encode(_Content({}, one.track, one.signed)))


class Endings:
    """Ends drafts within the transaction that files them, with statements compiled once."""

    def __init__(self, dialect: Dialect) -> None:
        self._end = Prepared(
            update(draft)
            .where(draft.c.id == bindparam("ended"))
            .values(
                content=bindparam("left"), filed_at=bindparam("at"), version=draft.c.version + 1
            ),
            dialect,
        )
        self._move = Prepared(
            update(upload)
            .where(upload.c.place == bindparam("ended"))
            .values(place=bindparam("to")),
            dialect,
        )

    def put(self, connection: Connection, endings: Sequence[Ending], at: str) -> None:
        """End drafts; what was uploaded to them belongs to their cases."""
        self._end.many(
            connection, [{"ended": e.draft, "left": e.content, "at": at} for e in endings]
        )
        self._move.many(connection, [{"ended": e.draft, "to": e.case_id} for e in endings])
