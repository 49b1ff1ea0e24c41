"""Faults of a file of past cases, and what past cases come to, in words."""

from collections.abc import Iterable, Iterator

from permits.exchange.history import Days
from permits.exchange.history_file import Fault, Wrong
from permits.text.figures import number
from permits.text.words import Language, words


def fault(one: Fault, language: Language) -> str:
    """A fault with its line."""
    _ = words(language).gettext
    says = f"{_('line %(number)s') % {'number': one.line}}: {wrong(one.wrong, language)}"
    return says + _(" (%(text)s)") % {"text": one.about} if one.about else says


def wrong(value: Wrong, language: Language) -> str:
    """What is wrong with a line."""
    _ = words(language).gettext
    match value:
        case "encoding":
            return _("the file is not in UTF-8; save it as UTF-8")
        case "columns":
            return _("columns are missing; add them, empty where nothing is known")
        case "number":
            return _("there is no case number")
        case "twice":
            return _("the number is there twice")
        case "known":
            return _("there is a case of this number already")
        case "permit":
            return _("there is no such permit type; write its id")
        case "track":
            return _("the permit type has no such track; write ordinary, commitment or tolerant")
        case "date":
            return _("this is no day; write 2022-06-09")
        case "order":
            return _("the days run backwards")
        case "later":
            return _("it was not decided before today")
        case "result":
            return _("this is no result; write granted or refused")
        case "empty":
            return _("there is no case in the file")


def days(found: Iterable[Days], language: Language) -> Iterator[str]:
    """Past cases by permit type and track; that they are history stands in every line."""
    _ = words(language).gettext
    for one in found:
        filled = {
            "permit": one.permit,
            "track": one.track,
            "cases": number(one.cases, language),
            "granted": number(one.granted, language),
            "median": number(None if one.days is None else one.days.median, language),
        }
        yield (
            words(language).ngettext(
                "history, %(permit)s, %(track)s: %(cases)s case, %(granted)s granted, median of"
                " %(median)s working day(s)",
                "history, %(permit)s, %(track)s: %(cases)s cases, %(granted)s granted, median of"
                " %(median)s working day(s)",
                one.cases,
            )
            % filled
        )
        if one.unknown:
            yield _(
                "  of these the days of %(count)s are not reckoned: their years are not published"
            ) % {"count": number(one.unknown, language)}
