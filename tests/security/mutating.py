"""Makes mistakes in the code that decides and keeps the log, and looks whether a test notices.

    python -m tests.security.mutating                     every mistake
    python -m tests.security.mutating --group access      those of one of the groups
    python -m tests.security.mutating --sample 200        so many of each group, drawn by chance,
                                                          always the same (`--seed` draws others)
    python -m tests.security.mutating --only permits.casework.access
    python -m tests.security.mutating --hours 1           those drawn first, until an hour is over
    python -m tests.security.mutating --kept FILE         what came of each is kept there, and what
                                                          is kept is not tried again
    … --again --tests tests/casework/test_fees.py         but what was missed, by these tests

Each mistake is tried by the tests that run its line, as many as take `--seconds`; to know which
they are, all of them run once under coverage. What none of them notices is tried by whole cases
that live at random (`--quick` leaves that out). What no test notices is listed, unless
`equivalent.yaml` says why no test can; exit 1 if in any group it is more than one in ten.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import yaml

from tests.security.groups import GROUPS, tests_of
from tests.security.kept import Kept
from tests.security.mutants import Mutant, mutants, path_of
from tests.security.trying import Known, Warmed, arguments, forked

SLOW = (
    "tests/casework/test_model.py",
    "tests/casework/test_project_model.py",
    "tests/services/evidence/test_mutations.py",
)
"""Tried last, and only if nothing else noticed."""

LOOKING = ("tests/casework/test_immutable.py",)
"""What looks at modules that are loaded and runs no line of them."""

EQUIVALENT = Path(__file__).parent / "equivalent.yaml"
"""Mistakes that make the same program, each with the reason."""

WANTED = 0.9

Came = Iterator[tuple[Mutant, str | None]]


def same_program() -> dict[str, str]:
    """The mistakes that are none, by what they are, with why."""
    found: dict[str, str] = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8"))
    return found


def drawn(asked: argparse.Namespace) -> dict[str, list[Mutant]]:
    """The mistakes of each group that are to be tried, those that are none among them: what is
    drawn stays the same whatever is said to be the same program."""
    found = {}
    for name in asked.group or GROUPS:
        wanted = [one for one in GROUPS[name].every if not asked.only or one in asked.only]
        those = [mutant for module in wanted for mutant in mutants(module)]
        if asked.sample or asked.hours:
            random.Random(asked.seed).shuffle(those)
        found[name] = those[: asked.sample or None]
    return {name: those for name, those in found.items() if those}


class Campaign:
    """Mistakes tried one after another, told as they come."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.asked = asked
        self.groups = drawn(asked)
        self.equivalent = same_program()
        self.kept = Kept(asked.kept)
        self.came: dict[Mutant, str | None] = {}
        self.began = time.monotonic()
        self.status = 0

    def run(self) -> int:
        waiting = [one for those in self.groups.values() for one in those if self._waits(one)]
        if waiting:
            watched = sorted({str(path_of(one.module)) for one in waiting})
            with tempfile.TemporaryDirectory() as temporary:
                words = [*arguments(Path(temporary)), *(self.asked.tests or tests_of(self.groups))]
                warmed = Warmed(lambda ready: self._try(ready, waiting), watched)
                status = pytest.main(words, plugins=[warmed])
            if status not in (0, 5):
                return 2
        return self.status or self._told()

    def _waits(self, mutant: Mutant) -> bool:
        if mutant.what in self.equivalent:
            return False
        if mutant not in self.kept:
            return True
        self.came[mutant] = self.kept.noticed_by(mutant)
        return self.asked.again and self.came[mutant] is None

    def _try(self, warmed: Warmed, waiting: Sequence[Mutant]) -> None:
        warmed.learn(warmed.tests(but=SLOW))
        if warmed.failing:
            print("fails without any mistake:", *warmed.failing, sep="\n    ")
            self.status = 2
            return
        self._say(f"{len(warmed.known.took)} tests know {len(waiting)} mistakes")
        seconds, processes = self.asked.seconds, self.asked.processes
        later = [one for one in waiting if one.function is None]
        first = [one for one in waiting if one.function is not None]
        self._count(
            warmed.campaign(
                self._in_time(first), lambda one: warmed.known.of(one, seconds), processes
            )
        )
        self._count(anew(self._in_time(later), warmed.known, seconds, processes))
        if not self.asked.quick:
            slow = warmed.within(SLOW)
            missed = [one for one in first if one in self.came and self.came[one] is None]
            self._count(warmed.campaign(missed, lambda one: slow, processes))

    def _in_time(self, mistakes: Sequence[Mutant]) -> Iterator[Mutant]:
        """Mistakes until the time is over that was given."""
        end = self.began + (self.asked.hours or 10_000) * 3600
        for one in mistakes:
            if time.monotonic() > end:
                return
            yield one

    def _count(self, tried: Came) -> None:
        for number, (mutant, noticed_by) in enumerate(tried, 1):
            self.came[mutant] = noticed_by
            self.kept.keep(mutant, noticed_by)
            if noticed_by is None:
                self._say(f"missed so far: {mutant.key}")
            if number % 100 == 0:
                self._say(f"{number} tried")

    def _told(self) -> int:
        """What came of all of them, group by group."""
        enough = True
        for name, those in self.groups.items():
            counted = [one for one in those if one in self.came]
            missed = [one for one in counted if self.came[one] is None]
            for one in missed:
                print(f"not noticed: {one.key}")
            same = sum(one.what in self.equivalent for one in those)
            share = 1 - len(missed) / max(1, len(counted))
            enough = enough and share >= WANTED
            self._say(
                f"{name}: {len(counted)} mistakes tried of {len(those)},"
                f" {len(counted) - len(missed)} noticed ({share:.1%}),"
                f" {same} make the same program"
            )
        return 0 if enough else 1

    def _say(self, told: str) -> None:
        print(f"{time.monotonic() - self.began:6.0f} s  {told}", flush=True)


def anew(mistakes: Iterator[Mutant], known: Known, seconds: float, processes: int) -> Came:
    """Mistakes that are made when a module is loaded, each in a program of its own."""

    def noticed(mutant: Mutant) -> str | None:
        words = [sys.executable, "-m", "tests.security.planting", mutant.module, str(mutant.index)]
        asked = (*LOOKING, *known.of(mutant, seconds))
        os.execv(sys.executable, [*words, *asked])  # noqa: S606 - our own words

    for mutant, found in forked(mistakes, noticed, processes):
        yield mutant, found and "a program that loaded it"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--group", action="append", default=[], choices=list(GROUPS))
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=37)
    parser.add_argument("--hours", type=float, default=0.0)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--tests", action="append", default=[], help="only those of this file")
    parser.add_argument("--seconds", type=float, default=60.0, help="of tests for each mistake")
    parser.add_argument("--quick", action="store_true", help="without whole cases at random")
    parser.add_argument("--kept", type=Path, help="a file for what came of each")
    parser.add_argument("--again", action="store_true", help="try what was missed once more")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    return Campaign(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(main())
