"""What tables hold of entitlements; every row can be made anew from the log."""

from datetime import date, datetime

import msgspec

from permits.casework.entitlement.batches import Batch
from permits.casework.entitlement.claims import GRANTED, Claim, Holding
from permits.casework.entitlement.register import RegisterImported
from permits.casework.entitlement.rounds import Round


class EditionRow(msgspec.Struct, frozen=True):
    """An edition of the register, in the order of import."""

    edition: str
    place: int
    register: str
    as_of_on: date
    source: str
    sha256: str
    digest: str
    enterprises: int
    imported_at: datetime


def edition_row(event: RegisterImported, place: int, imported_at: datetime) -> EditionRow:
    return EditionRow(
        edition=event.edition,
        place=place,
        register=event.register,
        as_of_on=event.as_of,
        source=event.source,
        sha256=event.sha256,
        digest=event.digest,
        enterprises=event.enterprises,
        imported_at=imported_at,
    )


class RoundRow(msgspec.Struct, frozen=True):
    """A round in lists. `amount_fen` is that of the list as it stands."""

    round_id: str
    policy: str
    period: str
    definition: str
    authority: str
    department: str
    route: str
    stage: str
    edition: str
    as_of_on: date | None
    run_on: date | None
    published_on: date | None
    ends_on: date | None
    settled_on: date | None
    confirm_by_on: date | None
    examined: int
    listed: int
    amount_fen: int
    open_objections: int
    version: int
    updated_at: datetime | None


def round_row(found: Round) -> RoundRow:
    on_list = found.on_list
    return RoundRow(
        round_id=found.id,
        policy=found.policy,
        period=found.period,
        definition=found.definition,
        authority=found.authority,
        department=found.department,
        route=found.route,
        stage=found.stage,
        edition=found.edition,
        as_of_on=found.as_of,
        run_on=found.run_on,
        published_on=found.published_on,
        ends_on=found.ends_on,
        settled_on=found.settled_on,
        confirm_by_on=found.confirm_by,
        examined=found.examined,
        listed=len(on_list),
        amount_fen=sum(one.amount_fen for one in on_list),
        open_objections=len(found.open_objections),
        version=found.version,
        updated_at=found.recorded_at,
    )


class ClaimRow(msgspec.Struct, frozen=True):
    """A claim in lists and figures."""

    policy: str
    period: str
    party: str
    name: str
    definition: str
    authority: str
    department: str
    round_id: str
    route: str
    standing: str
    payable: bool
    grade: str
    group_id: str
    amount_fen: int
    recovery_fen: int
    recovered_fen: int
    batch: str
    opened_on: date | None
    confirmed_on: date | None
    ordered_on: date | None
    paid_on: date | None
    due_on: date | None


def claim_row(claim: Claim) -> ClaimRow:
    return ClaimRow(
        policy=claim.policy,
        period=claim.period,
        party=claim.party,
        name=claim.name,
        definition=claim.definition,
        authority=claim.authority,
        department=claim.department,
        round_id=claim.round,
        route=claim.route,
        standing=claim.standing,
        payable=claim.payable,
        grade=claim.grade,
        group_id=claim.group,
        amount_fen=claim.amount_fen,
        recovery_fen=claim.recovery_fen,
        recovered_fen=claim.recovered_fen,
        batch=claim.batch,
        opened_on=claim.opened_on,
        confirmed_on=claim.confirmed_on,
        ordered_on=claim.ordered_on,
        paid_on=claim.paid_on,
        due_on=claim.due,
    )


def claim_rows(holding: Holding) -> tuple[ClaimRow, ...]:
    return tuple(map(claim_row, holding.claims.values()))


class GrantRow(msgspec.Struct, frozen=True):
    """That an order to pay was given for a policy, an enterprise and a period. There is at most
    one, whoever else orders at the same moment."""

    policy: str
    period: str
    party: str
    ordered_on: date | None


def grant_rows(holding: Holding) -> tuple[GrantRow, ...]:
    return tuple(
        GrantRow(one.policy, one.period, one.party, one.ordered_on)
        for one in holding.claims.values()
        if one.standing in GRANTED
    )


class BatchRow(msgspec.Struct, frozen=True):
    """A batch in lists."""

    number: str
    policy: str
    definition: str
    authority: str
    department: str
    ordered_on: date
    lines: int
    total_fen: int


def batch_row(batch: Batch) -> BatchRow:
    return BatchRow(
        number=batch.number,
        policy=batch.policy,
        definition=batch.definition,
        authority=batch.authority,
        department=batch.department,
        ordered_on=batch.ordered_on,
        lines=len(batch.lines),
        total_fen=batch.total_fen,
    )
