"""Cases and projects of every permit type lived through at random, over years of dates.

A life has a theme, so that cases that have to do with each other meet: the stages of one project,
the fees that are put off, those who are heard, what is tolerated, or everything at once.
"""

import random
from collections import Counter
from datetime import timedelta
from typing import ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.decide import decide
from permits.casework.party_commands import PartyCommand, PublishEntry
from permits.casework.refusals import Refused
from permits.casework.rows import due_rows
from permits.definitions.edition import Edition
from permits.definitions.procedure import Act, Phase, RevocationGround
from tests.casework.afterwards import lasting
from tests.kit import SEAL, beijing, defect, paper
from tests.trial import filing, kinds, party_ways, rules, ways, ways_after
from tests.trial.kinds import charged
from tests.trial.people import NAMES
from tests.trial.world import Kept, Overtaken, PartyStep, Step, World

THEMES: dict[str, tuple[str, ...]] = {
    "project": ("staged_construction", "staged_construction", "completion_inspection"),
    "fees": ("infrastructure_charge", "civil_defence_fee"),
    "heard": ("joint_review",),
    "tolerated": ("plan_exempt",),
    "afterwards": ("drawing_review", "early_start", "plan_exempt", "staged_construction"),
    "parties": ("plan_exempt", "plan_exempt", "infrastructure_charge"),
    "everything": kinds.PERMITS,
}

EDITIONS = {"afterwards": {"plan_exempt": lasting(), "staged_construction": charged()}}
"""What no shipped permit type has: a grant that silence renews, and a charge that was fixed and a
change corrects beside one that no change touches."""

DAYS = ("2022-06-09", "2022-12-20", "2023-09-27", "2024-11-15", "2025-12-29")
"""When lives begin: before a change of rates, before holidays, before years nobody knows yet."""

KNOWN = (2023, 2024, 2026)
"""Up to which year the calendar is published when a life begins."""

STEPS = (
    *("goes_on",) * 9,
    *("beside",) * 7,
    *("anything",) * 2,
    *("timer",) * 2,
    *("days",) * 2,
    *("to_a_date",) * 2,
    "files",
    "again",
    "parties",
    "at_once",
    "publishes",
)
"""What may come next, the more often the more often it stands here."""

INSTEAD = {"parties": {"anything": "parties", "timer": "parties"}}
"""What comes in the place of other steps in a theme."""

MOST_CASES = {"project": 4, "heard": 2, "parties": 4, "everything": 4}
"""How many cases there are at most in a life; two where nothing is said."""


SEEDS = st.integers(0, 2**32 - 1)


def _drawing(seed: int) -> ways.Draw:
    chance = random.Random(seed)
    return lambda these: these[chance.randrange(len(these))]


