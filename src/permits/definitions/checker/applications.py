"""Every application that conditions can tell apart, on every track.

An answer counts only where its question is put, and may be missing where it is optional, just as
in a real application.
"""

import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from permits.definitions.checker.edges import Edges
from permits.definitions.checker.shape import comparisons
from permits.definitions.conditions import FACTS, Answer, Condition, Facts
from permits.definitions.form import Question
from permits.definitions.schema import RELIEVED, Definition, TrackName

MOST_APPLICATIONS = 20_000

Met = tuple["Application", ...]


class TooWide(Exception):
    """The conditions read so much at once that not every application can be looked at."""


@dataclass(frozen=True, slots=True)
class Application:
    """What was answered, what holds of the case, and which of the conditions asked hold."""

    answers: Mapping[str, Answer]
    facts: Facts
    holding: frozenset[str]

    def meets(self, conditions: Iterable[str]) -> bool:
        return self.holding.issuperset(conditions)


class _Asked:
    """A condition that is asked once for each combination of what it reads: of a question or a
    fact it does not read there may be any number of answers."""

    def __init__(self, condition: Condition) -> None:
        self.condition = condition
        self._answers, self._facts = tuple(condition.answers), tuple(condition.facts)
        self._known: dict[tuple[Answer | None, ...], bool] = {}

    def holds(self, answers: Mapping[str, Answer], facts: Facts) -> bool:
        read = (*map(answers.get, self._answers), *map(facts.get, self._facts))
        held = self._known.get(read)
        if held is None:
            held = self._known[read] = self.condition.holds(answers, facts)
        return held


