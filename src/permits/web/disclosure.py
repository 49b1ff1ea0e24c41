"""What of a case may be shown to whom, and what of it was handed in at all."""

from collections.abc import Mapping

from permits.casework.access import Actor, reads_receipts
from permits.casework.families.amendments import AmendmentAsked
from permits.casework.families.counter import ActedForApplicant
from permits.casework.families.filing import CorrectedOnTheSpot, CorrectionsSupplied, Filed
from permits.casework.families.third_parties import ThirdPartyTold
from permits.casework.shared import PREFIX
from permits.services.case_record import Record


def handed_in(record: Record) -> frozenset[str]:
    """The uploads that were handed in: files uploaded and not used are the applicant's own."""
    case = record.case
    evidence = (held for duty in case.obligations.values() for held in duty.evidence)
    acted = (e for _at, e in record.entries if isinstance(e, ActedForApplicant))
    scans = (scan for event in acted for scan in event.scans)
    files = {(h.material, h.sha256) for h in (*case.materials.values(), *evidence, *scans)}
    files |= {(h.material, h.sha256) for one in case.amendments for h in one.evidence}
    served = (scan for one in case.served.values() for scan in one.proof)
    files |= {(scan.material, scan.sha256) for scan in served}
    files |= {(f"{PREFIX}{name}", answer.sha256) for name, answer in case.shared.items()}
    return frozenset(u.id for u in record.uploads if (u.material, u.sha256) in files)


def loose(record: Record) -> frozenset[str]:
    """The uploads of a case that were not handed in yet, and may be taken away again."""
    return frozenset(upload.id for upload in record.uploads) - handed_in(record)


def impersonal(record: Record) -> dict[str, str]:
    """The texts of a case without the personal answers, as they ever stood, and without the
    code that opens the case to the public."""
    hidden = {record.case.lookup}
    for _at, event in record.entries:
        if isinstance(event, Filed | CorrectionsSupplied | CorrectedOnTheSpot | AmendmentAsked):
            hidden.update(event.seals.values())
        elif isinstance(event, ThirdPartyTold):
            hidden.update((event.name, event.contact, event.interest))
        elif isinstance(event, ActedForApplicant):
            hidden.add(event.name)
    return {seal: value for seal, value in record.values.items() if seal not in hidden}


def on_paper(actor: Actor, record: Record) -> Mapping[str, str]:
    """The values documents may tell this reader: the code to look the case up is for the
    applicant, and for the window that hands over the receipt."""
    if reads_receipts(actor, record.case):
        return record.values
    return {seal: value for seal, value in record.values.items() if seal != record.case.lookup}


def public_values(record: Record) -> dict[str, str]:
    """Of all sealed texts of a case only why a limit was overrun."""
    seals = record.case.lateness.values()
    return {seal: record.values[seal] for seal in seals if seal in record.values}
