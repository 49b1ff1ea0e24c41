"""Parties and their credit standing: what is on record, what waits, what is done about it."""

from collections.abc import Awaitable, Callable
from typing import Annotated, NamedTuple, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool

from permits.casework.refusals import Reason, Refused
from permits.services import party_requests as r
from permits.services.cases import Ticket
from permits.services.parties import PartyRecord
from permits.services.party_requests import PartyRequest
from permits.services.shapes import CREDIT_CODE
from permits.store.lists import After
from permits.store.parties import Published
from permits.text import shapes
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.answering import answered
from permits.web.api.asking import Anyone, Caller, TheTicket, proved, refused, tagged
from permits.web.api.bodies import sent
from permits.web.api.describing import VERSIONED, WRITING, body, told
from permits.web.api.doing import operation_of
from permits.web.api.paging import BadCursor, Cursor, Limit, following, place
from permits.web.api.shown.parties import (
    PartyOutcome,
    PartyShown,
    PartyTasks,
    PublishedEntries,
    party_outcome,
    party_shown,
    published_entry,
    task_shown,
)
from permits.web.api.shown.parts import V1
from permits.web.parties_shown import PartyPage
from permits.web.problems import NotDone, Wrong
from permits.web.visits import Member

router = APIRouter(tags=["parties"])

Command = TypeVar("Command", bound=PartyRequest)

CREDIT = f"{V1}/credit-entries"
Code = Annotated[str, Path(pattern=CREDIT_CODE, description="unified social credit code")]


class AskedCredit(BaseModel):
    """Which entries are asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    after: Cursor = ""
    limit: Limit = 20


@router.get("/credit-entries", response_model=PublishedEntries, responses=told(422))
def list_credit_entries(
    visit: Anyone, asked: Annotated[AskedCredit, Query()]
) -> PublishedEntries | Response:
    """Published credit entries that stand, the newest first."""
    try:
        after = _place(asked.after)
    except BadCursor:
        says = shapes.sentence(shapes.CURSOR, {}, visit.language)
        errors = [Wrong(parameter="after", detail=says)]
        return problems.trouble(Trouble.UNFIT, visit.language, errors)
    found = visit.office.parties.published(after, asked.limit + 1)
    shown, more = found[: asked.limit], len(found) > asked.limit
    return PublishedEntries(
        items=tuple(published_entry(one, visit.language) for one in shown),
        next=following(CREDIT, asked, _ended(shown[-1])) if more else None,
    )


def _ended(last: Published) -> After:
    return After(last.published_on, f"{last.code}/{last.entry}")


def _place(word: str) -> tuple[str, str, str] | None:
    after = place(word)
    if after is None:
        return None
    code, _, entry = after.case_id.partition("/")
    return after.value, code, entry


@router.get("/party-tasks", response_model=PartyTasks, responses=told(401))
def list_party_tasks(visit: Caller) -> PartyTasks:
    """What of parties waits for your department, the most urgent first. At most two hundred."""
    found = visit.office.parties.tasks(visit.actor) if visit.actor.officer else []
    return PartyTasks(items=tuple(task_shown(one, visit.language) for one in found))


def the_party(visit: Caller, party: Code) -> PartyRecord:
    """The party of the address; nothing tells one of others from none at all."""
    found = visit.office.parties.read(party, visit.actor)
    if found is None:
        raise NotDone(refused(visit, Refused(Reason.NO_SUCH_PARTY, (party,))))
    return found


TheParty = Annotated[PartyRecord, Depends(the_party)]


@router.get(
    "/parties/{party}", response_model=PartyShown, responses={**VERSIONED, **told(401, 404)}
)
def show_party(visit: Caller, record: TheParty, response: Response) -> PartyShown:
    """A party with its standing: your own, or one with a case of your department."""
    tagged(response, record.party.version)
    return party_shown(PartyPage(visit, record, "", inside=not visit.actor.party))


class Order(NamedTuple):
    """Somebody who wants something done about a party."""

    visit: Member
    record: PartyRecord
    ticket: Ticket
    response: Response


def the_order(visit: Caller, record: TheParty, ticket: TheTicket, response: Response) -> Order:
    return Order(visit, record, ticket, response)


TheOrder = Annotated[Order, Depends(the_order)]


def _command(model: type[Command]) -> Callable[..., Awaitable[PartyOutcome | Response]]:
    """The route of a command about a party."""

    async def command(
        order: TheOrder, given: Annotated[Command, Depends(sent(model))]
    ) -> PartyOutcome | Response:
        visit, code = order.visit, order.record.party.code
        proved(visit, given)
        ordered = visit.office.parties.order
        sent_off = await run_in_threadpool(ordered, code, given, visit.actor, order.ticket)
        answer = await answered(sent_off)
        if isinstance(answer, Refused):
            return refused(visit, answer)
        tagged(order.response, answer.version)
        return party_outcome(answer)

    return command


PARTY_COMMANDS: dict[type[PartyRequest], str] = {
    r.NoticeEntry: "Give notice that a credit entry is intended, as supervisor or head.",
    r.ObjectToEntry: "Object to an intended entry, as the party; or write it down at the window.",
    r.CheckObjection: "Take the longer term for an objection that has to be checked with others.",
    r.DecideObjection: "Decide an objection, as somebody else than who proposed the entry.",
    r.MakeEntry: "Enter what was told beforehand, after the time to object or the objection.",
    r.DropEntry: "Enter nothing, with the reason.",
    r.AskForRepair: "Apply for credit repair, as the party; or write it down at the window.",
    r.DecideRepair: "Decide on credit repair; what is repaired comes off the list at once.",
    r.ImposeBar: "Bar the party from the permit of a case, as head of the office.",
    r.LiftBar: "Lift a bar that should not have been imposed, as head of the office.",
    r.ConcludeReview: "Say what became of the legal review of a penalty.",
    r.RenameParty: "Record another registered name at the window.",
    r.AuthorisePerson: "Record at the window who may act for the party.",
    r.EndAuthorisation: "End an authorisation at the window.",
    r.MergeParty: "Record that the party was merged into another one.",
}

for _model, _says in PARTY_COMMANDS.items():
    _name = operation_of(_model)
    router.add_api_route(
        f"/parties/{{party}}/{_name}",
        _command(_model),
        methods=["POST"],
        name=_name,
        description=_says,
        response_model=PartyOutcome,
        responses={**VERSIONED, **told(*WRITING)},
        openapi_extra=body(_model),
    )
