"""Small values that commands, events and cases share."""

from datetime import date, datetime
from typing import Literal

import msgspec

Seal = str
"""Hex of a salted commitment to a personal value or a free text; the value is kept elsewhere."""

Result = Literal["granted", "refused"]
Recommendation = Literal["grant", "refuse"]
Hindered = Literal["recused", "acted", "on_leave", "left"]
"""Why somebody who was drawn does not check: recused in the case, or because they acted for the
applicant meanwhile; on leave, or no longer there."""

Outcome = Literal["open", "granted", "refused", "revoked", "withdrawn", "not_accepted"]
"""What became of a case, for figures."""


Means = Literal["online", "counter", "post"]
"""How a document reaches the applicant."""

ShownIn = Literal["", "zh", "en"]
"""In which of its two languages a text stood before whoever signed it; empty if that is not known,
as of paper."""

SharedOutcome = Literal["found", "not_found", "stale", "unavailable", "no_source"]
"""What came of asking another office for the data of a material."""


class HandedIn(msgspec.Struct, frozen=True):
    """A file that came in for a material; `size` in bytes."""

    material: str
    sha256: str
    size: int
    media_type: str


class SharedAnswer(msgspec.Struct, frozen=True):
    """What another office answered for a material. `title` is the source's in both languages,
    `as_of` the day of which the data speaks, `sha256` and `size` are of the file that keeps the
    answer with its data."""

    material: str
    source: str
    title: dict[str, str]
    outcome: SharedOutcome
    asked_at: datetime
    as_of: date | None
    sha256: str
    size: int

    @property
    def came(self) -> bool:
        return self.outcome == "found"


class Defect(msgspec.Struct, frozen=True):
    """One thing to correct: `about` is `material.…` or `field.…`; `fix` seals what is wanted."""

    about: str
    kind: Literal["missing", "not_in_form", "unclear", "not_matching"]
    fix: Seal


def room_of(office: str, department: str) -> str:
    """A department of an office as one word: whoever of it does something, or its window. No
    account and no party is called so."""
    return f"{office}/{department}"
