"""Reads YAML with none of its surprises: every value is what it looks like, or a finding."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from permits.definitions.findings import Finding, Mark, Marks, Path

MOST_BYTES = 1_048_576
MOST_NODES = 20_000
MOST_DEPTH = 30
LARGEST_NUMBER = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly."""

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_WORDS_FOR_TRUE_AND_FALSE = {"y", "yes", "n", "no", "on", "off", "true", "false"}
_LOOKS_LIKE_A_NUMBER = re.compile(
    r"""[-+]?(
        0[0-9_]+ | 0[xob][0-9a-fA-F_]+            # 010 is eight in YAML 1.1
      | [0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?   # 12:30 is seven hundred and fifty
      | [0-9][0-9_]*\.[0-9_]*([eE][-+]?[0-9]+)? | [0-9][0-9_]*[eE][-+]?[0-9]+ | \.[0-9]+
      | [0-9]+_[0-9_]* | \.(inf|Inf|INF|nan|NaN|NAN)
    ) | \+[0-9]+ | -0""",
    re.VERBOSE,
)
_QUICK: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAKEN_BY_LIBYAML_ALONE = re.compile(r"\t|[>|][-+0-9]*#")
_HINTS = (
    ("\\t", "indent with spaces, not with tabs"),
    ("cannot start any token", "quote a text that begins with this character"),
    ("mapping values are not", "quote a text that holds a colon and a space; ： ends no key"),
    ("stream end", "close the bracket that was opened"),
    ("expected ',' or", "inside {…} or […] quote a text that holds , ? : [ ] { or }"),
    ("expected ':'", "a key ends in a colon and a space; ： ends no key"),
    ("unknown escape", "in a text with a backslash use single quotes"),
    ("end of stream", "close the quote that was opened"),
    ("expected <block end>", "entries of one list or mapping begin in the same column"),
)
_UNSEEN = {"Cc": "a control", "Cf": "an invisible", "Cs": "half a", "Zl": "a line", "Zp": "a line"}
_NO_CHARACTERS = "\ufffe\uffff"


@dataclass(frozen=True, slots=True)
class Document:
    """What a file said: plain dicts, lists, strings, whole numbers, booleans; and where.

    `data` is None if nothing could be made of it; then `findings` says why.
    """

    file: str
    data: Any
    marks: Marks
    findings: tuple[Finding, ...]


def read_yaml(text: str, file: str) -> Document:
    """The document in `text`; `file` is only for naming places. Never raises for bad YAML.

    What is in order is read by libyaml, in a tenth of the time. Whatever is not, and the little
    that libyaml takes and the library's own parser does not, is read by that parser: what is said
    of a file, and where, is the same wherever the program runs.
    """
    if len(text.encode(errors="surrogatepass")) > MOST_BYTES:
        return Document(file, None, Marks(), (too_large(file),))
    unseen = tuple(_unseen(text, file))
    if unseen:
        return Document(file, None, Marks(), unseen)
    return _quickly(text, file) or _strictly(text, file)


def _quickly(text: str, file: str) -> Document | None:
    """The document if libyaml can read it and there is nothing to say of it."""
    if _TAKEN_BY_LIBYAML_ALONE.search(text):
        return None
    reader = _Reader(file, text.splitlines())
    try:
        data = reader.document(_plain_events(text))
    except (yaml.YAMLError, _Stopped):
        return None
    return None if reader.findings else Document(file, data, Marks(reader.marks), ())


def _plain_events(text: str) -> Iterator[yaml.Event]:
    """What libyaml reads, told as the library's own parser tells it."""
    brackets: list[bool] = []
    for event in yaml.parse(text, Loader=_QUICK):
        if isinstance(event, yaml.CollectionStartEvent):
            brackets.append(bool(event.flow_style))
        elif isinstance(event, yaml.CollectionEndEvent):
            brackets.pop()
        elif isinstance(event, yaml.ScalarEvent) and not event.style:
            if "?" in event.value and brackets and brackets[-1]:
                raise yaml.YAMLError("whether this may stand here the parsers disagree")
            event.style = None
        yield event


