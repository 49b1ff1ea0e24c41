"""The situations a condition can meet: values at the edges of every field and fact it reads.

An answer counts only where its question is put, and may be missing where it is optional, just as
in a real application.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import prod

from permits.definitions.conditions import FACTS, Answer, Condition, Facts
from permits.definitions.form import LARGEST_NUMBER, NOT_LISTED, Question
from permits.definitions.schema import Definition, TrackName

MOST_COMBINATIONS = 20_000

_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class Situation:
    """What was answered, and what holds of the case."""

    answers: Mapping[str, Answer]
    facts: Facts

    def meets(self, conditions: Iterable[Condition]) -> bool:
        return all(c.holds(self.answers, self.facts) for c in conditions)


def quoted(source: str) -> tuple[str, ...]:
    """The texts an expression names."""
    return tuple(a or b for a, b in _QUOTED.findall(source))


def values_at_edges(definition: Definition, question: Question, source: str) -> tuple[Answer, ...]:
    """Values of a field at which an expression may change its answer: each constant it names and
    its neighbours, every option, both truths."""
    match question.type:
        case "boolean":
            return (False, True)
        case "integer":
            edges = {n + d for n in map(int, _NUMBER.findall(source)) for d in (-1, 0, 1)}
            least = question.least or 0
            most = LARGEST_NUMBER if question.most is None else question.most
            return tuple(sorted(e for e in edges | {least, most} if least <= e <= most))
        case "choice":
            return tuple(question.options)
        case "list_row":
            return (*definition.list, NOT_LISTED)
        case "date":
            return tuple(sorted({*quoted(source), "2000-01-01", "2099-12-31"}))
        case "text" | "long_text" | "phone" | "credit_code" | "project_code":
            return tuple(dict.fromkeys((*quoted(source), "", "…")))


def facts_of(definition: Definition, track: TrackName) -> Facts:
    """The facts that are fixed once the track is known."""
    return {"case_track": track.value, "case_on_the_spot": definition.tracks[track].on_the_spot}


def kinds_of(definition: Definition, track: TrackName) -> tuple[str, ...]:
    """The kinds of exemption a case on the track can get."""
    if track is TrackName.ORDINARY or not definition.list:
        return ("none",)
    return tuple(dict.fromkeys(row.kind for row in definition.list.values()))


class TooWide(Exception):
    """The conditions read so much at once that not every situation can be looked at."""


def situations(
    definition: Definition,
    conditions: Mapping[str, Condition],
    asked: Iterable[Condition],
    tracks: Iterable[TrackName] = (),
) -> tuple[Situation, ...]:
    """Every situation that the conditions `asked` can tell apart, on the tracks given or on all.

    `conditions` are all of the definition's, for a question may be put only under one of them.
    TooWide if there are too many combinations.
    """
    asked = tuple(asked)
    answers = tuple(_answers(definition, conditions, asked))
    facts = {name for condition in asked for name in condition.facts}
    known = tuple(_facts(definition, facts, tuple(tracks) or tuple(definition.tracks)))
    if len(answers) * len(known) > MOST_COMBINATIONS:
        raise TooWide
    return tuple(Situation(a, f) for a in answers for f in known)


def _facts(
    definition: Definition, names: set[str], tracks: tuple[TrackName, ...]
) -> Iterator[Facts]:
    seen = set()
    for track in tracks:
        fixed = {**facts_of(definition, track)}
        domains = {**FACTS, **{n: (v,) for n, v in fixed.items()}}
        domains["case_kind"] = kinds_of(definition, track)
        wanted = sorted(names)
        for values in itertools.product(*(domains[name] for name in wanted)):
            if values not in seen:
                seen.add(values)
                yield dict(zip(wanted, values, strict=True))


def _answers(
    definition: Definition, conditions: Mapping[str, Condition], asked: tuple[Condition, ...]
) -> Iterator[Mapping[str, Answer]]:
    fields = {q.id: q for q in definition.form.questions}
    reading = _reading(fields, conditions, asked)
    source = " ".join(c.source for c in reading)
    read = {name for c in reading for name in c.answers}
    questions = [q for q in definition.form.questions if q.id in read]
    domains = [_given(definition, question, source) for question in questions]
    if prod(map(len, domains)) > MOST_COMBINATIONS:
        raise TooWide
    seen = set()
    for values in itertools.product(*domains):
        kept = _put(conditions, questions, values)
        key = tuple(kept.items())
        if key not in seen:
            seen.add(key)
            yield kept


def _put(
    conditions: Mapping[str, Condition],
    questions: Iterable[Question],
    values: Iterable[Answer | None],
) -> dict[str, Answer]:
    """The answers to those questions that are put, given the answers before them."""
    kept: dict[str, Answer] = {}
    for question, value in zip(questions, values, strict=True):
        put = question.when is None or conditions[question.when].holds(kept, {})
        if put and value is not None:
            kept[question.id] = value
    return kept


def _given(definition: Definition, question: Question, source: str) -> tuple[Answer | None, ...]:
    values = values_at_edges(definition, question, source)
    return values if question.required else (None, *values)


def _reading(
    fields: Mapping[str, Question],
    conditions: Mapping[str, Condition],
    asked: tuple[Condition, ...],
) -> tuple[Condition, ...]:
    """The conditions asked, and those under which the questions they read are put."""
    found = dict.fromkeys(asked)
    waiting = list(asked)
    while waiting:
        for name in waiting.pop().answers:
            when = conditions.get(fields[name].when or "")
            if when is not None and when not in found:
                found[when] = None
                waiting.append(when)
    return tuple(found)
