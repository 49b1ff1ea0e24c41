"""Fewer lives, through the real writer on SQLite: two writers take turns, orders come twice,
stale, and together; and every table is what the log says."""

import functools
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework.refusals import Reason, Refused
from permits.definitions.edition import edition
from permits.services import batch, derived, rebuild, shelf, writer
from permits.services.writer import Done
from tests.kit import beijing
from tests.trial import rules, running, ways
from tests.trial.bureau import Bureau
from tests.trial.life import Life
from tests.trial.lived import DAYS, SEEDS
from tests.trial.parties import ACCOUNTS
from tests.trial.people import INSPECTORS

WRITTEN = settings(running.MODERATE, max_examples=14, stateful_step_count=40)

EVERY = 12
"""After so many steps the tables are compared with the log."""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Definitions are compiled once; inspectors and accounts are those of the trial."""
    compiled = functools.cache(edition)
    monkeypatch.setattr(derived, "edition", compiled)
    monkeypatch.setattr(shelf, "edition", compiled)
    monkeypatch.setattr(batch.Batch, "_inspectors", lambda _self, _edition: INSPECTORS)
    monkeypatch.setattr(writer, "accounts_of", lambda _connection, code: {ACCOUNTS[code]: ""})


class Written(Life):
    """A life that is written down."""

    tried = type(Life.tried)()
    editions: ClassVar = {}
    world: Bureau

    @initialize(seed=SEEDS, day=st.sampled_from(DAYS))
    def begin(self, seed, day):
        self.begun(seed)
        self.world = Bureau(beijing(day, 9), int(day[:4]))
        self.last = None
        self.sent = None

    def teardown(self):
        if not hasattr(self, "world"):
            return
        try:
            self.tables_are_as_the_log_says()
            super().teardown()
        finally:
            self.world.close()

    def tables_are_as_the_log_says(self):
        assert rebuild.check(self.world.database) == ()

    def checked(self, outcome):
        if self.world.tried["steps"] % EVERY == 0:
            self.tables_are_as_the_log_says()
        return super().checked(outcome)

    def tell(self, one, who, command):
        order = self.world.order(one, who, command)
        answer = self.world.write(self.draw((0, 1)), order)[0]
        self.sent = (one, order, answer)
        return self.checked(self.world.came(one, order, answer))

    def tell_party(self, code, who, command):
        """What becomes of a party changes no case by itself, whatever it is."""
        super().tell_party(code, who, command)
        assert all(self.world.read(one) == () for one in self.world.cases)

    def timer(self):
        self.world.look()
        for one in self.world.cases:
            assert rules.situation(one.case) in rules.situations(one.edition) or (
                "ObligationReopened" in one.seen
            )

    def again(self):
        """The same order comes once more: the answer is the same, and nothing else happens."""
        if self.sent is None:
            return
        one, order, answer = self.sent
        if isinstance(answer, Refused):
            return
        version = one.case.version
        assert self.world.write(self.draw((0, 1)), order)[0] == answer
        other = replace(order, request=b"something else")
        assert self.world.write(0, other)[0] == Refused(Reason.KEY_REUSED)
        assert self.world.read(one) == ()
        assert one.case.version == version
        self.world.tried["again"] += 1

    def at_once(self):
        """Two orders are written together; one of them saw the case before the other."""
        one = self.case()
        open_now = [
            way
            for way in ways.lawful(self.world, one)
            if ways.act_told(one, way) not in ways.ENDING
        ]
        if not open_now:
            return
        seen = one.case.version
        first = ways.told_with(self.world, one, self.draw(open_now), self.draw)
        found = ways.besides(self.world, one, self.draw)
        if not found:
            return
        second = self.draw(found)
        orders = [
            self.world.order(one, *first, seen=seen),
            self.world.order(one, *second, seen=seen),
        ]
        before = len(one.log)
        answers = self.world.write(self.draw((0, 1)), *orders)
        events = sum(len(a.events) for a in answers if isinstance(a, Done))
        assert len(self.world.read(one)) == events == len(one.log) - before
        if isinstance(answers[0], Done) and answers[0].events:
            assert answers[1] == Refused(Reason.OVERTAKEN, (str(answers[0].version),))
            self.world.tried["overtaken"] += 1

    def publishes(self):
        self.world.publish(min(self.world.last_year + 1, 2026))
        for one in tuple(self.world.cases):
            self.tell(one, "timer", c.Recompute())


def test_what_is_written_keeps_the_rules_and_the_tables(record_property):
    running.run(Written, WRITTEN)
    running.told(record_property, "written down", Written.tried)
    assert Written.tried["again"] and Written.tried["overtaken"]
