"""What a condition may look like: answers compared with constants or with each other, and joined.

Nothing else of CEL is let in. Arithmetic, functions and members may fail for an answer nobody
tried, or change their outcome between two that were. What is left changes only where an answer
meets a constant or another answer, so that trying the values there proves it for all others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from permits.definitions.conditions import Answer

_TOKEN = re.compile(
    r"""(?P<text>'[^'\\]*'|"[^"\\]*")
    | (?P<number>\.?\d[\w.]*)
    | (?P<name>[A-Za-z_]\w*)
    | (?P<sign>&&|\|\||[=!<>]=|[^\s\w])""",
    re.VERBOSE,
)
_ORDERED = frozenset({"<", "<=", ">", ">="})
_COMPARES = _ORDERED | {"==", "!="}
_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A name, and the constants it is compared with, or the other name."""

    name: str
    constants: tuple[Answer, ...] = ()
    other: str | None = None
    ordered: bool = False


class Unfit(ValueError):
    """The expression holds more than a condition may; `rule` says which rule that breaks."""

    def __init__(self, rule: str, says: str) -> None:
        super().__init__(says)
        self.rule = rule


@lru_cache(maxsize=4096)
def comparisons(source: str) -> tuple[Comparison, ...]:
    """What an expression that CEL can read compares; Unfit if it does anything else as well."""
    return tuple(_Reading(source).comparisons())


Operand = tuple[str | None, Answer]
"""A name, or None with a constant."""


class _Reading:
    """Goes through the tokens once. CEL has seen to the grammar: brackets are in pairs, and each
    sign stands between two things."""

    def __init__(self, source: str) -> None:
        self.tokens = [(str(m.lastgroup), m[0]) for m in _TOKEN.finditer(source)]
        self.at = 0

    @property
    def ahead(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def comparisons(self) -> Iterator[Comparison]:
        while True:
            negated = self.skip("!", "(").endswith("!")
            yield from self.comparison(negated=negated)
            self.skip(")")
            if not self.ahead:
                return
            self.take("&&", "||")

    def comparison(self, *, negated: bool) -> Iterator[Comparison]:
        """What stands between two connectives. CEL would negate `a` alone in `!a == b`."""
        left = self.operand()
        if self.ahead in _COMPARES and not negated:
            ordered = self.take(*_COMPARES) in _ORDERED
            yield from _compared(left, self.operand(), ordered=ordered)
        elif self.ahead == "in" and left[0] is not None and not negated:
            self.take("in")
            yield Comparison(left[0], tuple(self.listed()))

    def skip(self, *signs: str) -> str:
        """The signs that stand here, passed over."""
        passed = ""
        while self.ahead and self.ahead in signs:
            passed += self.take(*signs)
        return passed

    def take(self, *wanted: str) -> str:
        if self.ahead not in wanted:
            raise _unfit(self.ahead)
        self.at += 1
        return self.tokens[self.at - 1][1]

    def operand(self) -> Operand:
        kind, written = self.tokens[self.at]
        if kind == "number" and not written.isdecimal():
            says = f"numbers are whole; write a smaller unit instead of `{written}`"
            raise Unfit("cel.decimal", says)
        if kind == "sign" or written == "null":
            raise _unfit(written)
        self.at += 1
        if self.ahead == "(":
            raise _unfit(f"{written}(")
        if kind == "name" and written not in _TRUTHS:
            return written, written
        return None, _constant(kind, written)

    def listed(self) -> Iterator[Answer]:
        """The constants of a list."""
        self.take("[")
        while self.ahead != "]":
            name, value = self.operand()
            if name is not None:
                raise _unfit(name)
            yield value
            if self.ahead != "]":
                self.take(",")
        self.take("]")


def _constant(kind: str, written: str) -> Answer:
    match kind:
        case "text":
            return written[1:-1]
        case "number":
            return int(written)
        case _:
            return _TRUTHS[written]


def _compared(left: Operand, right: Operand, *, ordered: bool) -> Iterator[Comparison]:
    names = [name for name, _ in (left, right) if name is not None]
    constants = tuple(value for name, value in (left, right) if name is None)
    if names:
        yield Comparison(names[0], constants, (*names, None)[1], ordered)


def _unfit(written: str) -> Unfit:
    says = (
        f"`{written}` is more than a condition may hold: compare an answer with a constant, a"
        " list of them or another answer, and join comparisons with &&, || and !"
    )
    return Unfit("cel.shape", says)
