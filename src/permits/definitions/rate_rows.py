"""A further row of a rate, put into a definition: the rate of the rows before it ends the day
before, and nothing else is touched."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from permits.definitions.charges import RateRow
from permits.definitions.findings import Finding, Marks
from permits.definitions.loader import Resolved, build


class NotLater(ValueError):
    """The new row does not begin after the last one."""


def with_row(
    content: bytes, rate: str, row: RateRow, holds_from: date
) -> tuple[Resolved | None, tuple[Finding, ...]]:
    """The definition with the row, as a version that holds from a day on; and all findings.

    NotLater if the last row begins on the same day or later. KeyError for a rate there is none of.
    """
    data = msgspec.json.decode(content)
    rows = data["rates"][rate]["rows"]
    if date.fromisoformat(rows[-1]["valid_from"]) >= row.valid_from:
        raise NotLater(rows[-1]["valid_from"])
    before = row.valid_from - timedelta(days=1)
    rows[-1] = _ended(rows[-1], before)
    rows.append(row.model_dump(mode="json", exclude_none=True))
    begins = date.fromisoformat(data["permit"]["effective_from"])
    data["permit"]["effective_from"] = max(begins, holds_from).isoformat()
    return build(data, Marks())


def _ended(row: Mapping[str, Any], last: date) -> dict[str, Any]:
    """A row that ends by a day; one that ends earlier stays as it is."""
    until = row.get("valid_until")
    if until is not None and date.fromisoformat(until) <= last:
        return dict(row)
    return {**row, "valid_until": last.isoformat()}


def begun(earlier: bytes, content: bytes, today: date) -> tuple[str, ...]:
    """The rates of a definition in which a row that begins before today is new, or charges
    something else than in the version before it: what was fixed since that day rests on the rows
    that were published then."""
    before, after = _charged(earlier), _charged(content)
    new = [place for place, fen in after.items() if before.get(place) != fen]
    return tuple(dict.fromkeys(rate for rate, begins in new if date.fromisoformat(begins) < today))


def _charged(content: bytes) -> dict[tuple[str, str], int]:
    """What each row charges, by its rate and the day it begins."""
    rates = msgspec.json.decode(content).get("rates", {})
    return {
        (name, row["valid_from"]): row["fen"]
        for name, rate in rates.items()
        for row in rate["rows"]
    }
