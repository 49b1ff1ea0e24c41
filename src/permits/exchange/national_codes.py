"""Codes of the national exchange that no source of ours settles, as an office writes them down:
each from a day on, and with what it rests on."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from permits.exchange.declared import BadDeclaration, Declaration, read_declaration, told


def _day(written: object) -> object:
    return date.fromisoformat(written) if isinstance(written, str) else written


class Row(Declaration):
    """A code from a day on, until the next row of its name."""

    since: Annotated[date, BeforeValidator(_day)] = Field(alias="from")
    code: Annotated[str, Field(min_length=1)]
    basis: Annotated[str, Field(min_length=1)]


class _File(Declaration):
    national: Literal[1]
    codes: dict[str, Annotated[tuple[Row, ...], Field(min_length=1, strict=False)]]


class NoCode(LookupError):
    """No code of that name holds on that day."""

    def __init__(self, name: str, on: date) -> None:
        super().__init__(f"{name} on {on}")
        self.name = name
        self.on = on


class Codes:
    """The codes of an office."""

    def __init__(self, rows: dict[str, tuple[Row, ...]]) -> None:
        self._rows = {
            name: tuple(sorted(those, key=lambda row: row.since)) for name, those in rows.items()
        }

    def at(self, name: str, on: date) -> str:
        """The code of that name which holds on a day. Raises NoCode."""
        held = [row.code for row in self._rows.get(name, ()) if row.since <= on]
        if not held:
            raise NoCode(name, on)
        return held[-1]


def read_codes(text: str, file: str) -> Codes:
    """The codes in a file. Raises BadDeclaration."""
    found, marks = read_declaration(text, file, _File)
    twice = tuple(told(file, marks, *each) for each in _twice(found))
    if twice:
        raise BadDeclaration(twice)
    return Codes(found.codes)


def _twice(found: _File) -> Iterator[tuple[tuple[Any, ...], str]]:
    for name, rows in found.codes.items():
        days = [row.since for row in rows]
        for day in sorted({day for day in days if days.count(day) > 1}):
            yield ("codes", name), f"two codes begin on {day}"
