"""Cases and projects of every permit type lived through at random, over years of dates."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from permits.casework import commands as c
from permits.casework.decide import decide
from permits.casework.party_commands import PublishEntry
from permits.casework.refusals import Refused
from permits.casework.rows import due_rows
from tests.trial import credit_ways, filing, kinds, party_ways, ways, ways_after
from tests.trial.attempts import attempts
from tests.trial.lived import MOST_CASES, SEEDS, Lived, drawing
from tests.trial.people import NAMES
from tests.trial.world import Kept, Overtaken, Step

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


class Life(Lived):
    """An office, its cases, and everybody who has to do with them."""

    @rule(seed=SEEDS, what=st.sampled_from(STEPS))
    def a_step(self, seed: int, what: str) -> None:
        """One rule for every kind of step, so that no life is left without any of them. What
        else a step asks is drawn from a seed of its own, so that steps can be left out."""
        self.draw = drawing(seed)
        self.world.tried["steps"] += 1
        what = self.instead.get(self.theme, {}).get(what, what) if self.going() else "files"
        getattr(self, what)()

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
        further = [way for way in found if ways.act_told(one, way) not in ways.ENDING]
        forward = [way for way in further if ways.act_told(one, way) in ways.FORWARD]
        ways_on = self.draw((forward or further,) * 24 + (further,) * 15 + (found,))
        if ways_on:
            way = self.draw(ways_on)
            self.tell(one, *ways.told_with(self.world, one, way, self.draw))
        else:
            self.beside()

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
        self.tell(one, who, self.draw(attempts(one, self.draw, self.world)))

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

    # What may become of the parties.

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

    def credit(self, code: str = "") -> None:
        """Some steps of an entry, a bar or a review, of somebody whose record has something; as
        long as there is nothing in it, a case goes wrong."""
        known = self.world.registry.parties
        held = [name for name, one in known.items() if one.entries and not one.successor]
        code = code or self.draw(self.draw((held, held, ())) or tuple(known))
        for _ in range(self.draw((1, 2, 4))):
            found = credit_ways.credit_ways(self.world, code, self.draw)
            if not found:
                self.goes_wrong()
                return
            self.tell_party(code, *self.draw(found))
            self.wait(credit_ways.waits_of(self.world, code))

    def goes_wrong(self) -> None:
        """A case is turned down, or its grant revoked, or comes nearer to that; people wait as
        long as the law wants."""
        one = self.case()
        for _ in range(self.draw((1, 2, 4))):
            found = credit_ways.wrong_ways(self.world, one, self.draw)
            if not found:
                break
            self.tell(one, *self.draw(found))
            self.wait([due.due_on for due in due_rows(one.case, one.edition)])
        else:
            return
        self.goes_on()

    def wait(self, dues: list[date]) -> None:
        """Until the next of some dates has passed, every other time."""
        coming = [on for on in dues if on >= self.world.today]
        if coming and self.draw((True, False)):
            self.world.now += timedelta(days=(min(coming) - self.world.today).days + 1)
            self.timer()

    def to_a_day(self) -> None:
        """To the last day of something in a record, or the day after: what is to be published is,
        and its party files."""
        days = credit_ways.days_of(self.world)
        if not days:
            self.goes_wrong()
            return
        on, code = self.draw(days[:2] if self.draw((True, False)) else days)
        self.world.now += timedelta(days=(on - self.world.today).days + self.draw((0, 1)))
        self.follow()
        if self.draw((True, False)):
            self.files_in_trust(code)
        else:
            self.credit(code)

    def files_in_trust(self, code: str = "") -> None:
        """A party files, mostly for a track of trust, and its case is brought on its way."""
        code = code or self.draw(tuple(self.world.registry.parties))
        one = self.world.opened(kinds.edition(self.draw(self.permits)))
        self.tell(one, *credit_ways.filing_of(one, code, self.draw))
        self.comes_along(one, self.draw((0, 2, 4, 6)))
