"""What lies on the desk when a decision is taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from permits.casework.access import Actor
from permits.casework.counter import Brought
from permits.casework.dates import clock_of, day_of
from permits.casework.party import Party
from permits.casework.project import Project
from permits.casework.working_days import UnknownYear, WorkingDays
from permits.definitions.edition import Edition
from permits.definitions.schema import Action


@dataclass(frozen=True, slots=True)
class Desk:
    """The edition a case is bound to, who acts, when, and every outside fact that is needed.

    `command` identifies the command, `numbers` holds the last place taken in each series of
    numbers that was read for it (0 if none was), `seed` is what lots are drawn from; nobody could
    know it before. `projects` are the projects that the case belongs to or is to belong to, by
    code; `party` is the party that files or is acted for, or in whose case a breach may be found,
    with its standing; `co_signers` those who sign with it, by code, of whom it is asked who may
    sign for them and how they stand. `brought` is what came on paper, if the window acts on that.
    `inspectors` are those of the department, by their accounts, if the permit type draws lots
    among them. `entered` is the number of the case in whose ledgers the treasury's number of a
    payment or refund stands already, if there is one: only outside can two seals be compared.
    """

    edition: Edition
    actor: Actor
    now: datetime
    calendar: WorkingDays
    command: str
    numbers: Mapping[str, int]
    seed: str = ""
    projects: Mapping[str, Project] = field(default_factory=dict)
    party: Party | None = None
    brought: Brought | None = None
    inspectors: tuple[str, ...] = ()
    co_signers: Mapping[str, Party] = field(default_factory=dict)
    entered: str = ""

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def actions(self) -> Mapping[str, Action]:
        return self.edition.definition.chart.actions

    @property
    def came_on(self) -> date:
        """The day on which something was said: today, or the day the paper came."""
        return self.brought.on if self.brought is not None else self.today

    @property
    def office_day(self) -> date:
        """The day on which something that arrives now counts as received; of paper, the day it
        came.

        Within office hours of a working day it is today, otherwise the next working day. In a
        year that is not published nobody can say, so it is today.
        """
        if self.brought is not None:
            return self.brought.on
        today, authority = self.today, self.edition.definition.authority
        try:
            works = self.calendar.is_working(today)
        except UnknownYear:
            return today
        open_still = clock_of(self.now).strftime("%H:%M") <= authority.closes
        if works and open_still:
            return today
        reached = self.calendar.after(today, 1)
        return today if reached.provisional else reached.day
