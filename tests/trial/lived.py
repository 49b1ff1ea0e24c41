"""A life on its way: its office and cases, who says what, and what is asked of what comes of it.

A life has a theme, so that cases that have to do with each other meet: the stages of one project,
the fees that are put off, those who are heard, what is tolerated, whose credit suffers, or
everything at once. An ordinary run lives through 39 lives of 80 steps in each of the eight themes,
about 24,600 steps with commands of 72 kinds.
"""

import random
from collections import Counter
from typing import ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from permits.casework import commands as c
from permits.casework.party_commands import PartyCommand
from permits.casework.refusals import Refused
from permits.definitions.edition import Edition
from permits.definitions.procedure import Phase
from tests.casework.afterwards import lasting
from tests.kit import beijing
from tests.trial import kinds, party_ways, rules, rules_credit, ways
from tests.trial.kinds import charged
from tests.trial.world import Kept, PartyStep, Step, World

THEMES: dict[str, tuple[str, ...]] = {
    "project": ("staged_construction", "staged_construction", "completion_inspection"),
    "fees": ("infrastructure_charge", "civil_defence_fee"),
    "heard": ("joint_review",),
    "tolerated": ("plan_exempt",),
    "afterwards": ("drawing_review", "early_start", "plan_exempt", "staged_construction"),
    "parties": ("plan_exempt", "plan_exempt", "infrastructure_charge"),
    "credit": ("plan_exempt", "early_start"),
    "everything": kinds.PERMITS,
}

EDITIONS = {"afterwards": {"plan_exempt": lasting(), "staged_construction": charged()}}
"""What no shipped permit type has: a grant that silence renews, and a charge that was fixed and a
change corrects beside one that no change touches."""

DAYS = ("2022-06-09", "2022-12-20", "2023-09-27", "2024-11-15", "2025-12-29")
"""When lives begin: before a change of rates, before holidays, before years nobody knows yet."""

KNOWN = (2023, 2024, 2026)
"""Up to which year the calendar is published when a life begins."""

INSTEAD = {
    "parties": {"anything": "parties", "timer": "parties"},
    "credit": {
        "anything": "credit",
        "publishes": "credit",
        "timer": "credit",
        "beside": "goes_wrong",
        "again": "goes_wrong",
        "at_once": "goes_wrong",
        "days": "to_a_day",
        "to_a_date": "to_a_day",
        "files": "files_in_trust",
    },
}
"""What comes in the place of other steps in a theme."""

MOST_CASES = {"project": 4, "heard": 2, "parties": 4, "credit": 3, "everything": 4}
"""How many cases there are at most in a life; two where nothing is said."""

SEEDS = st.integers(0, 2**32 - 1)


def drawing(seed: int) -> ways.Draw:
    chance = random.Random(seed)
    return lambda these: these[chance.randrange(len(these))]


class Lived(RuleBasedStateMachine):
    """An office, its cases, and everybody who has to do with them."""

    tried: ClassVar[Counter[str]] = Counter()
    themes: ClassVar[dict[str, tuple[str, ...]]] = THEMES
    editions: ClassVar[dict[str, dict[str, Edition]]] = EDITIONS
    """Permit types that stand in the place of those that are shipped, by theme."""

    kinds: ClassVar[tuple[str, ...]] = ways.KINDS
    instead: ClassVar[dict[str, dict[str, str]]] = INSTEAD

    @initialize(seed=SEEDS, day=st.sampled_from(DAYS), known=st.sampled_from(KNOWN))
    def begin(self, seed: int, day: str, known: int) -> None:
        self.begun(seed)
        self.world = World(beijing(day, 9), max(known, int(day[:4])))
        self.last: tuple[Kept, str, c.Command] | None = None

    def begun(self, seed: int) -> None:
        self.draw = drawing(seed)
        self.theme = self.draw(sorted(self.themes))
        self.permits = self.themes[self.theme]

    def teardown(self) -> None:
        """The logs of all cases, folded anew, tell what became of them."""
        if hasattr(self, "world"):
            for one in self.world.cases:
                rules.at_the_end(one)
            type(self).tried.update(self.world.tried)

    def going(self) -> list[Kept]:
        """The cases of which something is still to come."""
        return [one for one in self.world.cases if not self.done(one)]

    @staticmethod
    def done(one: Kept) -> bool:
        phase = rules.phase_of(one, one.case)
        put_away = phase is Phase.CONCLUDED and one.case.intended is None
        return phase is Phase.ENDED or put_away

    def case(self) -> Kept:
        """A case that goes on; now and then one that has ended or is put away."""
        return self.draw(self.draw((self.going(),) * 12 + (self.world.cases,)) or self.world.cases)

    def tell(self, one: Kept, who: str, command: c.Command) -> Step | Refused:
        """Somebody gives a command; whatever comes of it, the rules hold."""
        note(f"{self.world.today} {who} in {one}: {command}")
        outcome = self.checked(self.world.tell(one, who, command))
        if isinstance(outcome, Refused):
            rules_credit.keep_refusal(self.world, one, command, outcome)
        return outcome

    def checked(self, outcome: Step | Refused) -> Step | Refused:
        if isinstance(outcome, Step):
            if outcome.noted.facts:
                self.last = (outcome.one, outcome.who, outcome.command)
            rules.keep(outcome)
        return outcome

    def tell_party(self, code: str, who: str, command: PartyCommand) -> None:
        note(f"{self.world.today} {who} of {code}: {command}")
        outcome = self.world.tell_party(code, who, command)
        if isinstance(outcome, PartyStep):
            party_ways.keep(outcome)
