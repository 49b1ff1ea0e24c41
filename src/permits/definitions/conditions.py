"""Named conditions: CEL expressions compiled once and asked about a case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import cel

from permits.definitions.form import Question
from permits.definitions.schema import Definition, TrackName

Plain = str | int | bool
Entry = dict[str, Plain]
"""What is answered of one of several things, by column."""

Answer = Plain | tuple[Entry, ...]
Facts = Mapping[str, Answer]

FACTS: dict[str, tuple[Answer, ...]] = {
    "case_track": tuple(name.value for name in TrackName),
    "case_on_the_spot": (False, True),
    "case_kind": ("none", "with_filing", "outright"),
    "case_corrections": (0, 1, 2),
    "case_result": ("open", "granted", "refused"),
}
"""What a condition may ask of the case itself, with the values it can have."""

BY_TRACK = frozenset({"case_track", "case_on_the_spot"})
"""Facts that are fixed once the track is known."""


PROGRAMS_KEPT = 1_024
"""Compiled expressions that are kept; a program holds nothing of a case."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled expression. Asking it never changes anything and never reads anything else."""

    name: str
    source: str
    answers: frozenset[str]
    facts: frozenset[str]
    _program: Any = field(repr=False, compare=False)

    def holds(self, answers: Mapping[str, Answer], facts: Facts) -> bool:
        """Whether it holds. A condition about a question that was not put does not hold."""
        values: dict[str, Any] = {name: facts[name] for name in self.facts}
        for name in self.answers:
            if name not in answers:
                return False
            values[name] = answers[name]
        return self._program.execute(values) is True

    def ask(self, values: Mapping[str, Answer]) -> object:
        """What the expression gives for these values, whatever it is; raises one of FAILS."""
        return self._program.execute(dict(values))


FAILS = (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError)
"""What CEL raises if an expression cannot be reckoned: a division by nothing, too large a number,
no such key, no such function, values that do not go together, text that cannot be read."""


def compile_condition(name: str, source: str) -> Condition:
    """The compiled expression; ValueError with one line of explanation if CEL cannot read it."""
    try:
        program = _program(source)
    except ValueError as error:
        says = str(error).removeprefix(f"Failed to parse expression '{source}': ")
        raise ValueError(says.splitlines()[0]) from None
    variables = frozenset(program.variables())
    facts = frozenset(variables & FACTS.keys())
    return Condition(name, source, variables - facts, facts, program)


@lru_cache(maxsize=PROGRAMS_KEPT)
def _program(source: str) -> Any:
    return cel.compile(source)


def compile_all(definition: Definition) -> dict[str, Condition]:
    """Every condition of a checked definition, by name."""
    return {n: compile_condition(n, c.when) for n, c in definition.conditions.items()}


def ask(
    conditions: Mapping[str, Condition],
    names: Iterable[str],
    answers: Mapping[str, Answer],
    facts: Facts,
) -> tuple[str, ...]:
    """Which of the named conditions do *not* hold."""
    return tuple(n for n in names if not conditions[n].holds(answers, facts))


def shown(
    definition: Definition, conditions: Mapping[str, Condition], answers: Mapping[str, Answer]
) -> tuple[Question, ...]:
    """The questions that are put, and the totals of those, given the answers so far.

    A question hidden by its condition hides, in turn, what depends on it: only answers to
    questions that are put are looked at.
    """
    put: list[Question] = []
    seen: dict[str, Answer] = {}
    for question in definition.form.answerable:
        if question.when is None or conditions[question.when].holds(seen, {}):
            put.append(question)
            if question.id in answers:
                seen[question.id] = answers[question.id]
    return tuple(put)
