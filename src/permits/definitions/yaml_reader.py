"""Reads YAML with none of its surprises: every value is what it looks like, or a finding."""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from permits.definitions.findings import Finding, Mark, Marks, Path

MOST_BYTES = 1_048_576
MOST_NODES = 50_000
MOST_DEPTH = 30

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_WORDS_FOR_TRUE_AND_FALSE = {"y", "yes", "n", "no", "on", "off"}
_LOOKS_LIKE_A_NUMBER = re.compile(
    r"""[-+]?(
        0[0-9_]+ | 0[xob][0-9a-fA-F_]+            # 010 is eight in YAML 1.1
      | [0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?   # 12:30 is seven hundred and fifty
      | [0-9][0-9_]*\.[0-9_]*([eE][-+]?[0-9]+)? | [0-9][0-9_]*[eE][-+]?[0-9]+ | \.[0-9]+
      | [0-9]+_[0-9_]* | \+[0-9]+
      | \.(inf|Inf|INF|nan|NaN|NAN)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Document:
    """What a file said: plain dicts, lists, strings, whole numbers, booleans; and where."""

    data: Any
    marks: Marks
    findings: tuple[Finding, ...]


def read_yaml(text: str, file: str) -> Document:
    """The document in `text`; `file` is only for naming places. Never raises for bad YAML."""
    if len(text.encode()) > MOST_BYTES:
        says = f"the file is larger than {MOST_BYTES} bytes; split shared parts into fragments"
        return Document(None, Marks(), (Finding("yaml.too_large", (), says, Mark(file, 1)),))
    reader = _Reader(file)
    try:
        root = _compose(text)
    except yaml.MarkedYAMLError as error:
        return Document(None, Marks(), (reader.syntax(error),))
    except yaml.YAMLError as error:
        says = f"this is not readable text: {error}".splitlines()[0]
        return Document(None, Marks(), (Finding("yaml.syntax", (), says, Mark(file, 1)),))
    data = reader.value(root, ()) if root is not None else None
    if root is None:
        reader.find("yaml.empty", (), "the file is empty", None)
    return Document(data, Marks(reader.marks), tuple(reader.findings))


def _compose(text: str) -> yaml.Node | None:
    _refuse_what_grows(text)
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    return node


def _refuse_what_grows(text: str) -> None:
    """Look at the events before anything is built: aliases, tags, depth and number of nodes."""
    depth = nodes = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        nodes += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            says = "anchors and aliases are not used; name a fragment in `uses` instead"
            raise _Refused("yaml.alias", says, event)
        if getattr(event, "tag", None):
            raise _Refused("yaml.tag", "tags (!…) are not used; write a plain value", event)
        if depth > MOST_DEPTH or nodes > MOST_NODES:
            says = f"more than {MOST_DEPTH} levels deep or {MOST_NODES} values"
            raise _Refused("yaml.too_large", says, event)


class _Refused(yaml.MarkedYAMLError):
    def __init__(self, rule: str, says: str, event: yaml.Event) -> None:
        super().__init__(problem=says, problem_mark=event.start_mark)  # type: ignore[arg-type]
        self.rule = rule


@dataclass
class _Reader:
    file: str
    marks: dict[Path, Mark] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def mark(self, node: yaml.Node) -> Mark:
        return Mark(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def find(self, rule: str, path: Path, says: str, node: yaml.Node | None) -> None:
        mark = self.mark(node) if node is not None else Mark(self.file, 1)
        self.findings.append(Finding(rule, path, says, mark))

    def syntax(self, error: yaml.MarkedYAMLError) -> Finding:
        at = error.problem_mark or error.context_mark
        mark = Mark(self.file, at.line + 1, at.column + 1) if at else Mark(self.file, 1)
        rule = error.rule if isinstance(error, _Refused) else "yaml.syntax"
        context = f"{error.context}: " if error.context else ""
        return Finding(rule, (), f"{context}{error.problem or 'not YAML'}", mark)

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.marks.setdefault(path, self.mark(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, n)) for n, item in enumerate(node.value)]
        return self.scalar(node, path) if isinstance(node, yaml.ScalarNode) else None

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self.key(key_node, path)
            if key is None:
                continue
            if key in found:
                says = f"the key `{key}` is written twice; keep one"
                self.find("yaml.duplicate_key", (*path, key), says, key_node)
                continue
            self.marks[(*path, key)] = self.mark(key_node)
            found[key] = self.value(value_node, (*path, key))
        return found

    def key(self, node: yaml.Node, path: Path) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            self.find("yaml.key", path, "a key must be a single word", node)
            return None
        text: str = node.value
        plain = node.style is None
        if plain and text == "<<":
            self.find("yaml.alias", path, "merge keys (<<) are not used", node)
            return None
        if plain and _surprise(text):
            says = f"YAML does not read the key `{text}` as text; use another word"
            self.find("yaml.ambiguous", (*path, text), says, node)
            return None
        return text

    def scalar(self, node: yaml.ScalarNode, path: Path) -> str | int | bool | None:
        text: str = node.value
        if node.style is not None:
            return text
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.fullmatch(text):
            return int(text)
        surprise = _surprise(text)
        if surprise:
            self.find("yaml.ambiguous", path, surprise, node)
            return None
        return text


def _surprise(text: str) -> str:
    """Why YAML would read this plain text as something other than it looks; "" if it would not."""
    if text.lower() in _WORDS_FOR_TRUE_AND_FALSE or text.lower() in ("true", "false"):
        return f'`{text}` is a truth value in YAML; write true or false, or quote it: "{text}"'
    if text in ("", "~") or text.lower() == "null":
        return "there is no value here; leave the key out, or write one"
    if _LOOKS_LIKE_A_NUMBER.fullmatch(text):
        return (
            f"YAML reads `{text}` as another number; a number is whole and decimal,"
            f' a text is quoted: "{text}"'
        )
    return ""
