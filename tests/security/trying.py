"""A run of pytest that collects its tests once and then tries each mistake in a fork of itself.

What costs seconds — loading the product, its definitions, the tests, a database server — is done
before the first mistake, so that one costs no more than the tests that run its line.
"""

import gc
import os
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
"""A loop without end does not go unnoticed: whoever takes so many times as long, and so many
seconds more, is at fault."""

UNTRIED = 70
"""How a process ends that could not try its mistake: nothing was noticed then, nor missed."""

Tests = Sequence[str]


class Known:
    """Which tests run which lines, and how long each takes: found by running all of them once."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self.tests: dict[tuple[str, int], set[str]] = defaultdict(set)

    def of(self, mutant: Mutant) -> Tests:
        """The tests to ask about a mistake, the quickest first: those that run its line; those of
        its function where a line is not told apart; all that run the module if it is in none."""
        file = str(path_of(mutant.module))
        found = self.tests.get((file, mutant.line), set())
        if not found:
            one = mutant.function
            for (where, line), tests in self.tests.items():
                if where == file and (one is None or one.first <= line <= one.last):
                    found = found | tests
        return sorted(found, key=lambda one: (self.took[one], one))


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
    ) -> Iterator[tuple[Mutant, bool]]:
        """Every mistake with whether it was noticed, as they become known."""
        return forked(mistakes, lambda one: self._noticed(one, tests_of(one)), processes)

    def _noticed(self, mutant: Mutant, tests: Tests) -> bool:
        signal.alarm(
            int(PATIENCE + PATIENCE * sum(self.known.took.get(one, 60.0) for one in tests))
        )
        put_in(mutant, self._functions)
        for test, then in zip(tests, [*tests[1:], *tests[:1]], strict=True):
            if not self._holds(test, self._anchor(test) if then == test else then):
                return True
        return False

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


def forked(
    mistakes: Iterable[Mutant], noticed: Callable[[Mutant], bool], processes: int
) -> Iterator[tuple[Mutant, bool]]:
    """Each mistake in a process of its own, so many at once."""
    waiting, running = iter(mistakes), dict[int, Mutant]()
    while True:
        for mutant in islice(waiting, processes - len(running)):
            running[_child(mutant, noticed)] = mutant
        if not running:
            return
        child, status = os.wait()
        if child in running:
            mutant = running.pop(child)
            if os.waitstatus_to_exitcode(status) == UNTRIED:
                raise RuntimeError(f"a mistake could not be made: {mutant.key}")
            yield mutant, status != 0


def _child(mutant: Mutant, noticed: Callable[[Mutant], bool]) -> int:
    child = os.fork()
    if child:
        return child
    code = UNTRIED
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        code = int(noticed(mutant))
    finally:
        os._exit(code)


def arguments(temporary: Path) -> list[str]:
    """How pytest is run for it: alone, silent, without what would watch a test from outside."""
    return [
        *("-q", "-n", "0", "-p", "no:cacheprovider", "--no-cov"),
        *("--basetemp", str(temporary / "tests")),
    ]
