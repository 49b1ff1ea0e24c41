"""Proves a definition before it may be published: every finding, never only the first."""

from collections.abc import Iterator

from permits.definitions.checker import (
    acts,
    asking,
    coverage,
    decisions,
    limits,
    openness,
    references,
    soundness,
    terms,
)
from permits.definitions.checker.applications import Applications
from permits.definitions.checker.space import MOST_NODES, explore
from permits.definitions.conditions import compile_all
from permits.definitions.findings import Finding
from permits.definitions.schema import Definition

_STOPS = ("ref.", "cel.", "track.no_baseline", "form.order", "form.duplicate")
_NO_CHART = (
    "cel.too_wide",
    "chart.cross_region",
    "chart.leaves_end",
    "chart.region",
    "chart.two_levels",
    "chart.two_regions",
)


def check(definition: Definition) -> tuple[Finding, ...]:
    """All findings of a definition that fits the schema."""
    return tuple(dict.fromkeys(findings(definition)))


def situations(definition: Definition) -> int:
    """How many situations a case of a checked definition can come to."""
    applications = Applications(definition, compile_all(definition))
    return len(explore(applications, MOST_NODES).edges)


def findings(definition: Definition) -> Iterator[Finding]:
    """The findings one by one, the cheap rules first; the same one may come twice.

    Later rules follow names and conditions, and would speak of parts that are not there: what
    stops them is told first.
    """
    conditions, broken = asking.condition_findings(definition)
    found = [*references.dangling(definition), *broken, *asking.form_findings(definition)]
    found += terms.term_findings(definition)
    found += limits.limit_findings(definition)
    yield from found
    if any(f.rule.startswith(_STOPS) and f.rule not in ("ref.unused", "ref.twice") for f in found):
        return
    applications = Applications(definition, conditions)
    yield from references.too_early(definition, conditions)
    unfit = [*asking.constant_findings(applications), *acts.chart_findings(definition)]
    if any(f.rule == "cel.too_wide" for f in unfit):
        yield from unfit
        return
    unfit += openness.overlaps(applications)
    yield from unfit
    yield from coverage.certificates(applications)
    yield from coverage.rows(applications)
    yield from coverage.admitted(applications)
    yield from acts.undocumented(definition)
    if any(f.rule in _NO_CHART for f in unfit):
        return
    space = explore(applications, MOST_NODES)
    told = {f.path for f in unfit if f.rule == "chart.shadowed"}
    yield from (f for f in soundness.unsound(definition, space) if f.path not in told)
    if space.whole:
        yield from decisions.improper(definition, space)
