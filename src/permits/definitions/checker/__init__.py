"""Proves a definition before it may be published: every finding, never only the first."""

from permits.definitions.checker import acts, asking, coverage, references, soundness, terms
from permits.definitions.checker.space import explore
from permits.definitions.findings import Finding
from permits.definitions.schema import Definition


def check(definition: Definition) -> tuple[Finding, ...]:
    """All findings. Names and conditions come first: the later rules follow them and would
    speak of parts that are not there."""
    conditions, broken = asking.condition_findings(definition)
    found = [
        *references.dangling(definition),
        *broken,
        *asking.form_findings(definition),
        *terms.term_findings(definition),
    ]
    if found:
        return tuple(found)
    found += acts.unlawful(definition)
    found += acts.undocumented(definition)
    found += acts.ambiguous_levels(definition)
    found += acts.repeated_acts(definition)
    found += coverage.certificates(definition, conditions)
    found += coverage.rows_admit(definition, conditions)
    found += asking.overlaps(definition, conditions)
    if any(f.rule.startswith(("chart.cross", "chart.region", "chart.two")) for f in found):
        return tuple(found)  # such a chart cannot be built
    found += soundness.unsound(definition, explore(definition, conditions))
    return tuple(dict.fromkeys(found))
