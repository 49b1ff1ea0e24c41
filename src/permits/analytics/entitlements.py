"""What entitlements come to: enterprises, amounts, steps and materials saved."""

from collections.abc import Callable, Iterator
import msgspec
from sqlalchemy import Connection, and_, case, func, select

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
    rounds: int
    examined: int
    offered: int
    confirmed: int
    declined: int
    paid_matched: int
    paid_applied: int
    paid_fen: int
    demanded_fen: int
    recovered_fen: int
    steps_each: int
    materials_each: int

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
        rounds, examined = run.get((policy, definition), (0, 0))
        counts = claimed.get((policy, definition), (0,) * 8)
        of = editions(definition).policy
        found.append(
            PolicyFigures(
                policy, definition, rounds, examined, *counts, of.saved_steps, of.saved_materials
            )
        )
    return found


def _rounds(connection: Connection) -> dict[tuple[str, str], tuple[int, int]]:
    query = (
        select(
            entitlement_round.c.policy,
            entitlement_round.c.definition,
            func.count(),
            func.sum(entitlement_round.c.examined),
        )
        .where(entitlement_round.c.stage != "dropped")
        .group_by(entitlement_round.c.policy, entitlement_round.c.definition)
    )
    return {(row[0], row[1]): (int(row[2]), int(row[3])) for row in connection.execute(query)}


def _claims(connection: Connection) -> dict[tuple[str, str], tuple[int, ...]]:
    c = entitlement_claim.c
    paid, matched = c.standing.in_(PAID), c.route == "matched"

    def count(which: object) -> object:
        return func.sum(case((which, 1), else_=0))  # type: ignore[arg-type]

    query = select(
        c.policy,
        c.definition,
        count(matched),
        count(c.confirmed_on.is_not(None)),
        count(c.standing == "declined"),
        count(and_(paid, matched)),
        count(and_(paid, c.route == "applied")),
        func.sum(case((paid, c.amount_fen), else_=0)),
        func.sum(c.recovery_fen),
        func.sum(c.recovered_fen),
    ).group_by(c.policy, c.definition)  # type: ignore[call-overload]
    return {
        (row[0], row[1]): tuple(int(cell) for cell in row[2:]) for row in connection.execute(query)
    }


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
