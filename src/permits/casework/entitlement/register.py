"""The register of enterprises as it is imported: whole and right, or not at all.

The file is CSV in UTF-8. Its first line names the columns: `credit_code`, `name`, then those of
the register, by their names or by their Chinese titles, in any order.
"""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from permits.casework.characters import characters, showable
from permits.casework.envelope import Event, canonical
from permits.casework.identifiers import is_credit_code
from permits.definitions.conditions import Plain
from permits.definitions.policies.checker import most_of
from permits.definitions.policies.schema import Column, Register

STREAM = "register"
MOST_BYTES = 50_000_000
MOST_LINES = 500_000
LONGEST_NAME = 200

_HEADS = {"统一社会信用代码": "credit_code", "企业名称": "name"}
_TRUTHS = {"true": True, "false": False, "1": True, "0": False, "是": True, "否": False}

Problem = Literal[
    "encoding", "too_large", "empty", "unknown_column", "missing_column", "twice_column",
    "cells", "credit_code", "twice", "name", "missing", "integer", "least", "most", "boolean",
    "choice", "date", "text",
]  # fmt: skip


class RegisterImported(Event, frozen=True):
    """An edition of the register was imported: who supplied it, as of which day, the SHA-256 of
    the file, the digest of what it holds."""

    register: str
    edition: str
    as_of: date
    source: str
    sha256: str
    digest: str
    enterprises: int


class Entry(msgspec.Struct, frozen=True):
    """An enterprise in an edition of the register. A value that is not known is not there."""

    code: str
    name: str
    values: dict[str, Plain]


class Fault(msgspec.Struct, frozen=True):
    """What is wrong in a line; `column` is empty for the line as a whole. `wanted` is what would
    be right, as far as that can be listed."""

    line: int
    column: str
    problem: Problem
    found: str = ""
    wanted: str = ""


class Read(msgspec.Struct, frozen=True):
    """What a file holds, by credit code; or every fault, and then nothing of it is used."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


def read_register(raw: bytes, register: Register) -> Read:
    """The enterprises of a file, or everything that is wrong with it."""
    if len(raw) > MOST_BYTES:
        return Read((), (Fault(1, "", "too_large", wanted=str(MOST_BYTES)),))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Read((), (Fault(raw[: error.start].count(b"\n") + 1, "", "encoding"),))
    rows = csv.reader(io.StringIO(text, newline=""))
    heads = _heads(next(rows, []), register)
    wrong = tuple(_of_heads(heads, register))
    if wrong:
        return Read((), wrong)
    reading = _Reading(register, heads)
    for cells in rows:
        if any(cell.strip() for cell in cells):
            reading.line(rows.line_num, cells)
    return reading.done()


def digest_of(entries: Iterable[Entry]) -> str:
    """SHA-256, in hex, of what an edition holds, by credit code; however its file was written."""
    held = hashlib.sha256()
    for entry in sorted(entries, key=lambda one: one.code):
        held.update(canonical(entry) + b"\n")
    return held.hexdigest()


def _heads(cells: Iterable[str], register: Register) -> list[str]:
    titles = {**_HEADS, **{c.title.zh: c.id for c in register.columns}}
    return [titles.get(cell.strip(), cell.strip()) for cell in cells]


def _of_heads(heads: list[str], register: Register) -> Iterator[Fault]:
    wanted = ("credit_code", "name", *(column.id for column in register.columns))
    if not any(heads):
        yield Fault(1, "", "empty", wanted=", ".join(wanted))
        return
    for head in heads:
        if head not in wanted:
            yield Fault(1, head, "unknown_column", wanted=", ".join(wanted))
    for name, often in Counter(heads).items():
        if often > 1:
            yield Fault(1, name, "twice_column")
    for name in wanted:
        if name not in heads:
            yield Fault(1, name, "missing_column")


class _Reading:
    """Goes through the lines, and remembers what was there before."""

    def __init__(self, register: Register, heads: list[str]) -> None:
        self.columns = {column.id: column for column in register.columns}
        self.heads = heads
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []
        self.seen: dict[str, int] = {}

    def line(self, number: int, cells: list[str]) -> None:
        if len(cells) != len(self.heads):
            wanted = str(len(self.heads))
            self.faults.append(Fault(number, "", "cells", str(len(cells)), wanted))
            return
        held = dict(zip(self.heads, (cell.strip() for cell in cells), strict=True))
        faults = [*self._of_code(held["credit_code"], number), *_of_name(held["name"], number)]
        values: dict[str, Plain] = {}
        for name, column in self.columns.items():
            found = _value(column, held[name], number)
            if isinstance(found, Fault):
                faults.append(found)
            elif found is not None:
                values[name] = found
        self.faults += faults
        if not faults:
            self.entries.append(Entry(held["credit_code"], held["name"], values))

    def _of_code(self, code: str, number: int) -> Iterator[Fault]:
        if not is_credit_code(code):
            yield Fault(number, "credit_code", "credit_code", code)
        elif code in self.seen:
            yield Fault(number, "credit_code", "twice", code, str(self.seen[code]))
        self.seen.setdefault(code, number)

    def done(self) -> Read:
        if not self.entries and not self.faults:
            self.faults.append(Fault(1, "", "empty"))
        if len(self.entries) > MOST_LINES:
            self.faults.append(Fault(1, "", "too_large", wanted=str(MOST_LINES)))
        if self.faults:
            return Read((), tuple(self.faults))
        return Read(tuple(sorted(self.entries, key=lambda one: one.code)), ())


def _of_name(name: str, number: int) -> Iterator[Fault]:
    if not 0 < characters(name) <= LONGEST_NAME or not showable(name, lines=False):
        yield Fault(number, "name", "name", name[:40], str(LONGEST_NAME))


def _value(column: Column, cell: str, line: int) -> Plain | Fault | None:
    """The value of a cell; None for an empty one that may be empty."""
    if not cell:
        return Fault(line, column.id, "missing") if column.required else None
    match column.type:
        case "integer":
            return _integer(column, cell, line)
        case "boolean":
            fault = Fault(line, column.id, "boolean", cell, "true, false")
            return _TRUTHS.get(cell.lower(), fault)
        case "choice":
            fault = Fault(line, column.id, "choice", cell, ", ".join(column.options))
            return _chosen(column).get(cell, fault)
        case "date":
            return cell if _is_day(cell) else Fault(line, column.id, "date", cell)
        case "text":
            fits = characters(cell) <= most_of(column) and showable(cell, lines=False)
            return cell if fits else Fault(line, column.id, "text", cell[:40])


def _integer(column: Column, cell: str, line: int) -> int | Fault:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 15):
        return Fault(line, column.id, "integer", cell[:40])
    number, least, most = int(cell), column.least or 0, most_of(column)
    if number < least:
        return Fault(line, column.id, "least", cell, str(least))
    if number > most:
        return Fault(line, column.id, "most", cell, str(most))
    return number


def _chosen(column: Column) -> Mapping[str, str]:
    """The options of a choice by their names and by their Chinese titles."""
    titles = {title.zh: name for name, title in column.options.items()}
    return {**titles, **{name: name for name in column.options}}


def _is_day(cell: str) -> bool:
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False
