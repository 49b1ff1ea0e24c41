"""How much a fee comes to: exact, in integers, and nothing else.

An amount is reckoned in fen and parts of ten thousand and is rounded once, at the end.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

import msgspec

from permits.definitions.charges import PER, Fee, Line, Relief, Rounding
from permits.definitions.conditions import Answer
from permits.definitions.schema import Definition

_COINS = {"fen": 1, "jiao": 10, "yuan": 100}


class FeeLine(msgspec.Struct, frozen=True, gc=False):
    """A line of a fee: `per_10000` of a quantity, at so many fen for each unit. `rate_from` and
    `share_from` name the rows that were taken."""

    line: str
    quantity: int
    per_10000: int
    fen_per_unit: int
    rate: str
    rate_from: date
    share_from: date | None = None


Holds = Callable[[str | None], bool]
"""Whether a named condition holds for the case; no condition always does."""


class Dated(Protocol):
    """Something that held from one day to another."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...


Row = TypeVar("Row", bound=Dated)


class Amount(msgspec.Struct, frozen=True):
    """What a fee comes to, in fen: in full, and with the relief that helps most."""

    lines: tuple[FeeLine, ...]
    full_fen: int
    relief: str
    amount_fen: int


def holding(rows: Sequence[Row], on: date) -> Row | None:
    """The row that holds on a day."""
    for row in rows:
        if row.valid_from <= on and (row.valid_until is None or on <= row.valid_until):
            return row
    return None


def lines_of(fee: Fee) -> Mapping[str, Line]:
    """The lines of a fee; one that is reckoned from a field has one line."""
    if fee.quantity is None or fee.rate is None:
        return fee.lines
    line = Line(title=fee.title, fields=(fee.quantity,), rate=fee.rate, basis=fee.basis)
    return {fee.rate: line}


def reckon(
    definition: Definition, fee: Fee, answers: Mapping[str, Answer], holds: Holds, on: date
) -> Amount | None:
    """What a fee comes to on a day; None if a line that counts has no rate or share that day.

    A line of which no field was put does not count. Of several reliefs that are due the one that
    charges least is given, and they are not added up.
    """
    found: list[FeeLine] = []
    for name, line in lines_of(fee).items():
        given = (answers.get(field) for field in line.fields)
        asked = [number for number in given if isinstance(number, int)]
        if not asked or not holds(line.when):
            continue
        counted = _line(definition, name, line, sum(asked), on)
        if counted is None:
            return None
        found.append(counted)
    parts = sum(one.quantity * one.per_10000 * one.fen_per_unit for one in found)
    name, charged = _relief(fee.reliefs, holds, on)
    full = rounded(parts, PER, fee.rounding)
    return Amount(tuple(found), full, name, rounded(parts * charged, PER * PER, fee.rounding))


def _line(definition: Definition, name: str, line: Line, sum_: int, on: date) -> FeeLine | None:
    rate = holding(definition.rates[line.rate].rows, on)
    share = None if line.share is None else holding(definition.shares[line.share].rows, on)
    if rate is None or (line.share is not None and share is None):
        return None
    return FeeLine(
        line=name,
        quantity=sum_,
        per_10000=PER if share is None else share.per_10000,
        fen_per_unit=rate.fen,
        rate=line.rate,
        rate_from=rate.valid_from,
        share_from=None if share is None else share.valid_from,
    )


def _relief(reliefs: Mapping[str, Relief], holds: Holds, on: date) -> tuple[str, int]:
    due = [
        (relief.charged_per_10000, place, name)
        for place, (name, relief) in enumerate(reliefs.items())
        if holding((relief,), on) is not None and holds(relief.when)
    ]
    charged, _place, name = min(due, default=(PER, 0, ""))
    return name, charged


def rounded(amount: int, of: int, rule: Rounding) -> int:
    """`amount`/`of` fen, rounded to the coin of the rule; in fen. Neither is negative."""
    coin = _COINS[rule.to]
    whole, rest = divmod(amount, of * coin)
    twice = 2 * rest - of * coin
    match rule.how:
        case "up":
            more = rest > 0
        case "down":
            more = False
        case "half_up":
            more = twice >= 0
        case _:
            more = twice > 0 or (twice == 0 and whole % 2 == 1)
    return (whole + more) * coin
