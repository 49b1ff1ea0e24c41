"""Doing something with a case: the actions of its chart, and what goes on beside them."""

import re
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Annotated, NamedTuple, TypeVar

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from permits.casework.refusals import Reason, Refused
from permits.services import after as a
from permits.services import heard as h
from permits.services import requests as r
from permits.services.case_record import Record
from permits.services.cases import BadAnswers, Ticket
from permits.services.counter_shapes import Came, TakeBack
from permits.services.requests import REQUEST_OF, BesideChart
from permits.services.writer import Answer
from permits.web.answering import answered
from permits.web.api.asking import (
    Caller,
    Name,
    TheRecord,
    TheTicket,
    bad_answers,
    proved,
    refused,
    tagged,
)
from permits.web.api.bodies import body_of, parsed, sent
from permits.web.api.describing import VERSIONED, WRITING, body, told
from permits.web.api.shown.doing import Outcome, outcome
from permits.web.api.shown.listed import CASES
from permits.web.visits import Member

router = APIRouter(tags=["commands"])

Command = TypeVar("Command", bound=BesideChart)

GIVEN = tuple(dict.fromkeys(REQUEST_OF.values()))
"""The bodies of actions; which one it is, the act of the action says."""

RESPONSES = {**VERSIONED, **told(*WRITING)}


class Order(NamedTuple):
    """Somebody who wants something done with a case."""

    visit: Member
    record: Record
    ticket: Ticket
    response: Response


def the_order(visit: Caller, record: TheRecord, ticket: TheTicket, response: Response) -> Order:
    return Order(visit, record, ticket, response)


TheOrder = Annotated[Order, Depends(the_order)]


@router.post(
    "/cases/{case}/actions/{action}",
    response_model=Outcome,
    responses=RESPONSES,
    openapi_extra=body(*GIVEN),
)
async def take_action(
    order: TheOrder, action: Name, raw: Annotated[bytes, Depends(body_of)]
) -> Outcome | Response:
    """Take an action of the chart. `offers` of the case names those that leave where it stands,
    says why one is shut, and which body it takes; one that takes `Nothing` needs none."""
    visit, record = order.visit, order.record
    cases = visit.office.cases
    edition = cases.edition(record.case)
    rule = edition.definition.chart.actions.get(action)
    if rule is None:
        return refused(visit, Refused(Reason.NO_SUCH_ACTION, (action,)), edition.definition)
    given = parsed(REQUEST_OF[rule.act], raw, visit.language)
    proved(visit, given)
    act, ticket = cases.act, order.ticket
    sent_off = await run_in_threadpool(act, record, action, given, visit.actor, ticket)
    if isinstance(sent_off, BadAnswers):
        return bad_answers(visit, sent_off.problems, edition)
    return await outcome_of(order, sent_off)


async def outcome_of(order: Order, sent_off: "Future[Answer] | Refused") -> Outcome | Response:
    """What came of it."""
    visit, case = order.visit, order.record.case
    answer = sent_off if isinstance(sent_off, Refused) else await answered(sent_off)
    definition = visit.office.cases.edition(case).definition
    if isinstance(answer, Refused):
        return refused(visit, answer, definition)
    tagged(order.response, answer.version)
    home = f"{CASES}/{case.id.removeprefix('case/')}"
    return outcome(answer, definition, visit.language, home)


def _command(model: type[Command]) -> Callable[..., Awaitable[Outcome | Response]]:
    """The route of a command beside the chart."""

    async def command(
        order: TheOrder, given: Annotated[Command, Depends(sent(model))]
    ) -> Outcome | Response:
        visit, record = order.visit, order.record
        beside = visit.office.cases.beside
        sent_off = await run_in_threadpool(beside, record, given, visit.actor, order.ticket)
        return await outcome_of(order, sent_off)

    return command


