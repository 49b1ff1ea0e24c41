"""Files to checked definitions: every finding of every file at once, or definitions to use."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from permits.definitions import fragments
from permits.definitions.checker import check
from permits.definitions.findings import BrokenDefinition, Finding, Mark, Marks
from permits.definitions.schema import Definition
from permits.definitions.yaml_reader import Document, read_yaml


@dataclass(frozen=True, slots=True)
class Resolved:
    """A definition with its fragments put in.

    `content` is the whole as JSON in the order it was written, because the order of states,
    materials and questions means something; `digest` is the SHA-256 of it in hex: the version.
    """

    definition: Definition
    content: bytes
    digest: str
    marks: Marks


def load_folder(folder: Path) -> tuple[tuple[Resolved, ...], tuple[Finding, ...]]:
    """Every definition in `folder`, with the fragments of `folder/shared`; and all findings."""
    resolved: list[Resolved] = []
    findings: list[Finding] = []
    for file in sorted(folder.glob("*.yaml")):
        try:
            resolved.append(load(file))
        except BrokenDefinition as broken:
            findings.extend(broken.findings)
    findings.extend(_twice(resolved))
    return tuple(resolved), tuple(dict.fromkeys(findings))


def load(file: Path) -> Resolved:
    """One definition; BrokenDefinition with every finding if it cannot be published."""
    shelf, shared = _shelf(file.parent / "shared")
    document = read_file(file)
    if document.data is None:
        raise BrokenDefinition(document.findings)
    merged = fragments.resolve(document, shelf)
    used = [f for f in shared if f.mark and f.mark.file in _files(merged.marks)]
    found = (*document.findings, *used, *merged.findings)
    resolved, more = build(merged.data, merged.marks, sound=not found)
    if resolved is None or found or more:
        raise BrokenDefinition(merged.marks.place((*found, *more)))
    return resolved


def build(
    data: Any, marks: Marks, *, sound: bool = True
) -> tuple[Resolved | None, tuple[Finding, ...]]:
    """Plain data to a checked definition, or findings.

    Rules across mappings are only asked when the data fits the schema and reading it found
    nothing (`sound`), since they would speak of parts that are not there.
    """
    if not isinstance(data, dict):
        return None, (Finding("schema.type", (), "a definition is a mapping of parts"),)
    content = msgspec.json.encode(data)
    try:
        definition = Definition.model_validate_json(content)
    except ValidationError as error:
        return None, tuple(_finding(detail) for detail in error.errors())
    resolved = Resolved(definition, content, hashlib.sha256(content).hexdigest(), marks)
    return resolved, check(definition) if sound else ()


def from_content(content: bytes) -> Definition:
    """A definition as it was published; it was checked then."""
    return Definition.model_validate_json(content)


def read_file(file: Path) -> Document:
    """A YAML file read strictly; an unreadable file is a finding too."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        says = f"cannot be read as UTF-8 text: {error}"
        return Document(None, Marks(), (Finding("yaml.unreadable", (), says, Mark(str(file), 1)),))
    return read_yaml(text, str(file))


def _shelf(folder: Path) -> tuple[Mapping[str, Document], tuple[Finding, ...]]:
    """The fragments of a folder by their name, and what is wrong with them."""
    shelf: dict[str, Document] = {}
    findings: list[Finding] = []
    for file in sorted(folder.glob("*.yaml")):
        document = read_file(file)
        name = document.data.get("fragment") if isinstance(document.data, dict) else None
        if isinstance(name, str):
            shelf[name] = document
            findings.extend(document.findings)
    return shelf, tuple(findings)


def _files(marks: Marks) -> set[str]:
    return {mark.file for mark in marks.by_path.values()}


def _twice(resolved: list[Resolved]) -> list[Finding]:
    seen: dict[str, Resolved] = {}
    findings = []
    for one in resolved:
        name = one.definition.permit.id
        if name in seen:
            says = f"the permit id `{name}` is used by another file too"
            mark = one.marks.of(("permit", "id"))
            findings.append(Finding("permit.duplicate_id", ("permit", "id"), says, mark))
        seen[name] = one
    return findings


_SAYS = {
    "missing": ("schema.missing", "this key is required and is not there"),
    "extra_forbidden": ("schema.unknown_key", "there is no such key here"),
    "enum": ("schema.choice", "expected {expected}"),
    "literal_error": ("schema.choice", "expected {expected}"),
    "string_pattern_mismatch": ("schema.pattern", "does not have the expected form ({pattern})"),
    "string_too_short": ("schema.empty", "must not be empty"),
    "too_short": ("schema.empty", "needs at least one entry"),
    "string_too_long": ("schema.too_long", "is longer than {max_length} characters"),
}


def _finding(detail: ErrorDetails) -> Finding:
    """A schema error in our words; a missing language has a rule of its own."""
    path = tuple(step for step in detail["loc"] if step != "[key]")
    rule, says = _SAYS.get(detail["type"], ("schema.value", detail["msg"]))
    context = detail.get("ctx", {})
    if detail["type"] == "missing" and path[-1] in ("zh", "en"):
        says = f"the text has no `{path[-1]}`; every text is given in zh and en"
        return Finding("text.language_missing", path, says)
    if detail["type"] == "string_pattern_mismatch":
        says = says.replace("{pattern}", str(context["pattern"]))
    elif rule != "schema.value":
        says = says.format(**context)
    return Finding(rule, path, says.removeprefix("Value error, "))
