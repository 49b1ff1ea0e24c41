"""A run of pytest that collects its tests once and then tries each mistake in a fork of itself.

What costs seconds — loading the product, its definitions, the tests, a database server — is done
before the first mistake, so that one costs no more than the tests that run its line.
"""

import gc
import os
import resource
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from coverage import Coverage

from tests.security.mutants import Mutant, path_of
from tests.security.planting import Place, functions_of, put_in

PATIENCE = 20
"""A loop without end does not go unnoticed: a test that takes so many times as long, and so many
seconds more, has noticed it."""

ROOM = 8 << 30
"""Nor does one that fills the memory: so many bytes, and it ends."""

UNTRIED = 70
"""How a process ends that could not try its mistake: nothing was noticed then, nor missed."""

Tests = Sequence[str]


class Known:
    """Which tests run which lines, and how long each takes: found by running all of them once."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self.tests: dict[tuple[str, int], set[str]] = defaultdict(set)

    def of(self, mutant: Mutant, seconds: float) -> Tests:
        """The tests to ask about a mistake, as many as take so long: those that run its line;
        those of its function where a line is not told apart; all that run the module, or look at
        what it made, if it is in none.

        First those of the file that is named like the module, then the quickest of each other
        file, the second of each, and so on: files differ more in what they notice.
        """
        file = str(path_of(mutant.module))
        found = self.tests.get((file, mutant.line), set())
        if not found:
            one = mutant.function
            for (where, line), tests in self.tests.items():
                if where == file and (one is None or one.first <= line <= one.last):
                    found = found | tests
        mirror = f"/test_{mutant.module.rpartition('.')[2]}.py"
        if mutant.function is None:
            found = found | {one for one in self.took if one.partition("::")[0].endswith(mirror)}
        chosen, left = [], seconds
        for test in self._in_order(found, mirror):
            left -= self.took[test]
            if chosen and left < 0:
                break
            chosen.append(test)
        return chosen

    def _in_order(self, tests: Iterable[str], mirror: str) -> list[str]:
        of_file: dict[str, int] = defaultdict(int)
        places = []
        for test in sorted(tests, key=lambda one: (self.took[one], one)):
            file = test.partition("::")[0]
            of_file[file] += 1
            theirs = file.endswith(mirror)
            places.append((not theirs, 0 if theirs else of_file[file], self.took[test], test))
        return [place[-1] for place in sorted(places)]


class Warmed:
    """The plugin: takes the loop of pytest over once everything is collected."""

    def __init__(self, then: Callable[["Warmed"], None], watched: Sequence[str]) -> None:
        self.known = Known()
        self.failing: list[str] = []
        self._then = then
        self._watched = watched
        self._items: dict[str, pytest.Item] = {}
        self._functions: Mapping[Place, list[FunctionType]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        """That a test fails is enough; with which example, nobody asks."""
        from hypothesis import Phase, settings  # loaded by its own plugin before us

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("planted", deadline=None, database=None, phases=phases)
        settings.load_profile("planted")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._items = {item.nodeid: item for item in session.items}
        self._then(self)
        return True

    def learn(self, tests: Tests) -> None:
        """Run these under coverage. What fails without any mistake would prove nothing of one."""
        coverage = Coverage(data_file=None, config_file=False, include=list(self._watched))
        coverage.start()
        for test, then in zip(tests, [*tests[1:], self._anchor(tests[-1])], strict=True):
            coverage.switch_context(test)
            began = time.monotonic()
            if not self._holds(test, then):
                self.failing.append(test)
            self.known.took[test] = time.monotonic() - began
        coverage.stop()
        kept = coverage.get_data()
        for file in kept.measured_files():
            for line, contexts in kept.contexts_by_lineno(file).items():
                self.known.tests[file, line] |= {one for one in contexts if one}
        self._functions = functions_of(frozenset(self._watched))
        gc.collect()
        gc.freeze()

    def tests(self, *, but: Tests = ()) -> list[str]:
        """Everything that was collected, in its order, but what lies in these files."""
        return [one for one in self._items if one.partition("::")[0] not in but]

    def within(self, files: Tests) -> list[str]:
        return [one for one in self._items if one.partition("::")[0] in files]

    def campaign(
        self, mistakes: Iterable[Mutant], tests_of: Callable[[Mutant], Tests], processes: int
    ) -> Iterator[tuple[Mutant, str | None]]:
        """Every mistake with the test that noticed it, as they become known."""
        return forked(mistakes, lambda one: self._noticed(one, tests_of(one)), processes)

    def _noticed(self, mutant: Mutant, tests: Tests) -> str | None:
        resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
        put_in(mutant, self._functions)
        for test, then in zip(tests, [*tests[1:], *tests[:1]], strict=True):
            signal.alarm(int(PATIENCE + PATIENCE * self.known.took.get(test, 60.0)))
            if not self._holds(test, self._anchor(test) if then == test else then):
                return test
        return None

    def _holds(self, test: str, then: str | None) -> bool:
        item: Any = self._items[test]
        item.session._setupstate.teardown_exact(item)
        reports = runtestprotocol(item, log=False, nextitem=then and self._items[then])
        return not any(one.failed for one in reports)

    def _anchor(self, test: str) -> str | None:
        """A test of another file, if there is one: what is for all files stays as it is when it
        would come next."""
        file = test.partition("::")[0]
        return next((one for one in self._items if one.partition("::")[0] != file), None)


UNTOLD = "ended without a word"
"""What noticed a mistake with which a test did not come to its end."""


def forked(
    mistakes: Iterable[Mutant], noticed: Callable[[Mutant], str | None], processes: int
) -> Iterator[tuple[Mutant, str | None]]:
    """Each mistake in a process of its own, so many at once, and what noticed it."""
    waiting, running = iter(mistakes), dict[int, tuple[Mutant, int]]()
    while True:
        for mutant in islice(waiting, processes - len(running)):
            child, told = _child(mutant, noticed)
            running[child] = mutant, told
        if not running:
            return
        child, status = os.wait()
        if child in running:
            mutant, told = running.pop(child)
            with os.fdopen(told, encoding="utf-8") as words:
                said = words.read()
            if os.waitstatus_to_exitcode(status) == UNTRIED:
                raise RuntimeError(f"a mistake could not be made: {mutant.key}")
            yield mutant, (said or UNTOLD) if status != 0 else None


def _child(mutant: Mutant, noticed: Callable[[Mutant], str | None]) -> tuple[int, int]:
    """A process that ends with whether the mistake was noticed, and where it says by what."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    code = UNTRIED
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        found = noticed(mutant)
        os.write(writing, (found or "").encode())
        code = int(found is not None)
    finally:
        os._exit(code)


def arguments(temporary: Path) -> list[str]:
    """How pytest is run for it: alone, silent, without what would watch a test from outside."""
    return [
        *("-q", "-n", "0", "-p", "no:cacheprovider", "--no-cov"),
        *("--basetemp", str(temporary / "tests")),
    ]