COMMANDS: dict[type[BesideChart], str] = {
    r.Extend: "Extend a clock by what the definition allows, as the head of the office.",
    r.Explain: "Say in public why a limit was overrun, as head of the office or supervisor.",
    r.Report: "Report an obligation done, or a breach put right, with the day and what shows it.",
    r.Supply: "Hand in secondary materials that an acceptance was given without, some or all.",
    r.Verify: "Write the record of a check that as many officers made as the rule asks; sign it.",
    r.SignCheck: "Sign the record of a check as another who made it, or send it back and say why.",
    r.Draw: "Draw by lot who makes a check, or another instead of one, as the head of the office.",
    r.OrderPayment: "Order that what was not paid in time be paid, as the head of the office.",
    r.Notice: "Give notice that a grant is to be revoked and why, as the head of the office.",
    r.State: "State one's case before a revocation, as holder.",
    r.Drop: "Let a grant stand that was to be revoked, as the head of the office.",
    r.Correct: "Put a clerical error in an issued document right by an erratum.",
    r.Pay: "Record at the window a payment on a fee, in whole or in part; it takes a receipt.",
    r.Refund: "Record at the window that what was paid too much on a fee was given back.",
    r.Undo: "Take back a payment or refund that was wrongly entered, as supervisor.",
    r.Reverse: "Undo the last action, report or check as a clerk's mistake, as supervisor.",
    r.Rectify: "Put a wrongly recorded date right and reckon anew from it, as supervisor.",
    h.AskOpinions: "Ask departments for their opinions, as examiner of the lead department.",
    h.GiveOpinion: "Give the opinion of a department that was asked, as its examiner.",
    h.RevokeOpinion: "Take the department's opinion back before the decision, with the reason.",
    h.JoinOpinions: "Join the opinions into one, as examiner of the lead department.",
    h.OfferHearing: "Tell the applicant and interested parties of the right to a hearing.",
    h.AnnounceHearing: "Hold a hearing of the office's own accord, as head of the office.",
    h.AskForHearing: "Ask for a hearing, as applicant.",
    h.RecordHearingAsked: "Record that an interested party asked for a hearing.",
    h.WaiveHearing: "Do without a hearing, as applicant.",
    h.CallHearing: "Set day, place and chair of a hearing, and tell everybody.",
    h.RecordHearing: "Keep the record of a hearing, with who took part and signed, as its chair.",
    h.TellThirdParty: "Record who has a direct interest, and that they were told.",
    h.HearThirdParty: "Record the statement of an interested party.",
    h.AskRecusal: "Ask that an officer not act in the case, as applicant.",
    h.DeclareRecusal: "Declare a reason not to act in the case, as an officer of it.",
    h.DecideRecusal: "Decide whether an officer may go on acting, as head of the office.",
    Came: "Write down at the window that somebody came to the counter in this case.",
    TakeBack: "Take back a visit that was wrongly recorded, with the reason, as supervisor.",
    a.AskExtension: "Ask that the date of a duty be put off, as holder.",
    a.DecideExtension: "Put the date of a duty off or refuse to, as whom the definition names.",
    a.RestoreGrant: "Find that a grant is not void, for what was owed was done in time.",
    a.AskRenewal: "Ask that the term of a grant be renewed, as holder.",
    a.DecideRenewal: "Renew the term of a grant or refuse to, as whom the definition names.",
    a.AskAmendment: "Ask that facts be changed after the grant, as holder.",
    a.ExamineAmendment: "Give the opinion on a change, as examiner.",
    a.DecideAmendment: "Change what was asked for or refuse to, as head of the office.",
    a.RecordAnnulment: "Enter that a decision was annulled on review, and what follows.",
}


def operation_of(model: type[BaseModel]) -> str:
    """The operation that takes a command, named by the words of the command."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()


for _model, _says in COMMANDS.items():
    _name = operation_of(_model)
    router.add_api_route(
        f"/cases/{{case}}/{_name}",
        _command(_model),
        methods=["POST"],
        name=_name,
        description=_says,
        response_model=Outcome,
        responses=RESPONSES,
        openapi_extra=body(_model),
    )
