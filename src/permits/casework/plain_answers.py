"""One answer, read: of a type, within its limits, or what is wrong with it."""

from collections.abc import Container
from datetime import date
from enum import StrEnum

import msgspec

from permits.casework.characters import characters, showable
from permits.casework.identifiers import is_credit_code, is_project_code
from permits.definitions.conditions import Plain
from permits.definitions.form import LARGEST_NUMBER, MOST_CHARACTERS, Question


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
    NOT_ENTRIES = "not_entries"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    NOT_THE_TOTAL = "not_the_total"


class Problem(msgspec.Struct, frozen=True):
    """A fault of one field; `limit` is the number it breaks, where there is one. Within a field
    of several entries, `entry` counts from one and `column` names what is asked of it."""

    field: str
    fault: Fault
    limit: int | None = None
    entry: int = 0
    column: str = ""

    @property
    def place(self) -> str:
        """The name of what was filled in wrongly, as forms give it: `works`, `works.2.area`."""
        return f"{self.field}.{self.entry}.{self.column}" if self.column else self.field


def read_plain(question: Question, value: object, rows: Container[str]) -> Plain | Problem:
    """An answer to a question of any type but `entries`; `rows` are those of the list."""
    match question.type:
        case "integer":
            return _number(question, value)
        case "boolean":
            return _truth(question, value)
        case "choice":
            return _one_of(question, value, question.options)
        case "list_row":
            return _one_of(question, value, rows)
        case "date":
            return _date(question, value)
        case "text" | "long_text":
            return _text(question, value)
        case "credit_code" | "project_code" | "phone" | "entries":
            return _coded(question, value)


def _number(question: Question, value: object) -> Plain | Problem:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return Problem(question.id, Fault.NOT_A_NUMBER)
    digits = str(value)
    sign, body = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
    if not (body.isascii() and body.isdigit()):
        return Problem(question.id, Fault.NOT_A_NUMBER)
    if len(body) > len(str(LARGEST_NUMBER)):
        return Problem(question.id, Fault.TOO_LARGE, question.most or LARGEST_NUMBER)
    number = sign * int(body)
    least, most = question.least or 0, question.most or LARGEST_NUMBER
    if number < least:
        return Problem(question.id, Fault.TOO_SMALL, least)
    if number > most:
        return Problem(question.id, Fault.TOO_LARGE, most)
    return number


def _truth(question: Question, value: object) -> Plain | Problem:
    truths: dict[object, bool] = {True: True, False: False, "true": True, "false": False}
    found = truths.get(value) if isinstance(value, bool | str) else None
    return Problem(question.id, Fault.NOT_A_TRUTH) if found is None else found


def _one_of(question: Question, value: object, options: Container[str]) -> Plain | Problem:
    if isinstance(value, str) and value in options:
        return value
    return Problem(question.id, Fault.NOT_A_CHOICE)


def _date(question: Question, value: object) -> Plain | Problem:
    """A date is kept as ISO text, `2022-06-09`, which sorts and compares as dates do."""
    text = str(value)
    try:
        found = date.fromisoformat(text).isoformat()
    except ValueError:
        found = ""
    return text if found == text else Problem(question.id, Fault.NOT_A_DATE)


def _text(question: Question, value: object) -> Plain | Problem:
    if not isinstance(value, str):
        return Problem(question.id, Fault.NOT_A_TEXT)
    text = value.replace("\r\n", "\n")
    most = question.most or MOST_CHARACTERS[question.type]
    if not showable(text, lines=question.type == "long_text"):
        return Problem(question.id, Fault.CONTROL_CHARACTER)
    return text if characters(text) <= most else Problem(question.id, Fault.TOO_LONG, most)


def _coded(question: Question, value: object) -> Plain | Problem:
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
