"""What is wrong with a form that is shown again."""

from collections.abc import Mapping
from typing import NamedTuple

from permits.casework.refusals import Reason, Refused
from permits.definitions.schema import Definition
from permits.text import refusals
from permits.text.words import Language
from permits.web.statuses import status_of


class Wrong(NamedTuple):
    """A file that was not taken: for what, why, and the status that goes with it."""

    name: str
    says: str
    status: int


Wrongs = Refused | Mapping[str, str] | Wrong | None
"""Why it was not done: a refusal, what does not fit by its field, or a file that was not taken;
nothing if all is well."""


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
    if isinstance(wrong, Wrong):
        return Amiss(wrong.status, {wrong.name: wrong.says}, "")
    return Amiss(status_of(Reason.BAD_ANSWERS) if wrong else 200, wrong or {}, "")
