"""A period that somebody typed: the first day and the last, either of which may be left open."""

import re
from collections.abc import Mapping
from datetime import date

from permits.text.days import day as in_words
from permits.text.words import Language, words

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
"""A day outside is mistyped."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Period = tuple[date | None, date | None]


def read_period(typed: Mapping[str, str], language: Language, errors: dict[str, str]) -> Period:
    """The period from the day typed under `from` to that under `to`; what is wrong with either
    is put among the errors."""
    first = read_day(typed, "from", language, errors)
    last = read_day(typed, "to", language, errors)
    if first is not None and last is not None and last < first:
        _ = words(language).gettext
        period = {"first": in_words(first, language), "last": in_words(last, language)}
        errors["to"] = _("The period ends on %(last)s, before it begins on %(first)s.") % period
    return first, last


def read_day(
    typed: Mapping[str, str], name: str, language: Language, errors: dict[str, str]
) -> date | None:
    """The day typed under a name, None if none was; what is wrong with it is put among the
    errors."""
    _ = words(language).gettext
    text = typed[name]
    if not text:
        return None
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        says = _("“%(typed)s” is not a day of the calendar. Write a day like 2022-06-09.")
        errors[name] = says % {"typed": text}
    elif not EARLIEST <= found <= LATEST:
        span = {"first": EARLIEST.isoformat(), "last": LATEST.isoformat()}
        errors[name] = _("Give a day from %(first)s to %(last)s.") % span
        return None
    return found
