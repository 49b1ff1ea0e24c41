"""Policies, lists and claims as pages show them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from permits.casework.dates import day_of
from permits.casework.entitlement import claims as cl
from permits.casework.entitlement.applications import statement_digest
from permits.casework.entitlement.claim_events import Of
from permits.casework.entitlement.matching import Candidate
from permits.casework.entitlement.rounds import Round
from permits.definitions.parts import Basis
from permits.definitions.policies.editions import Evidence, PolicyEdition
from permits.definitions.policies.periods import Period, parse, period_of
from permits.services.entitlements import Verdict
from permits.store import entitlements as store
from permits.store.drafts import Upload
from permits.store.entitlement_lists import RoundListed
from permits.text import entitlements as text
from permits.text.entitlement_history import lines
from permits.text.history import Line
from permits.text.told.entitlement import Sayer
from permits.web.visits import Member, Visit


class ShownValue(NamedTuple):
    """A value with what it is called and who says so."""

    title: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A condition as it came out; `good` if it speaks for the enterprise."""

    says: str
    kind: str
    holds: bool
    good: bool
    values: tuple[ShownValue, ...]
    basis: Basis


def evidence_of(
    visit: Visit, edition: PolicyEdition, evidence: Iterable[Evidence]
) -> Iterator[ShownEvidence]:
    """The evidence in words, condition by condition."""
    for one in evidence:
        part = edition.policy.conditions[one.condition]
        values = tuple(
            ShownValue(
                text.asked(name, edition.policy, visit.language),
                text.value(name, found, edition, visit.language),
                text.source(name, edition.policy, visit.language),
            )
            for name, found in one.values
        )
        yield ShownEvidence(
            says=part.says.in_(visit.language),
            kind=one.kind,
            holds=one.holds,
            good=one.holds is (one.kind != "excludes"),
            values=values,
            basis=part.basis,
        )


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """Why an enterprise is entitled or not."""

    edition: store.Edition
    name: str
    outcome: str
    says: str
    grade: str
    amount_fen: int
    full_fen: int
    deducted_fen: int
    evidence: tuple[ShownEvidence, ...]
    beside: tuple[str, ...]


def verdict_of(visit: Visit, verdict: Verdict | None) -> ShownVerdict | None:
    """A verdict in words; None if the register does not hold the enterprise."""
    if verdict is None or verdict.found is None:
        return None
    found, policy = verdict.found, verdict.policy.policy
    grade = policy.grades.get(found.grade)
    return ShownVerdict(
        edition=verdict.edition,
        name=found.name,
        outcome=found.outcome,
        says=text.outcome(found.outcome, visit.language),
        grade=grade.title.in_(visit.language) if grade is not None else "",
        amount_fen=found.amount_fen,
        full_fen=found.full_fen,
        deducted_fen=found.deducted_fen,
        evidence=tuple(evidence_of(visit, verdict.policy, found.evidence)),
        beside=titles_of(visit, found.beside) if found.beside else (),
    )


def titles_of(visit: Visit, policies: Iterable[str]) -> tuple[str, ...]:
    """What policies are called today; the id of one that there is none of."""
    titles = {one.id: one.policy.policy.title for one in visit.office.policies.all}
    return tuple(titles[name].in_(visit.language) if name in titles else name for name in policies)


@dataclass(frozen=True, slots=True)
class ShownRound:
    """A round in a list."""

    row: RoundListed
    title: str
    period: str
    stage: str
    path: str


def rounds_of(visit: Visit, found: Iterable[RoundListed], home: str) -> list[ShownRound]:
    return [
        ShownRound(
            row=row,
            title=visit.office.policies.edition(row.definition).policy.policy.title.in_(
                visit.language
            ),
            period=text.period(row.period, visit.language),
            stage=text.stage(row.stage, visit.language),
            path=f"{home}/{row.round_id}",
        )
        for row in found
    ]


@dataclass(frozen=True, slots=True)
class ShownCandidate:
    """An enterprise on a list, and where its claim stands if it has one."""

    candidate: Candidate
    grade: str
    standing: str
    off: bool