class _Read(tuple[object, ...]):
    """The parts of a definition that applications are made of, compared as what they are, not by
    what they say."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Read) and all(map(operator.is_, self, other))

    def __hash__(self) -> int:
        return hash(tuple(map(id, self)))


_PARTS = TypeAdapter(tuple[Any, ...])


@dataclass(frozen=True)
class _Memory:
    """What was found of the parts read; of no use for any others."""

    asked: dict[str, _Asked] = field(default_factory=dict)
    known: dict[tuple[frozenset[str], tuple[TrackName, ...]], Met | None] = field(
        default_factory=dict
    )


@lru_cache(maxsize=4)
def _memory(read: _Read) -> _Memory:
    """Definitions that share the parts read, and differ in others, share what was found."""
    return _memory_of(_PARTS.dump_json(tuple(read)))


@lru_cache(maxsize=4)
def _memory_of(_said: bytes) -> _Memory:
    """So do those that were read anew and say the same in these parts."""
    return _Memory()


class Applications:
    """The applications of a definition, found once for each set of conditions asked."""

    def __init__(self, definition: Definition, conditions: Mapping[str, Condition]) -> None:
        self.definition = definition
        self.conditions = conditions
        self._fields = {q.id: q for q in definition.form.answerable}
        read = (definition.form, definition.list, definition.tracks, definition.conditions)
        memory = _memory(_Read(read))
        self._asked, self._known = memory.asked, memory.known
        for name, condition in conditions.items():
            self._asked.setdefault(name, _Asked(condition))

    def telling(self, names: Iterable[str], *tracks: TrackName) -> Met:
        """Every application that the named conditions tell apart, on the tracks given or on all.

        TooWide if there are too many.
        """
        key = frozenset(names), tracks or tuple(self.definition.tracks)
        if key not in self._known:
            self._known[key] = self._all(*key)
        met = self._known[key]
        if met is None:
            raise TooWide
        return met

    def admitted(self, names: Iterable[str], track: TrackName) -> Iterator[Application]:
        """Those that may use a track other than the ordinary one, and which of the named
        conditions hold for them."""
        rows = self.definition.list if track in RELIEVED else {}
        for row in rows or (None,):
            yield from self.on_row(row, names, track)

    def on_row(
        self, row: str | None, names: Iterable[str], track: TrackName
    ) -> Iterator[Application]:
        """Those that may use the track on a row of the list; None if there is no list."""
        definition = self.definition
        exclusions = definition.exclusions if track in RELIEVED else {}
        shut = {exclusion.when for exclusion in exclusions.values()}
        admits = (definition.tracks[track].admits, definition.list[row].admits if row else None)
        needed = {name for name in admits if name is not None}
        for one in self.telling({*names, *shut, *needed}, track):
            if one.meets(needed) and not one.holding & shut and self._is_on(row, one):
                yield one

    def _is_on(self, row: str | None, one: Application) -> bool:
        if row is None:
            return True
        kind = self.definition.list[row].kind
        chosen = one.answers.get(self.list_field, row)
        return chosen == row and one.facts.get("case_kind", kind) == kind

    @property
    def list_field(self) -> str:
        """The field that names the row of the list, if there is one."""
        return next((n for n, q in self._fields.items() if q.type == "list_row"), "")

    def _all(self, names: frozenset[str], tracks: tuple[TrackName, ...]) -> Met | None:
        asked = [self.conditions[name] for name in self.conditions if name in names]
        answers = self._answers(asked)
        facts = self._facts({fact for condition in asked for fact in condition.facts}, tracks)
        if len(answers) * len(facts) > MOST_APPLICATIONS:
            return None
        told = {condition.name: self._asked[condition.name] for condition in asked}
        return tuple(
            Application(a, f, frozenset(n for n, c in told.items() if c.holds(a, f)))
            for a in answers
            for f in facts
        )

    def _answers(self, asked: list[Condition]) -> list[dict[str, Answer]]:
        """What can be answered, question by question: each is put or not, given those before.

        The list is cut off once there are too many.
        """
        reading = self._reading(asked)
        compared = tuple(c for condition in reading for c in comparisons(condition.source))
        edges = Edges(tuple(self.definition.list), self._fields, compared)
        read = {name for condition in reading for name in condition.answers}
        found: list[dict[str, Answer]] = [{}]
        for question in self._fields.values():
            if question.id in read and len(found) <= MOST_APPLICATIONS:
                values = edges.values(question)
                found = [more for one in found for more in self._with(one, question, values)]
        return found

    def _with(
        self, kept: dict[str, Answer], question: Question, values: Iterable[Answer]
    ) -> Iterator[dict[str, Answer]]:
        """The answers with each that can be given to one question more."""
        put = question.when is None or self._asked[question.when].holds(kept, {})
        if not put or not question.required:
            yield kept
        if put:
            yield from ({**kept, question.id: value} for value in values)

    def _reading(self, asked: list[Condition]) -> tuple[Condition, ...]:
        """The conditions asked, and those under which the questions they read are put."""
        found = dict.fromkeys(asked)
        waiting = list(asked)
        while waiting:
            for name in waiting.pop().answers:
                when = self.conditions.get(self._fields[name].when or "")
                if when is not None and when not in found:
                    found[when] = None
                    waiting.append(when)
        return tuple(found)

    def _facts(self, names: set[str], tracks: tuple[TrackName, ...]) -> list[Facts]:
        """What can hold of a case on one of the tracks, of the facts named."""
        wanted = sorted(names)
        found: dict[tuple[Answer, ...], Facts] = {}
        for track in tracks:
            domains = {**FACTS, **_fixed(self.definition, track)}
            for values in itertools.product(*(domains[name] for name in wanted)):
                found[values] = dict(zip(wanted, values, strict=True))
        return list(found.values())


def _fixed(definition: Definition, track: TrackName) -> dict[str, tuple[Answer, ...]]:
    """The facts that are fixed, or have fewer values, once the track is known."""
    return {
        "case_track": (track.value,),
        "case_on_the_spot": (definition.tracks[track].on_the_spot,),
        "case_kind": kinds_of(definition, track),
    }


def kinds_of(definition: Definition, track: TrackName) -> tuple[str, ...]:
    """The kinds of exemption a case on the track can get."""
    if track not in RELIEVED or not definition.list:
        return ("none",)
    return tuple(dict.fromkeys(row.kind for row in definition.list.values()))
