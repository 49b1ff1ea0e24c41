"""What an author of definitions waits for: the proof of a definition, and the command line."""

import json
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.measure import Figure, interleaved, stopwatch
from benchmarks.size import Size
from permits.definitions import checker, loader
from permits.definitions.checker.applications import Applications
from permits.definitions.checker.space import MOST_NODES, explore
from permits.definitions.conditions import compile_all
from permits.definitions.fitting import whole
from permits.definitions.loader import Resolved
from permits.settings import shipped

HOW = """\
A definition is proved before it may be published: every situation a case can come to is
enumerated by driving the real chart, with every condition answered both ways."""

CHECKED_IN = 1.0
STARTED_IN = 0.5


def figures(size: Size) -> Iterator[Figure]:
    """Seconds to check the largest shipped definition, and to start."""
    largest = max(_resolved(), key=lambda one: checker.situations(one.definition))
    taken = interleaved(
        {
            "check": lambda: _checked(largest),
            "explore": lambda: _explored(largest),
            "python": lambda: _started("-c", "pass"),
            "permits": lambda: _started("-m", "permits", "--help"),
        },
        size.rounds,
    )
    found = explore(_applications(largest), MOST_NODES)
    edges = sum(len(edges) for edges in found.edges.values())
    yield Figure(
        f"Checking the largest shipped definition ({largest.definition.permit.id})",
        taken["check"],
        "s",
        goal=f"< {CHECKED_IN:.0f} s",
        met=taken["check"] < CHECKED_IN,
        why="the proof drives the real chart once for every way each action can turn out",
    )
    yield Figure("Situations enumerated in it", len(found.edges), "")
    yield Figure("Ways from one situation to another", edges, "")
    yield Figure("Ways enumerated", edges / taken["explore"], "/s")
    yield Figure(
        "`permits --help`",
        taken["permits"],
        "s",
        taken["permits"] / taken["python"],
        "an empty Python",
        f"< {STARTED_IN} s",
        taken["permits"] < STARTED_IN,
    )


def _resolved() -> tuple[Resolved, ...]:
    resolved, findings = loader.load_folder(shipped("workflows"))
    if findings:
        raise SystemExit("\n".join(map(str, findings)))
    return resolved


def _checked(one: Resolved) -> float:
    fitting = whole(one.definition, json.loads(one.content))
    with stopwatch() as taken:
        checker.check(fitting)
    return taken[0]


def _applications(one: Resolved) -> Applications:
    return Applications(one.definition, compile_all(one.definition))


def _explored(one: Resolved) -> float:
    applications = _applications(one)
    with stopwatch() as taken:
        explore(applications, MOST_NODES)
    return taken[0]


def _started(*arguments: str) -> float:
    with stopwatch() as taken:
        subprocess.run(  # noqa: S603 - this Python, with arguments of ours
            [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL
        )
    return taken[0]
