"""Everything that keeps a policy from being published, all of it at once."""

from collections.abc import Iterable, Iterator
from typing import Any

from permits.definitions.checker.asking import edge_problems
from permits.definitions.checker.edges import Edges
from permits.definitions.checker.shape import Unfit, comparisons
from permits.definitions.conditions import FACTS as OF_CASES
from permits.definitions.conditions import Condition, compile_condition
from permits.definitions.findings import Finding, Path
from permits.definitions.form import LARGEST_NUMBER, MOST_CHARACTERS, Question
from permits.definitions.policies.editions import FACTS, FEN, PolicyEdition
from permits.definitions.policies.periods import Period, parse
from permits.definitions.policies.schema import Column, Duty, Group, Policy, PolicySample
from permits.definitions.procedure import OFFICERS

RESERVED = frozenset({"credit_code", "name", *FACTS, *OF_CASES})


def check_policy(policy: Policy) -> tuple[Finding, ...]:
    """All findings about a policy that fits the schema."""
    compiled, found = _conditions(policy)
    rules = (_columns, _bases, _references, _grades, _duties, _steps)
    findings = [*(f for rule in rules for f in rule(policy)), *found]
    if not findings:
        findings += _samples(PolicyEdition(policy, "", compiled))
    return tuple(findings)


def _columns(policy: Policy) -> Iterator[Finding]:
    seen: set[str] = set()
    for n, column in enumerate(policy.register_of.columns):
        path: Path = ("register", "columns", n)
        if column.id in RESERVED or column.id.startswith("case_"):
            says = f"`{column.id}` means something else already; call the column otherwise"
            yield Finding("register.reserved", (*path, "id"), says)
        if column.id in seen:
            yield Finding("register.duplicate", (*path, "id"), f"`{column.id}` stands twice")
        seen.add(column.id)
        if column.source not in policy.register_of.sources:
            known = ", ".join(policy.register_of.sources)
            says = f"there is no source `{column.source}`; known: {known}"
            yield Finding("ref.source", (*path, "source"), says)
        yield from _of_type(column, path)


def _of_type(column: Column, path: Path) -> Iterator[Finding]:
    if len(column.options) < 2 if column.type == "choice" else column.options:
        says = "a choice has at least two options, and only a choice has options"
        yield Finding("register.options", (*path, "options"), says)
    if (column.unit is not None) != (column.type == "integer"):
        says = "a number says what it counts, and only a number does"
        yield Finding("register.unit", (*path, "unit"), says)
    if column.least is not None and (column.type != "integer" or column.least > most_of(column)):
        says = "only a number has a least value, and it is at most the largest"
        yield Finding("register.limits", (*path, "least"), says)
    if column.most is not None and column.type not in ("integer", "text"):
        says = "only a number or a text has a most value"
        yield Finding("register.limits", (*path, "most"), says)


def most_of(column: Column) -> int:
    """The largest number of a column, or the most characters of a text."""
    if column.most is not None:
        return column.most
    return MOST_CHARACTERS["text"] if column.type == "text" else LARGEST_NUMBER


def _bases(policy: Policy) -> Iterator[Finding]:
    for path, law in _cited(policy.model_dump(by_alias=True), ()):
        if law not in policy.laws:
            says = f"there is no law `{law}` under `laws`"
            yield Finding("ref.law", (*path, "law"), says)


