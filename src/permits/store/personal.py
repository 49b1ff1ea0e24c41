"""What is kept about people, wherever it stands: found to be put together, or to be erased."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    delete,
    exists,
    select,
    text,
    union,
    update,
)

from permits.casework.dates import as_text, day_of
from permits.store.database import Database
from permits.store.document_tables import document_file
from permits.store.people_tables import (
    account,
    api_token,
    identity,
    recovery_code,
    second_factor,
    session,
    unsent,
)
from permits.store.tables import case_row, draft, event, file, sealed_value, upload
from permits.store.vault import SealedValue

_ACTED = {
    "sqlite": "SELECT DISTINCT stream FROM event"
    " WHERE stream LIKE 'case/%' AND instr(record, :named) > 0 ORDER BY stream",
    "postgresql": "SELECT DISTINCT stream FROM event"
    " WHERE stream LIKE 'case/%' AND position(:named in record) > 0 ORDER BY stream",
}


class CaseKept(msgspec.Struct, frozen=True):
    """What tables say of a case whose values are looked at; `last` is the day of its last
    entry."""

    number: str
    permit: str
    definition: str
    ended: bool
    last: date


def case_kept(connection: Connection, stream: str) -> CaseKept | None:
    """A case as far as keeping goes; None if the stream is of something else."""
    c = case_row.c
    columns = (c.number, c.permit, c.definition, c.ended, c.updated_at)
    row = connection.execute(select(*columns).where(c.case_id == stream)).one_or_none()
    if row is None:
        return None
    last = day_of(datetime.fromisoformat(row.updated_at))
    return CaseKept(row.number, row.permit, row.definition, bool(row.ended), last)


def _sealed(row: Row[Any]) -> SealedValue:
    return SealedValue(row.seal, row.stream, row.field, bytes(row.salt), row.value, row.erased_on)


_LEFT = sealed_value.c.erased_on.is_(None)


def with_value(connection: Connection, value: str) -> list[SealedValue]:
    """Every value that is exactly this one."""
    query = select(sealed_value).where(sealed_value.c.value == value, _LEFT)
    found = connection.execute(query.order_by(sealed_value.c.stream, sealed_value.c.seal))
    return [_sealed(row) for row in found]


def naming(connection: Connection, value: str) -> list[SealedValue]:
    """Every longer text that has this value in it."""
    named = sealed_value.c.value.contains(value, autoescape=True)
    query = select(sealed_value).where(named, sealed_value.c.value != value, _LEFT)
    found = connection.execute(query.order_by(sealed_value.c.stream, sealed_value.c.seal))
    return [_sealed(row) for row in found]


def acted_in(connection: Connection, account_id: str) -> list[str]:
    """The cases whose log names an account: it acted in them, or was named there."""
    query = text(_ACTED[connection.dialect.name])
    return list(connection.execute(query, {"named": account_id.encode()}).scalars())


def sessions_of(connection: Connection, account_id: str) -> list[dict[str, str]]:
    """The sessions of an account, without what opens them."""
    c = session.c
    columns = (c.opened_at, c.seen_at, c.closes_at, c.address, c.agent)
    query = select(*columns).where(c.account == account_id)
    return [dict(row) for row in connection.execute(query.order_by(c.opened_at)).mappings()]


def unsent_of(connection: Connection, account_id: str) -> list[dict[str, Any]]:
    """What an account typed into forms that were not sent."""
    c = unsent.c
    query = select(c.page, c.kept_at, c.fields).where(c.account == account_id).order_by(c.page)
    return [
        {"page": r.page, "kept_at": r.kept_at, "fields": msgspec.json.decode(bytes(r.fields))}
        for r in connection.execute(query)
    ]


def drafts_of(connection: Connection, account_id: str) -> list[dict[str, Any]]:
    """The applications an account writes, with what was typed."""
    c = draft.c
    query = select(c.id, c.permit, c.updated_at, c.content)
    mine = query.where(c.account == account_id, c.filed_at.is_(None)).order_by(c.id)
    return [
        {
            "draft": r.id,
            "permit": r.permit,
            "updated_at": r.updated_at,
            "answers": msgspec.json.decode(bytes(r.content))["answers"],
        }
        for r in connection.execute(mine)
    ]


def uploads_of(connection: Connection, account_id: str) -> list[dict[str, Any]]:
    """What an account uploaded."""
    c = upload.c
    columns = (c.place, c.material, c.filename, c.sha256, c.size, c.uploaded_at)
    mine = select(*columns).where(c.account == account_id, c.erased_on.is_(None))
    return [dict(row) for row in connection.execute(mine.order_by(c.id)).mappings()]


def shown_events(connection: Connection) -> Iterator[bytes]:
    """The records of every look at personal values."""
    query = select(event.c.record).where(event.c.type == "CaseShown")
    for record in connection.execute(query.order_by(event.c.stream, event.c.seq)).scalars():
        yield bytes(record)


def empty_account(connection: Connection, account_id: str, name: str, nobody: str) -> None:
    """Take out of an account who it is; `name` stands in its place, `nobody` fits no password."""
    blank = {"username": account_id, "name": name, "email": "", "password_hash": nobody}
    connection.execute(update(account).where(account.c.id == account_id).values(**blank))


def forget_of(connection: Connection, account_id: str) -> tuple[int, int, int]:
    """Forget the sessions, the forms and the unfiled drafts of an account, and how it signed in;
    how many there were of the first three."""
    sessions = connection.execute(delete(session).where(session.c.account == account_id)).rowcount
    for table in (second_factor, recovery_code, identity, api_token):
        connection.execute(delete(table).where(table.c.account == account_id))
    forms = connection.execute(delete(unsent).where(unsent.c.account == account_id)).rowcount
    theirs = and_(draft.c.account == account_id, draft.c.filed_at.is_(None))
    gone, _uploads = _remove_drafts(connection, _ids(connection, theirs))
    return sessions, forms, gone


def forget_drafts(connection: Connection, before: datetime) -> tuple[int, int]:
    """Forget unfiled drafts that nobody changed since an instant; how many there were, and
    uploads with them."""
    old = and_(draft.c.updated_at < as_text(before), draft.c.filed_at.is_(None))
    return _remove_drafts(connection, _ids(connection, old))


def _ids(connection: Connection, which: ColumnElement[bool]) -> list[str]:
    query = select(draft.c.id).where(which).order_by(draft.c.id)
    return list(connection.execute(query).scalars())


def _remove_drafts(connection: Connection, ids: Sequence[str]) -> tuple[int, int]:
    uploads = connection.execute(delete(upload).where(upload.c.place.in_(ids))).rowcount
    return connection.execute(delete(draft).where(draft.c.id.in_(ids))).rowcount, uploads


def with_values(connection: Connection, after: str, most: int) -> list[str]:
    """The next streams, in the order of their names, beside which values or files are kept."""
    values = select(sealed_value.c.stream).where(_LEFT, sealed_value.c.stream > after)
    places = select(upload.c.place).where(
        upload.c.erased_on.is_(None), upload.c.place > after, upload.c.place.like("case/%")
    )
    names = union(values, places).subquery()
    return list(connection.execute(select(names).order_by(names.c[0]).limit(most)).scalars())


def erase_uploads(connection: Connection, ids: Sequence[str], on: date) -> None:
    """Take the names of uploads away, and note the day; their files are swept afterwards."""
    erased = update(upload).where(upload.c.id.in_(ids))
    connection.execute(erased.values(filename="", erased_on=on.isoformat()))


def unheld_files(connection: Connection, before: datetime) -> list[str]:
    """Files noted before an instant that no upload and no document is of any more, by their
    SHA-256."""
    held = exists().where(upload.c.sha256 == file.c.sha256, upload.c.erased_on.is_(None))
    drawn = exists().where(document_file.c.sha256 == file.c.sha256)
    query = select(file.c.sha256).where(~held, ~drawn, file.c.stored_at < as_text(before))
    return list(connection.execute(query.order_by(file.c.sha256)).scalars())


def uploads_at_rest(database: Database) -> AbstractContextManager[Connection]:
    """A transaction during which nobody notes an upload or the file of a document."""
    return database.alone(upload, document_file)


def forget_file(connection: Connection, sha256: str) -> None:
    connection.execute(delete(file).where(file.c.sha256 == sha256))
