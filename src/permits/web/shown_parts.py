"""The parts of a case as pages show them, each with what is said of it beside the record."""

from dataclasses import dataclass
from datetime import date

from permits.casework.case import Clock, Obligation
from permits.casework.ledger import Fee
from permits.casework.parts import SharedAnswer
from permits.definitions.charges import Fee as FeeRule
from permits.definitions.duties import Clock as ClockRule
from permits.definitions.duties import Obligation as ObligationRule
from permits.definitions.parts import Basis
from permits.definitions.schema import Treatment
from permits.store.drafts import Upload
from permits.text.answers import Table
from permits.web.lights import Light


@dataclass(frozen=True, slots=True)
class ShownClock:
    name: str
    rule: ClockRule
    clock: Clock
    light: Light


@dataclass(frozen=True, slots=True)
class ShownDuty:
    name: str
    rule: ObligationRule
    held: Obligation
    light: Light
    shut: str

    @property
    def to_be_put_right(self) -> bool:
        """Whether the office has ordered something of it that was not done yet."""
        return self.held.ordered and self.held.status == "open"

    @property
    def breached(self) -> bool:
        """Whether that is a breach, and not a payment that did not come."""
        return self.to_be_put_right and self.held.failed

    @property
    def missed(self) -> bool:
        """Whether that was not done in its time, or a check found it not done."""
        return self.to_be_put_right and (self.held.overdue or self.held.still_wrong)


@dataclass(frozen=True, slots=True)
class ShownFee:
    name: str
    rule: FeeRule
    fee: Fee
    light: Light


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer beside its question. One that is personal and not for this reader is `hidden`, or
    `masked` if the mask is shown; `erased_on` is the day on which it was erased. Several
    entries have a `table`, and a total that is made of them is marked so."""

    name: str
    title: str
    says: str
    hidden: bool = False
    masked: bool = False
    erased_on: date | None = None
    table: Table | None = None
    made: bool = False


@dataclass(frozen=True, slots=True)
class ShownSection:
    title: str
    answers: tuple[ShownAnswer, ...]


@dataclass(frozen=True, slots=True)
class ShownMaterial:
    """A material the track deals with, what it does with it, the file if it came in, and what
    another office answered if it was asked."""

    name: str
    title: str
    basis: Basis
    treatment: Treatment
    here: bool
    upload: Upload | None
    shared: SharedAnswer | None = None


@dataclass(frozen=True, slots=True)
class ShownDefect:
    """One thing to correct, with the kind of defect and what is wanted."""

    about: str
    title: str
    kind: str
    fix: str
