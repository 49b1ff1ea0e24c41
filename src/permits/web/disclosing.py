"""Officers who ask to see what is about people: what for, and that it is noted first."""

from typing import NamedTuple

from permits.casework.families.parties import stream_of as party_stream
from permits.casework.masks import mask_of
from permits.services.accounts import Look
from permits.services.case_record import Record
from permits.services.parties import PartyRecord
from permits.web.disclosure import disclosed, personal
from permits.web.dossier import Dossier, dossier
from permits.web.forms import Posted
from permits.web.reading import Reading, Unfit
from permits.web.visits import Member

MOST_WORDS = 500
"""Characters in which somebody says what they need personal data for."""


class Asked(NamedTuple):
    """What personal data is wanted for: one of the office's reasons, and in own words."""

    reason: str
    words: str


def reasons(visit: Member) -> list[tuple[str, str]]:
    """The office's reasons, in the reader's language."""
    held = visit.office.rules.reasons
    return [(name, text.in_(visit.language)) for name, text in held.items()]


def asked_for(form: Posted, visit: Member) -> Asked | Unfit:
    """What a form says that personal data is wanted for."""
    reading = Reading(form, visit.language)
    reason = reading.one_of("reason", visit.office.rules.reasons)
    words = reading.text("words", most=MOST_WORDS)
    return Unfit(reading.errors) if reading.errors else Asked(reason, words)


def disclose_party(visit: Member, record: PartyRecord, asked: Asked) -> None:
    """Note that this reader is shown who acts for a party."""
    fields = ("account", *sorted({f for f in record.fields.values() if mask_of(f, None)}))
    look = Look(fields, asked.reason, asked.words)
    visit.office.accounts.shown(visit.actor.id, party_stream(record.party.code), look)


def disclose_objector(visit: Member, stream: str, asked: Asked) -> None:
    """Note that this reader is shown who objects to a list."""
    look = Look(("objector",), asked.reason, asked.words)
    visit.office.accounts.shown(visit.actor.id, stream, look)


def disclose(visit: Member, record: Record, asked: Asked) -> Dossier:
    """The case with what it holds about people; that this reader was shown it is noted first."""
    edition = visit.office.cases.edition(record.case)
    fields = tuple(sorted({field for field, _value in personal(record, edition)}))
    look = Look(fields, asked.reason, asked.words)
    visit.office.accounts.shown(visit.actor.id, record.case.id, look)
    return dossier(visit, record, disclosed(record), inside=True)
