"""Answers of several entries that are each asked the same: read one by one, and their totals.

As they are typed they are a list of mappings from column to text, or the JSON of one; as the
rules use them a tuple of mappings in the order of the columns. An entry of which nothing was
filled in is none.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from permits.casework.plain_answers import Fault, Problem, read_plain
from permits.definitions.conditions import Answer, Entry, Plain
from permits.definitions.form import Question, Total

Typed = Mapping[str, object]

_decoder = msgspec.json.Decoder(list[dict[str, str | int | float | bool]])
"""Reads what was typed. Lists within lists, however deep, are none of it."""


class ReadEntries(msgspec.Struct, frozen=True):
    """Entries as the rules use them, and everything wrong with them."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def listed(value: object) -> tuple[Typed, ...] | None:
    """The entries as they were typed, with those of which nothing was filled in; None if it is no
    list of mappings."""
    if isinstance(value, str):
        try:
            value = _decoder.decode(value) if value.strip() else ()
        except msgspec.DecodeError:
            return None
    if not isinstance(value, list | tuple):
        return None
    return tuple(value) if all(isinstance(one, Mapping) for one in value) else None


def text_of_entries(entries: Iterable[Typed]) -> str:
    """Entries as a form writes them: the JSON of a list of mappings from column to text."""
    return msgspec.json.encode(
        [{n: _typed(v) for n, v in one.items()} for one in entries]
    ).decode()


def text_of(answer: Answer) -> str:
    """An answer as a form writes it."""
    return text_of_entries(answer) if isinstance(answer, tuple) else _typed(answer)


def _typed(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def none_filled_in(value: object) -> bool:
    """Whether no entry says anything."""
    held = listed(value)
    return held is not None and all(map(is_blank, held))


def is_blank(entry: Typed) -> bool:
    return all(_blank(value) is None for value in entry.values())


def _blank(value: object) -> object | None:
    return (value.strip() or None) if isinstance(value, str) else value


def read_entries(question: Question, value: object) -> ReadEntries:
    """Every entry, by itself and in its order.

    Columns that are not asked are passed over in what was typed over days, under an earlier
    edition; of whoever sends entries themselves they are told as a problem.
    """
    held = listed(value)
    if held is None:
        return ReadEntries((), (Problem(question.id, Fault.NOT_ENTRIES),))
    entries: list[Entry] = []
    problems: list[Problem] = []
    for place, typed in enumerate(held, 1):
        if is_blank(typed):
            continue
        entry: Entry = {}
        for name, read in _columns(question, typed):
            if isinstance(read, Problem):
                problems.append(
                    Problem(question.id, read.fault, read.limit, entry=place, column=name)
                )
            else:
                entry[name] = read
        entries.append(entry)
    if not isinstance(value, str):
        problems.extend(unknown_in(question, question.id, held))
    return ReadEntries(tuple(entries), (*problems, *_how_many(question, len(entries))))


def _columns(question: Question, typed: Typed) -> Iterator[tuple[str, Plain | Problem]]:
    """What an entry says, column by column."""
    for column in question.columns:
        value = _blank(typed.get(column.id))
        if value is not None:
            yield column.id, read_plain(column.question, value, ())
        elif column.required:
            yield column.id, Problem(column.id, Fault.MISSING)


def unknown_in(question: Question | None, name: str, value: object) -> Iterator[Problem]:
    """What of an answer to the question called so no form asks: all of it if there is no such
    question, or single columns of its entries."""
    if question is None:
        yield Problem(name, Fault.UNKNOWN_FIELD)
        return
    known = {column.id for column in question.columns}
    for place, one in enumerate((listed(value) or ()) if known else (), 1):
        for column in one:
            if column not in known:
                yield Problem(name, Fault.UNKNOWN_FIELD, entry=place, column=column)


def _how_many(question: Question, count: int) -> Iterator[Problem]:
    if count < question.fewest:
        yield Problem(question.id, Fault.TOO_FEW, question.fewest)
    if count > question.most_entries:
        yield Problem(question.id, Fault.TOO_MANY, question.most_entries)


def totals_of(question: Question, entries: tuple[Entry, ...]) -> dict[str, int]:
    """The numbers made of entries that were read."""
    return {name: _total(total, entries) for name, total in question.totals.items()}


def _total(total: Total, entries: tuple[Entry, ...]) -> int:
    numbers = [int(entry[str(total.of)]) for entry in entries] if total.of else []
    match total.makes:
        case "count":
            return len(entries)
        case "sum":
            return sum(numbers)
        case "highest":
            return max(numbers)
        case "lowest":
            return min(numbers)


def with_totals(questions: Iterable[Question], names: Iterable[str]) -> tuple[str, ...]:
    """The names, each with those of the totals that follow it."""
    made = {q.id: (q.id, *q.totals) for q in questions}
    return tuple(one for name in names for one in made.get(name, (name,)))
