"""Entitlements for everybody: the policies, and the lists that were published."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.store import entitlement_lists
from permits.store import entitlements as store
from permits.text import entitlements as text
from permits.web.deps import Anyone, RoundId
from permits.web.entitlements_shown import rounds_of, statement_of

router = APIRouter()


@router.get("/entitlements")
def overview(visit: Anyone) -> Response:
    """Which policies there are, and which lists are open to objections or stand."""
    with visit.office.database.read() as connection:
        found = entitlement_lists.published(connection)
    return visit.page(
        "entitlements/public.html",
        policies=visit.office.policies.all,
        rounds=rounds_of(visit, found, "/entitlements/lists"),
    )


@router.get("/entitlements/policies/{policy}")
def policy(visit: Anyone, policy: str) -> Response:
    """What a policy pays to whom, by which data, and how."""
    found = next((one for one in visit.office.policies.all if one.id == policy), None)
    if found is None:
        raise HTTPException(404)
    group = found.policy.group
    return visit.page(
        "entitlements/policy.html",
        edition=found,
        p=found.policy,
        order=text.order(found.policy.order, visit.language),
        group=text.group_rule(group.rule, visit.language) if group is not None else "",
        source=lambda name: text.source(name, found.policy, visit.language),
        statement=statement_of(visit, found),
    )


@router.get("/entitlements/lists/{round}")
def published(visit: Anyone, round_id: RoundId) -> Response:
    """A list that was published: who is on it, until when one can object, what was decided."""
    found = visit.office.entitlements.round(round_id)
    if found is None or found.published_on is None:
        raise HTTPException(404)
    with visit.office.database.read() as connection:
        claims = {one.party: one for one in store.claims_of_round(connection, round_id)}
    edition = visit.office.policies.edition(found.definition)
    return visit.page(
        "entitlements/list.html",
        found=found,
        policy=edition.policy,
        period=text.period(found.period, visit.language),
        listed=[
            (
                one,
                edition.policy.grades[one.grade].title.in_(visit.language),
                one.code in claims and claims[one.code].standing in _PAID,
            )
            for one in found.on_list
        ],
        objections=[
            (one, text.objection_kind(one.kind, visit.language)) for one in found.objections
        ],
    )


_PAID = ("paid", "recovering", "recovered")