class Life(RuleBasedStateMachine):
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
        self.draw = _drawing(seed)
        self.theme = self.draw(sorted(self.themes))
        self.permits = self.themes[self.theme]

    @rule(seed=SEEDS, what=st.sampled_from(STEPS))
    def a_step(self, seed: int, what: str) -> None:
        """One rule for every kind of step, so that no life is left without any of them. What
        else a step asks is drawn from a seed of its own, so that steps can be left out."""
        self.draw = _drawing(seed)
        self.world.tried["steps"] += 1
        what = self.instead.get(self.theme, {}).get(what, what) if self.going() else "files"
        getattr(self, what)()

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
        return self.checked(self.world.tell(one, who, command))

    def checked(self, outcome: Step | Refused) -> Step | Refused:
        if isinstance(outcome, Step):
            if outcome.noted.facts:
                self.last = (outcome.one, outcome.who, outcome.command)
            rules.keep(outcome)
        return outcome

    # What may come next.

    def files(self) -> None:
        """An application in order; sometimes one that lacks something, or comes by another."""
        if len(self.going()) >= MOST_CASES.get(self.theme, 2):
            self.goes_on()
            return
        permit = self.draw(self.permits)
        changed = self.editions.get(self.theme, {}).get(permit)
        one = self.world.opened(changed or kinds.edition(permit))
        manner, (who, command) = filing.drawn(self.world, one, self.draw)
        self.tell(one, who, command)
        if manner in ("whole", "counter", "shared"):
            far = (4, 6, 8) if self.theme == "afterwards" else (0, 0, 1, 2, 4, 4)
            self.comes_along(one, self.draw(far))

    def comes_along(self, one: Kept, steps: int) -> None:
        """The case is brought some steps on its way, as most are, by whoever may."""
        for _ in range(steps if one in self.world.cases else 0):
            actions = [a for a in ways.open_actions(one) if ways.act_of(one, a) in ways.FORWARD]
            taken = (
                self.tell(one, who, told)
                for action in actions
                for who, told in ways.each_taking(self.world, one, action, self.draw)
            )
            if not any(isinstance(outcome, Step) for outcome in taken):
                return

    def goes_on(self) -> None:
        """Somebody takes an action, mostly one that is open to them and leads further."""
        one = self.case()
        if self.draw((False,) * 7 + (True,)):
            actions = [a for a in ways.open_actions(one) if ways.act_of(one, a) not in ways.ENDING]
            if actions:
                self.tell(one, *ways.taking(self.world, one, self.draw(actions), self.draw))
            return
        found = ways.lawful(self.world, one)
        further = [way for way in found if self.act(one, way) not in ways.ENDING]
        forward = [way for way in further if self.act(one, way) in ways.FORWARD]
        ways_on = self.draw((forward or further,) * 24 + (further,) * 15 + (found,))
        if ways_on:
            way = self.draw(ways_on)
            self.tell(one, *ways.told_with(self.world, one, way, self.draw))
        else:
            self.beside()

    @staticmethod
    def act(one: Kept, way: ways.Way) -> Act:
        command = way[1]
        assert isinstance(command, c.TakeAction)
        return ways.act_of(one, command.action)

    def beside(self) -> None:
        one = self.case()
        found = ways.besides(self.world, one, self.draw, self.kinds)
        if found:
            self.tell(one, *self.draw(found))
        else:
            self.to_a_date()

    def anything(self) -> None:
        """Anybody says anything, in any case."""
        one = self.draw(self.world.cases)
        who = self.draw(NAMES)
        self.tell(one, who, self.draw(_attempts(one, self.draw, self.world)))

    def timer(self) -> None:
        """The timer looks; what it tells must be what has passed, unless an earlier word of the
        same look settled it."""
        for one in tuple(self.world.cases):
            for due in due_rows(one.case, one.edition):
                if due not in due_rows(one.case, one.edition):
                    continue
                outcome = self.tell(one, "timer", ways.told(due))
                passed = due.due_on < self.world.today
                assert isinstance(outcome, Step) == passed, (due, outcome)
        self.follow()
        self.answers()

    def answers(self) -> None:
        """Who waits for an answer gets one now and then when dates are looked at."""
        for one in tuple(self.world.cases):
            found = [*ways_after.waited_for(self.world, one, self.draw)]
            if found and self.draw((False, True)):
                self.tell(one, *self.draw(found))

    def follow(self) -> None:
        """Cases follow a merger, and entries are published, as the timer finds them."""
        for one in self.world.cases:
            successor = self.world.registry.parties[one.case.party].successor
            if successor:
                assert isinstance(self.tell(one, "timer", c.TakeOver(successor)), Step)
        for code, party in tuple(self.world.registry.parties.items()):
            for entry in party.entries.values():
                if entry.publication is not None and entry.published_on is None:
                    self.tell_party(code, "timer", PublishEntry(entry.name))

    def parties(self) -> None:
        """Something becomes of a party, of its credit, or of who acts for it."""
        known = self.world.registry.parties
        on_the_way = [code for code, party in known.items() if party.entries]
        code = self.draw(self.draw((on_the_way, on_the_way, ())) or tuple(known))
        found = [*party_ways.ways(self.world, code, self.draw)]
        if found:
            self.tell_party(code, *self.draw(found))
        else:
            self.beside()

    def tell_party(self, code: str, who: str, command: PartyCommand) -> None:
        note(f"{self.world.today} {who} of {code}: {command}")
        outcome = self.world.tell_party(code, who, command)
        if isinstance(outcome, PartyStep):
            party_ways.keep(outcome)

    def days(self) -> None:
        self.world.now += timedelta(days=self.draw((1, 2, 5, 9, 40)), hours=self.draw((0, 0, 11)))

    def to_a_date(self) -> None:
        """To the day after the next date that the timer waits for, or not quite; then it looks,
        and somebody may have been quicker."""
        dues = [due.due_on for one in self.world.cases for due in due_rows(one.case, one.edition)]
        hearings = (one.case.hearing for one in self.world.cases)
        dues += [one.day for one in hearings if one and one.stage == "called" and one.day]
        coming = [on for on in dues if on >= self.world.today]
        if coming:
            days = (min(coming) - self.world.today).days + self.draw((1, 1, 1, 1, 0, -20))
            self.world.now += timedelta(days=max(0, days))
            if self.draw((False, True)):
                self.answers()
            self.timer()

    def again(self) -> None:
        """The last command comes a second time, from the same person."""
        if self.last is not None:
            self.tell(*self.last)

    def at_once(self) -> None:
        """Two decide at the same time: what the second decided is not kept, and decided anew."""
        one = self.case()
        actions = [a for a in ways.open_actions(one) if ways.act_of(one, a) not in ways.ENDING]
        if not actions:
            return
        first = ways.taking(self.world, one, self.draw(actions), self.draw)
        found = ways.besides(self.world, one, self.draw)
        if not found:
            return
        second = self.draw(found)
        desk = self.world.desk(one, *second)
        outcome = decide(one.case, second[1], desk)
        kept = self.tell(one, *first)
        changed = isinstance(kept, Step) and bool(kept.noted.facts)
        if isinstance(outcome, Refused) or not outcome.facts or not changed:
            return
        try:
            self.world.kept(one, desk, second[1], outcome)
        except Overtaken:
            self.world.tried["overtaken"] += 1
            self.tell(one, *second)
        else:
            raise AssertionError("what was decided on a past version was kept")

    def publishes(self) -> None:
        """The calendar of the next year is published, and every open date reckoned anew."""
        self.world.publish(min(self.world.last_year + 1, 2026))
        for one in tuple(self.world.cases):
            self.tell(one, "timer", c.Recompute())


