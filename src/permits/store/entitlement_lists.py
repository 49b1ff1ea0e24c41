"""The lists of entitlements that officers and the public are shown: rounds, batches, and what
waits."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from permits.store.entitlement_tables import (
    entitlement_claim,
    entitlement_round,
    payment_batch,
)
from permits.store.entitlements import ClaimListed, awaits_list, claims

MOST = 200
"""A list shows at most so many."""


class RoundListed(NamedTuple):
    """A round in a list."""

    round_id: str
    policy: str
    period: str
    definition: str
    route: str
    stage: str
    run_on: str | None
    published_on: str | None
    ends_on: str | None
    settled_on: str | None
    confirm_by_on: str | None
    examined: int
    listed: int
    amount_fen: int
    open_objections: int


_ROUND = tuple(entitlement_round.c[name] for name in RoundListed._fields)


def rounds(connection: Connection, policies: Iterable[str]) -> list[RoundListed]:
    """The rounds of some policies, those run last first; at most `MOST`."""
    query = (
        select(*_ROUND)
        .where(entitlement_round.c.policy.in_(list(policies)))
        .order_by(entitlement_round.c.run_on.desc(), entitlement_round.c.round_id.desc())
    )
    return [RoundListed(*row) for row in connection.execute(query.limit(MOST))]


def published(connection: Connection) -> list[RoundListed]:
    """The rounds whose list was published, the newest first; at most `MOST`."""
    query = (
        select(*_ROUND)
        .where(entitlement_round.c.published_on.is_not(None))
        .order_by(entitlement_round.c.published_on.desc(), entitlement_round.c.round_id.desc())
    )
    return [RoundListed(*row) for row in connection.execute(query.limit(MOST))]


class Waiting(NamedTuple):
    """What waits for an officer in a policy."""

    applications: list[ClaimListed]
    granted: list[ClaimListed]
    payable: list[ClaimListed]
    recoveries: list[ClaimListed]


_WAITS = {"applied": 0, "examined": 0, "recovering": 3}
"""The place of a claim in `Waiting` that its standing decides."""


def waiting(connection: Connection, policies: Iterable[str]) -> dict[str, Waiting]:
    """What waits in each of some policies, all of them asked for at once."""
    c, named = entitlement_claim.c, list(policies)
    found = claims(
        connection,
        c.policy.in_(named),
        or_(c.payable.is_(True), c.standing.in_(list(_WAITS)), awaits_list(named)),
    )
    by_policy = {name: Waiting([], [], [], []) for name in named}
    for one in found:
        place = 2 if one.payable else _WAITS.get(one.standing, 1)
        by_policy[one.policy][place].append(one)
    return by_policy


class BatchListed(NamedTuple):
    """A batch in a list; `open` lines are those of which nothing is recorded yet."""

    number: str
    policy: str
    definition: str
    ordered_on: str
    lines: int
    total_fen: int
    open: int


def batches(connection: Connection, policies: Iterable[str]) -> list[BatchListed]:
    """The batches of some policies, the newest first; at most `MOST`."""
    open_ones = (
        select(func.count())
        .select_from(entitlement_claim)
        .where(
            entitlement_claim.c.batch == payment_batch.c.number,
            entitlement_claim.c.standing == "ordered",
        )
        .scalar_subquery()
    )
    p = payment_batch.c
    query = (
        select(p.number, p.policy, p.definition, p.ordered_on, p.lines, p.total_fen, open_ones)
        .where(p.policy.in_(list(policies)))
        .order_by(p.number.desc())
    )
    return [BatchListed(*row) for row in connection.execute(query.limit(MOST))]
