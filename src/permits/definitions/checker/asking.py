"""The form and the conditions: compiled, then probed with values at the edges of every field.

The CEL library reports an unknown name or a wrong type only when it comes to it, and takes two
values of different types for merely unequal, so every condition is asked with every combination
of boundary values of what it reads, and the constants it names are looked at one by one.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from math import prod

from permits.definitions.checker.edges import (
    MOST_COMBINATIONS,
    TooWide,
    quoted,
    situations,
    values_at_edges,
)
from permits.definitions.conditions import (
    FACTS,
    Answer,
    Condition,
    compile_condition,
)
from permits.definitions.findings import Finding, Path
from permits.definitions.form import NOT_LISTED, Question
from permits.definitions.schema import Definition

Fields = Mapping[str, Question]
Problem = tuple[str, str]

_NUMBERED = ("integer", "text", "long_text")
_CLOSED = ("boolean", "choice", "list_row")
_DECIMAL = re.compile(r"\d\.\d|\d[uUeE]|\.\d")
_TEXTS = re.compile(r"'[^']*'|\"[^\"]*\"")
_TERM = r"(\w+|'[^']*'|\"[^\"]*\")"
_COMPARED = re.compile(rf"{_TERM}\s*[!=]=\s*{_TERM}")
_PERSONAL = re.compile("姓名|身份证|电话|手机|住址|邮箱")
_CEL_WORDS = frozenset({"true", "false", "null", "in", "as", "break", "const", "continue", "else",
                        "for", "function", "if", "import", "let", "loop", "package", "namespace",
                        "return", "var", "void", "while"})  # fmt: skip


def form_findings(definition: Definition) -> Iterator[Finding]:
    """Findings about single questions and their order."""
    seen: dict[str, Path] = {}
    for s, section in enumerate(definition.form.sections):
        for q, question in enumerate(section.fields):
            path: Path = ("form", "sections", s, "fields", q)
            yield from _question(question, path)
            if question.id in seen:
                yield Finding("form.duplicate", (*path, "id"), f"`{question.id}` is asked twice")
            yield from _asks_back(definition, question, path, seen)
            seen[question.id] = path
    yield from _list_field(definition)
    yield from _shown(definition)


def _question(question: Question, path: Path) -> Iterator[Finding]:
    if question.id.startswith("case_") or question.id in _CEL_WORDS:
        says = f"`{question.id}` cannot be a field: conditions would not understand it"
        yield Finding("form.reserved", (*path, "id"), says)
    if len(question.options) < 2 if question.type == "choice" else question.options:
        says = "a choice has at least two options, and only a choice has options"
        yield Finding("form.options", (*path, "options"), says)
    if (question.unit is not None) != (question.type == "integer"):
        says = "a number says what it counts, and only a number does"
        yield Finding("form.unit", (*path, "unit"), says)
    yield from _limits(question, path)
    about_a_person = question.type == "phone" or _PERSONAL.search(question.title.zh)
    if about_a_person and question.personal is None:
        says = (
            "this is about a person: say under `personal` what for, on what basis and how long it"
            " is kept (个人信息保护法 art. 13, 17, 19)"
        )
        yield Finding("form.personal", path, says)


def _limits(question: Question, path: Path) -> Iterator[Finding]:
    if question.least is not None and question.type != "integer":
        yield Finding("form.limits", (*path, "least"), "only a number has a least value")
    if question.most is not None and question.type not in _NUMBERED:
        yield Finding("form.limits", (*path, "most"), "only a number or a text has a most value")
    if question.least is not None and question.most is not None and question.least > question.most:
        says = f"the least ({question.least}) is more than the most ({question.most})"
        yield Finding("form.limits", (*path, "least"), says)


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
    for question in rows:
        if question.when is not None or not question.required:
            says = f"`{question.id}` names the row of the list: it is always asked and required"
            yield Finding("list.field", ("form",), says)


def _shown(definition: Definition) -> Iterator[Finding]:
    """What stands for the case in lists (its title and its place) everybody may read."""
    shows = definition.permit.shows
    fields = {q.id: q for q in definition.form.questions}
    path: Path = ("permit", "shows")
    for key, name in (("title", shows.title), ("place", shows.place)):
        q = fields.get(name)
        if q is not None and (q.personal or q.type != "text" or q.when or not q.required):
            says = f"`{name}` stands for the case in lists: a text, always asked, not personal"
            yield Finding("form.shown", (*path, key), says)
    if shows.title == shows.place:
        says = "the title of a case and its place are two fields"
        yield Finding("form.shown", (*path, "place"), says)


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
        problems = [Finding(r, path, s) for r, s in _problems(definition, condition, fields)]
        findings += problems
        if not problems:
            compiled[name] = condition
    return compiled, tuple(findings)


def _problems(definition: Definition, condition: Condition, fields: Fields) -> Iterator[Problem]:
    found = [*_unknown(condition, fields), *_decimals(condition)]
    found = found or [*_constants(definition, condition, fields)]
    yield from found or _probe(definition, condition, fields)


def _unknown(condition: Condition, fields: Fields) -> Iterator[Problem]:
    for name in sorted(condition.answers):
        if name not in fields:
            known = ", ".join(sorted(FACTS))
            yield "cel.unknown", f"there is no field `{name}`; of the case one may ask {known}"
        elif fields[name].personal is not None:
            says = (
                f"`{name}` is personal and decides nothing; ask for the fact that matters instead"
            )
            yield "cel.personal", says


def _decimals(condition: Condition) -> Iterator[Problem]:
    """What decides money or dates is never a number with a fraction."""
    found = _DECIMAL.search(_TEXTS.sub("''", condition.source))
    if found is not None:
        yield "cel.decimal", "numbers are whole; write a smaller unit instead of a fraction"


def _constants(definition: Definition, condition: Condition, fields: Fields) -> Iterator[Problem]:
    """Each constant a field is compared with is a value the field can have."""
    possible: dict[str, tuple[Answer, ...]] = {n: FACTS[n] for n in condition.facts}
    for name in condition.answers:
        possible[name] = values_at_edges(definition, fields[name], condition.source)
    for left, right in _COMPARED.findall(condition.source):
        name, constant = (left, right) if left in possible else (right, left)
        value = _literal(constant)
        if name in possible and value is not None and not _among(value, possible[name]):
            values = ", ".join(repr(p) for p in possible[name][:12])
            yield "cel.value", f"`{name}` is never {constant}; it may be {values}"
            return
    if all(name in FACTS or fields[name].type in _CLOSED for name in possible):
        known = {value for values in possible.values() for value in values}
        for text in quoted(condition.source):
            if text not in known:
                yield "cel.value", f"nothing this reads is ever '{text}'"


def _among(value: Answer, possible: tuple[Answer, ...]) -> bool:
    """Python takes true for one; CEL does not."""
    return any(type(value) is type(p) and value == p for p in possible)


def _literal(constant: str) -> Answer | None:
    """The value of a constant; None if it is the name of something."""
    if constant in ("true", "false"):
        return constant == "true"
    if constant.isdigit():
        return int(constant)
    return quoted(constant)[0] if constant[0] in "'\"" else None


def _probe(definition: Definition, condition: Condition, fields: Fields) -> Iterator[Problem]:
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


def _spell(given: Mapping[str, Answer]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in given.items()) or "no answers"


def constant_findings(
    definition: Definition, conditions: Mapping[str, Condition]
) -> Iterator[Finding]:
    """Conditions that come out the same in every application, since of the questions they read
    some are put only where the others leave no choice."""
    for name, condition in conditions.items():
        path: Path = ("conditions", name, "when")
        try:
            met = {s.meets([condition]) for s in situations(definition, conditions, [condition])}
        except TooWide:
            says = "with the questions it depends on this reads too much to be proved; split it"
            yield Finding("cel.too_wide", path, says)
            continue
        if len(met) == 1:
            says = "holds" if True in met else "fails"
            yield Finding("cel.constant", path, f"this always {says}, whatever is answered")


__all__ = ["NOT_LISTED", "condition_findings", "constant_findings", "form_findings"]
