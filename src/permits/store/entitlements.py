"""Writes and reads the rows of entitlements, within the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, insert, select

from permits.casework.entitlement.batches import Batch
from permits.casework.entitlement.claims import GRANTED, Holding
from permits.casework.entitlement.matching import Received
from permits.casework.entitlement.register import Entry
from permits.casework.entitlement.rounds import Round
from permits.casework.entitlement.rows import (
    EditionRow,
    GrantRow,
    batch_row,
    claim_rows,
    round_row,
)
from permits.definitions.conditions import Plain
from permits.store.caseload import plain, upsert
from permits.store.entitlement_tables import (
    entitlement_claim,
    entitlement_grant,
    entitlement_round,
    payment_batch,
    policy_version,
    register_edition,
    register_entry,
)
from permits.store.party_tables import party_bar

FREE = ("closed", "refused")
"""With a claim that stands so, an enterprise may be matched again."""


class Changed(NamedTuple):
    """What a command left behind, to be put into tables."""

    rounds: Sequence[Round] = ()
    holdings: Sequence[Holding] = ()
    batches: Sequence[Batch] = ()
    grants: Sequence[GrantRow] = ()


def put(connection: Connection, changed: Changed) -> None:
    """Put the rows. A second order to pay the same meets the first as an integrity error."""
    _put(connection, entitlement_round, [plain(round_row(one)) for one in changed.rounds])
    rows = [plain(row) for one in changed.holdings for row in claim_rows(one)]
    _put(connection, entitlement_claim, rows)
    if changed.grants:
        connection.execute(insert(entitlement_grant), [plain(one) for one in changed.grants])
    _put(connection, payment_batch, [plain(batch_row(one)) for one in changed.batches])


def _put(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(upsert(table, connection.dialect), rows)


# ── the register ──────────────────────────────────────────────────────────────────────────────


def keep_edition(connection: Connection, row: EditionRow, entries: Iterable[Entry]) -> None:
    """Keep an edition of the register with everything it holds."""
    connection.execute(insert(register_edition), [plain(row)])
    connection.execute(
        insert(register_entry),
        [
            {
                "edition": row.edition,
                "code": one.code,
                "name": one.name,
                "content": msgspec.json.encode(one.values, order="sorted"),
            }
            for one in entries
        ],
    )


class Edition(NamedTuple):
    """An edition of the register as lists show it."""

    edition: str
    place: int
    register: str
    as_of_on: str
    source: str
    sha256: str
    digest: str
    enterprises: int
    imported_at: str


def editions(connection: Connection) -> list[Edition]:
    """Every edition, the newest first."""
    query = select(register_edition).order_by(
        register_edition.c.as_of_on.desc(), register_edition.c.place.desc()
    )
    return [Edition(*row) for row in connection.execute(query)]


def entries(connection: Connection, edition: str) -> list[Entry]:
    """Everything an edition holds, by credit code."""
    query = select(register_entry).where(register_entry.c.edition == edition)
    return [_entry(row) for row in connection.execute(query.order_by(register_entry.c.code))]


def entry(connection: Connection, edition: str, code: str) -> Entry | None:
    """An enterprise in an edition."""
    query = select(register_entry).where(
        register_entry.c.edition == edition, register_entry.c.code == code
    )
    found = connection.execute(query).first()
    return _entry(found) if found is not None else None


def _entry(row: Any) -> Entry:
    values = msgspec.json.decode(bytes(row.content), type=dict[str, Plain])
    return Entry(row.code, row.name, values)


# ── policies ──────────────────────────────────────────────────────────────────────────────────


class PolicyVersion(NamedTuple):
    """A version of a policy."""

    policy: str
    place: int
    digest: str
    effective_from: str
    effective_until: str | None
    published_at: str


def versions(connection: Connection) -> list[PolicyVersion]:
    """Every version of every policy, in order."""
    query = select(policy_version).order_by(policy_version.c.policy, policy_version.c.place)
    return [PolicyVersion(*row) for row in connection.execute(query)]


def put_version(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(policy_version), [row])


# ── rounds, claims, batches ───────────────────────────────────────────────────────────────────


def run_before(connection: Connection, policy: str, period: str) -> tuple[int, str]:
    """How many rounds a policy had for a period, and the run that is not over, if any; a list of
    applications keeps nobody from another."""
    r = entitlement_round.c
    query = select(r.round_id, r.stage, r.route).where(r.policy == policy, r.period == period)
    found = connection.execute(query).all()
    runs = (row for row in found if row.route == "matched")
    open_ones = (row.round_id for row in runs if row.stage not in ("settled", "dropped"))
    return len(found), next(open_ones, "")


class ClaimListed(NamedTuple):
    """A claim in a list."""

    policy: str
    period: str
    party: str
    name: str
    definition: str
    round_id: str
    route: str
    standing: str
    payable: bool
    grade: str
    amount_fen: int
    recovery_fen: int
    recovered_fen: int
    batch: str
    confirmed_on: str | None
    ordered_on: str | None
    paid_on: str | None
    due_on: str | None


_CLAIM = tuple(entitlement_claim.c[name] for name in ClaimListed._fields)


def claims(connection: Connection, *which: ColumnElement[bool]) -> list[ClaimListed]:
    """Claims by policy, period and credit code."""
    query = select(*_CLAIM).where(*which)
    order = (entitlement_claim.c.policy, entitlement_claim.c.period, entitlement_claim.c.party)
    return [ClaimListed(*row) for row in connection.execute(query.order_by(*order))]


def claims_of_round(connection: Connection, round_id: str) -> list[ClaimListed]:
    return claims(connection, entitlement_claim.c.round_id == round_id)


def claims_of_party(connection: Connection, party: str) -> list[ClaimListed]:
    return claims(connection, entitlement_claim.c.party == party)


def claims_of_batch(connection: Connection, number: str) -> list[ClaimListed]:
    """The claims that were last paid with a batch."""
    return claims(connection, entitlement_claim.c.batch == number)


def awaiting_list(
    connection: Connection, policies: Iterable[str], period: str = ""
) -> list[ClaimListed]:
    """The applications that were granted and were on no list yet, of a period or of all."""
    which = awaits_list(policies)
    if period:
        which = and_(which, entitlement_claim.c.period == period)
    return claims(connection, which)


def awaits_list(policies: Iterable[str]) -> ColumnElement[bool]:
    """Whether a claim is a granted application that was on no list yet."""
    c = entitlement_claim.c
    return and_(
        c.policy.in_(list(policies)),
        c.route == "applied",
        c.standing == "confirmed",
        c.payable.is_(False),
        c.round_id == "",
    )


def payable(connection: Connection, policy: str) -> list[ClaimListed]:
    """What may be ordered to be paid of a policy."""
    return claims(
        connection, entitlement_claim.c.policy == policy, entitlement_claim.c.payable.is_(True)
    )


def settled(connection: Connection, policy: str, period: str) -> frozenset[str]:
    """Who has something of a policy and period already, by credit code."""
    query = select(entitlement_claim.c.party).where(
        entitlement_claim.c.policy == policy,
        entitlement_claim.c.period == period,
        entitlement_claim.c.standing.not_in(FREE),
    )
    return frozenset(connection.execute(query).scalars())


def barred_on(connection: Connection, day: date) -> frozenset[str]:
    """Whom the office's own record bars on a day, by credit code."""
    b = party_bar.c
    query = select(b.code).where(b.ground == "undertaking", b.until_on >= day.isoformat())
    return frozenset(connection.execute(query).scalars())


def received(connection: Connection, group: str) -> dict[str, tuple[Received, ...]]:
    """What a group of policies has granted, by credit code."""
    found: dict[str, tuple[Received, ...]] = {}
    query = select(
        entitlement_claim.c.party,
        entitlement_claim.c.policy,
        entitlement_claim.c.period,
        entitlement_claim.c.amount_fen,
        entitlement_claim.c.recovery_fen,
    ).where(
        entitlement_claim.c.group_id == group,
        entitlement_claim.c.standing.in_(sorted(GRANTED)),
    )
    for party, policy, period, amount, recovery in connection.execute(query):
        one = Received(group, policy, period, amount - recovery)
        found[party] = (*found.get(party, ()), one)
    return found


def next_batch(connection: Connection, year: int) -> str:
    """The number of the next batch of a year: `2022-001`."""
    query = select(func.count()).where(payment_batch.c.number.startswith(f"{year}-"))
    return f"{year}-{connection.execute(query).scalar_one() + 1:03d}"
