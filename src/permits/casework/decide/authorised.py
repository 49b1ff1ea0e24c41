"""Whoever acts or signs for a party is authorised to, from the first authorisation on that was
recorded for it: by an account, on paper, or as one who signs with the applicant.

To sign is to file, to commit, to ask for something new, and to give something up. Whatever follows
an application is done by whoever may act.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.decide.desk import Desk
from permits.casework.party import Power
from permits.casework.refusals import Refused
from permits.casework.standing import lacking
from permits.casework.tracks import UNDERTAKING, signer_of
from permits.definitions.conditions import Answer
from permits.definitions.edition import Edition
from permits.definitions.procedure import Act

ON_PAPER = "paper"
"""Stands for whoever is named on the paper that came."""

GIVES_UP = frozenset({Act.WITHDRAW, Act.WITHDRAW_COMMITMENT})


def not_authorised(command: c.Asked, desk: Desk) -> Refused | None:
    """Why whoever does this for a party may not; nothing if nobody does it for one. A party that
    was merged into another applies for nothing, whoever is authorised."""
    if desk.party is None or desk.party.successor:
        return None
    brought = desk.brought
    does = command.does if isinstance(command, c.ActForApplicant) else command
    power = power_for(does, desk)
    refused = None
    if brought is None and not desk.actor.party:
        return None
    if brought is None:
        refused = lacking(desk.party, desk.actor.id, power, desk.today)
    elif brought.capacity == "agent":
        refused = lacking(desk.party, brought.authorised, power, brought.on, ON_PAPER)
    return refused or _signing_with(does, desk)


def power_for(command: c.Asked, desk: Desk) -> Power:
    """What must be had to do this."""
    match command:
        case c.File() | h.WaiveHearing() | a.AskExtension() | a.AskRenewal() | a.AskAmendment():
            return "sign"
        case c.TakeAction(action=name) if name in desk.actions:
            signs = desk.actions[name].act in GIVES_UP
            return "sign" if signs or _signed(command) else "act"
        case _:
            return "sign" if _signed(command) else "act"


class CoSigner(NamedTuple):
    """Somebody who signs with the applicant: the code of their unit, and under which name its
    record has whoever is named for it."""

    unit: str
    account: str


def _co_signers(edition: Edition, command: c.Asked) -> Iterator[CoSigner]:
    """Everybody who signs with the applicant by this command."""
    answers = _answers(command)
    for one in _signed(command):
        if one.signature != UNDERTAKING and "." in one.signature:
            unit = signer_of(edition.definition, one.signature).unit
            yield CoSigner(str(answers.get(str(unit), "")), one.account)


def _signing_with(command: c.Asked, desk: Desk) -> Refused | None:
    """Why somebody named for another party to the works may not sign for it."""
    for one in _co_signers(desk.edition, command):
        party = desk.co_signers.get(one.unit)
        refused = lacking(party, one.account, "sign", desk.came_on, one.unit) if party else None
        if refused is not None:
            return refused
    return None


def _signed(command: c.Asked) -> tuple[i.Signing, ...]:
    match command:
        case (
            c.File(signed=signed)
            | c.TakeAction(given=i.Supplement(signed=signed))
            | c.CorrectOnTheSpot(given=i.Supplement(signed=signed))
        ):
            return signed
        case _:
            return ()


def _answers(command: c.Asked) -> Mapping[str, Answer]:
    match command:
        case (
            c.File(answers=answers)
            | c.TakeAction(given=i.Supplement(answers=answers))
            | c.CorrectOnTheSpot(given=i.Supplement(answers=answers))
        ):
            return answers
        case _:
            return {}
