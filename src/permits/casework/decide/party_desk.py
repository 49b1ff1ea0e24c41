"""What lies on the desk when something about a party is decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from permits.casework.access import Actor
from permits.casework.case import Case
from permits.casework.dates import day_of
from permits.casework.party import Party
from permits.casework.working_days import WorkingDays
from permits.definitions.credit_terms import CreditTerms


@dataclass(frozen=True, slots=True)
class PartyDesk:
    """Who acts, when, by which terms. `case` is the case a bar is to follow from, `accounts` the
    open accounts of the party, `others` the parties a command names, by code."""

    actor: Actor
    now: datetime
    calendar: WorkingDays
    command: str
    terms: CreditTerms
    case: Case | None = None
    accounts: frozenset[str] = frozenset()
    others: Mapping[str, Party] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return day_of(self.now)
