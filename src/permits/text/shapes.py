"""What does not fit in the form of what a program sent, in one sentence for each place."""

import re
from collections.abc import Mapping
from typing import Any

from permits.text.words import Language, words

ANSWER = "answer"
"""The kind of a value that is neither a text nor a number nor true or false."""
CURSOR, NOT_YOURS, ALONE, NO_TRACK = "cursor", "not_yours", "alone", "no_track"
"""Kinds of our own: of a place in a list, of filters, of an application."""


def sentence(kind: str, context: Mapping[str, Any], language: Language) -> str:
    """The sentence for a validation error of pydantic, by its type and what goes with it."""
    _ = words(language).gettext
    if kind in ("literal_error", "enum"):
        allowed = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return _("Write one of: %(allowed)s") % {"allowed": _list(allowed, language)}
    limit = next((v for k, v in context.items() if k in _LIMITS), "")
    if kind in ("string_too_short", "string_too_long"):
        return _of_characters(kind, int(limit), language)
    return _says(kind, language) % {"limit": limit}


def _of_characters(kind: str, limit: int, language: Language) -> str:
    told = words(language).ngettext
    if kind == "string_too_short":
        says = told("At least %(limit)s character", "At least %(limit)s characters", limit)
    else:
        says = told("At most %(limit)s character", "At most %(limit)s characters", limit)
    return says % {"limit": limit}


_LIMITS = frozenset({"ge", "le", "min_length", "max_length"})


def _says(kind: str, language: Language) -> str:
    _ = words(language).gettext
    known = {
        "missing": _("This is missing"),
        "extra_forbidden": _("This is not known here"),
        "string_type": _("Write a text"),
        "int_type": _("Write a whole number"),
        "int_parsing": _("Write a whole number"),
        "bool_type": _("Write true or false"),
        "bool_parsing": _("Write true or false"),
        "date_type": _("Write the date as year-month-day, such as 2022-06-09"),
        "value_error": _("Write the date as year-month-day, such as 2022-06-09"),
        "tuple_type": _("Write a list"),
        "dict_type": _("Write an object"),
        "model_type": _("Write an object"),
        "greater_than_equal": _("At least %(limit)s"),
        "less_than_equal": _("At most %(limit)s"),
        "control_character": _("This contains a character that cannot be shown"),
        CURSOR: _("This place in the list is not known; follow `next`"),
        NOT_YOURS: _("This filter is not for your account"),
        ALONE: _("This filter cannot be combined with the others"),
        NO_TRACK: _("Choose a track and sign what it asks for first"),
        ANSWER: _("Write a text, a whole number, or true or false"),
    }
    return known.get(kind, _("This does not have the right form"))


def _list(found: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(found)
