"""Policy × register: who is a candidate, to what amount, by which evidence. Same inputs, same
digest."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec
from msgspec.structs import replace

from permits.casework.entitlement.register import Entry
from permits.casework.envelope import canonical
from permits.definitions.policies.editions import Evidence, PolicyEdition
from permits.definitions.policies.periods import Period

MatchOutcome = Literal["candidate", "unmet", "excluded", "covered", "settled"]
"""`covered`: another award of the group stands in its place, or was paid to the full amount;
`settled`: of this period it has something of this policy already."""

OUTCOMES: tuple[MatchOutcome, ...] = ("candidate", "unmet", "excluded", "covered", "settled")


class Candidate(msgspec.Struct, frozen=True):
    """An enterprise on a list: the amount of its grade, what is deducted for what the group paid,
    what is left. In fen."""

    code: str
    name: str
    grade: str
    full_fen: int
    deducted_fen: int
    amount_fen: int


class Received(msgspec.Struct, frozen=True):
    """What a group has paid an enterprise: by which policy, for which period, in fen."""

    group: str
    policy: str
    period: str
    fen: int


class Matched(msgspec.Struct, frozen=True):
    """What came out for an enterprise. `beside` names policies that stand in the way of this."""

    code: str
    name: str
    outcome: MatchOutcome
    grade: str
    full_fen: int
    deducted_fen: int
    amount_fen: int
    evidence: tuple[Evidence, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """Everything that is looked at beside the register: `siblings` are the other policies of the
    group, `received` what the group paid by credit code, `barred` whom the office's record bars,
    `settled` who has something of this policy and period already."""

    edition: PolicyEdition
    period: Period
    barred: frozenset[str] = frozenset()
    siblings: tuple[PolicyEdition, ...] = ()
    received: Mapping[str, tuple[Received, ...]] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()


class Matching(msgspec.Struct, frozen=True):
    """A whole run: the candidates by credit code, how many came out how, and the digest of all
    evidence."""

    candidates: tuple[Candidate, ...]
    outcomes: dict[str, int]
    examined: int
    digest: str


def match_all(entries: Iterable[Entry], inputs: Inputs, register_digest: str) -> Matching:
    """The run over an edition of the register."""
    held = hashlib.sha256(
        canonical([inputs.edition.digest, str(inputs.period), register_digest]) + b"\n"
    )
    counts: Counter[str] = Counter()
    candidates: list[Candidate] = []
    for entry in sorted(entries, key=lambda one: one.code):
        one = match(entry, inputs)
        held.update(canonical(one) + b"\n")
        counts[one.outcome] += 1
        if one.outcome == "candidate":
            candidates.append(candidate_of(one))
    return Matching(
        tuple(candidates),
        {outcome: counts[outcome] for outcome in OUTCOMES},
        sum(counts.values()),
        held.hexdigest(),
    )


def candidate_of(one: Matched) -> Candidate:
    return Candidate(one.code, one.name, one.grade, one.full_fen, one.deducted_fen, one.amount_fen)


def match(entry: Entry, inputs: Inputs) -> Matched:
    """What comes out for one enterprise."""
    barred = entry.code in inputs.barred
    verdict = inputs.edition.verdict(entry.values, inputs.period, barred=barred)
    full = verdict.fen
    first = Matched(
        entry.code, entry.name, verdict.outcome, verdict.grade, full, 0, 0, verdict.evidence
    )
    if verdict.outcome != "candidate":
        return first
    if entry.code in inputs.settled:
        return replace(first, outcome="settled", beside=(inputs.edition.id,))
    higher = _higher(entry, inputs, full, barred=barred)
    if higher:
        return replace(first, outcome="covered", beside=higher)
    counted = counting(inputs.edition, str(inputs.period), inputs.received.get(entry.code, ()))
    deducted = min(full, sum(one.fen for one in counted))
    return replace(
        first,
        outcome="candidate" if deducted < full else "covered",
        deducted_fen=deducted,
        amount_fen=full - deducted,
        beside=tuple(dict.fromkeys(one.policy for one in counted)),
    )


def counting(
    edition: PolicyEdition, period: str, received: Iterable[Received]
) -> tuple[Received, ...]:
    """What of that which was paid counts against this policy in this period."""
    group = edition.policy.group
    if group is None:
        return ()
    return tuple(
        one
        for one in received
        if one.group == group.id and (group.rule == "difference" or one.period == period)
    )


def _higher(entry: Entry, inputs: Inputs, full: int, *, barred: bool) -> tuple[str, ...]:
    """The policy of the group that pays more for this period, if only the highest is paid; of
    two that pay alike the first by name."""
    group = inputs.edition.policy.group
    if group is None or group.rule != "highest_only":
        return ()
    offered = [(full, inputs.edition.id)]
    for sibling in inputs.siblings:
        verdict = sibling.verdict(entry.values, inputs.period, barred=barred)
        if verdict.outcome == "candidate":
            offered.append((verdict.fen, sibling.id))
    _fen, best = min(offered, key=lambda one: (-one[0], one[1]))
    return () if best == inputs.edition.id else (best,)
