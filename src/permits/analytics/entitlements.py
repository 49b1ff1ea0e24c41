"""What entitlements come to: enterprises, amounts, steps and materials saved."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from permits.definitions.policies.editions import PolicyEdition
from permits.store.entitlement_tables import entitlement_claim, entitlement_round

PAID = ("paid", "recovering", "recovered")
"""Claims that were paid, whatever was demanded back since."""

Editions = Callable[[str], PolicyEdition]


class PolicyFigures(msgspec.Struct, frozen=True):
    """The figures of one version of a policy. Steps and materials are saved by whoever was paid
    without having applied, each as many as the definition says; amounts are in fen."""

    policy: str
    definition: str
    steps_each: int
    materials_each: int
    rounds: int = 0
    examined: int = 0
    offered: int = 0
    confirmed: int = 0
    declined: int = 0
    paid_matched: int = 0
    paid_applied: int = 0
    paid_fen: int = 0
    demanded_fen: int = 0
    recovered_fen: int = 0

    @property
    def paid(self) -> int:
        return self.paid_matched + self.paid_applied

    @property
    def saved_steps(self) -> int:
        return self.steps_each * self.paid_matched

    @property
    def saved_materials(self) -> int:
        return self.materials_each * self.paid_matched

    @property
    def net_fen(self) -> int:
        """What was paid, without what came back."""
        return self.paid_fen - self.recovered_fen


def figures(connection: Connection, editions: Editions) -> list[PolicyFigures]:
    """The figures of every version of every policy that was run or claimed by."""
    run = _rounds(connection)
    claimed = _claims(connection)
    found = []
    for policy, definition in sorted(run.keys() | claimed.keys()):
        of = editions(definition).policy
        counts = {**run.get((policy, definition), {}), **claimed.get((policy, definition), {})}
        found.append(
            PolicyFigures(policy, definition, of.saved_steps, of.saved_materials, **counts)
        )
    return found


def _rounds(connection: Connection) -> dict[tuple[str, str], dict[str, int]]:
    query = (
        select(
            entitlement_round.c.policy,
            entitlement_round.c.definition,
            func.count().label("rounds"),
            func.sum(entitlement_round.c.examined).label("examined"),
        )
        .where(entitlement_round.c.stage != "dropped", entitlement_round.c.route == "matched")
        .group_by(entitlement_round.c.policy, entitlement_round.c.definition)
    )
    return _by_version(connection, query)


def _claims(connection: Connection) -> dict[tuple[str, str], dict[str, int]]:
    c = entitlement_claim.c
    paid, matched = c.standing.in_(PAID), c.route == "matched"

    def count(which: ColumnElement[bool], name: str) -> ColumnElement[int]:
        return func.sum(case((which, 1), else_=0)).label(name)

    query = select(
        c.policy,
        c.definition,
        count(matched, "offered"),
        count(c.confirmed_on.is_not(None), "confirmed"),
        count(c.standing == "declined", "declined"),
        count(and_(paid, matched), "paid_matched"),
        count(and_(paid, c.route == "applied"), "paid_applied"),
        func.sum(case((paid, c.amount_fen), else_=0)).label("paid_fen"),
        func.sum(c.recovery_fen).label("demanded_fen"),
        func.sum(c.recovered_fen).label("recovered_fen"),
    ).group_by(c.policy, c.definition)
    return _by_version(connection, query)


def _by_version(
    connection: Connection, query: Select[Any]
) -> dict[tuple[str, str], dict[str, int]]:
    """Counts by name, for each policy and version."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in connection.execute(query).mappings():
        counts = {name: int(row[name]) for name in row if name not in ("policy", "definition")}
        found[row["policy"], row["definition"]] = counts
    return found


class PaidLine(msgspec.Struct, frozen=True):
    """A payment for the auditor's table."""

    policy: str
    definition: str
    period: str
    party: str
    name: str
    route: str
    standing: str
    grade: str
    amount_fen: int
    recovery_fen: int
    recovered_fen: int
    batch: str
    ordered_on: str | None
    paid_on: str | None


_COLUMNS = tuple(entitlement_claim.c[name] for name in PaidLine.__struct_fields__)


def claims(connection: Connection) -> Iterator[PaidLine]:
    """Every claim by policy, period and enterprise."""
    order = (entitlement_claim.c.policy, entitlement_claim.c.period, entitlement_claim.c.party)
    for row in connection.execute(select(*_COLUMNS).order_by(*order)):
        yield PaidLine(*row)
