"""How long the machine runs: a moderate effort for every run of the tests, or for as many minutes
as PERMITS_TRIAL_MINUTES says, with other lives each time."""

import os
import time
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

MINUTES = float(os.environ.get("PERMITS_TRIAL_MINUTES", "0"))

LIVES, STEPS = 39, 80
"""For each theme that lives have."""

MODERATE = settings(
    max_examples=LIVES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
"""The same lives in every run, so that a run that fails fails again."""

DEEP = settings(
    MODERATE, derandomize=False, max_examples=100, stateful_step_count=110, print_blob=True
)

THEMES = 8

FINDING = settings(MODERATE, phases=(Phase.generate,), max_examples=THEMES * LIVES)
"""As many lives as all themes have together, without making what is found small: for mistakes
that are planted, which are looked for in the theme that has to do with them."""


def run(machine: type[RuleBasedStateMachine], how: settings = MODERATE) -> None:
    """Live as many lives as the effort says; raises what the first broken rule raises."""
    if not MINUTES or how is not MODERATE:
        run_state_machine_as_test(machine, settings=how)
        return
    until = time.monotonic() + 60 * MINUTES
    while time.monotonic() < until:
        run_state_machine_as_test(machine, settings=DEEP)


def of_theme(machine: type[RuleBasedStateMachine], theme: str) -> type[RuleBasedStateMachine]:
    """The machine with one theme; what it tries is counted with the machine's own."""
    return type(machine.__name__, (machine,), {"themes": {theme: machine.themes[theme]}})


def kinds(tried: Counter[str], word: str) -> int:
    """How many different things were counted that begin with a word."""
    return sum(1 for name in tried if name.startswith(word))


def summary(tried: Counter[str]) -> str:
    """What was tried, in a line."""

    def count(word: str) -> int:
        return sum(number for name, number in tried.items() if name.startswith(word))

    done, refused = count("carried out "), count("refused ")
    return (
        f"{tried['steps']:,} steps: {done:,} commands carried out"
        f" ({kinds(tried, 'carried out ')} kinds), {refused:,} refused for"
        f" {kinds(tried, 'because ')} reasons, {count('event '):,} events"
        f" ({kinds(tried, 'event ')} kinds), {tried['overtaken']:,} overtaken"
    )


def told(record_property: Any, name: str, tried: Counter[str]) -> None:
    """Let the run of the tests say what was tried."""
    record_property("tried", f"{name}: {summary(tried)}")
