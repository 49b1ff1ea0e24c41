"""Questions that take several entries: what is asked of each, how many, and what is made of them.

Whatever decides is a number that is made of all of them. So conditions need no quantifiers, and
what is proved of an application stays within bounds.
"""

from collections.abc import Iterator

from permits.definitions.checker.asking import about_a_person, asked, reserved, wording
from permits.definitions.findings import Finding, Path
from permits.definitions.form import (
    ABOUT_NOBODY,
    LARGEST_NUMBER,
    MOST_CELLS,
    Column,
    Question,
    Total,
)
from permits.definitions.schema import Definition

_PARTS = ("entry", "columns", "at_least", "at_most", "totals")


def _entries(definition: Definition) -> Iterator[Finding]:
    cells = 0
    for path, question in asked(definition):
        if question.type == "entries":
            yield from _whole(question, path)
            yield from _columns(question, path)
            for name, total in question.totals.items():
                yield from _total(question, total, (*path, "totals", name))
            cells += len(question.columns) * question.most_entries
        else:
            yield from _other(question, path)
    if cells > MOST_CELLS:
        says = f"all entries of a form hold at most {MOST_CELLS} answers; here it could be {cells}"
        yield Finding("form.entries", ("form",), f"{says}: lower `at_most`, or ask less of each")


def _other(question: Question, path: Path) -> Iterator[Finding]:
    for key in _PARTS:
        if getattr(question, key):
            yield Finding("form.entries", (*path, key), "only a field of type `entries` has this")


def _whole(question: Question, path: Path) -> Iterator[Finding]:
    if question.entry is None or not question.columns or question.at_most is None:
        says = "say what one `entry` is called, which `columns` it has, and how many `at_most`"
        yield Finding("form.entries", path, says)
    if question.at_most is not None and question.fewest > question.at_most:
        says = f"at least {question.fewest} are wanted and at most {question.at_most} taken"
        yield Finding("form.entries", (*path, "at_least"), says)
    if question.personal is not None:
        yield Finding("form.entries_personal", (*path, "personal"), ABOUT_NOBODY)


def _columns(question: Question, path: Path) -> Iterator[Finding]:
    seen: set[str] = set()
    for n, column in enumerate(question.columns):
        where: Path = (*path, "columns", n)
        if column.id in seen:
            yield Finding("form.duplicate", (*where, "id"), f"`{column.id}` is asked twice")
        seen.add(column.id)
        yield from wording(column.question, where)
        if about_a_person(column.question):
            yield Finding("form.entries_personal", where, ABOUT_NOBODY)
    if question.columns and not any(column.required for column in question.columns):
        says = "one column at least is required, so that an entry says something"
        yield Finding("form.entries", (*path, "columns"), says)


def _total(question: Question, total: Total, path: Path) -> Iterator[Finding]:
    yield from reserved(str(path[-1]), path)
    if total.makes == "count":
        if total.of is not None or total.unit is None:
            says = "a count is of the entries themselves, and says in which unit; it has no `of`"
            yield Finding("form.total", path, says)
        return
    column = next((one for one in question.columns if one.id == total.of), None)
    if column is None or column.type != "integer" or not column.required:
        says = "say `of` which column this is made: a number that every entry has"
        yield Finding("form.total", path, says)
        return
    if total.unit is not None:
        yield Finding("form.total", (*path, "unit"), "the column says in which unit it counts")
    yield from _bounded(question, total, column, path)


def _bounded(question: Question, total: Total, column: Column, path: Path) -> Iterator[Finding]:
    """Every total keeps within the numbers that conditions are proved up to."""
    most = LARGEST_NUMBER if column.most is None else column.most
    if total.makes == "sum" and most * question.most_entries > LARGEST_NUMBER:
        says = f"this could come to more than {LARGEST_NUMBER}; give the column a lower `most`"
        yield Finding("form.total", path, says)


RULES = (_entries,)
"""Findings about questions that take several entries."""
