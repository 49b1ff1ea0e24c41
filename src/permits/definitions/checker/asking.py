"""The form and the conditions: compiled, then probed with values at the edges of every field.

The CEL library reports an unknown name or a wrong type only when it comes to it, so every
condition is asked with every combination of boundary values of what it reads.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from math import prod

from permits.definitions.conditions import (
    FACTS,
    Answer,
    Condition,
    compile_condition,
)
from permits.definitions.findings import Finding, Path
from permits.definitions.form import Question
from permits.definitions.schema import Definition

MOST_COMBINATIONS = 20_000

_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_CEL_WORDS = frozenset({"true", "false", "null", "in", "as", "break", "const", "continue", "else",
                        "for", "function", "if", "import", "let", "loop", "package", "namespace",
                        "return", "var", "void", "while"})  # fmt: skip


def form_findings(definition: Definition) -> Iterator[Finding]:
    """Findings about single questions and their order."""
    seen: dict[str, Path] = {}
    for s, section in enumerate(definition.form.sections):
        for q, question in enumerate(section.fields):
            path: Path = ("form", "sections", s, "fields", q)
            yield from _question(definition, question, path)
            if question.id in seen:
                yield Finding("form.duplicate", (*path, "id"), f"`{question.id}` is asked twice")
            yield from _asks_back(definition, question, path, seen)
            seen[question.id] = path
    yield from _list_field(definition)


def _question(definition: Definition, question: Question, path: Path) -> Iterator[Finding]:
    if question.id.startswith("case_") or question.id in _CEL_WORDS:
        says = f"`{question.id}` cannot be a field: conditions would not understand it"
        yield Finding("form.reserved", (*path, "id"), says)
    if (question.type == "choice") != (len(question.options) >= 2):
        says = "a choice has at least two options, and only a choice has options"
        yield Finding("form.options", (*path, "options"), says)
    if question.unit is not None and question.type != "integer":
        yield Finding("form.unit", (*path, "unit"), "only a number has a unit")
    if question.least is not None and question.most is not None and question.least > question.most:
        yield Finding("form.limits", (*path, "least"), "the least is more than the most")
    if question.type == "phone" and question.personal is None:
        says = (
            "a telephone number is personal: say what for, on what basis and how long it is kept"
        )
        yield Finding("form.personal", path, says)
    shown = (definition.permit.shows.title, definition.permit.shows.place)
    if question.id in shown and (question.personal or question.type != "text" or question.when):
        says = "what stands for the case in lists is a text that is always asked and not personal"
        yield Finding("form.shown", path, says)


def _asks_back(
    definition: Definition, question: Question, path: Path, seen: Mapping[str, Path]
) -> Iterator[Finding]:
    """A question may depend only on answers given before it."""
    if question.when is None or question.when not in definition.conditions:
        return
    for name in sorted(_variables(definition.conditions[question.when].when)):
        if name not in seen:
            says = f"this depends on `{name}`, which is not asked before it"
            yield Finding("form.order", (*path, "when"), says)


def _variables(source: str) -> frozenset[str]:
    try:
        condition = compile_condition("", source)
    except ValueError:
        return frozenset()
    return condition.answers | condition.facts


def _list_field(definition: Definition) -> Iterator[Finding]:
    rows = [q for q in definition.form.questions if q.type == "list_row"]
    if len(rows) != bool(definition.list):
        says = (
            "a definition with a list has exactly one field of type `list_row`, others have none"
        )
        yield Finding("list.field", ("form",), says)


def condition_findings(
    definition: Definition,
) -> tuple[dict[str, Condition], tuple[Finding, ...]]:
    """The conditions that compile and answer yes or no whatever they are asked, and the rest."""
    compiled: dict[str, Condition] = {}
    findings: list[Finding] = []
    fields = {q.id: q for q in definition.form.questions}
    for name, part in definition.conditions.items():
        path: Path = ("conditions", name, "when")
        try:
            condition = compile_condition(name, part.when)
        except ValueError as error:
            findings.append(Finding("cel.syntax", path, f"CEL cannot read this: {error}"))
            continue
        problems = list(_unknown(condition, fields))
        if not problems:
            problems = list(_probe(definition, condition, fields))
        if problems:
            findings.extend(Finding(rule, path, says) for rule, says in problems)
        else:
            compiled[name] = condition
    return compiled, tuple(findings)


Problem = tuple[str, str]


def _unknown(condition: Condition, fields: Mapping[str, Question]) -> Iterator[Problem]:
    for name in sorted(condition.answers):
        if name not in fields:
            known = ", ".join(sorted(FACTS))
            yield "cel.unknown", f"there is no field `{name}`; of the case one may ask {known}"
        elif fields[name].personal is not None:
            says = (
                f"`{name}` is personal and decides nothing; ask for the fact that matters instead"
            )
            yield "cel.personal", says


def _probe(
    definition: Definition, condition: Condition, fields: Mapping[str, Question]
) -> Iterator[Problem]:
    answers = sorted(condition.answers)
    facts = sorted(condition.facts)
    domains = [values_at_edges(definition, fields[n], condition.source) for n in answers]
    domains += [FACTS[n] for n in facts]
    if prod(map(len, domains)) > MOST_COMBINATIONS:
        yield "cel.too_wide", "this reads too much at once to be proved; split it"
        return
    outcomes = set()
    for values in itertools.product(*domains):
        given = dict(zip((*answers, *facts), values, strict=True))
        try:
            outcome = condition.ask(given)
        except Exception as error:  # noqa: BLE001 - whatever the expression raises is a finding
            yield "cel.fails", f"with {_spell(given)} this fails: {str(error).split('. ')[0]}"
            return
        if not isinstance(outcome, bool):
            yield "cel.not_boolean", f"this gives {outcome!r} instead of true or false"
            return
        outcomes.add(outcome)
    if len(outcomes) == 1:
        yield "cel.constant", f"this is always {'true' if True in outcomes else 'false'}"


def values_at_edges(definition: Definition, question: Question, source: str) -> tuple[Answer, ...]:
    """Values of a field at which an expression may change its answer: each constant it names and
    its neighbours, every option, both truths."""
    texts = [a or b for a, b in _QUOTED.findall(source)]
    match question.type:
        case "boolean":
            return (False, True)
        case "integer":
            edges = {n + d for n in map(int, _NUMBER.findall(source)) for d in (-1, 0, 1)}
            least, most = question.least or 0, question.most or 10**9
            return tuple(sorted(e for e in edges | {least, most} if least <= e <= most))
        case "choice":
            return tuple(question.options)
        case "list_row":
            return (*definition.list, NOT_LISTED)
        case "date":
            return tuple(sorted({*texts, "2000-01-01", "2099-12-31"}))
        case "text" | "long_text" | "phone" | "credit_code" | "project_code":
            return tuple(dict.fromkeys((*texts, "", "…")))


NOT_LISTED = "not_listed"
"""The answer of a `list_row` field for works that are on no row."""


def _spell(given: Mapping[str, Answer]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in given.items())


def overlaps(definition: Definition, conditions: Mapping[str, Condition]) -> Iterator[Finding]:
    """Two moves of one action from one place that can be open together need an order; and with
    an order each must be the first open one for some case."""
    for name, action in definition.chart.actions.items():
        places = sorted({source for move in action.moves for source in move.frm})
        for place in places:
            moves = [(m, mv) for m, mv in enumerate(action.moves) if place in mv.frm]
            if len(moves) < 2:
                continue
            firsts, both = _order(
                definition, conditions, [(*action.needs, *mv.needs) for _, mv in moves]
            )
            path: Path = ("chart", "actions", name, "moves")
            if both and action.order is None:
                says = f"from `{place}` two moves can be open together; say `order: first`"
                yield Finding("chart.overlap", path, says)
            for k, (m, _move) in enumerate(moves):
                if action.order == "first" and k not in firsts:
                    says = f"from `{place}` an earlier move is always taken instead"
                    yield Finding("chart.shadowed", (*path, m), says)


def _order(
    definition: Definition, conditions: Mapping[str, Condition], needs: list[tuple[str, ...]]
) -> tuple[set[int], bool]:
    """Which moves are first open for some values, and whether two are ever open at once."""
    used = [conditions[n] for group in needs for n in group]
    fields = {q.id: q for q in definition.form.questions}
    source = " ".join(c.source for c in used)
    names = sorted({a for c in used for a in c.answers})
    facts = sorted({f for c in used for f in c.facts})
    domains = [values_at_edges(definition, fields[n], source) for n in names]
    domains += [FACTS[f] for f in facts]
    if prod(map(len, domains)) > MOST_COMBINATIONS:
        return set(range(len(needs))), True
    firsts: set[int] = set()
    both = False
    for values in itertools.product(*domains):
        given = dict(zip((*names, *facts), values, strict=True))
        open_ = [
            k for k, g in enumerate(needs) if all(conditions[n].holds(given, given) for n in g)
        ]
        firsts.update(open_[:1])
        both = both or len(open_) > 1
    return firsts, both
