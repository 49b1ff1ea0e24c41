"""Which few questions decide whether a permit type fits and by which track, and what they come to.

They are read off the definition: whatever its exclusions, its list, its tracks and its materials
make depend on answers is asked, with the questions these in turn depend on.
"""

from collections.abc import Iterator, Mapping

import msgspec

from permits.casework.answers import Problem, put, read_answers
from permits.casework.refusals import Refused
from permits.casework.tracks import shut
from permits.definitions.conditions import Answer
from permits.definitions.edition import Edition
from permits.definitions.form import Question
from permits.definitions.schema import Definition, TrackName


class Screening(msgspec.Struct, frozen=True):
    """The questions put so far and what is still wrong or missing; once nothing is, `tracks` says
    of each track why it is shut, or None."""

    questions: tuple[Question, ...]
    answers: dict[str, Answer]
    problems: tuple[Problem, ...]
    tracks: dict[TrackName, Refused | None]


def screen(edition: Edition, typed: Mapping[str, str]) -> Screening:
    """What the answers typed so far come to; what decides nothing is passed over."""
    decisive = {question.id for question in deciding(edition)}
    known = {name: text for name, text in typed.items() if name in decisive}
    read = read_answers(edition, known, only=frozenset(decisive))
    questions = tuple(q for q in deciding(edition) if put(edition, q, read.answers))
    tracks = edition.definition.tracks
    found = {} if read.problems else {name: shut(edition, name, read.answers) for name in tracks}
    return Screening(questions, read.answers, read.problems, found)


def deciding(edition: Edition) -> tuple[Question, ...]:
    """The questions that decide, in the order of the form. None of them is about a person. Where
    a total decides, it is asked for itself in place of its entries."""
    wanted = set(_fields(edition, _conditions(edition.definition)))
    if edition.list_field is not None:
        wanted.add(edition.list_field)
    for question in reversed([*edition.answerable.values()]):
        if question.id in wanted and question.when is not None:
            wanted.update(edition.conditions[question.when].answers)
    return tuple(q for q in edition.answerable.values() if q.id in wanted and q.personal is None)


def _conditions(definition: Definition) -> Iterator[str]:
    """What tracks, exclusions, the list and the materials make depend on answers."""
    yield from (track.admits for track in definition.tracks.values() if track.admits)
    yield from (exclusion.when for exclusion in definition.exclusions.values())
    yield from (row.admits for row in definition.list.values())
    yield from (material.when for material in definition.materials.values() if material.when)
    yield from (m.settled.when for m in definition.materials.values() if m.settled)


def _fields(edition: Edition, conditions: Iterator[str]) -> Iterator[str]:
    for name in conditions:
        yield from edition.conditions[name].answers
