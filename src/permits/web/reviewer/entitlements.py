"""Where officers begin with entitlements: what waits in each policy; a run, or an order to pay."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.casework.entitlement.desk import duty_of
from permits.casework.refusals import Reason, Refused
from permits.definitions.policies.editions import PolicyEdition
from permits.definitions.policies.schema import Duty
from permits.services import entitlement_requests as r
from permits.services.cases import Ticket
from permits.store import entitlement_lists as lists
from permits.store import entitlements as store
from permits.text import entitlements as text
from permits.web.deps import Form, Officer
from permits.web.entitlements_shown import periods_of, rounds_of
from permits.web.errors import refused
from permits.web.visits import Member, see_other

router = APIRouter()

HOME = "/review-entitlements"


def theirs(visit: Member) -> list[PolicyEdition]:
    """The policies of the officer's department."""
    return [*visit.office.policies.paid_by(visit.actor.office, visit.actor.department)]


def has(visit: Member, edition: PolicyEdition, duty: Duty) -> bool:
    return duty_of(visit.actor, edition.policy, duty) is not None


class Waiting(NamedTuple):
    """A policy with what waits in it; `to_publish` are granted applications by period."""

    edition: PolicyEdition
    periods: list[tuple[str, str]]
    may_match: bool
    found: lists.Waiting
    may_pay: bool
    may_publish: bool

    @property
    def payable_fen(self) -> int:
        return sum(one.amount_fen for one in self.found.payable)

    @property
    def to_publish(self) -> dict[str, list[store.ClaimListed]]:
        by_period: dict[str, list[store.ClaimListed]] = {}
        for one in self.found.granted:
            by_period.setdefault(one.period, []).append(one)
        return by_period


@router.get(HOME)
def overview(visit: Officer) -> Response:
    """The policies of the department with what waits, its lists, its batches, the register."""
    return _overview(visit)


def _overview(visit: Member) -> Response:
    editions = theirs(visit)
    ids = [one.id for one in editions]
    with visit.office.database.read() as connection:
        found = lists.waiting(connection, ids)
        rounds = lists.rounds(connection, ids)
        batches = lists.batches(connection, ids)
        editions_of_register = store.editions(connection) if editions else []
    waiting = [
        Waiting(
            edition=one,
            periods=[(str(p), text.period(p, visit.language)) for p in periods_of(visit, one)],
            may_match=has(visit, one, Duty.MATCH),
            found=found[one.id],
            may_pay=has(visit, one, Duty.PAY),
            may_publish=has(visit, one, Duty.PUBLISH),
        )
        for one in editions
    ]
    titles = {one.id: one.policy.policy.title.in_(visit.language) for one in editions}
    return visit.page(
        "entitlements/office.html",
        waiting=waiting,
        rounds=rounds_of(visit, rounds, f"{HOME}/rounds"),
        batches=[(one, titles[one.policy]) for one in batches],
        register=editions_of_register,
        period=lambda value: text.period(value, visit.language),
        standing=lambda value: text.standing(value, visit.language),
    )


@router.post(f"{HOME}/runs")
async def run(visit: Officer, form: Form) -> Response:
    """Match a policy for a period."""
    given = {"policy": form.text("policy"), "period": form.text("period")}
    return await run_in_threadpool(_sent, visit, r.RunMatch, given, Ticket(form.key), HOME)


def _sent(
    visit: Member,
    kind: type[r.EntitlementRequest],
    given: Mapping[str, Any],
    ticket: Ticket,
    back: str,
) -> Response:
    """Do it and show what it is about; or say why not."""
    try:
        request = kind.model_validate(given)
    except ValueError:
        return refused(visit, Refused(Reason.WRONG_INPUT, ("run_match",)), back=back)
    answer = visit.office.entitlements.handle(request, visit.actor, ticket)
    if isinstance(answer, Refused):
        return refused(visit, answer, back=back)
    folder = "batches" if isinstance(request, r.OrderPayments) else "rounds"
    return see_other(f"{HOME}/{folder}/{answer.about}")


@router.post(f"{HOME}/lists")
async def publish(visit: Officer, form: Form) -> Response:
    """Publish the applications that were granted for a period."""
    given = {"policy": form.text("policy"), "period": form.text("period")}
    ticket = Ticket(form.key)
    return await run_in_threadpool(_sent, visit, r.PublishApplications, given, ticket, HOME)


@router.post(f"{HOME}/batches")
async def order(visit: Officer, form: Form) -> Response:
    """Order whatever is confirmed of a policy to be paid."""
    given = {"policy": form.text("policy")}
    return await run_in_threadpool(_sent, visit, r.OrderPayments, given, Ticket(form.key), HOME)
