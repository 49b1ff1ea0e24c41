"""Facts of very many made-up cases, written by the database itself in one statement that SQLite,
PostgreSQL and DuckDB understand alike: nine permit types in two editions each, two tracks, five
years of results. Nothing is drawn: each number is reckoned from the number of the case."""

from collections.abc import Iterator
from typing import NamedTuple

MONTHS = 60
FIRST_YEAR = 2021


class Kind(NamedTuple):
    """A made-up permit type of one department."""

    permit: str
    department: str
    promised: int
    statutory: int


KINDS = tuple(
    Kind(
        f"permit_{n}",
        f"department_{n // 3}",
        (2, 3, 5, 7, 10, 12, 15, 18, 20)[n],
        20 + 5 * (n % 3),
    )
    for n in range(9)
)
EDITIONS = 2


def department(place: int) -> str:
    """What stands in the place of the district too: one office decides for a department."""
    return KINDS[place].department


def select_facts(numbers: str, count: int) -> str:
    """The statement whose rows are `case_facts`; `numbers` is a source of numbers `i` from 0 up to
    `count`."""
    columns = ", ".join(f"{says} AS {name}" for name, says in _columns())
    return f"SELECT {columns} FROM ({_shared(numbers, count)}) AS made"


def _chance(salt: int, most: int) -> str:
    """A number below `most` that looks drawn."""
    return f"((((i % 65537) * ((i + {salt}) % 32749) + i * {salt * 7 + 1}) % 65521) % {most})"


def _shared(numbers: str, count: int) -> str:
    """What several columns rest on."""
    late = f"CASE WHEN {_chance(5, 100)} < 4 THEN 1 ELSE 0 END"
    return (
        f"SELECT i, CAST((i * {MONTHS} - (i * {MONTHS}) % {count}) / {count} AS INTEGER) AS m,"
        f" {_chance(11, len(KINDS))} AS k, {_chance(13, 100)} AS fate, {_chance(17, 100)} AS how,"
        f" {_chance(19, 28)} AS d, {_chance(23, 4)} AS u1, {_chance(29, 9)} AS u2,"
        f" {_chance(31, 7)} AS u3, {_chance(37, 100)} AS s, {_chance(41, 4)} AS x,"
        f" {_chance(43, 3)} AS y, {late} AS late FROM {numbers}"
    )


_TRACK = "(CASE WHEN how < 60 THEN 'commitment' ELSE 'ordinary' END)"
_RESULT = (
    "(CASE WHEN fate < 80 THEN 'granted' WHEN fate < 84 THEN 'refused' WHEN fate < 85 THEN"
    " 'revoked' WHEN fate < 89 THEN 'withdrawn' WHEN fate < 90 THEN 'not_accepted'"
    " ELSE 'open' END)"
)
_DAY = (
    f"(CAST({FIRST_YEAR} + CAST((m - m % 12) / 12 AS INTEGER) AS VARCHAR) || '-' ||"
    " substr(CAST(101 + m % 12 AS VARCHAR), 2, 2) || '-' ||"
    " substr(CAST(101 + d AS VARCHAR), 2, 2))"
)
_DECIDED, _GRANTED, _COMMITTED = "fate < 85", "fate < 80", "how < 60"
_USED = f"(CASE WHEN {_COMMITTED} THEN u1 ELSE u2 + u3 + u1 END)"
_SUSPENDED = "(CASE WHEN s < 5 THEN 1 + s * 2 + u1 ELSE 0 END)"


def _of_kind(field: str) -> str:
    values = " ".join(f"WHEN {n} THEN {getattr(one, field)!r}" for n, one in enumerate(KINDS))
    return f"(CASE k {values} END)"


def _when(condition: str, value: str, otherwise: str = "NULL") -> str:
    return f"(CASE WHEN {condition} THEN {value} ELSE {otherwise} END)"


def _columns() -> Iterator[tuple[str, str]]:
    """The columns of the table in their order, and what makes each."""
    edition = f"CASE WHEN m < {MONTHS // 2 + 3} THEN 'd' ELSE 'e' END"
    yield "case_id", "'case/' || CAST(10000000000 + i AS VARCHAR)"
    yield "number", "'GX-' || CAST(10000000000 + i AS VARCHAR)"
    yield "permit", _of_kind("permit")
    yield "definition", f"{_of_kind('permit')} || ({edition}) || '{'0' * 54}'"
    yield "department", _of_kind("department")
    yield "track", _TRACK
    yield "kind", "'none'"
    yield "result", _RESULT
    yield "received_on", _DAY
    yield "accepted_on", _when(_DECIDED, _DAY)
    yield "decided_on", _when(_DECIDED, _DAY)
    yield "result_on", _when("fate < 90", _DAY)
    yield "by_silence", "s = 99"
    yield "baseline_materials", "4 + k % 3 + 2 * y"
    yield "handed_in", "2"
    yield from _saved()


def _saved() -> Iterator[tuple[str, str]]:
    """The columns of what was saved, and those after them."""
    promised, statutory = _of_kind("promised"), _of_kind("statutory")
    exempt, shared, committed = (
        _when(f"{_GRANTED} AND {_COMMITTED}", value, "0") for value in ("x", "y", "1 + x % 2")
    )
    yield "saved_materials", f"{exempt} + {shared} + {committed}"
    yield "saved_exempt", exempt
    yield "saved_shared", shared
    yield "saved_committed", committed
    yield "deferred", _when(f"{_GRANTED} AND {_COMMITTED} AND s > 90", "1", "0")
    yield "promised_wd", promised
    yield "statutory_wd", statutory
    yield "used_wd", _when(_DECIDED, _USED)
    yield "suspended_wd", _when(_DECIDED, _SUSPENDED)
    yield "saved_wd", _when(_GRANTED, f"{promised} - {_USED}", "0")
    yield "saved_statutory_wd", _when(_GRANTED, f"{statutory} - {_USED}", "0")
    yield "corrections", _when("s > 88", "1", "0")
    yield "late", "late = 1"
    yield "visits", _when(_COMMITTED, "x % 2", "y")
