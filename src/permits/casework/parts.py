"""Small values that commands, events and cases share."""

from typing import Literal

import msgspec

Seal = str
"""Hex of a salted commitment to a personal value or a free text; the value is kept elsewhere."""

Result = Literal["granted", "refused"]
Recommendation = Literal["grant", "refuse"]
Hindered = Literal["recused", "on_leave", "left"]
"""Why somebody who was drawn does not check: recused in the case, on leave, or no longer there."""

Outcome = Literal["open", "granted", "refused", "revoked", "withdrawn", "not_accepted"]
"""What became of a case, for figures."""


class HandedIn(msgspec.Struct, frozen=True):
    """A file that came in for a material; `size` in bytes."""

    material: str
    sha256: str
    size: int
    media_type: str


class Defect(msgspec.Struct, frozen=True):
    """One thing to correct: `about` is `material.…` or `field.…`; `fix` seals what is wanted."""

    about: str
    kind: Literal["missing", "not_in_form", "unclear", "not_matching"]
    fix: Seal
