"""The form and the conditions: compiled, then probed with values at the edges of every field.

The CEL library reports an unknown name or a wrong type only when it comes to it, and takes two
values of different types for merely unequal, so every condition is asked with every combination
of boundary values of what it reads, and what it compares is looked at one by one.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from math import prod

from permits.definitions.checker.applications import MOST_APPLICATIONS, Applications, TooWide
from permits.definitions.checker.edges import Edges
from permits.definitions.checker.shape import Unfit, comparisons
from permits.definitions.conditions import (
    FACTS,
    FAILS,
    Answer,
    Condition,
    compile_condition,
)
from permits.definitions.findings import Finding, Path
from permits.definitions.fitting import Fitting
from permits.definitions.form import NOT_LISTED, Question
from permits.definitions.schema import Definition

Fields = Mapping[str, Question]
Problem = tuple[str, str]

_NUMBERED = ("integer", "text", "long_text")
_CLOSED = ("boolean", "choice", "list_row")
_WITH_ORDER = ("integer", "date")
_PERSONAL = re.compile("姓名|身份证|电话|手机|住址|邮箱")
_CEL_WORDS = frozenset({"true", "false", "null", "in", "as", "break", "const", "continue", "else",
                        "for", "function", "if", "import", "let", "loop", "package", "namespace",
                        "return", "var", "void", "while"})  # fmt: skip


def _questions(definition: Definition) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, question in asked(definition):
        yield from _question(question, path)
        for name, where in ((question.id, "id"), *((n, "totals") for n in question.totals)):
            if name in seen:
                yield Finding("form.duplicate", (*path, where), f"`{name}` is asked twice")
            seen.add(name)


def _order(definition: Definition) -> Iterator[Finding]:
    """A question may depend only on answers given before it."""
    seen: set[str] = set()
    for path, question in asked(definition):
        when = definition.conditions.get(question.when or "")
        for name in sorted(_variables(when.when) - seen if when else ()):
            says = f"this depends on `{name}`, which is not asked before it"
            yield Finding("form.order", (*path, "when"), says)
        seen.update((question.id, *question.totals))


def asked(definition: Definition) -> Iterator[tuple[Path, Question]]:
    for s, section in enumerate(definition.form.sections):
        for q, question in enumerate(section.fields):
            yield ("form", "sections", s, "fields", q), question


def _question(question: Question, path: Path) -> Iterator[Finding]:
    yield from reserved(question.id, (*path, "id"))
    yield from wording(question, path)
    if about_a_person(question) and question.personal is None:
        says = (
            "this is about a person: say under `personal` what for, on what basis and how long it"
            " is kept (个人信息保护法 art. 13, 17, 19)"
        )
        yield Finding("form.personal", path, says)


def reserved(name: str, path: Path) -> Iterator[Finding]:
    """A name that conditions could not use."""
    if name.startswith("case_") or name in _CEL_WORDS:
        says = f"`{name}` cannot be a field: conditions would not understand it"
        yield Finding("form.reserved", path, says)


def wording(question: Question, path: Path) -> Iterator[Finding]:
    """The options, unit and limits of a question, or of a column, fit its type."""
    if len(question.options) < 2 if question.type == "choice" else question.options:
        says = "a choice has at least two options, and only a choice has options"
        yield Finding("form.options", (*path, "options"), says)
    if (question.unit is not None) != (question.type == "integer"):
        says = "a number says what it counts, and only a number does"
        yield Finding("form.unit", (*path, "unit"), says)
    yield from _limits(question, path)


def about_a_person(question: Question) -> bool:
    """Whether the question says by itself that a person is asked for."""
    return question.type == "phone" or _PERSONAL.search(question.title.zh) is not None


def _limits(question: Question, path: Path) -> Iterator[Finding]:
    if question.least is not None and question.type != "integer":
        yield Finding("form.limits", (*path, "least"), "only a number has a least value")
    if question.most is not None and question.type not in _NUMBERED:
        yield Finding("form.limits", (*path, "most"), "only a number or a text has a most value")
    if question.least is not None and question.most is not None and question.least > question.most:
        says = f"the least ({question.least}) is more than the most ({question.most})"
        yield Finding("form.limits", (*path, "least"), says)


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
    fields = {q.id: q for q in definition.form.answerable}
    path: Path = ("permit", "shows")
    for key, name in (("title", shows.title), ("place", shows.place)):
        q = fields.get(name)
        if q is not None and (q.personal or q.type != "text" or q.when or not q.required):
            says = f"`{name}` stands for the case in lists: a text, always asked, not personal"
            yield Finding("form.shown", (*path, key), says)
    if shows.title == shows.place:
        says = "the title of a case and its place are two fields"
        yield Finding("form.shown", (*path, "place"), says)


RULES = (_questions, _order, _list_field, _shown)
"""Findings about single questions, their order, and what is made of their answers."""


def condition_findings(
    fitting: Fitting,
) -> tuple[dict[str, Condition], tuple[Finding, ...]]:
    """The conditions that compile and answer yes or no whatever they are asked, and the rest.

    Nothing is said of how a question is asked about that does not fit itself.
    """
    compiled: dict[str, Condition] = {}
    findings: list[Finding] = []
    for name, part in fitting.conditions.items():
        path: Path = ("conditions", name, "when")
        try:
            condition = compile_condition(name, part.when)
        except ValueError as error:
            findings.append(Finding("cel.syntax", path, f"CEL cannot read this: {error}"))
            continue
        problems = [Finding(r, path, s) for r, s in _problems(fitting, condition)]
        findings += problems
        if not problems:
            compiled[name] = condition
    return compiled, tuple(findings)


def _problems(fitting: Fitting, condition: Condition) -> Iterator[Problem]:
    unclear = [name for name in sorted(condition.answers) if name not in fitting.fields]
    unknown = [*_unknown(fitting, condition, unclear)]
    yield from unknown
    try:
        compared = comparisons(condition.source)
    except Unfit as unfit:
        yield unfit.rule, str(unfit)
        return
    if not unknown and not unclear:
        yield from edge_problems(condition, Edges(fitting.rows, fitting.fields, compared))


def edge_problems(condition: Condition, edges: Edges) -> Iterator[Problem]:
    """What is wrong with a condition whose names are known: what it compares, and what comes out
    at every boundary value."""
    unlike = [*_kinds(edges), *_constants(edges)]
    yield from unlike or _probe(condition, edges)


def _unknown(fitting: Fitting, condition: Condition, unclear: Iterable[str]) -> Iterator[Problem]:
    for name in unclear:
        if not fitting.may_ask(name):
            known = ", ".join(sorted(FACTS))
            yield "cel.unknown", f"there is no field `{name}`; of the case one may ask {known}"
    for name in sorted(condition.answers & fitting.fields.keys()):
        if fitting.fields[name].type == "entries":
            made = ", ".join(fitting.fields[name].totals) or "there are none yet"
            says = f"`{name}` has several entries; ask for one of its totals ({made})"
            yield "cel.entries", says
        if fitting.fields[name].personal is not None:
            says = (
                f"`{name}` is personal and decides nothing; ask for the fact that matters instead"
            )
            yield "cel.personal", says


def _kinds(edges: Edges) -> Iterator[Problem]:
    """What is compared is of one type, and has an order if it is asked for one."""
    for one in edges.compared:
        kind = _kind(one.name, edges.fields)
        other = kind if one.other is None else _kind(one.other, edges.fields)
        if kind != other or (one.other in FACTS):
            says = f"`{one.name}` ({kind}) and `{one.other}` ({other}) cannot be compared"
            yield "cel.kind", f"{says}; two fields of one type can"
        elif one.ordered and kind not in _WITH_ORDER and one.name != "case_corrections":
            says = f"`{one.name}` is neither a number nor a day, so nothing is more or less"
            yield "cel.kind", f"{says}; use == or `in`"


def _kind(name: str, fields: Fields) -> str:
    return "a fact of the case" if name in FACTS else fields[name].type


def _constants(edges: Edges) -> Iterator[Problem]:
    """Each constant a name is compared with is a value it can have; by order, any number is."""
    for one in edges.compared:
        possible = _possible(one.name, edges)
        numbers = one.ordered and type(possible[0]) is int
        for constant in one.constants:
            if not _among(constant, possible) and not (numbers and type(constant) is int):
                values = ", ".join(repr(p) for p in possible[:12])
                yield "cel.value", f"`{one.name}` is never {constant!r}; it may be {values}"


def _possible(name: str, edges: Edges) -> tuple[Answer, ...]:
    return FACTS[name] if name in FACTS else edges.values(edges.fields[name])


def _among(value: Answer, possible: tuple[Answer, ...]) -> bool:
    """Python takes true for one; CEL does not."""
    return any(type(value) is type(p) and value == p for p in possible)


def _probe(condition: Condition, edges: Edges) -> Iterator[Problem]:
    names = (*sorted(condition.answers), *sorted(condition.facts))
    domains = [_possible(name, edges) for name in names]
    if prod(map(len, domains)) > MOST_APPLICATIONS:
        yield "cel.too_wide", "this reads too much at once to be proved; split it"
        return
    outcomes = set()
    for values in itertools.product(*domains):
        given = dict(zip(names, values, strict=True))
        try:
            outcome = condition.ask(given)
        except FAILS as error:
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


def constant_findings(applications: Applications) -> Iterator[Finding]:
    """Conditions that come out the same in every application, since of the questions they read
    some are put only where the others leave no choice."""
    for name in applications.conditions:
        path: Path = ("conditions", name, "when")
        try:
            met = {application.meets([name]) for application in applications.telling([name])}
        except TooWide:
            says = "with the questions it depends on this reads too much to be proved; split it"
            yield Finding("cel.too_wide", path, says)
            continue
        if len(met) == 1:
            says = "holds" if True in met else "fails"
            yield Finding("cel.constant", path, f"this always {says}, whatever is answered")


__all__ = ["NOT_LISTED", "RULES", "condition_findings", "constant_findings"]
