"""Answers as people read them."""

from collections.abc import Mapping

import msgspec

from permits.definitions.conditions import Answer, Entry
from permits.definitions.form import NOT_LISTED, Question
from permits.definitions.schema import Definition
from permits.text.days import day
from permits.text.words import Language, words


class Table(msgspec.Struct, frozen=True):
    """Entries as they are read: what each of them is called, the columns, and every answer in
    words, in the order of the columns. `number` says which columns hold numbers."""

    title: str
    entry: str
    columns: tuple[str, ...]
    number: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def in_words(
    answer: Answer | None, question: Question, definition: Definition, language: Language
) -> str:
    """An answer that was read, in the reader's language; empty if there is none."""
    _ = words(language).gettext
    if answer is None:
        return ""
    if isinstance(answer, tuple):
        return _entries(answer, question, definition, language)
    match question.type:
        case "boolean":
            return _("Yes") if answer else _("No")
        case "choice":
            option = question.options.get(str(answer))
            return option.in_(language) if option else str(answer)
        case "list_row":
            return row_title(str(answer), definition, language)
        case "date":
            return day(str(answer), language)
        case "integer":
            return _number(int(answer), question, language)
        case "text" | "long_text" | "credit_code" | "project_code" | "phone" | "entries":
            return str(answer)


def table(
    answer: Answer | None, question: Question, definition: Definition, language: Language
) -> Table | None:
    """The entries of an answer as a table; None if it has none."""
    if not isinstance(answer, tuple):
        return None
    return Table(
        title=question.title.in_(language),
        entry=question.entry.in_(language) if question.entry else "",
        columns=tuple(column.title.in_(language) for column in question.columns),
        number=tuple(column.type == "integer" for column in question.columns),
        rows=tuple(
            tuple(
                in_words(one.get(c.id), c.question, definition, language) for c in question.columns
            )
            for one in answer
        ),
    )


def tables_of(
    answers: Mapping[str, Answer], definition: Definition, language: Language
) -> tuple[Table, ...]:
    """Every answer that has several entries, as a table."""
    found = (
        table(answers.get(question.id), question, definition, language)
        for question in definition.form.questions
    )
    return tuple(one for one in found if one is not None)


def entry_title(question: Question, place: int, language: Language) -> str:
    """What one of several entries is called; `place` counts from one."""
    _ = words(language).gettext
    called = question.entry.in_(language) if question.entry else question.title.in_(language)
    return _("%(entry)s %(place)s") % {"entry": called, "place": place}


def from_to(
    was: Answer | None,
    now: Answer | None,
    question: Question,
    definition: Definition,
    language: Language,
) -> tuple[str, str]:
    """An answer that was changed, as it was and as it is, in words. Of several entries only those
    that went and those that came are said, unless nothing but their order is another."""
    if isinstance(was, tuple) and isinstance(now, tuple):
        gone, come = _besides(was, now), _besides(now, was)
        if gone or come:
            _ = words(language).gettext
            stay = len(now) - len(come)
            told = [_("the other %(number)s as before") % {"number": stay}] if stay else []
            first, second = (
                [_entry(one, place, question, definition, language) for place, one in found]
                for found in (gone, come)
            )
            return _("; ").join(first) or "–", _("; ").join((*second, *told))
    before = in_words(was, question, definition, language)
    return before, in_words(now, question, definition, language)


def _besides(these: tuple[Entry, ...], those: tuple[Entry, ...]) -> list[tuple[int, Entry]]:
    """The entries that the others have not, or not so often, with their places."""
    left, found = list(those), []
    for place, one in enumerate(these, 1):
        if one in left:
            left.remove(one)
        else:
            found.append((place, one))
    return found


def _entries(
    entries: tuple[Entry, ...], question: Question, definition: Definition, language: Language
) -> str:
    """Entries one after the other, where there is no room for a table."""
    _ = words(language).gettext
    return _("; ").join(
        _entry(one, place, question, definition, language) for place, one in enumerate(entries, 1)
    )


def _entry(
    one: Entry, place: int, question: Question, definition: Definition, language: Language
) -> str:
    _ = words(language).gettext
    answers = (
        (column, in_words(one.get(column.id), column.question, definition, language))
        for column in question.columns
    )
    return _("%(entry)s (%(answers)s)") % {
        "entry": entry_title(question, place, language),
        "answers": _(", ").join(
            f"{column.title.in_(language)}{_(': ')}{said}" for column, said in answers if said
        ),
    }


def row_title(row: str, definition: Definition, language: Language) -> str:
    """A row of the list as it is published."""
    _ = words(language).gettext
    if row == NOT_LISTED:
        return _("Not on the list")
    found = definition.list.get(row)
    return found.title.in_(language) if found else row


def _number(number: int, question: Question, language: Language) -> str:
    unit = question.unit.of(number, language) if question.unit else ""
    gap = " " if language == "en" and unit else ""
    return f"{number:,}{gap}{unit}"
