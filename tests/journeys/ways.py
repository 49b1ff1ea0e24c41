"""The ways in which a journey is made: a language, a width, with scripts or without."""

import os
from itertools import product
from typing import NamedTuple

from permits.text.words import LANGUAGES, Language
from tests.journeys.walking import NARROW, WIDE

ALL = bool(os.environ.get("PERMITS_ALL_WAYS"))
"""Whether every journey is made in every way; else each in one, which goes round."""


class Way(NamedTuple):
    """How somebody makes a journey."""

    language: Language
    width: int
    scripts: bool

    def __str__(self) -> str:
        return f"{self.language}-{self.width}-{'scripts' if self.scripts else 'plain'}"


WAYS = tuple(
    Way(language, width, scripts)
    for width, scripts, language in product((NARROW, WIDE), (True, False), LANGUAGES)
)


def ways_of(number: int) -> tuple[Way, ...]:
    """The ways of the journey with a number; those that follow each other take all of them up."""
    return WAYS if ALL else (WAYS[number % len(WAYS)],)
