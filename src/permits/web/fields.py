"""Questions as a page puts them, with what was typed and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pydantic import ValidationError

from permits.casework.answers import Problem
from permits.definitions.edition import Edition
from permits.definitions.form import NOT_LISTED, Question
from permits.text import faults
from permits.text.answers import row_title
from permits.text.words import Language, words
from permits.web import entries


@dataclass(frozen=True, slots=True)
class Field:
    """A question on a page: `options` are pairs of value and text for what is chosen. One
    that takes several `entries` has the fields of each, and the name of such an `entry`."""

    name: str
    kind: str
    title: str
    hint: str
    unit: str
    options: tuple[tuple[str, str], ...]
    value: str
    required: bool
    purpose: str
    entry: str = ""
    entries: tuple[tuple["Field", ...], ...] = ()
    may_add: bool = False
    at: str = ""
    """The entry at which whoever added or removed one goes on."""


def fields(
    edition: Edition,
    questions: Iterable[Question],
    typed: Mapping[str, str],
    language: Language,
    *,
    at: str = "",
) -> tuple[Field, ...]:
    """The questions as fields, filled in as they were typed; `at` is the entry at which one goes
    on, if it was only one more or less (`entries.pressed`)."""
    found = (
        _several(_field(edition, q, typed.get(q.id, ""), language), q, edition, language)
        for q in questions
    )
    return tuple(replace(f, at=at) if f.entries else f for f in found)


def errors(edition: Edition, problems: Iterable[Problem], language: Language) -> dict[str, str]:
    """What is wrong, by field."""
    return {
        p.place: faults.sentence(p, edition.answerable.get(p.field), language) for p in problems
    }


def unfit(error: ValidationError, titles: Mapping[str, str], language: Language) -> dict[str, str]:
    """What is wrong with texts of one's own, by field; `titles` are what the page calls them."""
    found = {}
    for one in error.errors():
        name, context = str(one["loc"][-1]), one.get("ctx", {})
        title, limit = titles.get(name, name), context.get("max_length")
        found[name] = faults.of_text(one["type"], title, limit, language)
    return found


def _field(edition: Edition, question: Question, value: str, language: Language) -> Field:
    personal = question.personal
    return Field(
        name=question.id,
        kind=_kind(question),
        title=question.title.in_(language),
        hint=question.hint.in_(language) if question.hint else "",
        unit=question.unit.in_(language) if question.unit else "",
        options=_options(edition, question, language),
        value=value,
        required=question.required,
        purpose=personal.purpose.in_(language) if personal else "",
    )


def _several(field: Field, question: Question, edition: Edition, language: Language) -> Field:
    """The field with those of its entries, if it takes several."""
    if question.type != "entries":
        return field
    held = entries.shown(question, field.value)
    return replace(
        field,
        entry=question.entry.in_(language) if question.entry else field.title,
        entries=tuple(
            tuple(
                replace(
                    _field(edition, c.question, str(one.get(c.id, "")), language),
                    name=f"{field.name}.{place}.{c.id}",
                )
                for c in question.columns
            )
            for place, one in enumerate(held, 1)
        ),
        may_add=len(held) < question.most_entries,
    )


def _kind(question: Question) -> str:
    match question.type:
        case "boolean" | "choice" | "list_row":
            return "choice"
        case "long_text":
            return "long_text"
        case "integer":
            return "number"
        case "date":
            return "date"
        case "phone":
            return "phone"
        case "text" | "credit_code" | "project_code":
            return "text"
        case "entries":
            return "entries"


def _options(
    edition: Edition, question: Question, language: Language
) -> tuple[tuple[str, str], ...]:
    _ = words(language).gettext
    match question.type:
        case "boolean":
            return (("true", _("Yes")), ("false", _("No")))
        case "choice":
            return tuple((name, text.in_(language)) for name, text in question.options.items())
        case "list_row":
            rows = (*edition.definition.list, NOT_LISTED)
            return tuple((row, row_title(row, edition.definition, language)) for row in rows)
        case "text" | "long_text" | "integer" | "date" | "credit_code" | "project_code" | "phone":
            return ()
        case "entries":
            return ()
