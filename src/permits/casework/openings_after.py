"""What an actor can do now about what comes after a decision: for pages and the API."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal

import msgspec

from permits.casework import commands_after as a
from permits.casework.access import may
from permits.casework.case import Case
from permits.casework.decide import amending, annulling, extending, renewing, restoring
from permits.casework.decide.authorised import not_authorised
from permits.casework.decide.desk import Desk

AfterCommand = Literal[
    "ask_extension", "decide_extension", "restore_grant", "ask_renewal", "decide_renewal",
    "ask_amendment", "examine_amendment", "decide_amendment", "record_annulment",
]  # fmt: skip

LONG_AGO = date(1, 1, 1)
"""Stands for a day that was not typed yet."""


class AfterOpening(msgspec.Struct, frozen=True):
    """Something that can be done now; `name` is the duty it is about, if it is about one."""

    command: AfterCommand
    name: str = ""


def openings_after(case: Case, desk: Desk) -> tuple[AfterOpening, ...]:
    """Everything the actor on the desk can do now."""
    return tuple(
        opening
        for find in (_extensions, _term, _amendment, _annulment)
        for opening in find(case, desk)
        if may(desk.actor, asked_after(opening), case, desk.edition)
        and not_authorised(asked_after(opening), desk) is None
    )


_ASKED: dict[AfterCommand, Callable[[str], a.After]] = {
    "ask_extension": a.AskExtension,
    "decide_extension": lambda name: a.DecideExtension(name, granted=False),
    "restore_grant": lambda _name: a.RestoreGrant(LONG_AGO),
    "ask_renewal": lambda _name: a.AskRenewal(),
    "decide_renewal": lambda _name: a.DecideRenewal(granted=False),
    "ask_amendment": lambda _name: a.AskAmendment({}),
    "examine_amendment": lambda _name: a.ExamineAmendment("grant"),
    "decide_amendment": lambda _name: a.DecideAmendment(granted=False),
    "record_annulment": lambda _name: a.RecordAnnulment("court", LONG_AGO, anew=False),
}


def asked_after(opening: AfterOpening) -> a.After:
    """The command with nothing typed yet: enough to say for whom it is."""
    return _ASKED[opening.command](opening.name)


def _extensions(case: Case, desk: Desk) -> Iterator[AfterOpening]:
    for name in case.obligations:
        if extending.not_to_ask(case, desk, name) is None:
            yield AfterOpening("ask_extension", name)
        if extending.not_to_decide(case, name) is None:
            yield AfterOpening("decide_extension", name)
    if restoring.not_to_restore(case, desk) is None:
        yield AfterOpening("restore_grant")


def _term(case: Case, desk: Desk) -> Iterator[AfterOpening]:
    if renewing.not_to_ask(case, desk) is None:
        yield AfterOpening("ask_renewal")
    if renewing.not_to_decide(case, desk) is None:
        yield AfterOpening("decide_renewal")


def _amendment(case: Case, desk: Desk) -> Iterator[AfterOpening]:
    if amending.not_to_ask(case, desk) is None:
        yield AfterOpening("ask_amendment")
    if amending.not_to_examine(case) is None:
        yield AfterOpening("examine_amendment")
    if amending.not_to_decide(case, desk) is None:
        yield AfterOpening("decide_amendment")


def _annulment(case: Case, desk: Desk) -> Iterator[AfterOpening]:
    if annulling.not_to_annul(case, desk) is None:
        yield AfterOpening("record_annulment")
