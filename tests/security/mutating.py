"""Makes mistakes in the code that decides and keeps the log, and looks whether a test notices.

    python -m tests.security.mutating                     every mistake (hours)
    python -m tests.security.mutating --sample 100        so many, drawn by chance, always the same
    python -m tests.security.mutating --only permits.casework.access

Each mistake is tried by the tests that run its line, the quickest first; to know which those are,
all of them run once under coverage. What no test notices is listed; exit 1 if it is more than one
in ten.
"""

import argparse
import importlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from coverage import CoverageData

from tests.security.mutants import Mutant, mutants, path_of

ROOT = Path(__file__).parents[2]

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

WANTED = 0.9
SECONDS = 300
EACH = 40
"""So many tests are asked of one mistake in each run, so that one that is noticed ends soon."""


def modules() -> list[str]:
    found = list(MODULES)
    for package in PACKAGES:
        folder = path_of(package).parent
        found += [
            package if file.stem == "__init__" else f"{package}.{file.stem}"
            for file in sorted(folder.glob("*.py"))
        ]
    return found


Lines = Mapping[tuple[str, int], list[str]]
"""The tests that run a line of a file."""


def covered(folder: Path) -> Lines:
    """Which tests run which lines, found by running them all once."""
    folder.mkdir(parents=True, exist_ok=True)
    data, log = folder / "coverage", folder / "covered.log"
    if not data.exists():
        _run_covered(data, log)
    took = _durations(log.read_text(encoding="utf-8"))
    kept = CoverageData(str(data))
    kept.read()
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for file in kept.measured_files():
        for line, contexts in kept.contexts_by_lineno(file).items():
            tests = {one.partition("|")[0] for one in contexts if one}
            found[file, line] = sorted(tests, key=lambda one: (took.get(one, 0.0), one))
    return found


def _run_covered(data: Path, log: Path) -> None:
    with log.open("w", encoding="utf-8") as told:
        subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
                *("--cov=src/permits/casework", "--cov=src/permits/store", "--cov-context=test"),
                *("--cov-report=", "--durations=0", "-vv"),
                *(f"--deselect={one}" for one in SLOW),
                *TESTS,
            ],
            cwd=ROOT,
            env={**os.environ, "COVERAGE_FILE": str(data), "COVERAGE_CORE": "ctrace"},
            stdout=told,
            check=True,
        )


def _durations(log: str) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for line in log.splitlines():
        parts = line.split()
        if len(parts) == 3 and parts[1] in ("call", "setup") and parts[0].endswith("s"):
            found[parts[2]] += float(parts[0][:-1])
    return found


def noticed(mutant: Mutant | None, tests: list[str]) -> bool:
    """Whether any test fails with the mistake made. For a process of its own, forked when
    everything but the product is loaded, so that a mistake costs little more than its tests."""
    from tests.security.planting import plant

    if mutant is not None:
        plant(mutant.module, mutant.index)
    parts = [tests[start : start + EACH] for start in range(0, len(tests), EACH)]
    loaded = "ignore::pytest.PytestAssertRewriteWarning"  # what was, before the fork
    common = ("-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-W", loaded)
    return any(pytest.main([*common, *part]) != 0 for part in (*parts, list(SLOW)))


def tried(mutant: Mutant | None, tests: list[str]) -> int:
    """Begin with a mistake; the process that is at it."""
    child = os.fork()
    if child:
        return child
    signal.alarm(SECONDS)  # a loop without end does not go unnoticed
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os._exit(int(noticed(mutant, tests)))


def campaign(
    mistakes: list[Mutant], tests_of: Callable[[Mutant], list[str]], processes: int
) -> Iterator[tuple[Mutant, bool]]:
    """Every mistake with whether it was noticed, as they become known."""
    waiting, running = list(reversed(mistakes)), dict[int, Mutant]()
    while waiting or running:
        while waiting and len(running) < processes:
            mutant = waiting.pop()
            running[tried(mutant, tests_of(mutant))] = mutant
        child, status = os.wait()
        if child in running:
            yield running.pop(child), status != 0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--covered", type=Path, help="folder in which coverage is kept for the next run"
    )
    asked = parser.parse_args()
    names = asked.only or modules()
    every = [mutant for name in names for mutant in mutants(name)]
    mistakes = every
    if 0 < asked.sample < len(every):
        mistakes = random.Random(37).sample(every, asked.sample)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.covered or Path(temporary)
        lines = covered(folder)
    files = {name: str(path_of(name)) for name in names}
    missed = count = 0
    for name in ("fastapi", "pydantic", "sqlalchemy", "statemachine", "cel"):
        importlib.import_module(name)

    def tests_of(mutant: Mutant) -> list[str]:
        return lines.get((files[mutant.module], mutant.line), [])

    # Without a mistake nothing may be noticed, or what is noticed would prove nothing.
    child = tried(None, tests_of(mistakes[0]))
    if os.waitpid(child, 0)[1] != 0:
        print("a test fails without any mistake")
        return 2
    for mutant, found in campaign(mistakes, tests_of, asked.processes):
        count += 1
        if not found:
            missed += 1
            print(f"not noticed: {mutant.key}", flush=True)
        if count % 20 == 0:
            print(f"{count} tried, {count - missed} noticed", flush=True)
    share = 1 - missed / count
    print(
        f"{count} of {len(every)} mistakes tried, {count - missed} noticed ({share:.1%}),"
        f" {time.monotonic() - began:.0f} s"
    )
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
