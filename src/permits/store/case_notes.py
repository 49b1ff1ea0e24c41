"""What officers keep about a case among themselves: notes, findings, who sees to it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    delete,
    false,
    insert,
    literal,
    or_,
    select,
    union,
    union_all,
)

from permits.casework.dates import as_text
from permits.store.caseload import upsert
from permits.store.office_tables import finding, handler, office_note
from permits.store.people_tables import account
from permits.store.tables import case_row, stream


class Note(msgspec.Struct, frozen=True):
    """A note with the name of whoever wrote it."""

    id: str
    account: str
    name: str
    text: str
    written_at: datetime


class Finding(msgspec.Struct, frozen=True):
    """A defect somebody found: `about` is `material.…` or `field.…`, `fix` what is wanted."""

    account: str
    name: str
    about: str
    kind: str
    fix: str


class Handler(msgspec.Struct, frozen=True):
    """Who sees to a case, and since when."""

    account: str
    name: str
    since: datetime


class Beside(msgspec.Struct, frozen=True):
    """Everything that is kept beside a case, the newest note first."""

    notes: tuple[Note, ...]
    findings: tuple[Finding, ...]
    handler: Handler | None


def of(connection: Connection, case_id: str) -> Beside:
    """What is kept beside a case, in one query."""
    n, f, h = office_note.c, finding.c, handler.c
    none = literal("")
    query = union_all(
        _beside(office_note, case_id, n.id, n.text, none, n.written_at),
        _beside(finding, case_id, f.about, f.kind, f.fix, f.written_at),
        _beside(handler, case_id, none, none, none, h.since),
    )
    rows = connection.execute(query.order_by("about", "at", "account")).all()
    notes = (
        Note(row.about, row.account, row.name, row.says, datetime.fromisoformat(row.at))
        for row in rows
        if row.kept == office_note.name
    )
    found = (
        Finding(row.account, row.name, row.about, row.says, row.fix)
        for row in rows
        if row.kept == finding.name
    )
    seen_to = (
        Handler(row.account, row.name, datetime.fromisoformat(row.at))
        for row in rows
        if row.kept == handler.name
    )
    newest = sorted(notes, key=lambda note: (note.written_at, note.id), reverse=True)
    return Beside(tuple(newest), tuple(found), next(seen_to, None))


def _beside(table: Table, case_id: str, *parts: ColumnElement[str]) -> Select[Any]:
    """Rows of one of the tables with what they are about, say, want, and when they were kept."""
    said = (part.label(name) for name, part in zip(_PARTS, parts, strict=True))
    of_whom = account.c.id == table.c.account
    named = select(literal(table.name).label("kept"), table.c.account, account.c.name, *said)
    return named.join(account, of_whom).where(table.c.case_id == case_id)


_PARTS = ("about", "says", "fix", "at")


def findings(connection: Connection, case_id: str) -> tuple[Finding, ...]:
    """What was found in a case so far, by what it is about, the earliest first."""
    c = finding.c
    query = _named(finding, case_id).order_by(c.about, c.written_at, c.account)
    return tuple(
        Finding(row.account, row.name, row.about, row.kind, row.fix)
        for row in connection.execute(query)
    )


def with_findings(connection: Connection, cases: Sequence[str]) -> frozenset[str]:
    """Those of some cases in which somebody found a defect."""
    query = select(finding.c.case_id).where(finding.c.case_id.in_(cases))
    return frozenset(connection.execute(query).scalars())


def handlers(connection: Connection, cases: Sequence[str]) -> dict[str, str]:
    """Who sees to each of some cases, by name."""
    query = (
        select(handler.c.case_id, account.c.name)
        .join(account, account.c.id == handler.c.account)
        .where(handler.c.case_id.in_(cases))
    )
    return {row.case_id: row.name for row in connection.execute(query)}


def _named(table: Table, case_id: str) -> Select[Any]:
    named = select(table, account.c.name.label("name"))
    return named.join(account, account.c.id == table.c.account).where(table.c.case_id == case_id)


class NewNote(msgspec.Struct, frozen=True):
    """A note that is being written."""

    id: str
    case_id: str
    account: str
    text: str


def write(connection: Connection, note: NewNote, now: datetime) -> None:
    row = {**msgspec.structs.asdict(note), "written_at": as_text(now)}
    connection.execute(insert(office_note), [row])


def tear_up(connection: Connection, note_id: str, case_id: str, author: str) -> bool:
    """Take a note away, for whoever wrote it; False if there is no such note of theirs."""
    c = office_note.c
    theirs = delete(office_note).where(c.id == note_id, c.case_id == case_id, c.account == author)
    return connection.execute(theirs).rowcount == 1


def note_findings(
    connection: Connection, case_id: str, found: Iterable[Finding], author: str, now: datetime
) -> None:
    """What somebody found, in the place of what they had found before."""
    c = finding.c
    connection.execute(delete(finding).where(c.case_id == case_id, c.account == author))
    rows = [
        {
            "case_id": case_id,
            "account": author,
            "about": one.about,
            "kind": one.kind,
            "fix": one.fix,
            "written_at": as_text(now),
        }
        for one in found
    ]
    if rows:
        connection.execute(insert(finding), rows)


def findings_sent(connection: Connection, cases: Sequence[str]) -> None:
    """The notice of each of these cases is given: nothing more can be asked for in them."""
    if cases:
        connection.execute(delete(finding).where(finding.c.case_id.in_(cases)))


def stands_at(connection: Connection, case_id: str, version: int) -> bool:
    """Whether a case is still in a version, which it then is until this transaction ends."""
    query = select(stream.c.version).where(stream.c.id == case_id).with_for_update()
    return connection.execute(query).scalar_one_or_none() == version


def hand(connection: Connection, case_id: str, to: str, by: str, now: datetime) -> None:
    """Give a case to somebody; to nobody if `to` is empty."""
    if not to:
        connection.execute(delete(handler).where(handler.c.case_id == case_id))
        return
    row = {"case_id": case_id, "account": to, "by": by, "since": as_text(now)}
    connection.execute(upsert(handler, connection.dialect), [row])


class Written(msgspec.Struct, frozen=True):
    """A note as it is told to whoever asks what is kept about them."""

    number: str
    account: str
    written_at: str
    text: str


def notes_about(connection: Connection, author: str, names: Sequence[str]) -> list[Written]:
    """The notes somebody wrote, and those that have one of their names in them."""
    c = office_note.c
    query = (
        select(case_row.c.number, c.account, c.written_at, c.text)
        .join(case_row, case_row.c.case_id == c.case_id)
        .where(or_(c.account == author, *_naming(names)))
        .order_by(c.written_at, c.id)
    )
    return [Written(*row) for row in connection.execute(query)]


def _naming(names: Sequence[str]) -> list[ColumnElement[bool]]:
    return [office_note.c.text.contains(name, autoescape=True) for name in names]


def forget_naming(connection: Connection, names: Sequence[str]) -> None:
    """Take away the notes that name somebody."""
    connection.execute(delete(office_note).where(or_(false(), *_naming(names))))


def ended(connection: Connection) -> list[str]:
    """The cases that have ended and beside which something is kept still."""
    tables = (office_note, finding, handler)
    kept = union(*(select(table.c.case_id) for table in tables)).subquery()
    query = select(case_row.c.case_id).where(
        case_row.c.ended, case_row.c.case_id.in_(select(kept.c.case_id))
    )
    return list(connection.execute(query.order_by(case_row.c.case_id)).scalars())


def forget_cases(connection: Connection, cases: Sequence[str]) -> int:
    """Take away what is kept beside cases; how many notes there were."""
    for table in (finding, handler):
        connection.execute(delete(table).where(table.c.case_id.in_(cases)))
    gone = delete(office_note).where(office_note.c.case_id.in_(cases))
    return connection.execute(gone).rowcount
