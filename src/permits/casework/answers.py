"""Answers to the questions of a form: read once at the door, and trusted from there on."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from permits.casework.characters import characters, showable
from permits.casework.identifiers import is_credit_code, is_project_code
from permits.casework.parts import Seal
from permits.definitions.checker.asking import NOT_LISTED
from permits.definitions.conditions import Answer
from permits.definitions.edition import Edition
from permits.definitions.form import MOST_CHARACTERS, Question

MOST_NUMBER = 10**12


class Fault(StrEnum):
    """What is wrong with an answer. Each needs a text in both languages."""

    MISSING = "missing"
    NOT_ASKED = "not_asked"
    UNKNOWN_FIELD = "unknown_field"
    NOT_A_NUMBER = "not_a_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_TEXT = "not_a_text"
    NOT_A_DATE = "not_a_date"
    NOT_A_TRUTH = "not_a_truth"
    NOT_A_CREDIT_CODE = "not_a_credit_code"
    NOT_A_PROJECT_CODE = "not_a_project_code"
    NOT_A_PHONE = "not_a_phone"
    CONTROL_CHARACTER = "control_character"


class Problem(msgspec.Struct, frozen=True):
    """A fault of one field; `limit` is the number it breaks, where there is one."""

    field: str
    fault: Fault
    limit: int | None = None


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
    earlier answer did nothing wrong.
    """
    answers: dict[str, Answer] = {}
    personal: dict[str, str] = {}
    problems = [Problem(n, Fault.UNKNOWN_FIELD) for n in raw if n not in edition.questions]
    for question in edition.questions.values():
        if not put(edition, question, answers):
            continue
        value = _blank(raw.get(question.id))
        wanted = only is None or question.id in only
        if value is None:
            if question.required and wanted:
                problems.append(Problem(question.id, Fault.MISSING))
            continue
        read = _read(edition, question, value)
        if isinstance(read, Problem):
            problems.extend([read] if wanted else [])
        elif question.personal is not None:
            personal[question.id] = str(read)
        else:
            answers[question.id] = read
    return Read(answers, personal, tuple(problems))


def put(edition: Edition, question: Question, answers: Mapping[str, Answer]) -> bool:
    """Whether the question is asked at all, given the answers to those before it."""
    return question.when is None or edition.conditions[question.when].holds(answers, {})


def faults(
    edition: Edition, answers: Mapping[str, Answer], seals: Mapping[str, Seal]
) -> tuple[Problem, ...]:
    """What is wrong with answers that say they were read: nothing, if `read_answers` made them.

    Personal answers are seals by now, of which only the presence can be asked.
    """
    found = [Problem(n, Fault.UNKNOWN_FIELD) for n in answers if n not in edition.questions]
    for question in edition.questions.values():
        held: Mapping[str, Answer] = answers if question.personal is None else seals
        value = held.get(question.id)
        if not put(edition, question, answers):
            found += [Problem(question.id, Fault.NOT_ASKED)] if value is not None else []
        elif value is None:
            found += [Problem(question.id, Fault.MISSING)] if question.required else []
        elif question.personal is None:
            read = _read(edition, question, value)
            found += [read] if isinstance(read, Problem) else []
    return tuple(found)


def _blank(value: object) -> object | None:
    if isinstance(value, str):
        return value.strip() or None
    return value


def _read(edition: Edition, question: Question, value: object) -> Answer | Problem:
    match question.type:
        case "integer":
            return _number(question, value)
        case "boolean":
            return _truth(question, value)
        case "choice":
            return _one_of(question, value, tuple(question.options))
        case "list_row":
            return _one_of(question, value, (*edition.definition.list, NOT_LISTED))
        case "date":
            return _date(question, value)
        case "text" | "long_text":
            return _text(question, value)
        case "credit_code" | "project_code" | "phone":
            return _coded(question, value)


def _number(question: Question, value: object) -> Answer | Problem:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return Problem(question.id, Fault.NOT_A_NUMBER)
    digits = str(value)
    sign, body = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
    if not (body.isascii() and body.isdigit()):
        return Problem(question.id, Fault.NOT_A_NUMBER)
    if len(body) > len(str(MOST_NUMBER)):
        return Problem(question.id, Fault.TOO_LARGE, question.most or MOST_NUMBER)
    number = sign * int(body)
    least, most = question.least or 0, question.most or MOST_NUMBER
    if number < least:
        return Problem(question.id, Fault.TOO_SMALL, least)
    if number > most:
        return Problem(question.id, Fault.TOO_LARGE, most)
    return number


def _truth(question: Question, value: object) -> Answer | Problem:
    truths: dict[object, bool] = {True: True, False: False, "true": True, "false": False}
    found = truths.get(value) if isinstance(value, bool | str) else None
    return Problem(question.id, Fault.NOT_A_TRUTH) if found is None else found


def _one_of(question: Question, value: object, options: tuple[str, ...]) -> Answer | Problem:
    if isinstance(value, str) and value in options:
        return value
    return Problem(question.id, Fault.NOT_A_CHOICE)


def _date(question: Question, value: object) -> Answer | Problem:
    """A date is kept as ISO text, `2022-06-09`, which sorts and compares as dates do."""
    text = str(value)
    try:
        found = date.fromisoformat(text).isoformat()
    except ValueError:
        found = ""
    return text if found == text else Problem(question.id, Fault.NOT_A_DATE)


def _text(question: Question, value: object) -> Answer | Problem:
    if not isinstance(value, str):
        return Problem(question.id, Fault.NOT_A_TEXT)
    text = value.replace("\r\n", "\n")
    most = question.most or MOST_CHARACTERS[question.type]
    if not showable(text, lines=question.type == "long_text"):
        return Problem(question.id, Fault.CONTROL_CHARACTER)
    return text if characters(text) <= most else Problem(question.id, Fault.TOO_LONG, most)


def _coded(question: Question, value: object) -> Answer | Problem:
    text = str(value)
    match question.type:
        case "credit_code":
            text = text.upper()
            return text if is_credit_code(text) else Problem(question.id, Fault.NOT_A_CREDIT_CODE)
        case "project_code":
            good = is_project_code(text)
            return text if good else Problem(question.id, Fault.NOT_A_PROJECT_CODE)
        case _:
            digits = text.removeprefix("+").replace("-", "").replace(" ", "")
            good = digits.isascii() and digits.isdigit() and 6 <= len(digits) <= 15
            return text if good else Problem(question.id, Fault.NOT_A_PHONE)
