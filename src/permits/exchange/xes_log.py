"""A log in XES (IEEE 1849): read element by element, whatever its size.

No document type is let in, so that there are no entities to expand and nothing is fetched.
"""

import codecs
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from permits.exchange.instants import instant
from permits.exchange.log import BadLog, How, LogEvent, Tell, is_utf8

_CHUNK = 1 << 18
_VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})


def read_xes(source: BinaryIO, how: How, tell: Tell) -> Iterator[LogEvent]:
    """The events of a file, trace by trace. Raises BadLog where no log can be made of it."""
    other = not is_utf8(how.encoding)  # then it is what the reader was told, whatever it declares
    parser = expat.ParserCreate("utf-8" if other else None, " ")
    reading = _Reading(parser, how, tell)
    parser.StartElementHandler = reading.opened
    parser.EndElementHandler = reading.closed
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for chunk in _chunks(source, how.encoding if other else ""):
            parser.Parse(chunk, not chunk)
            yield from reading.take()
    except expat.ExpatError as error:
        raise BadLog("xml", error.lineno, expat.ErrorString(error.code)) from None
    except BadLog:
        raise
    except (LookupError, ValueError):
        raise BadLog("encoding", 1) from None
    if not reading.is_log:
        raise BadLog("no_log", 1)


def _chunks(source: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The file bit by bit, and an empty one at its end; in UTF-8 if an encoding was named."""
    decoder = codecs.getincrementaldecoder(encoding)() if encoding else None
    while chunk := source.read(_CHUNK):
        found = chunk if decoder is None else decoder.decode(chunk).encode()
        if found:
            yield found
    yield b""


def _refuse_doctype(*_declared: object) -> None:
    raise BadLog("entities", 1)


class _Reading:
    """What has been read of a file: events are handed over as traces go by."""

    def __init__(self, parser: expat.XMLParserType, how: How, tell: Tell) -> None:
        self._parser = parser
        self.how, self.tell = how, tell
        self.is_log = False
        self._case_key = how.case or "concept:name"
        self._wanted = (how.activity or "concept:name", how.time or "time:timestamp")
        self._path: list[str] = []
        self._cases: set[str] = set()
        self._case = ""
        self._trace_line = self._event_line = 0
        self._event: dict[str, str] = {}
        self._events: list[tuple[int, str, str]] = []
        self._ready: list[LogEvent] = []

    def take(self) -> list[LogEvent]:
        """What is ready, once."""
        ready, self._ready = self._ready, []
        return ready

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        tag, path = name.rpartition(" ")[2], self._path
        path.append(tag)
        depth = len(path)
        if depth <= 2:
            self._opened_outside(tag, depth)
        elif depth == 3 and path[1] == "trace":
            if tag == "event":
                self._event, self._event_line = {}, self._parser.CurrentLineNumber
            elif tag in _VALUES and attributes.get("key") == self._case_key:
                self._case = attributes.get("value", "")
        elif depth == 4 and path[2] == "event" and tag in _VALUES:
            key = attributes.get("key", "")
            if key in self._wanted:
                self._event[key] = attributes.get("value", "")

    def _opened_outside(self, tag: str, depth: int) -> None:
        """The log itself, or what stands right in it."""
        line = self._parser.CurrentLineNumber
        if depth == 1:
            if tag != "log":
                raise BadLog("no_log", line, tag)
            self.is_log = True
        elif tag == "trace":
            self._case, self._events, self._trace_line = "", [], line
        elif tag == "event":  # of a stream of events, in which no trace says the case
            self.tell("no_case", line, "")

    def closed(self, name: str) -> None:
        tag, path = name.rpartition(" ")[2], self._path
        path.pop()
        if tag == "event" and len(path) == 2 and path[1] == "trace":
            activity, time = self._wanted
            event = self._event
            self._events.append((self._event_line, event.get(activity, ""), event.get(time, "")))
        elif tag == "trace" and len(path) == 1:
            self._close_trace()

    def _close_trace(self) -> None:
        """Only now the case is known: its name may stand after its events."""
        case, line = self._case, self._trace_line
        if not case or case.isspace():
            self.tell("no_case", line, "")
            return
        if case in self._cases:
            self.tell("case_again", line, case)
        self._cases.add(case)
        before = None
        for place, activity, written in self._events:
            event = self._made(case, activity, written, place)
            if event is None:
                continue
            if before is not None and event.at < before.at:
                self.tell("out_of_order", place, case)
            before = event
            self._ready.append(event)

    def _made(self, case: str, activity: str, written: str, place: int) -> LogEvent | None:
        if not activity or activity.isspace():
            self.tell("no_activity", place, case)
            return None
        at = instant(written, self.how, place, self.tell)
        return None if at is None else LogEvent(case, activity, at, place)