def _strictly(text: str, file: str) -> Document:
    """The document, or what is wrong with it and where."""
    reader = _Reader(file, text.splitlines())
    try:
        data = reader.document(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        return Document(file, None, Marks(), (*reader.findings, reader.syntax(error)))
    except _Stopped as stopped:
        return Document(file, None, Marks(), (*reader.findings, stopped.finding))
    return Document(file, data, Marks(reader.marks), tuple(reader.findings))


def too_large(file: str) -> Finding:
    """The finding for a file that is not read at all."""
    says = f"the file is larger than {MOST_BYTES} bytes; move shared parts into fragments"
    return Finding("yaml.too_large", (), says, Mark(file, 1))


def _unseen(text: str, file: str) -> Iterator[Finding]:
    """Characters nobody sees: they make two names look the same, or hide a part of a line."""
    for n, line in enumerate(text.split("\n"), 1):
        for column, says in _told(line.removesuffix("\r")):
            yield Finding("yaml.character", (), says, Mark(file, n, column))


def _told(line: str) -> Iterator[tuple[int, str]]:
    """Where in a line nobody sees a character, and what it is."""
    for column, character in enumerate(line, 1):
        kind = _UNSEEN.get(unicodedata.category(character))
        if (kind is not None and character != "\t") or character in _NO_CHARACTERS:
            code = f"U+{ord(character):04X}"
            yield column, f"there is {kind or 'no'} character here ({code}); take it out"


class _Stopped(Exception):
    """What follows is not looked at."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.says)
        self.finding = finding


@dataclass
class _Reader:
    """Builds the document while reading, so that nothing is ever expanded or nested too far."""

    file: str
    lines: list[str]
    marks: dict[Path, Mark] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    nodes: int = 0

    def document(self, events: Iterator[yaml.Event]) -> Any:
        data, documents = None, 0
        for event in events:
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                says = "a second document begins here; a file holds one"
                raise _Stopped(Finding("yaml.documents", (), says, self.mark(event)))
            if isinstance(event, yaml.NodeEvent):
                data = self.value(event, events, ())
        if not documents:
            says = "the file is empty; a mapping of parts is wanted"
            self.findings.append(Finding("yaml.empty", (), says, Mark(self.file, 1)))
        return data

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Any:
        self.marks.setdefault(path, self.mark(event))
        self.nodes += 1
        if self.nodes > MOST_NODES or len(path) > MOST_DEPTH:
            says = f"this goes more than {MOST_DEPTH} levels deep or holds {MOST_NODES} values"
            raise _Stopped(Finding("yaml.too_large", (), says, self.mark(event)))
        plain = self.plain(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        return self.scalar(event, path) if plain and isinstance(event, yaml.ScalarEvent) else None

    def plain(self, event: yaml.Event, path: Path) -> bool:
        """Whether the value is written out, without YAML's other ways of giving one."""
        tag = getattr(event, "tag", None)
        if getattr(event, "anchor", None):
            says = "anchors (&) and aliases (*) are not used; name a fragment in `uses` instead"
            self.find("yaml.alias", path, says, event)
        if tag:
            says = f"tags ({tag}) are not used; write a plain value"
            self.find("yaml.tag", path, says, event)
        return not tag

    def sequence(self, events: Iterator[yaml.Event], path: Path) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            found.append(self.value(event, events, (*path, len(found))))
        return found

    def mapping(
        self, start: yaml.MappingStartEvent, events: Iterator[yaml.Event], path: Path
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.key(event, events, path)
            value_event = next(events)
            if key is None:
                self.value(value_event, events, (*path, "?"))
                continue
            if key in found:
                says = f"the key `{key}` is written twice; keep one"
                self.find("yaml.duplicate_key", (*path, key), says, event)
                self.value(value_event, events, (*path, key))
                continue
            self.marks[(*path, key)] = self.mark(event)
            if start.flow_style and _is_nothing(value_event):
                says = (
                    f"the key `{key}` has no value; inside {{…}} quote a text that holds a comma,"
                    " and write a space after a colon"
                )
                self.find("yaml.ambiguous", (*path, key), says, event)
                found[key] = None
                continue
            found[key] = self.value(value_event, events, (*path, key))
        return found

    def key(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> str | None:
        """The key, or None with a finding if there is no word to use as one."""
        if not isinstance(event, yaml.ScalarEvent):
            self.find("yaml.key", path, "a key is a single word; found more than that", event)
            self.value(event, events, (*path, "?"))
            return None
        if not self.plain(event, path):
            return None
        text: str = event.value
        if not self.seen(event, path):
            return None
        if event.style is None and text == "<<":
            says = "merge keys (<<) are not used; name a fragment in `uses` instead"
            self.find("yaml.alias", path, says, event)
            return None
        if event.style is None and (_INTEGER.fullmatch(text) or surprise(text)):
            says = f"YAML does not read the key `{text}` as text; use another word"
            self.find("yaml.ambiguous", (*path, text), says, event)
            return None
        return text

    def scalar(self, event: yaml.ScalarEvent, path: Path) -> str | int | bool | None:
        text: str = event.value
        if event.style is not None:
            return text if self.seen(event, path) else None
        if text in ("true", "false"):
            return text == "true"
        unclear = surprise(text) or self.extent(event)
        if not unclear and _INTEGER.fullmatch(text):
            if len(text) <= 17 and abs(int(text)) <= LARGEST_NUMBER:
                return int(text)
            unclear = f"a number is at most {LARGEST_NUMBER}; quote a text made of digits"
        if unclear:
            self.find("yaml.ambiguous", path, unclear, event)
            return None
        return text

    def seen(self, event: yaml.ScalarEvent, path: Path) -> bool:
        """Whether every character can be seen, also those written as escapes."""
        told = [says for line in event.value.split("\n") for _column, says in _told(line)]
        for says in told[:1]:
            self.find("yaml.character", path, says, event)
        return not told

    def extent(self, event: yaml.ScalarEvent) -> str:
        """Why the text may be longer or shorter than was meant; "" if it is not."""
        start: Any = event.start_mark
        end: Any = event.end_mark
        if start.line != end.line:
            return "this text goes on in the next line; quote it, or begin it with >-"
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if re.match(r"\s+#[^\s#]", rest):
            return f"`{rest.strip()}` is a comment here; quote the text, or put a space after #"
        return ""

    def mark(self, event: yaml.Event) -> Mark:
        return _mark(self.file, event.start_mark)

    def find(self, rule: str, path: Path, says: str, event: yaml.Event) -> None:
        self.findings.append(Finding(rule, path, says, self.mark(event)))

    def syntax(self, error: yaml.MarkedYAMLError) -> Finding:
        problem = str(error.problem)
        hint = next((hint for part, hint in _HINTS if part in problem), "look at the lines above")
        mark = _mark(self.file, error.problem_mark)
        return Finding("yaml.syntax", (), f"this is not YAML ({problem}); {hint}", mark)


def _mark(file: str, at: Any) -> Mark:
    """The library's own marks count from zero."""
    return Mark(file, at.line + 1, at.column + 1)


def _is_nothing(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and event.style is None and not event.value


def surprise(text: str) -> str:
    """Why YAML would read this plain text as something other than it looks; "" if it would not."""
    if text.lower() in _WORDS_FOR_TRUE_AND_FALSE:
        return f'`{text}` is a truth value in YAML; write true or false, or quote it: "{text}"'
    if text in ("", "~") or text.lower() == "null":
        return "there is no value here; leave the key out, or write one"
    if _LOOKS_LIKE_A_NUMBER.fullmatch(text):
        return (
            f"YAML reads `{text}` as another number; a number is whole and decimal,"
            f' a text is quoted: "{text}"'
        )
    return ""
