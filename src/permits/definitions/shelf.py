"""The fragments of a folder: which files are fragments, under which names, and what ails them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from permits.definitions.findings import Finding, Mark, Marks, spell_value
from permits.definitions.fragments import misplaced
from permits.definitions.yaml_reader import MOST_BYTES, Document, read_yaml, too_large

_NAME = re.compile(rb"^[\"']?fragment[\"']?\s*:\s*[\"']?([a-z0-9_]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Fragments by name, each with its own findings; `findings` are those of files that may be
    fragments and have no name of their own."""

    fragments: Mapping[str, Document]
    findings: tuple[Finding, ...] = ()


def read_shelf(folder: Path) -> Shelf:
    """Every fragment in `folder`. A file that does not say `fragment` anywhere is something else,
    such as the calendar, and is not read further."""
    fragments: dict[str, Document] = {}
    findings: list[Finding] = []
    for file in sorted(folder.glob("*.yaml")):
        raw = _raw(file)
        if isinstance(raw, Finding):
            findings.append(raw)
        elif b"fragment" in raw:
            document = _read_again(raw, str(file))
            name, trouble = _name(document, raw, fragments)
            findings.extend(trouble)
            if name is not None:
                found = (*document.findings, *misplaced(document))
                fragments[name] = replace(document, findings=found)
    return Shelf(fragments, tuple(findings))


def read_file(file: Path) -> Document:
    """A YAML file read strictly; an unreadable file is a finding too."""
    raw = _raw(file)
    if isinstance(raw, Finding):
        return Document(str(file), None, Marks(), (raw,))
    return _read(raw, str(file))


def read_bytes(raw: bytes, name: str) -> Document:
    """What somebody sent as a YAML file of that name, read as strictly."""
    if len(raw) > MOST_BYTES:
        return Document(name, None, Marks(), (too_large(name),))
    return _read(raw, name)


def _raw(file: Path) -> bytes | Finding:
    """What a file holds, unless it holds more than the reader would take."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except OSError as error:
        says = f"this file cannot be read: {error.strerror}"
        return Finding("yaml.unreadable", (), says, Mark(str(file), 1))
    return raw if len(raw) <= MOST_BYTES else too_large(str(file))


def _read(raw: bytes, file: str) -> Document:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        mark = Mark(file, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        says = f"the byte {raw[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        return Document(file, None, Marks(), (Finding("yaml.unreadable", (), says, mark),))
    return read_yaml(text, file)


_read_again = lru_cache(maxsize=64)(_read)
"""Fragments are read for every definition that uses them, and seldom change."""


def _name(
    document: Document, raw: bytes, fragments: Mapping[str, Document]
) -> tuple[str | None, tuple[Finding, ...]]:
    """What a file is called as a fragment; None if it is none, or why it cannot be called so."""
    data = document.data
    if data is None:
        written = _NAME.search(raw)  # the file is broken further down
        if written is None:
            return None, document.findings
        data = {"fragment": written[1].decode()}
    if not isinstance(data, dict) or "fragment" not in data:
        return None, ()
    name = data["fragment"]
    if isinstance(name, str) and name not in fragments:
        return name, ()
    if isinstance(name, str):
        says = f"`{name}` is in {fragments[name].file} too; every fragment has its own name"
    else:
        says = f"the fragment's name is wanted, as in `fragment: laws`; found {spell_value(name)}"
    mark = document.marks.of(("fragment",)) or Mark(document.file, 1)
    finding = Finding("fragment.name", ("fragment",), says, mark)
    return None, (*document.findings, finding)
