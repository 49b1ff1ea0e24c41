"""Makes mistakes in the code that decides and keeps the log, and looks whether a test notices.

    python -m tests.security.mutating                     every mistake (hours)
    python -m tests.security.mutating --sample 100        so many, drawn by chance, always the same
    python -m tests.security.mutating --only permits.casework.access

Each mistake is tried by the tests that run its line, the quickest first; to know which those are,
all of them run once under coverage. What no test notices is listed; exit 1 if it is more than one
in ten.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from coverage import CoverageData

from tests.security.mutants import Mutant, mutants, path_of

ROOT = Path(__file__).parents[2]

TESTS = ("tests/casework", "tests/store", "tests/services/test_records.py")
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


def covered(folder: Path, names: Iterable[str]) -> Lines:
    """Which tests run which lines, found by running them all once."""
    data = folder / "coverage"
    sources = [f"--cov={name}" for name in names]
    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
            *("--cov-context=test", "--cov-report=", "--durations=0", "-vv", *sources),
            *(f"--deselect={one}" for one in SLOW),
            *TESTS,
        ],
        cwd=ROOT,
        env={**os.environ, "COVERAGE_FILE": str(data), "COVERAGE_CORE": "ctrace"},
        stdout=(folder / "covered.log").open("w", encoding="utf-8"),
        check=True,
    )
    took = _durations((folder / "covered.log").read_text(encoding="utf-8"))
    kept = CoverageData(str(data))
    kept.read()
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for file in kept.measured_files():
        for line, contexts in kept.contexts_by_lineno(file).items():
            tests = {one.partition("|")[0] for one in contexts if one}
            found[file, line] = sorted(tests, key=lambda one: (took.get(one, 0.0), one))
    return found


def _durations(log: str) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for line in log.splitlines():
        parts = line.split()
        if len(parts) == 3 and parts[1] in ("call", "setup") and parts[0].endswith("s"):
            found[parts[2]] += float(parts[0][:-1])
    return found


def noticed(mutant: Mutant, tests: list[str]) -> bool:
    """Whether any test fails with the mistake made."""
    parts = [tests[start : start + EACH] for start in range(0, len(tests), EACH)]
    return any(_fails(mutant, part) for part in (*parts, list(SLOW)))


def _fails(mutant: Mutant, tests: list[str]) -> bool:
    environment = {**os.environ, "PERMITS_MUTANT": f"{mutant.module}:{mutant.index}"}
    command = (sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider")
    try:
        run = subprocess.run(
            [*command, "-p", "tests.security.planting", *tests],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True  # a loop without end does not go unnoticed
    return run.returncode != 0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    names = asked.only or modules()
    every = [mutant for name in names for mutant in mutants(name)]
    tried = every
    if 0 < asked.sample < len(every):
        tried = random.Random(37).sample(every, asked.sample)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        lines = covered(Path(folder), names)
    files = {name: str(path_of(name)) for name in names}
    survivors: list[Mutant] = []
    with ThreadPoolExecutor(asked.processes) as pool:
        asked_of = [(one, lines.get((files[one.module], one.line), [])) for one in tried]
        for one, found in zip(tried, pool.map(lambda pair: noticed(*pair), asked_of), strict=True):
            if not found:
                survivors.append(one)
                print(f"not noticed: {one.key}", flush=True)
    share = 1 - len(survivors) / len(tried)
    print(
        f"{len(tried)} of {len(every)} mistakes tried, {len(tried) - len(survivors)} noticed"
        f" ({share:.1%}), {time.monotonic() - began:.0f} s"
    )
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
