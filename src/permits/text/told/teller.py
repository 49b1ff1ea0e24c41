"""What the words of events are made with."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from permits.casework.envelope import Event
from permits.definitions.schema import Definition
from permits.text.days import day
from permits.text.words import Language, words


class Teller:
    """Looks up what an event does not say of itself.

    `values` opens seals: a text it does not hold is left out. `inside` also tells what only the
    office is told.
    """

    def __init__(
        self,
        definition: Definition,
        values: Mapping[str, str],
        language: Language,
        *,
        inside: bool = False,
    ) -> None:
        self.definition = definition
        self.values = values
        self.language = language
        self.inside = inside
        self._ = words(language).gettext

    def text(self, seal: str | None) -> str:
        """A sealed text as a sentence of its own; nothing if it cannot be shown."""
        found = self.values.get(seal or "")
        return self._("Reason: %(text)s") % {"text": found} if found else ""

    def quoted(self, seal: str | None) -> str:
        """A sealed text as it was written; nothing if it cannot be shown."""
        return self.values.get(seal or "", "")

    def due(self, on: date | None) -> str:
        return day(on, self.language) if on else self._("not set yet")

    def materials(self, names: Iterable[str]) -> str:
        """What materials are called, in a row."""
        rules = self.definition.materials
        titles = (rules[name].title.in_(self.language) for name in names)
        return self._(", ").join(titles)

    def clock(self, name: str) -> str:
        return self.definition.clocks[name].title.in_(self.language)

    def duty(self, name: str) -> str:
        return self.definition.obligations[name].title.in_(self.language)

    def fee(self, name: str) -> str:
        return self.definition.fees[name].title.in_(self.language)


Says = Mapping[type[Event], Callable[[Teller, Any], list[str]]]
"""What events say: the first sentence is the step, the others go with it; empty ones count for
nothing."""


def nothing(_teller: Teller, _event: Event) -> list[str]:
    """For an event that only follows from another one."""
    return []
