"""What is wrong with an answer, in one sentence that says what is wanted."""

from permits.casework.answers import Fault, Problem
from permits.definitions.form import Question
from permits.text.answers import entry_title
from permits.text.words import Language, words


def sentence(problem: Problem, question: Question | None, language: Language) -> str:
    """The sentence for a fault. `question` is None for a field that no form has. Within entries
    it says which entry and which column."""
    _ = words(language).gettext
    title = question.title.in_(language) if question is not None else problem.field
    if question is not None and problem.entry:
        column = next((one for one in question.columns if one.id == problem.column), None)
        title = _("%(entry)s: %(title)s") % {
            "entry": entry_title(question, problem.entry, language),
            "title": column.title.in_(language) if column is not None else problem.column,
        }
        question = column.question if column is not None else None
    counted = question.unit if question is not None else None
    unit = counted.of(problem.limit or 0, language) if counted is not None else ""
    says = _says(problem.fault, question, language)
    return says % {"title": title, "limit": problem.limit, "unit": unit}


def of_text(error: str, title: str, limit: int | None, language: Language) -> str:
    """The sentence for a text of one's own that does not fit, by Pydantic's name of the error."""
    fault = _ERRORS.get(error, Fault.NOT_A_TEXT)
    return _says(fault, None, language) % {"title": title, "limit": limit}


_ERRORS = {
    "string_too_long": Fault.TOO_LONG,
    "string_too_short": Fault.MISSING,
    "control_character": Fault.CONTROL_CHARACTER,
}


def _says(fault: Fault, question: Question | None, language: Language) -> str:
    _ = words(language).gettext
    match fault:
        case Fault.MISSING:
            chosen = question is not None and question.type in ("choice", "list_row", "boolean")
            return _("Choose an answer: %(title)s") if chosen else _("Fill in: %(title)s")
        case Fault.NOT_ASKED | Fault.UNKNOWN_FIELD:
            return _("%(title)s is not asked here. Open the page again.")
        case Fault.NOT_A_NUMBER:
            return _("%(title)s: write a whole number, such as 150")
        case Fault.NOT_A_TEXT:
            return _("%(title)s: write words")
        case Fault.TOO_SMALL:
            return _("%(title)s: at least %(limit)s %(unit)s")
        case Fault.TOO_LARGE:
            return _("%(title)s: at most %(limit)s %(unit)s")
        case Fault.TOO_LONG:
            return _("%(title)s: at most %(limit)s characters")
        case Fault.NOT_A_CHOICE:
            return _("%(title)s: choose one of the answers")
        case Fault.NOT_A_DATE:
            return _("%(title)s: write a date as year-month-day, such as 2022-06-09")
        case Fault.NOT_A_TRUTH:
            return _("%(title)s: choose yes or no")
        case Fault.NOT_A_CREDIT_CODE:
            return _(
                "%(title)s: this is not a unified social credit code. It has 18 characters; check"
                " each of them"
            )
        case Fault.NOT_A_PROJECT_CODE:
            return _(
                "%(title)s: a project code has 24 characters with hyphens, such as"
                " 2509-320193-89-01-544060"
            )
        case Fault.NOT_A_PHONE:
            return _("%(title)s: write a telephone number of 6 to 15 digits")
        case Fault.CONTROL_CHARACTER:
            return _("%(title)s: contains a character that cannot be shown. Type the text anew")
        case Fault.NOT_ENTRIES:
            return _("%(title)s: send a list of entries")
        case Fault.TOO_FEW:
            return _("%(title)s: at least %(limit)s must be given")
        case Fault.TOO_MANY:
            return _("%(title)s: at most %(limit)s can be given")
        case Fault.NOT_THE_TOTAL:
            return _("%(title)s: the totals do not follow from the entries. Open the page again.")