def _attempts(one: Kept, draw: ways.Draw, world: World) -> list[c.Command]:
    """What nobody has thought about: any action with anything, any name, any day."""
    definition = one.edition.definition
    action = draw((*definition.chart.actions, "dance"))
    given = draw([*ways.GIVEN])
    duty = draw((*definition.obligations, "dance"))
    clock = draw((*definition.clocks, "dance"))
    fee = draw((*definition.fees, "tea"))
    on = ways.ago(world, draw((-1, 0, 30)))
    seal = draw((SEAL, SEAL, None))
    return [
        c.TakeAction(action, ways.GIVEN[given](world, one, draw)),
        c.TakeAction(draw((*definition.chart.actions,)), i.Plain()),
        c.TakeAction("issue_correction", i.Corrections((defect("field.nothing"),))),
        c.ExtendClock(clock, seal),
        c.ReportObligation(duty, on, (paper("proof"),)),
        c.SupplyLater((paper(draw((*definition.materials,))),)),
        c.VerifyObligation(duty, draw((True, False)), on, ("inspector", "leader"), seal),
        c.DrawInspectors(duty, draw(("", "inspector")), draw(("", "left", "recused")), seal),
        c.NoticeRevocation(RevocationGround.OTHER, seal),
        c.StateCase(seal),
        c.DropRevocation(seal),
        c.PayFee(fee, on, draw((0, 1, 10**9)), seal),
        c.RefundFee(fee, on, 1, seal, seal),
        c.UndoFeeEntry(fee, draw((0, 1, 2, 3)), seal),
        c.ExplainLateness(clock, seal),
        c.OrderPayment(duty, seal),
        c.ReverseAction(seal),
        c.RectifyDate(draw(("received", "accepted", "decided", "dance")), on, seal),
        c.CorrectDocument("none", seal),
        c.LapseClock(clock),
        c.FlagOverdue(duty),
        c.FlagFeeOverdue(fee),
        c.Recompute(),
        *ways_after.attempts(one, draw, on, duty),
        kinds.application(one.edition, one.case.track, kinds.Answered(one.case.answers, {})),
        h.AskOpinions(("fire", "dance")),
        h.GiveOpinion("fire", "agree", seal),
        h.OfferHearing(),
        h.CallHearing(on, "leader", seal),
        h.HearThirdParty("party_1", seal),
        h.DecideRecusal(draw(NAMES), recused=True, reason=seal),
        h.PassDate(draw(("reminder", "opinion", "hearing", "third_party")), "fire/1"),
    ]
