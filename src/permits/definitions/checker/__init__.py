"""Proves a definition before it may be published: every finding, never only the first.

Rules that would speak of parts that are not there are not asked: a part that does not fit the
schema, or leads nowhere, stops whoever asks for it, and nobody else.
"""

from collections.abc import Callable, Iterable, Iterator

from permits.definitions.checker import (
    acts,
    afterwards,
    asking,
    coverage,
    decisions,
    entries,
    fees,
    guidance,
    heard,
    keeping,
    limits,
    openness,
    projects,
    promises,
    references,
    soundness,
    terms,
    tolerance,
)
from permits.definitions.checker.applications import Applications
from permits.definitions.checker.samples import sample_findings
from permits.definitions.checker.space import MOST_NODES, explore
from permits.definitions.conditions import Condition, compile_all
from permits.definitions.findings import Finding
from permits.definitions.fitting import Data, Doubtful, Fitting
from permits.definitions.schema import Definition

_STOPS = frozenset({
    "ref.condition", "ref.state", "ref.action", "ref.rate", "ref.share",
    "form.order", "form.duplicate",
    "track.no_baseline",
    "chart.cross_region", "chart.leaves_end", "chart.region", "chart.two_levels",
    "chart.two_regions",
})  # fmt: skip
"""Findings that make their part doubtful for the rules that come later."""


def check(fitting: Fitting) -> tuple[Finding, ...]:
    """All findings of a definition, or of those parts that fit the schema."""
    return tuple(dict.fromkeys(findings(fitting)))


def situations(definition: Definition) -> int:
    """How many situations a case of a checked definition can come to."""
    applications = Applications(definition, compile_all(definition))
    return len(explore(applications, MOST_NODES).edges)


def findings(fitting: Fitting) -> Iterator[Finding]:
    """The findings one by one, the cheap rules first; the same one may come twice."""
    looking = _Looking(fitting)
    rules = (
        *terms.RULES,
        *limits.RULES,
        *keeping.RULES,
        *fees.RULES,
        *guidance.RULES,
        *heard.RULES,
        *promises.RULES,
        *asking.RULES,
        *entries.RULES,
        *projects.RULES,
        *tolerance.RULES,
        *afterwards.RULES,
    )
    for rule in rules:
        yield from looking.at(rule)
    yield from looking.noting(references.dangling(fitting))
    for rule in acts.RULES:
        yield from looking.at(rule)
    conditions, broken = asking.condition_findings(fitting)
    yield from looking.noting(broken)
    yield from looking.at(lambda d: _of_applications(d, fitting.data, conditions))


def _of_applications(
    definition: Definition, data: Data, conditions: dict[str, Condition]
) -> Iterator[Finding]:
    """What is asked of every application and, at last, of every situation of its case."""
    if definition.conditions.keys() - conditions.keys():
        return
    applications = Applications(definition, conditions)
    early = [*references.too_early(data, conditions)]
    yield from early
    constant = [*asking.constant_findings(applications)]
    yield from constant
    if any(finding.rule == "cel.too_wide" for finding in constant):
        return
    for rule in coverage.RULES:
        yield from rule(applications)
    if not early:
        yield from projects.uncovered(applications)
        yield from coverage.admitted(applications)
        yield from sample_findings(applications)
    together = [*openness.overlaps(applications)]
    yield from together
    if any(finding.rule == "cel.too_wide" for finding in together):
        return
    told = {finding.path for finding in together if finding.rule == "chart.shadowed"}
    proof = soundness.Proof(applications, explore(applications, MOST_NODES))
    yield from (f for f in soundness.unsound(proof) if f.path not in told)
    if proof.space.whole:
        yield from decisions.improper(proof)
        yield from afterwards.lapsing(proof)


class _Looking:
    """What the rules may still look at: parts become doubtful as findings come in."""

    def __init__(self, fitting: Fitting) -> None:
        self.fitting = fitting

    def at(self, rule: Callable[[Definition], Iterable[Finding]]) -> Iterator[Finding]:
        """What a rule finds, as far as the parts it asks for go."""
        try:
            yield from self.noting(rule(self.fitting.definition))
        except Doubtful:
            return

    def noting(self, found: Iterable[Finding]) -> Iterator[Finding]:
        for finding in found:
            part = str(finding.path[0])
            if finding.rule in _STOPS or finding.rule.startswith("cel."):
                self.fitting = self.fitting.without(part)
            yield finding
