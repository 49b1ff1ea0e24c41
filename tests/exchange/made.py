"""Logs written for a test, and what is read from them."""

import io
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from permits.exchange.csv_log import read_csv
from permits.exchange.log import How, LogEvent, Oddities
from permits.exchange.xes_log import read_xes

HERE = How(zone=ZoneInfo("Asia/Shanghai"))
HEAD = "case:concept:name,concept:name,time:timestamp\n"


def of_csv(text: str | bytes, how: How | None = None) -> tuple[list[LogEvent], Oddities]:
    odd = Oddities()
    raw = text.encode() if isinstance(text, str) else text
    return list(read_csv(io.BytesIO(raw), how or How(), odd)), odd


def of_xes(text: str | bytes, how: How | None = None) -> tuple[list[LogEvent], Oddities]:
    odd = Oddities()
    raw = text.encode() if isinstance(text, str) else text
    return list(read_xes(io.BytesIO(raw), how or How(), odd)), odd


def told(odd: Oddities) -> list[tuple[str, int | str]]:
    return [(one.odd, one.place) for one in odd.first]


def trace(case: str | None, events: Sequence[tuple[str, str]], more: str = "") -> str:
    name = "" if case is None else f'<string key="concept:name" value="{case}"/>'
    inner = "\n".join(
        f'<event><string key="concept:name" value="{activity}"/>'
        f'<date key="time:timestamp" value="{at}"/>{more}</event>'
        for activity, at in events
    )
    return f"<trace>{name}\n{inner}\n</trace>"


def xes(*traces: str, before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}\n'
        '<log xmlns="http://www.xes-standard.org/" xes.version="1849.2016">\n'
        + "\n".join(traces)
        + "\n</log>"
    )
