"""Makes mistakes in the code that decides and keeps the log, and looks whether a test notices.

    python -m tests.security.mutating                     every mistake
    python -m tests.security.mutating --sample 100        so many, drawn by chance, always the same
    python -m tests.security.mutating --only permits.casework.access
    python -m tests.security.mutating --hours 1           those drawn first, until an hour is over

Each mistake is tried by the tests that run its line, the quickest first; to know which they are,
all of them run once under coverage. What none of them notices is tried by whole cases that live
at random (`--quick` leaves that out). What no test notices is listed, unless `equivalent.yaml`
says why no test can; exit 1 if it is more than one in ten.
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

from tests.security.mutants import Mutant, mutants, path_of
from tests.security.trying import Known, Warmed, arguments, forked

TESTS = (
    "tests/casework",
    "tests/store/test_event_log.py",
    "tests/store/test_database.py",
    "tests/services/test_records.py",
)
SLOW = ("tests/casework/test_model.py", "tests/casework/test_project_model.py")
"""Tried last, and only if nothing else noticed."""

PACKAGES = ("permits.casework.decide",)
MODULES = ("permits.casework.access", "permits.store.event_log", "permits.casework.envelope")

EQUIVALENT = Path(__file__).parent / "equivalent.yaml"
"""Mistakes that make the same program, each with the reason."""

WANTED = 0.9


def modules() -> list[str]:
    found = list(MODULES)
    for package in PACKAGES:
        folder = path_of(package).parent
        found += [
            package if file.stem == "__init__" else f"{package}.{file.stem}"
            for file in sorted(folder.glob("*.py"))
        ]
    return found


def same_program() -> dict[str, str]:
    """The mistakes that are none, by what they are, with why."""
    found: dict[str, str] = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8"))
    return found


class Campaign:
    """Mistakes tried one after another, told as they come."""

    def __init__(self, asked: argparse.Namespace) -> None:
        names = asked.only or modules()
        self.every = [mutant for name in names for mutant in mutants(name)]
        self.equivalent = same_program()
        self.mistakes = [one for one in self.every if one.what not in self.equivalent]
        if asked.sample or asked.hours:
            random.Random(37).shuffle(self.mistakes)
        if asked.sample:
            self.mistakes = self.mistakes[: asked.sample]
        self.asked = asked
        self.began = time.monotonic()
        self.missed: list[Mutant] = []
        self.noticed = 0
        self.status = 0

    def run(self) -> int:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            warmed = Warmed(
                self._try, [str(path_of(one)) for one in {m.module for m in self.every}]
            )
            words = [*arguments(folder), *(self.asked.tests or TESTS)]
            status = pytest.main(words, plugins=[warmed])
        return self.status or (2 if status not in (0, 5) else 0)

    def _try(self, warmed: Warmed) -> None:
        warmed.learn(warmed.tests(but=SLOW))
        if warmed.failing:
            print("fails without any mistake:", *warmed.failing, sep="\n    ")
            self.status = 2
            return
        self._say(f"{len(warmed.known.took)} tests know {len(self.mistakes)} mistakes")
        later = [one for one in self.mistakes if one.function is None]
        first = [one for one in self.mistakes if one.function is not None]
        self._count(warmed.campaign(self._in_time(first), warmed.known.of, self.asked.processes))
        self._count(anew(later, warmed.known, self.asked.processes))
        if not self.asked.quick:
            again, self.missed = self.missed, []
            slow = warmed.within(SLOW)
            self._count(warmed.campaign(again, lambda one: slow, self.asked.processes))
        for one in self.missed:
            print(f"not noticed: {one.key}")
        share = self.noticed / max(1, self.noticed + len(self.missed))
        self._say(
            f"{self.noticed + len(self.missed)} of {len(self.every)} mistakes tried,"
            f" {self.noticed} noticed ({share:.1%}),"
            f" {len(self.every) - len(self.mistakes)} make the same program"
        )
        self.status = 0 if share >= WANTED else 1

    def _in_time(self, mistakes: Sequence[Mutant]) -> Iterator[Mutant]:
        """Mistakes until the time is over that was given."""
        end = self.began + (self.asked.hours or 10_000) * 3600
        for one in mistakes:
            if time.monotonic() > end:
                return
            yield one

    def _count(self, tried: Iterator[tuple[Mutant, bool]]) -> None:
        for mutant, found in tried:
            if found:
                self.noticed += 1
            else:
                self.missed.append(mutant)
                self._say(f"missed so far: {mutant.key}")
            if (self.noticed + len(self.missed)) % 100 == 0:
                self._say(f"{self.noticed} noticed, {len(self.missed)} not")

    def _say(self, told: str) -> None:
        print(f"{time.monotonic() - self.began:6.0f} s  {told}", flush=True)


def anew(
    mistakes: Sequence[Mutant], known: Known, processes: int
) -> Iterator[tuple[Mutant, bool]]:
    """Mistakes that are made when a module is loaded, each in a program of its own."""

    def noticed(mutant: Mutant) -> bool:
        files = sorted({one.partition("::")[0] for one in known.of(mutant)})
        words = [sys.executable, "-m", "tests.security.planting", mutant.module, str(mutant.index)]
        os.execv(sys.executable, [*words, *files])  # noqa: S606 - our own words

    return forked(mistakes, noticed, processes)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--hours", type=float, default=0.0)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--tests", action="append", default=[], help="only those of this file")
    parser.add_argument("--quick", action="store_true", help="without whole cases at random")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    return Campaign(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(main())
