"""What comes after a decision: requests of the holder, the term of a grant, changes, annulments.
Entities of a case, each with a small life of its own."""

from datetime import date
from typing import Literal

import msgspec

from permits.casework.parts import HandedIn, Recommendation, Result, Seal
from permits.definitions.conditions import Answer

AMENDMENT_EVIDENCE = "amendment.evidence"
EXTENSION_EVIDENCE = "extension.evidence"
RENEWAL_EVIDENCE = "renewal.evidence"
"""What a file is for that shows why facts are to be changed, a date put off, or a term renewed.
No material can be called so."""

EVIDENCE = (AMENDMENT_EVIDENCE, EXTENSION_EVIDENCE, RENEWAL_EVIDENCE)

TERM = "term"
"""Under which name the term of a grant stands among the dates of a case."""

Body = Literal["reconsideration", "court"]
"""Who annulled a decision: a body of administrative reconsideration, or a court."""


class Asked(msgspec.Struct, frozen=True, gc=False):
    """A request of the holder, with files that show why. `granted` is None until it is decided on,
    and stays so if nobody decides any more; `late` if it came after the last day to ask; `by_law`
    if silence granted it."""

    on: date
    reason: Seal
    late: bool = False
    granted: bool | None = None
    by_law: bool = False
    decided_by: str = ""
    decided_on: date | None = None
    said: Seal | None = None
    evidence: tuple[HandedIn, ...] = ()

    @property
    def pending(self) -> bool:
        return self.granted is None


class Term(msgspec.Struct, frozen=True, gc=False):
    """How long a grant holds: `length` and its renewals from `starts_on` to `due`, the last day,
    of which the holder was `reminded` or not yet. `ended_on` says since when there is nothing to
    renew: it expired, or the grant ended."""

    starts_on: date
    length: str
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    renewals: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    ended_on: date | None = None
    reminded: bool = False

    @property
    def runs(self) -> bool:
        return self.ended_on is None

    @property
    def pending(self) -> Asked | None:
        """The request that waits for its decision."""
        last = self.asked[-1] if self.asked and self.runs else None
        return last if last is not None and last.pending else None


def to_remind(term: Term) -> bool:
    """Whether its holder is still to be told that the end comes close. A provisional date tells
    nobody anything."""
    waits = term.runs and term.pending is None and not (term.reminded or term.provisional)
    return waits and term.warn_on is not None


class Examined(msgspec.Struct, frozen=True, gc=False):
    """The examiner's opinion on a change."""

    by: str
    on: date
    recommends: Recommendation
    opinion: Seal


class Amendment(msgspec.Struct, frozen=True, gc=False):
    """Facts of the application that the holder wants changed: `answers` as they are to be, `was`
    as they were when it was asked; of personal ones `seals` and `were_sealed`. `closed_on` says
    since when nobody decides any more."""

    asked: Asked
    answers: dict[str, Answer]
    was: dict[str, Answer]
    seals: dict[str, Seal] = {}
    were_sealed: dict[str, Seal] = {}
    examined: Examined | None = None
    closed_on: date | None = None

    @property
    def pending(self) -> bool:
        return self.asked.pending and self.closed_on is None


class Annulled(msgspec.Struct, frozen=True, gc=False):
    """A decision of the office that was annulled, as it was, and by whom. `anew` says that the
    office has to decide again; `number` seals that of the other decision."""

    body: Body
    on: date
    anew: bool
    number: Seal
    reason: Seal
    result: Result
    decided_by: str
    decided_on: date
