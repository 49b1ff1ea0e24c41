"""Proof of service: when and how a document reached the applicant, and what counts from it."""

from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework.case import Case, Drawn
from permits.casework.counter import Purpose
from permits.casework.decide.counter import visited
from permits.casework.decide.minutes import Minutes
from permits.casework.decide.terms import recompute_clock
from permits.casework.families.service import DocumentServed
from permits.casework.refusals import Reason, Refused
from permits.casework.service import DECIDING
from permits.definitions.procedure import Milestone


def servable(case: Case) -> tuple[Drawn, ...]:
    """The documents whose service can be recorded: those that hold and of which it is not yet. A
    decision is delivered first."""
    delivered = Milestone.DELIVERED in case.milestones
    return tuple(
        d
        for d in case.documents
        if not d.void
        and d.number not in case.served
        and (delivered or d.milestone not in DECIDING)
    )


def serve(minutes: Minutes, command: c.ServeDocument) -> Refused | None:
    """Record the service of a document. Of a decision, what proves the delivery that was
    recorded."""
    case = minutes.case
    drawn = next((d for d in servable(case) if d.number == command.number), None)
    if drawn is None:
        return Refused(Reason.NOT_TO_SERVE, (command.number,))
    delivered = case.milestones.get(Milestone.DELIVERED)
    first = delivered if drawn.milestone in DECIDING and delivered is not None else drawn.on
    last = first if drawn.milestone in DECIDING else minutes.desk.today
    if not first <= command.on <= last:
        return Refused(Reason.DATE_NOT_LAWFUL, (command.on.isoformat(),))
    if not _proved(command):
        return Refused(Reason.PROOF_WANTED)
    minutes.note(
        DocumentServed(
            document=drawn.document,
            number=drawn.number,
            on=command.on,
            means=command.means,
            proof=command.proof,
            postal=command.postal,
        ),
        command.on,
    )
    if command.means == "counter":
        visited(minutes, command.on, Purpose.COLLECTION)
    _count_from(minutes, drawn, command)
    return None


def _proved(command: c.ServeDocument) -> bool:
    """What is handed over is receipted, what is posted has a number or a receipt; what stands on
    the web the office's own record proves."""
    receipted = bool(command.proof)
    match command.means:
        case "online":
            return True
        case "counter":
            return receipted
        case "post":
            return receipted or command.postal is not None


def _count_from(minutes: Minutes, drawn: Drawn, command: c.ServeDocument) -> None:
    """What runs since the document was drawn up, and counts from its service."""
    for name, clock in minutes.case.clocks.items():
        rule = minutes.definition.clocks[name]
        if rule.from_service and clock.running and clock.milestone == drawn.milestone:
            recompute_clock(minutes, name, replace(clock, starts_on=command.on), "served")
