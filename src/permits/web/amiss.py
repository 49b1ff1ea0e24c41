"""What is wrong with a form that is shown again."""

from collections.abc import Mapping
from typing import NamedTuple

from permits.casework.refusals import Reason, Refused
from permits.definitions.schema import Definition
from permits.text import refusals
from permits.text.words import Language
from permits.web.errors import status_of

Wrongs = Refused | Mapping[str, str] | None
"""Why it was not done: a refusal, or what does not fit by its field; nothing if all is well."""


class Amiss(NamedTuple):
    """The status of the page, what is said beside each field, and what is said of the whole."""

    status: int
    errors: Mapping[str, str]
    says: str


def amiss(wrong: Wrongs, language: Language, definition: Definition | None = None) -> Amiss:
    """How a form is shown again. `definition` gives the names of what a refusal speaks of."""
    if isinstance(wrong, Refused):
        says = refusals.sentence(wrong, definition, language)
        return Amiss(status_of(wrong.reason), {}, says)
    return Amiss(status_of(Reason.BAD_ANSWERS) if wrong else 200, wrong or {}, "")
