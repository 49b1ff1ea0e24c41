"""What is kept about people, wherever it stands: found to be put together, or to be erased."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    text,
    union,
    update,
)

from permits.casework.dates import as_text, day_of
from permits.store.database import Database
from permits.store.people_tables import (
    account,
    api_token,
    identity,
    recovery_code,
    second_factor,
    session,
    standing,
    unsent,
)
from permits.store.tables import case_row, draft, event, file, sealed_value, stream, upload
from permits.store.vault import SealedValue, sealed_of

_NAMED = {"sqlite": "instr(record, :named) > 0", "postgresql": "position(:named in record) > 0"}

_OF_CLAIMS = len("entitled/") + 18
"""Characters of the name of a stream of claims: a credit code has 18 (GB 32100-2015)."""


class CaseKept(msgspec.Struct, frozen=True):
    """What tables say of a case whose values are looked at; `last` is the day of its last
    entry."""

    number: str
    permit: str
    definition: str
    ended: bool
    last: date


def case_kept(connection: Connection, case: str) -> CaseKept | None:
    """A case as far as keeping goes; None if the stream is of something else."""
    c = case_row.c
    columns = (c.number, c.permit, c.definition, c.ended, c.updated_at)
    row = connection.execute(select(*columns).where(c.case_id == case)).one_or_none()
    if row is None:
        return None
    last = day_of(datetime.fromisoformat(row.updated_at))
    return CaseKept(row.number, row.permit, row.definition, bool(row.ended), last)


_LEFT = sealed_value.c.erased_on.is_(None)


def with_value(connection: Connection, value: str) -> list[SealedValue]:
    """Every value that is exactly this one."""
    query = select(sealed_value).where(sealed_value.c.value == value, _LEFT)
    found = connection.execute(query.order_by(sealed_value.c.stream, sealed_value.c.seal))
    return [sealed_of(row) for row in found]


def naming(connection: Connection, value: str) -> list[SealedValue]:
    """Every longer text that has this value in it."""
    named = sealed_value.c.value.contains(value, autoescape=True)
    query = select(sealed_value).where(named, sealed_value.c.value != value, _LEFT)
    found = connection.execute(query.order_by(sealed_value.c.stream, sealed_value.c.seal))
    return [sealed_of(row) for row in found]


def acted_in(connection: Connection, account_id: str) -> list[str]:
    """The cases whose log names an account: it acted in them, or was named there."""
    return _naming_account(connection, account_id, event.c.stream.startswith("case/"))


def acts_in(connection: Connection, account_id: str, streams: Iterable[str]) -> bool:
    """Whether the log of one of these cases names an account."""
    cases = [one for one in streams if one.startswith("case/")]
    return bool(_naming_account(connection, account_id, event.c.stream.in_(cases)))


def _naming_account(
    connection: Connection, account_id: str, which: ColumnElement[bool]
) -> list[str]:
    named = text(_NAMED[connection.dialect.name]).bindparams(named=account_id.encode())
    query = select(event.c.stream).distinct().where(which, named).order_by(event.c.stream)
    return list(connection.execute(query).scalars())


def versions(connection: Connection) -> dict[str, int]:
    """How many events each stream has."""
    found = connection.execute(select(stream.c.id, stream.c.version))
    return {row.id: row.version for row in found}


def changed(connection: Connection, seen: Mapping[str, int]) -> frozenset[str]:
    """The streams to which something was added since their versions were seen."""
    now = versions(connection)
    return frozenset(name for name, version in now.items() if seen.get(name) != version)


def sessions_of(connection: Connection, account_id: str) -> list[dict[str, str]]:
    """The sessions of an account, without what opens them."""
    c = session.c
    columns = (c.opened_at, c.seen_at, c.closes_at, c.address, c.agent)
    query = select(*columns).where(c.account == account_id)
    return [dict(row) for row in connection.execute(query.order_by(c.opened_at)).mappings()]


def identities_of(connection: Connection, account_id: str) -> list[dict[str, str]]:
    """As whom an account signs in with issuers."""
    c = identity.c
    query = select(c.issuer, c.subject, c.linked_at).where(c.account == account_id)
    return [dict(row) for row in connection.execute(query.order_by(c.linked_at)).mappings()]


def tokens_of(connection: Connection, account_id: str) -> list[dict[str, Any]]:
    """The tokens of programs of an account, without what they are known by."""
    c = api_token.c
    columns = (c.name, c.scopes, c.made_at, c.ends_on, c.used_at, c.used_from)
    query = select(*columns).where(c.account == account_id)
    return [dict(row) for row in connection.execute(query.order_by(c.made_at)).mappings()]


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
    """Forget the sessions, the forms and the unfiled drafts of an account, its trays at the
    counter, and how it signed in; how many there were of the first three. What a party writes is
    its own as long as somebody is there who acts for it."""
    sessions = connection.execute(delete(session).where(session.c.account == account_id)).rowcount
    for table in (second_factor, recovery_code, identity, api_token):
        connection.execute(delete(table).where(table.c.account == account_id))
    forms = connection.execute(delete(unsent).where(unsent.c.account == account_id)).rowcount
    connection.execute(delete(upload).where(upload.c.place.startswith(f"counter/{account_id}/")))
    others = exists().where(
        standing.c.party == draft.c.party, standing.c.open, standing.c.account != account_id
    )
    shared = and_(draft.c.counter == "", others)
    theirs = and_(draft.c.account == account_id, draft.c.filed_at.is_(None), not_(shared))
    gone, _uploads = _remove_drafts(connection, _ids(connection, theirs))
    return sessions, forms, gone


def forget_drafts(connection: Connection, before: datetime) -> tuple[int, int]:
    """Forget unfiled drafts that nobody changed since an instant; how many there were, and
    uploads with them."""
    old = and_(draft.c.updated_at < as_text(before), draft.c.filed_at.is_(None))
    return _remove_drafts(connection, _ids(connection, old))


def forget_trays(connection: Connection, before: datetime) -> int:
    """Forget what was scanned at the counter before an instant and never handed in; how many."""
    lies = and_(upload.c.place.startswith("counter/"), upload.c.uploaded_at < as_text(before))
    return connection.execute(delete(upload).where(lies)).rowcount


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
    claims = func.substr(upload.c.place, 1, _OF_CLAIMS)
    of_claims = select(claims).where(
        upload.c.erased_on.is_(None), claims > after, upload.c.place.like("entitled/%")
    )
    names = union(values, places, of_claims).subquery()
    return list(connection.execute(select(names).order_by(names.c[0]).limit(most)).scalars())


def erase_uploads(connection: Connection, ids: Sequence[str], on: date) -> None:
    """Take the names of uploads away, and note the day; their files are swept afterwards."""
    erased = update(upload).where(upload.c.id.in_(ids))
    connection.execute(erased.values(filename="", erased_on=on.isoformat()))


def unheld_files(connection: Connection, before: datetime) -> list[str]:
    """Files noted before an instant that no upload is of any more, by their SHA-256."""
    held = exists().where(upload.c.sha256 == file.c.sha256, upload.c.erased_on.is_(None))
    query = select(file.c.sha256).where(~held, file.c.stored_at < as_text(before))
    return list(connection.execute(query.order_by(file.c.sha256)).scalars())


def unheld(connection: Connection, sha256: str, before: datetime) -> bool:
    """Whether no upload is of a file any more, and it was not noted since an instant."""
    held = exists().where(upload.c.sha256 == sha256, upload.c.erased_on.is_(None))
    fresh = exists().where(file.c.sha256 == sha256, file.c.stored_at >= as_text(before))
    return not connection.execute(select(or_(held, fresh))).scalar_one()


def unnoted(connection: Connection, hashes: Sequence[str]) -> list[str]:
    """Those of these files that were never noted, or are no longer."""
    there = connection.execute(select(file.c.sha256).where(file.c.sha256.in_(hashes)))
    noted = {*there.scalars()}
    return [one for one in hashes if one not in noted]


def uploads_at_rest(database: Database) -> AbstractContextManager[Connection]:
    """A transaction during which nobody notes an upload."""
    return database.alone(upload)


def forget_file(connection: Connection, sha256: str) -> None:
    connection.execute(delete(file).where(file.c.sha256 == sha256))