def candidates_of(
    visit: Visit, found: Round, claims: Mapping[str, store.ClaimListed]
) -> list[ShownCandidate]:
    """The list as it stands, then whom objections took off it."""
    edition = visit.office.policies.edition(found.definition)
    off = [found.candidates[code] for code in sorted(found.removed) if code in found.candidates]
    listed = [(one, False) for one in found.on_list] + [(one, True) for one in off]
    return [
        ShownCandidate(
            candidate=one,
            grade=edition.policy.grades[one.grade].title.in_(visit.language),
            standing=text.standing(claims[one.code].standing, visit.language)
            if one.code in claims
            else "",
            off=is_off,
        )
        for one, is_off in listed
    ]


class Statement(NamedTuple):
    """What an enterprise signs, and the digest it is signed by."""

    says: tuple[str, ...]
    digest: str
    basis: Basis


def statement_of(visit: Visit, edition: PolicyEdition) -> Statement:
    confirmation = edition.policy.confirmation
    return Statement(
        tuple(one.in_(visit.language) for one in confirmation.statement),
        statement_digest(edition.policy),
        confirmation.basis,
    )


def history_of(visit: Visit, edition: PolicyEdition, stream: str, *, inside: bool) -> list[Line]:
    """What happened in a stream; with free texts only for those `inside`."""
    service = visit.office.entitlements
    values = service.values(stream) if inside else {}
    sayer = Sayer(edition.policy, values, visit.language)
    return [*lines(service.history(stream), sayer)]


def claim_history(
    visit: Visit, edition: PolicyEdition, claim: cl.Claim, *, inside: bool
) -> list[Line]:
    """What happened to one claim of an enterprise."""
    service = visit.office.entitlements
    stream = cl.stream_of(claim.party)
    values = service.values(stream) if inside else {}
    sayer = Sayer(edition.policy, values, visit.language)
    entries = [
        (envelope, event)
        for envelope, event in service.history(stream)
        if isinstance(event, Of) and cl.key_of(event.policy, event.period) == claim.key
    ]
    return [*lines(entries, sayer)]


EVIDENCE = "evidence"
"""What files of an application are for."""


class Asked(NamedTuple):
    """A policy and period that an enterprise looks at, with what it has of it. `version` counts
    everything it has."""

    edition: PolicyEdition
    period: Period
    claim: cl.Claim | None
    version: int


def asked_for(visit: Member, policy: str, period: str) -> Asked | None:
    """None for a policy that is not there or is not paid for such a period."""
    found = parse(period)
    holding = visit.office.entitlements.holding(visit.actor.party)
    claim = holding.claim(policy, period)
    if claim is not None:
        edition: PolicyEdition | None = visit.office.policies.edition(claim.definition)
    else:
        edition = next((one for one in visit.office.policies.all if one.id == policy), None)
    if edition is None or found is None or found.kind != edition.policy.policy.period:
        return None
    return Asked(edition, found, claim, holding.version)


def evidence_of_application(visit: Member, policy: str, period: str) -> list[Upload]:
    """The files that were uploaded for an application; they go with it."""
    return visit.office.uploading.left(cl.place_of(visit.actor.party, policy, period))


def periods_of(visit: Visit, edition: PolicyEdition) -> list[Period]:
    """The period in which today lies, and those before it for which the policy is paid."""
    head, today = edition.policy.policy, day_of(visit.office.now())
    found = period_of(head.period, today)
    periods: list[Period] = []
    while found.first >= head.effective_from and len(periods) < _PERIODS:
        if head.effective_until is None or found.first <= head.effective_until:
            periods.append(found)
        found = _before(found)
    return periods


_PERIODS = 8
"""So many periods are offered to choose from."""


def _before(period: Period) -> Period:
    if not period.quarter:
        return Period(period.year - 1)
    if period.quarter == 1:
        return Period(period.year - 1, 4)
    return Period(period.year, period.quarter - 1)
