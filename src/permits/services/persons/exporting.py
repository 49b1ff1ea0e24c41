"""Everything that is kept about a person, put together; that it was is an event."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection

from permits.casework.dates import as_text
from permits.casework.envelope import Envelope, open_record
from permits.casework.families.access import CaseShown
from permits.casework.families.access import stream_of as access_stream
from permits.casework.families.erasing import PersonExported, stream_of
from permits.casework.streams import read_event
from permits.definitions.form import Question
from permits.definitions.parts import Basis, Text
from permits.services.keeping import Kept
from permits.services.office import Office
from permits.services.persons.finding import Finding, Person, Theirs, Wanted
from permits.services.records import Records
from permits.store import personal

ASKED = "persons"
"""In the name of the stream in which exports of people without an account are told."""


def export(office: Office, wanted: Wanted, *, actor: str) -> dict[str, Any]:
    """What is kept about whoever is asked for, as plain data: texts of
    definitions in both languages, days and instants as text."""
    with office.database.snapshot() as connection:  # the whole log is looked through
        person = Finding(office.database, office.keeping).of(connection, wanted)
        found = _told(office, connection, person)
    account = person.account.id if person.account is not None else ""
    streams = tuple(sorted({theirs.value.stream for theirs in person.values}))
    told = PersonExported(about=account, values=len(person.values), streams=streams)
    stream = stream_of(access_stream(account)) if account else stream_of(ASKED)
    with office.database.write() as connection:
        Records(office.database).append(connection, stream, [told], actor=actor, now=office.now())
    return found


def _told(office: Office, connection: Connection, person: Person) -> dict[str, Any]:
    account = person.account
    about: dict[str, Any] = {}
    if account is not None:
        about = {
            "account": {
                "id": account.id,
                "username": account.username,
                "name": account.name,
                "email": account.email,
                "language": account.language,
                "roles": sorted(account.actor.roles),
                "office": account.actor.office,
                "department": account.actor.department,
                "party": account.actor.party,
                "open": account.open,
            },
            "sessions": personal.sessions_of(connection, account.id),
            "identities": personal.identities_of(connection, account.id),
            "api_tokens": personal.tokens_of(connection, account.id),
            "access": list(_access(office, connection, account.id)),
            "drafts": personal.drafts_of(connection, account.id),
            "unsent_forms": personal.unsent_of(connection, account.id),
            "uploads": personal.uploads_of(connection, account.id),
            "acted_in": personal.acted_in(connection, account.id),
        }
    streams = {theirs.value.stream for theirs in person.values}
    return {
        "made_at": as_text(office.now()),
        "found_by": list(person.names),
        **about,
        "values": [value_told(one) for one in person.values],
        "named_in": [{**_where(one.kept), "field": one.field} for one in person.mentions],
        "shown_to": list(_looks(connection, streams)),
    }


def _access(office: Office, connection: Connection, account: str) -> Iterator[dict[str, str]]:
    """Sign-ins and changes of roles, as the log has them."""
    for envelope, _event in Records(office.database).events(connection, access_stream(account)):
        yield {"at": as_text(envelope.recorded_at), "event": envelope.type}


def _where(kept: Kept) -> dict[str, Any]:
    titled = kept.edition.definition.permit.title if kept.edition is not None else None
    return {
        "stream": kept.stream,
        "case": kept.case.number if kept.case is not None else None,
        "permit": _both(titled),
    }


def value_told(theirs: Theirs) -> dict[str, Any]:
    """A value with all that must be told of it: where it stands, what for and on what basis it
    was asked, how long it is kept and until when."""
    kept, edition = theirs.kept, theirs.kept.edition
    question = edition.questions.get(theirs.value.field) if edition is not None else None
    return {
        **_where(kept),
        "field": theirs.value.field,
        "title": _both(question.title if question is not None else None),
        "value": theirs.value.value,
        **_why(kept, question),
        "kept_until": _day(theirs.until),
    }


def _why(kept: Kept, question: Question | None) -> dict[str, Any]:
    """Purpose, basis and retention: those of the question, or else those of the file it is in."""
    if kept.edition is None:
        return {"purpose": None, "basis": None, "keep": None, "keep_basis": None}
    definition = kept.edition.definition
    laws = {name: law.title for name, law in definition.laws.items()}
    file = definition.records
    asked = question.personal if question is not None else None
    if asked is None:
        basis = _basis(file.basis, laws)
        return {
            "purpose": _both(file.purpose),
            "basis": basis,
            "keep": file.keep,
            "keep_basis": basis,
        }
    return {
        "purpose": _both(asked.purpose),
        "basis": _basis(asked.basis, laws),
        "keep": asked.keep,
        "keep_basis": _basis(asked.keep_basis, laws),
    }


def _basis(basis: Basis, laws: dict[str, Text]) -> dict[str, Any]:
    if basis.law is not None:
        return {"law": _both(laws[basis.law]), "article": basis.article}
    if basis.practice is not None:
        return {"practice": _both(basis.practice)}
    return {"example": _both(basis.example)}


def _both(text: Text | None) -> dict[str, str] | None:
    return {"zh": text.zh, "en": text.en} if text is not None else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _looks(connection: Connection, streams: set[str]) -> Iterator[dict[str, Any]]:
    """Who was shown values of the cases they stand in, when and why."""
    for record in personal.shown_events(connection):
        envelope: Envelope
        envelope, body = open_record(record)
        event = read_event(envelope, body)
        if isinstance(event, CaseShown) and event.case_id in streams:
            yield {
                "at": as_text(envelope.recorded_at),
                "account": envelope.actor,
                "stream": event.case_id,
                "fields": list(event.fields),
                "reason": event.reason,
            }
