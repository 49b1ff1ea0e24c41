"""Answers as people read them."""

from permits.definitions.conditions import Answer
from permits.definitions.form import NOT_LISTED, Question
from permits.definitions.schema import Definition
from permits.text.days import day
from permits.text.words import Language, words


def in_words(
    answer: Answer | None, question: Question, definition: Definition, language: Language
) -> str:
    """An answer that was read, in the reader's language; empty if there is none."""
    _ = words(language).gettext
    if answer is None:
        return ""
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
        case "text" | "long_text" | "credit_code" | "project_code" | "phone":
            return str(answer)


def row_title(row: str, definition: Definition, language: Language) -> str:
    """A row of the list as it is published."""
    _ = words(language).gettext
    if row == NOT_LISTED:
        return _("Not on the list")
    found = definition.list.get(row)
    return found.title.in_(language) if found else row


def _number(number: int, question: Question, language: Language) -> str:
    unit = question.unit.in_(language) if question.unit else ""
    gap = " " if language == "en" and unit else ""
    return f"{number:,}{gap}{unit}"
