"""The definition family: versions of permit types as they are published."""

from datetime import date

from permits.casework.envelope import Event

STREAM = "definitions"


class DefinitionPublished(Event, frozen=True):
    """The `place`-th version of a permit type; cases filed while it holds are bound to it."""

    permit: str
    place: int
    digest: str
    effective_from: date
    effective_until: date | None
