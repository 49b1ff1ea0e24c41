"""The values at which comparisons may change their outcome: for each field, as few as prove it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from permits.definitions.checker.shape import Comparison
from permits.definitions.conditions import Answer
from permits.definitions.form import LARGEST_NUMBER, NOT_LISTED, Question

_ANY_DAY = (date.min.toordinal(), date.max.toordinal())
_LONG_AGO, _FAR_AHEAD = date(2000, 1, 1).toordinal(), date(2099, 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class Edges:
    """What the fields of a form are compared with.

    A field is tried at each constant it is compared with and beside it. Fields that are compared
    with each other are tried around the constants and limits of all of them, at as many values as
    there are such fields, so that every order they can have is met.
    """

    rows: tuple[str, ...]
    fields: Mapping[str, Question]
    compared: tuple[Comparison, ...]

    def values(self, question: Question) -> tuple[Answer, ...]:
        """The values of a field that have to be tried."""
        rivals = self._rivals(question)
        constants = self._constants(rivals)
        match question.type:
            case "boolean":
                return (False, True)
            case "integer":
                ends = [end for rival in rivals for end in _limits(rival)]
                numbers = [c for c in constants if isinstance(c, int)]
                return _around(numbers, ends, len(rivals), _limits(question))
            case "choice":
                return tuple(question.options)
            case "list_row":
                return (*self.rows, NOT_LISTED)
            case "date":
                days = [n for c in constants if (n := ordinal(c)) is not None]
                near = _around(days, [_LONG_AGO, _FAR_AHEAD], len(rivals), _ANY_DAY)
                return tuple(date.fromordinal(n).isoformat() for n in near)
            case "text" | "long_text" | "phone" | "credit_code" | "project_code" | "entries":
                texts = [c for c in constants if isinstance(c, str)]
                others = ["…" * n for n in range(1, len(rivals) + 1)]
                return tuple(dict.fromkeys((*texts, "", *others)))

    def _rivals(self, question: Question) -> list[Question]:
        """The field, and those of its type if it is compared with one of them."""
        named = {n for c in self.compared if c.other is not None for n in (c.name, c.other)}
        if question.id not in named:
            return [question]
        return [q for q in self.fields.values() if q.id in named and q.type == question.type]

    def _constants(self, rivals: Iterable[Question]) -> list[Answer]:
        names = {rival.id for rival in rivals}
        return [value for c in self.compared if c.name in names for value in c.constants]


def _limits(question: Question) -> tuple[int, int]:
    most = LARGEST_NUMBER if question.most is None else question.most
    return question.least or 0, most


def _around(
    constants: Iterable[int], ends: Iterable[int], reach: int, limits: tuple[int, int]
) -> tuple[int, ...]:
    """Numbers within the limits: `reach` on both sides of each constant, and of each end if there
    is more than one field to be told apart."""
    near = range(-reach, reach + 1)
    found = {constant + d for constant in constants for d in near}
    found |= {end + d for end in ends for d in (near if reach > 1 else (0,))}
    return tuple(sorted(n for n in found if limits[0] <= n <= limits[1]))


def ordinal(constant: Answer) -> int | None:
    """The number of a day; None for what is no day."""
    try:
        day = date.fromisoformat(str(constant))
    except ValueError:
        return None
    return day.toordinal() if day.isoformat() == constant else None
