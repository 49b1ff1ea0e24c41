"""Answers to the questions of a form: read once at the door, and trusted from there on."""

from collections.abc import Iterator, Mapping

import msgspec

from permits.casework.entries import none_filled_in, read_entries, totals_of
from permits.casework.parts import Seal
from permits.casework.plain_answers import Fault, Problem, read_plain
from permits.definitions.checker.asking import NOT_LISTED
from permits.definitions.conditions import Answer
from permits.definitions.edition import Edition
from permits.definitions.form import Question


class Read(msgspec.Struct, frozen=True):
    """Answers as the rules use them, personal ones apart, and everything wrong with them."""

    answers: dict[str, Answer]
    personal: dict[str, str]
    problems: tuple[Problem, ...]


def read_answers(
    edition: Edition, raw: Mapping[str, object], *, only: frozenset[str] | None = None
) -> Read:
    """Read what was typed or sent. With `only`, just these fields are looked at, the rest of
    `raw` being answers read before.

    Texts are stripped. An empty text is no answer. Fields that are not put, given the other
    answers, are left out silently when a form brings them along, because a person who changes an
    earlier answer did nothing wrong. Totals are always made anew of the entries; before there are
    any, one that `only` names is read like a number that is asked.
    """
    answers: dict[str, Answer] = {}
    personal: dict[str, str] = {}
    problems = [Problem(n, Fault.UNKNOWN_FIELD) for n in raw if n not in edition.answerable]
    asked = edition.questions if only is None else _asked(edition, raw, only)
    for question in asked.values():
        if not put(edition, question, answers):
            continue
        value = _blank(question, raw.get(question.id))
        wanted = only is None or question.id in only
        if value is None:
            if question.required and wanted:
                problems.append(Problem(question.id, Fault.MISSING))
            continue
        read = _read(edition, question, value)
        if isinstance(read, tuple):
            problems.extend(read if wanted else ())
        elif question.personal is not None:
            personal[question.id] = str(read[question.id])
        else:
            answers.update(read)
    return Read(answers, personal, tuple(problems))


def _asked(
    edition: Edition, raw: Mapping[str, object], only: frozenset[str]
) -> Mapping[str, Question]:
    """The questions, and the totals that are asked for themselves in place of their entries."""
    found: dict[str, Question] = {}
    for question in edition.questions.values():
        instead = [total for total in question.made if total.id in only]
        if instead and question.id not in raw:
            found.update({total.id: total for total in instead})
        else:
            found[question.id] = question
    return found


def put(edition: Edition, question: Question, answers: Mapping[str, Answer]) -> bool:
    """Whether the question is asked at all, given the answers to those before it."""
    return question.when is None or edition.conditions[question.when].holds(answers, {})


def faults(
    edition: Edition, answers: Mapping[str, Answer], seals: Mapping[str, Seal]
) -> tuple[Problem, ...]:
    """What is wrong with answers that say they were read: nothing, if `read_answers` made them.

    Personal answers are seals by now, of which only the presence can be asked.
    """
    found = [Problem(n, Fault.UNKNOWN_FIELD) for n in answers if n not in edition.answerable]
    for question in edition.questions.values():
        held: Mapping[str, Answer] = answers if question.personal is None else seals
        value = held.get(question.id)
        if not put(edition, question, answers):
            found += [Problem(question.id, Fault.NOT_ASKED)] if value is not None else []
        elif value is None:
            found += [Problem(question.id, Fault.MISSING)] if question.required else []
        elif question.personal is None:
            read = _read(edition, question, value)
            found += read if isinstance(read, tuple) else _otherwise(question, read, answers)
    return (*found, *_without_entries(edition, answers))


def _otherwise(
    question: Question, read: Mapping[str, Answer], answers: Mapping[str, Answer]
) -> list[Problem]:
    """Entries that are not as they are read, or whose totals are others."""
    if question.type != "entries" or all(answers.get(n) == value for n, value in read.items()):
        return []
    return [Problem(question.id, Fault.NOT_THE_TOTAL)]


def _without_entries(edition: Edition, answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """Totals of entries that are not there."""
    for question in edition.questions.values():
        if question.id not in answers:
            named = (name for name in question.totals if name in answers)
            yield from (Problem(name, Fault.NOT_ASKED) for name in named)


def _blank(question: Question, value: object) -> object | None:
    if question.type == "entries":
        return None if value is None or none_filled_in(value) else value
    if isinstance(value, str):
        return value.strip() or None
    return value


def _read(
    edition: Edition, question: Question, value: object
) -> dict[str, Answer] | tuple[Problem, ...]:
    """The answer by the name of its question, with the totals of its entries."""
    if question.type == "entries":
        found = read_entries(question, value)
        if found.problems:
            return found.problems
        return {question.id: found.entries, **totals_of(question, found.entries)}
    rows = (*edition.definition.list, NOT_LISTED) if question.type == "list_row" else ()
    read = read_plain(question, value, rows)
    return (read,) if isinstance(read, Problem) else {question.id: read}


__all__ = ["Fault", "Problem", "Read", "faults", "put", "read_answers"]
