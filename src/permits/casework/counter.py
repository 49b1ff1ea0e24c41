"""What reaches the office on paper: who brought or sent it, and the visits this takes."""

from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from permits.casework.parts import HandedIn, Seal

Capacity = Literal["holder", "agent"]
"""The applicant in person (its legal representative), or somebody authorised in writing."""

PAPER = "counter.paper"
AUTHORISATION = "counter.authorisation"
"""What scans are of. No definition can call a material so: its names hold no dot."""

SCANS = (PAPER, AUTHORISATION)

PROOF = "counter.proof"
"""What a scan is of that proves the service of a document."""


class Purpose(StrEnum):
    """What somebody came to the counter for: a closed list, so that visits can be counted."""

    FILING = "filing"
    CORRECTION = "correction"
    SUPPLY = "supply"
    REPORT = "report"
    PAYMENT = "payment"
    STATEMENT = "statement"
    HEARING = "hearing"
    REQUEST = "request"
    WITHDRAWAL = "withdrawal"
    COLLECTION = "collection"
    ENQUIRY = "enquiry"
    OTHER = "other"


class Brought(msgspec.Struct, frozen=True):
    """What came on paper, on the day it came. `name` seals who brought or sent it; `in_person`
    says that they stood at the counter; `scans` are of the signed paper and, of an agent, of the
    written authorisation. `authorised` is under which name the record of the party has somebody
    of that name who may act for it; empty if it has nobody."""

    on: date
    name: Seal | None
    capacity: Capacity
    in_person: bool
    scans: tuple[HandedIn, ...] = ()
    authorised: str = ""

    @property
    def wanted(self) -> tuple[str, ...]:
        """The scans there must be."""
        return SCANS if self.capacity == "agent" else (PAPER,)

    @property
    def paper(self) -> str:
        """The SHA-256 of the signed paper as it was scanned."""
        return next((scan.sha256 for scan in self.scans if scan.material == PAPER), "")


class OfficeVisit(msgspec.Struct, frozen=True, gc=False):
    """Somebody was at the counter in this case (跑动)."""

    on: date
    purpose: Purpose
    by_hand: bool
