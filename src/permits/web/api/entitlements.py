"""Entitlements without application: policies, lists, one's own, and everything that is done."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Path, Response
from starlette.concurrency import run_in_threadpool

from permits.casework.parts import HandedIn
from permits.casework.refusals import Refused
from permits.services import entitlement_requests as r
from permits.services.cases import Ticket
from permits.services.entitlement_requests import PERIOD, POLICY, ROUND
from permits.services.entitlements import Done
from permits.store import entitlement_lists
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import Anyone, Applicant, Caller, TheTicket, refused
from permits.web.api.bodies import sent
from permits.web.api.describing import WRITING, body, told
from permits.web.api.doing import operation_of
from permits.web.api.shown.entitlements import (
    EntitlementList,
    EntitlementOutcome,
    MyEntitlement,
    MyEntitlements,
    RoundShown,
    claim_shown,
    evidence_shown,
    policy_shown,
    round_shown,
    summary_of,
    verdict_shown,
)
from permits.web.entitlements_shown import (
    asked_for,
    evidence_of_application,
    statement_of,
    verdict_of,
)
from permits.web.visits import Member

router = APIRouter(tags=["entitlements"])

Command = TypeVar("Command", bound=r.EntitlementRequest)

RoundId = Annotated[str, Path(alias="round", pattern=ROUND)]
PolicyId = Annotated[str, Path(pattern=POLICY)]
Period = Annotated[str, Path(pattern=PERIOD)]


@router.get("/entitlements", response_model=EntitlementList, responses=told())
def list_entitlements(visit: Anyone) -> EntitlementList:
    """The policies that hold, and the lists that were published, the newest first."""
    with visit.office.database.read() as connection:
        found = entitlement_lists.published(connection)
    return EntitlementList(
        policies=tuple(policy_shown(visit, one) for one in visit.office.policies.all),
        lists=tuple(summary_of(visit, row) for row in found),
    )


@router.get("/entitlements/lists/{round}", response_model=RoundShown, responses=told(404))
def show_published_list(visit: Anyone, round_id: RoundId) -> RoundShown | Response:
    """A list that was published, with how it was made and what was objected."""
    found = visit.office.entitlements.round(round_id)
    if found is None or found.published_on is None:
        return problems.trouble(Trouble.NOT_FOUND, visit.language)
    return round_shown(visit, found, visit.office.policies.edition(found.definition))


@router.get("/entitlements/rounds/{round}", response_model=RoundShown, responses=told(401, 404))
def show_round(visit: Caller, round_id: RoundId) -> RoundShown | Response:
    """A round of the department, published or not."""
    found = visit.office.entitlements.round(round_id)
    if found is None or not visit.actor.works_for(found.authority, found.department):
        return problems.trouble(Trouble.NOT_FOUND, visit.language)
    return round_shown(visit, found, visit.office.policies.edition(found.definition))


@router.get("/entitlements/mine", response_model=MyEntitlements, responses=told(401, 403))
def list_my_entitlements(visit: Applicant) -> MyEntitlements:
    """Everything your enterprise was offered, applied for or paid."""
    held = visit.office.entitlements.holding(visit.actor.party)
    return MyEntitlements(items=tuple(claim_shown(visit, one) for one in held.claims.values()))


@router.get(
    "/entitlements/mine/{policy}/{period}",
    response_model=MyEntitlement,
    responses=told(401, 403, 404),
)
def show_my_entitlement(
    visit: Applicant, policy: PolicyId, period: Period
) -> MyEntitlement | Response:
    """What the data say of your enterprise for a policy and period, condition by condition, what
    it has of it, and the statement to sign."""
    asked = asked_for(visit, policy, period)
    if asked is None:
        return problems.trouble(Trouble.NOT_FOUND, visit.language)
    edition, claim, service = asked.edition, asked.claim, visit.office.entitlements
    verdict = verdict_of(visit, service.verdict(edition, asked.period, visit.actor.party))
    handed_in = {one.sha256 for one in claim.handed_in} if claim is not None else set[str]()
    statement = statement_of(visit, edition)
    return MyEntitlement(
        policy=policy,
        period=period,
        version=asked.version,
        statement=statement.says,
        digest=statement.digest,
        claim=claim_shown(visit, claim) if claim is not None else None,
        verdict=verdict_shown(visit, edition, verdict) if verdict is not None else None,
        evidence=tuple(
            evidence_shown(visit, asked, one, handed_in=one.sha256 in handed_in)
            for one in evidence_of_application(visit, policy, period)
        ),
    )


def _command(
    model: type[Command],
) -> Callable[..., Awaitable[EntitlementOutcome | Response]]:
    """The route of a command."""

    async def command(
        visit: Caller, ticket: TheTicket, given: Annotated[Command, Depends(sent(model))]
    ) -> EntitlementOutcome | Response:
        answer = await run_in_threadpool(_done, visit, ticket, given)
        if isinstance(answer, Refused):
            return refused(visit, answer)
        return EntitlementOutcome(about=answer.about, events=answer.events)

    return command


def _done(visit: Member, ticket: Ticket, given: r.EntitlementRequest) -> Done | Refused:
    """Do it; an application goes with the files that were uploaded for it."""
    files: tuple[HandedIn, ...] = ()
    if isinstance(given, r.Apply):
        uploads = evidence_of_application(visit, given.policy, given.period)
        files = tuple(one.handed_in for one in uploads)
    return visit.office.entitlements.handle(given, visit.actor, ticket, files)


COMMANDS: dict[type[r.EntitlementRequest], str] = {
    r.RunMatch: "Match a policy for a period with the newest edition of the register.",
    r.DropMatch: "Drop a run before its list is published, with the reason.",
    r.MakeOffers: "Ask the candidates to confirm, where that comes before the notice.",
    r.PublishList: "Publish a list and open it to objections; not by whoever ran the match.",
    r.PublishApplications: "Publish the granted applications of a period; not by an examiner.",
    r.EnterObjection: "Object to a list: an enterprise with its account, others at the window.",
    r.DecideListObjection: "Uphold an objection or not, with the reason.",
    r.SettleList: "State that the notice is over and the list stands.",
    r.CloseOffers: "Close the offers of a list that nobody confirmed in time.",
    r.ConfirmOffer: "Accept an offer as an enterprise, with account and signed statement.",
    r.DeclineOffer: "Do without an offer, as an enterprise.",
    r.Apply: "Apply with one's own evidence, as an enterprise that was not matched.",
    r.ExamineApplication: "Give an opinion on an application.",
    r.DecideApplication: "Grant or refuse an application; not by whoever examined it.",
    r.OrderPayments: "Order what is confirmed of a policy to be paid, in a batch.",
    r.RecordPayments: "Record what the treasury paid of a batch and what the bank returned.",
    r.CorrectAccount: "Name another account after a return, as an enterprise.",
    r.OrderRecovery: "Demand a wrong payment back, with ground and reason.",
    r.RecordRecovery: "Record what was paid back.",
}

for _model, _says in COMMANDS.items():
    _name = operation_of(_model)
    router.add_api_route(
        f"/entitlements/{_name}",
        _command(_model),
        methods=["POST"],
        name=_name,
        description=_says,
        response_model=EntitlementOutcome,
        responses=told(*WRITING),
        openapi_extra=body(_model),
    )
