"""Our own log written for other tools: CSV, XES and OCEL 2.0, the same bytes for the same log.

Times are those of Beijing with their offset, so that whoever reads them sees the office's days.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import quoteattr

import msgspec
from msgspec.structs import replace

from permits.analytics import sheets
from permits.casework.dates import BEIJING
from permits.casework.fold import EVENTS
from permits.exchange.own_log import (
    AROUND,
    OF_CASE,
    OPEN,
    Kind,
    Object,
    OwnCase,
    OwnEvent,
    Value,
    fields_of,
)

COLUMNS = {**AROUND, **OPEN}
"""The attributes of events, in the order of a file."""

ROLE = {"role": "org:role", "department": "org:group"}
"""Those that tools know by a name of their own."""


def written(at: datetime) -> str:
    """An instant of Beijing: `2022-06-09T10:00:00.000000+08:00`."""
    return at.astimezone(BEIJING).isoformat(timespec="microseconds")


def as_csv(cases: Iterable[OwnCase]) -> Iterator[str]:
    """One row for each event."""
    yield from sheets.lines(_rows(cases))


def _rows(cases: Iterable[OwnCase]) -> Iterator[list[object]]:
    of_case = [f"case:{name}" for name in OF_CASE]
    of_event = [ROLE.get(name, name) for name in COLUMNS]
    yield ["case:concept:name", "concept:name", "time:timestamp", *of_case, *of_event]
    for case in cases:
        beginning = [case.values[name] for name in OF_CASE]
        for event in case.events:
            values = [_cell(event.values.get(name)) for name in COLUMNS]
            yield [case.number, event.activity, written(event.at), *beginning, *values]


def _cell(value: Value | None) -> object:
    return str(value).lower() if isinstance(value, bool) else value


_XES_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace">
<string key="concept:name" value=""/>
</global>
<global scope="event">
<string key="concept:name" value=""/>
<date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>
</global>
<classifier name="Activity" keys="concept:name"/>
"""

_TAGS: dict[Kind, str] = {"string": "string", "integer": "int", "boolean": "boolean"}


def as_xes(cases: Iterable[OwnCase]) -> Iterator[str]:
    """One trace for each case (IEEE 1849-2016)."""
    yield _XES_HEAD
    for case in cases:
        yield "<trace>\n" + _attribute("string", "concept:name", case.number)
        for name, value in case.values.items():
            yield _attribute("string", name, value)
        for event in case.events:
            yield "<event>\n" + "".join(_of_event(event)) + "</event>\n"
        yield "</trace>\n"
    yield "</log>\n"


def _of_event(event: OwnEvent) -> Iterator[str]:
    yield _attribute("string", "concept:name", event.activity)
    yield _attribute("date", "time:timestamp", written(event.at))
    for name, kind in COLUMNS.items():
        if name in event.values:
            yield _attribute(_TAGS[kind], ROLE.get(name, name), event.values[name])


def _attribute(tag: str, key: str, value: Value) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"<{tag} key={quoteattr(key)} value={quoteattr(text)}/>\n"


def as_ocel_json(cases: Iterable[OwnCase]) -> Iterator[str]:
    """One document (OCEL 2.0): events as they come, then the objects and types they spoke of."""
    seen = Seen()
    yield '{"events":['
    between = "\n"
    for case in cases:
        for event in case.events:
            seen.add(case, event)
            yield between + _json(_event(event))
            between = ",\n"
    yield '\n],\n"objects":['
    yield "\n" + ",\n".join(_json(_object(*each)) for each in seen.objects.values())
    yield '\n],\n"eventTypes":['
    yield "\n" + ",\n".join(_json(_event_type(name)) for name in seen.activities)
    yield '\n],\n"objectTypes":['
    yield "\n" + ",\n".join(_json(_object_type(name)) for name in seen.types) + "\n]}\n"


class Seen:
    """The objects of events that went by, each with its case if it is one, and all types."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], tuple[Object, OwnCase | None]] = {}
        self._activities: set[str] = set()

    def add(self, case: OwnCase, event: OwnEvent) -> None:
        self._activities.add(event.activity)
        for one in event.objects:
            if (one.type, one.id) not in self.objects:
                # Without its events, so that what is kept stays small.
                said = replace(case, events=()) if one.type == "case" else None
                self.objects[one.type, one.id] = (one, said)

    def knows(self, activity: str) -> bool:
        return activity in self._activities

    @property
    def activities(self) -> list[str]:
        return sorted(self._activities)

    @property
    def types(self) -> list[str]:
        return sorted({kind for kind, _id in self.objects})


def typed(activity: str) -> dict[str, Kind]:
    """The attributes of a type of event."""
    return {**AROUND, **{name: OPEN[name] for name in fields_of(EVENTS[activity])}}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _event(event: OwnEvent) -> dict[str, object]:
    names = [name for name in typed(event.activity) if name in event.values]
    return {
        "id": event.id,
        "type": event.activity,
        "time": written(event.at),
        "attributes": [{"name": name, "value": text(event.values[name])} for name in names],
        "relationships": [{"objectId": one.id, "qualifier": one.type} for one in event.objects],
    }


def _object(one: Object, case: OwnCase | None) -> dict[str, object]:
    said = case.values if case is not None else {}
    since = written(case.filed_at) if case is not None else ""
    related = [{"objectId": one.of, "qualifier": "case"}] if one.of else []
    return {
        "id": one.id,
        "type": one.type,
        "attributes": [
            {"name": name, "time": since, "value": text(value)} for name, value in said.items()
        ],
        "relationships": related,
    }


def _event_type(name: str) -> dict[str, object]:
    attributes = [{"name": each, "type": kind} for each, kind in typed(name).items()]
    return {"name": name, "attributes": attributes}


def _object_type(name: str) -> dict[str, object]:
    names = OF_CASE if name == "case" else ()
    return {"name": name, "attributes": [{"name": each, "type": "string"} for each in names]}


def text(value: Value) -> str:
    """A value as OCEL writes it in JSON, where every value is a text."""
    return str(value).lower() if isinstance(value, bool) else str(value)