def _cited(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every law that a basis in plain data names, with the place of the basis."""
    if isinstance(data, dict):
        if isinstance(data.get("law"), str):
            yield path, data["law"]
        for key, value in data.items():
            yield from _cited(value, (*path, key))
    elif isinstance(data, list | tuple):
        for n, value in enumerate(data):
            yield from _cited(value, (*path, n))


def _conditions(policy: Policy) -> tuple[dict[str, Condition], list[Finding]]:
    fields = {c.id: c.question for c in policy.register_of.columns} | dict(FACTS)
    compiled: dict[str, Condition] = {}
    findings: list[Finding] = []
    for name, part in policy.conditions.items():
        path: Path = ("conditions", name, "when")
        try:
            condition = compile_condition(name, part.when)
        except ValueError as error:
            findings.append(Finding("cel.syntax", path, f"CEL cannot read this: {error}"))
            continue
        findings += [Finding(rule, path, says) for rule, says in _problems(condition, fields)]
        compiled[name] = condition
    return compiled, findings


def _problems(condition: Condition, fields: dict[str, Question]) -> Iterator[tuple[str, str]]:
    unknown = sorted((condition.answers | condition.facts) - fields.keys())
    for name in unknown:
        known = ", ".join(sorted(FACTS))
        yield "cel.unknown", f"the register has no column `{name}`; beside it one may ask {known}"
    try:
        compared = comparisons(condition.source)
    except Unfit as unfit:
        yield unfit.rule, str(unfit)
        return
    if not unknown:
        yield from edge_problems(condition, Edges((), fields, compared))


def _references(policy: Policy) -> Iterator[Finding]:
    used: list[tuple[Path, str]] = [
        *((("requires", n), name) for n, name in enumerate(policy.requires)),
        *((("exclusions", n, "when"), one.when) for n, one in policy.exclusions.items()),
        *((("grades", n, "when"), one.when) for n, one in policy.grades.items() if one.when),
    ]
    for path, name in used:
        if name not in policy.conditions:
            yield Finding("ref.condition", path, f"there is no condition `{name}`")
    for name in sorted(policy.conditions.keys() - {name for _path, name in used}):
        says = "nothing asks for this condition; use it or leave it out"
        yield Finding("ref.unused", ("conditions", name), says)
    yield from _known_for_sure(policy)


def _known_for_sure(policy: Policy) -> Iterator[Finding]:
    """What excludes must be known of every enterprise, or a gap in the data would let it in."""
    may_lack = {column.id for column in policy.register_of.columns if not column.required}
    for name, exclusion in policy.exclusions.items():
        part = policy.conditions.get(exclusion.when)
        asked = _variables(part.when) & may_lack if part is not None else frozenset[str]()
        for column in sorted(asked):
            says = f"`{column}` may be missing, and then nothing would exclude; make it required"
            yield Finding("exclusion.unknown", ("exclusions", name, "when"), says)


def _variables(source: str) -> frozenset[str]:
    try:
        return compile_condition("", source).answers
    except ValueError:
        return frozenset()


def _grades(policy: Policy) -> Iterator[Finding]:
    *before, _last = policy.grades.items()
    for name, grade in before:
        if grade.when is None:
            says = "this fits everybody, so that no grade after it is ever paid; put it last"
            yield Finding("grade.shadows", ("grades", name), says)


def _duties(policy: Policy) -> Iterator[Finding]:
    for duty in Duty:
        if not policy.duties.get(duty):
            says = f"nobody is given the duty `{duty}`"
            yield Finding("duty.nobody", ("duties", duty.value), says)
    for duty, roles in policy.duties.items():
        for n, role in enumerate(roles):
            if role not in OFFICERS:
                says = f"`{role}` is no officer; officers are {', '.join(sorted(OFFICERS))}"
                yield Finding("duty.role", ("duties", duty.value, n), says)


def _steps(policy: Policy) -> Iterator[Finding]:
    if policy.saved_steps < 1:
        says = "without an application there are no fewer steps than with one"
        yield Finding("steps.saved", ("steps",), says)


def _samples(edition: PolicyEdition) -> Iterator[Finding]:
    policy = edition.policy
    for name, sample in policy.samples.items():
        path: Path = ("samples", name)
        period = parse(sample.period)
        wrong = [*_of_sample(policy, sample, period, path)]
        yield from wrong
        if period is not None and not wrong:
            yield from _comes_out(edition, sample, period, path)
    if {sample.outcome == "candidate" for sample in policy.samples.values()} != {True, False}:
        says = "one sample is entitled and one is not, or nothing is shown"
        yield Finding("sample.one_sided", ("samples",), says)


def _of_sample(
    policy: Policy, sample: PolicySample, period: Period | None, path: Path
) -> Iterator[Finding]:
    for name in sorted(sample.row.keys() - policy.columns.keys()):
        says = f"the register has no column `{name}`"
        yield Finding("sample.column", (*path, "row", name), says)
    if period is None or period.kind != policy.policy.period:
        says = f"a {policy.policy.period} is wanted; found {sample.period}"
        yield Finding("sample.period", (*path, "period"), says)


def _comes_out(
    edition: PolicyEdition, sample: PolicySample, period: Period, path: Path
) -> Iterator[Finding]:
    found = edition.verdict(sample.row, period, barred=sample.barred)
    if found.outcome != sample.outcome:
        says = f"this comes out as {found.outcome}"
        yield Finding("sample.outcome", (*path, "outcome"), says)
    elif found.fen != sample.yuan * FEN:
        says = f"this comes to {found.fen // FEN} yuan"
        yield Finding("sample.amount", (*path, "yuan"), says)


def check_together(policies: Iterable[Policy]) -> Iterator[tuple[Policy, Finding]]:
    """Findings about policies that do not fit each other, each with the policy it is told of."""
    first: dict[str, tuple[Policy, Group]] = {}
    ids: set[str] = set()
    for policy in policies:
        if policy.policy.id in ids:
            says = f"the policy id `{policy.policy.id}` is used twice; ids differ"
            yield policy, Finding("policy.duplicate_id", ("policy", "id"), says)
        ids.add(policy.policy.id)
        if policy.group is None:
            continue
        leads, group = first.setdefault(policy.group.id, (policy, policy.group))
        if policy.group.rule != group.rule:
            says = f"`{leads.policy.id}` of this group says {group.rule}"
            yield policy, Finding("group.rule", ("group", "rule"), says)
        elif policy.group.rule == "highest_only" and policy.policy.period != leads.policy.period:
            says = f"`{leads.policy.id}` of this group is paid for a {leads.policy.period}"
            yield policy, Finding("group.period", ("policy", "period"), says)
