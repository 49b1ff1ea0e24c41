"""What of a case may be shown to whom, and what of it was handed in at all."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from permits.casework.access import Actor, owns, reads_receipts
from permits.casework.afterwards import Asked
from permits.casework.case import Case
from permits.casework.families.counter import ActedForApplicant
from permits.casework.families.hearings import HearingHeld
from permits.casework.families.inspectors import CheckRecorded
from permits.casework.families.obligations import ObligationVerified
from permits.casework.masks import mask_of, masked
from permits.casework.shared import PREFIX
from permits.definitions.edition import Edition
from permits.definitions.parts import Mask
from permits.services.case_record import Record
from permits.services.parties import PartyRecord
from permits.text.sealed import erased, label
from permits.text.words import Language
from permits.web.shown_parts import ShownAnswer


def handed_in(record: Record) -> frozenset[str]:
    """The uploads that were handed in: files uploaded and not used are the applicant's own."""
    case = record.case
    evidence = (held for duty in case.obligations.values() for held in duty.evidence)
    acted = (e for _at, e in record.entries if isinstance(e, ActedForApplicant))
    scans = (scan for event in acted for scan in event.scans)
    files = {(h.material, h.sha256) for h in (*case.materials.values(), *evidence, *scans)}
    files |= {(h.material, h.sha256) for one in _requests(case) for h in one.evidence}
    told = (e for _at, e in record.entries)
    checked = (e for e in told if isinstance(e, CheckRecorded | ObligationVerified))
    files |= {(h.material, h.sha256) for event in checked for h in event.evidence}
    served = (scan for one in case.served.values() for scan in one.proof)
    files |= {(scan.material, scan.sha256) for scan in served}
    files |= {(f"{PREFIX}{name}", answer.sha256) for name, answer in case.shared.items()}
    return frozenset(u.id for u in record.uploads if (u.material, u.sha256) in files)


def _requests(case: Case) -> Iterator[Asked]:
    """What the holder has asked for after the grant."""
    for duty in case.obligations.values():
        yield from duty.asked
    yield from case.term.asked if case.term is not None else ()
    yield from (one.asked for one in case.amendments)


def loose(record: Record) -> frozenset[str]:
    """The uploads of a case that were not handed in yet, and may be taken away again."""
    return frozenset(upload.id for upload in record.uploads) - handed_in(record)


def impersonal(record: Record, edition: Edition) -> dict[str, str]:
    """The texts of a case as its officers read them: what is about a person masked, and without
    the code that opens the case to the public."""
    return {
        seal: masked(value, mask) if (mask := _mask(record, seal, edition)) is not None else value
        for seal, value in record.values.items()
        if seal != record.case.lookup
    }


def unnamed(record: Record, edition: Edition) -> dict[str, str]:
    """The texts of a case without anything about a person: for forms, which must not take a mask
    for an answer."""
    return {
        seal: value
        for seal, value in record.values.items()
        if seal != record.case.lookup and _mask(record, seal, edition) is None
    }


def disclosed(record: Record) -> dict[str, str]:
    """The texts of a case for an officer who said why all of them are wanted."""
    return {seal: value for seal, value in record.values.items() if seal != record.case.lookup}


def personal(record: Record, edition: Edition) -> tuple[tuple[str, str], ...]:
    """What a case holds about people: each value with the field it was kept under."""
    return tuple(
        (record.fields[seal], value)
        for seal, value in record.values.items()
        if _mask(record, seal, edition) is not None
    )


def about_people(
    record: Record, edition: Edition, language: Language
) -> tuple[tuple[str, str], ...]:
    """What a case holds about people, each value with what it is called."""
    return tuple(
        (label(field, edition, language), value) for field, value in personal(record, edition)
    )


def hides(record: Record, edition: Edition, values: Mapping[str, str]) -> bool:
    """Whether a case holds something about people that is not whole among these values."""
    shown = set(values.values())
    return any(value not in shown for _field, value in personal(record, edition))


def personal_answer(
    record: Record, values: Mapping[str, str], name: str, title: str
) -> ShownAnswer:
    """An answer about a person, as far as it is among these values."""
    seal = record.case.seals.get(name, "")
    says = values.get(seal, "")
    return ShownAnswer(
        name,
        title,
        says,
        hidden=bool(seal) and not says,
        masked=seal in record.values and says not in ("", record.values[seal]),
        erased_on=record.erased.get(seal),
    )


def _mask(record: Record, seal: str, edition: Edition) -> Mask | None:
    return mask_of(record.fields[seal], edition)


def on_paper(actor: Actor, record: Record, edition: Edition) -> Mapping[str, str]:
    """The values documents may tell this reader: the applicant all; others what is about a person
    masked, the code to look the case up only at the window that hands over the receipt, and who
    came to a hearing whole to whoever presided and vouches for its record."""
    if owns(actor, record.case):
        return record.values
    shown = impersonal(record, edition)
    if reads_receipts(actor, record.case):
        shown |= {s: v for s, v in record.values.items() if s == record.case.lookup}
    if record.case.hearing is not None and record.case.hearing.chair == actor.id:
        came = {
            seal for _at, e in record.entries if isinstance(e, HearingHeld) for seal in _came(e)
        }
        shown |= {seal: value for seal, value in record.values.items() if seal in came}
    return shown


def _came(held: HearingHeld) -> set[str]:
    """The names of those who came to a hearing."""
    return {one.name for one in held.attendance if one.name is not None}


def and_erased(values: Mapping[str, str], record: Record, language: Language) -> dict[str, str]:
    """The values a reader is shown, and in the place of those that were erased the day."""
    return {**{seal: erased(on, language) for seal, on in record.erased.items()}, **values}


def of_party(record: PartyRecord, language: Language, *, whole: bool) -> PartyRecord:
    """A party's record as it is shown, whole or with the names of people masked; what was erased
    says so."""
    values, accounts = record.values, record.accounts
    if not whole:
        masks = {seal: mask_of(field, None) for seal, field in record.fields.items()}
        values = {
            seal: masked(value, mask) if (mask := masks.get(seal)) is not None else value
            for seal, value in values.items()
        }
        accounts = {one: masked(name, "name") for one, name in accounts.items()}
    gone = {seal: erased(on, language) for seal, on in record.erased.items()}
    return replace(record, values={**gone, **values}, accounts=accounts)


def public_values(record: Record) -> dict[str, str]:
    """Of all sealed texts of a case only why a limit was overrun."""
    seals = record.case.lateness.values()
    return {seal: record.values[seal] for seal in seals if seal in record.values}
