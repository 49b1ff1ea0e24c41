"""Files to checked definitions: every finding of every file at once, or definitions to use."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from pydantic import ValidationError

from permits.definitions import fragments
from permits.definitions.checker import check
from permits.definitions.checker.references import nameless
from permits.definitions.findings import BrokenDefinition, Finding, Mark, Marks, spell_value
from permits.definitions.findings import Path as YamlPath
from permits.definitions.fitting import parts_of, whole
from permits.definitions.harmless import put_aside
from permits.definitions.schema import Definition
from permits.definitions.schema_words import findings_of
from permits.definitions.shelf import Shelf, read_file, read_shelf
from permits.definitions.yaml_reader import Document


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
    """Every definition in `folder`, with the fragments of `folder/shared`; and all findings.

    Fragments that no definition uses are read too, so that nothing in the folder goes unsaid.
    """
    shelf = read_shelf(folder / "shared")
    resolved: list[Resolved] = []
    findings = [*shelf.findings, *(f for d in shelf.fragments.values() for f in d.findings)]
    for file in sorted((*folder.glob("*.yml"), *folder.glob("shared/*.yml"))):
        says = "a file is read only if its name ends in .yaml; rename it"
        findings.append(Finding("yaml.name", (), says, Mark(str(file), 1)))
    for file in sorted(folder.glob("*.yaml")):
        try:
            resolved.append(load(file, shelf))
        except BrokenDefinition as broken:
            findings.extend(broken.findings)
    findings.extend(duplicates(resolved))
    return tuple(resolved), Marks().place(dict.fromkeys(findings))


def load(file: Path, shelf: Shelf | None = None) -> Resolved:
    """One definition; BrokenDefinition with every finding if it cannot be published.

    `shelf` holds the fragments; without it those of the folder `shared` beside the file are read.
    """
    return resolve(read_file(file), shelf or read_shelf(file.parent / "shared"))


def resolve(document: Document, shelf: Shelf) -> Resolved:
    """The definition in a document that was read; BrokenDefinition as above."""
    if not isinstance(document.data, dict):
        raise BrokenDefinition(document.findings or (_no_mapping(document.data, document.marks),))
    if "fragment" in document.data:
        raise BrokenDefinition((*document.findings, _a_fragment(document.marks)))
    merged = fragments.resolve(document, shelf.fragments)
    found = [*document.findings, *merged.findings, *_of_fragments(shelf, merged)]
    every = not merged.missing and all(_is_read(shelf, name) for name in merged.used)
    lost = frozenset(_lost(found, every=every))
    resolved, more = build(merged.data, merged.marks, lost)
    found += (f for f in more if not _follows(f, found, merged.data, every=every))
    if resolved is None or found:
        raise BrokenDefinition(merged.marks.place(found))
    return resolved


def build(
    data: Any, marks: Marks, lost: frozenset[str] = frozenset()
) -> tuple[Resolved | None, tuple[Finding, ...]]:
    """Plain data to a checked definition, or all findings that the parts that fit allow.

    `lost` are the parts of which reading lost something.
    """
    if not isinstance(data, dict):
        return None, (_no_mapping(data, marks),)
    content = msgspec.json.encode(data)
    try:
        definition = Definition.model_validate_json(content)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        found = findings_of(errors)
        mended, meant = put_aside(data, errors)
        faults = meant | {finding.path for finding in found}
        more = check(parts_of(mended, _without_names(lost, faults), faults))
        return None, (*found, *(finding for finding in more if finding.path not in faults))
    resolved = Resolved(definition, content, hashlib.sha256(content).hexdigest(), marks)
    return resolved, check(parts_of(data, lost) if lost else whole(definition, data))


def _without_names(lost: frozenset[str], faults: Iterable[YamlPath]) -> frozenset[str]:
    """The parts that are lost, those whose names cannot be told, and those that were misspelt."""
    whole_parts = {str(path[0]) for path in faults if len(path) == 1}
    return frozenset({*lost, *whole_parts, *nameless(faults)})


def from_content(content: bytes) -> Definition:
    """A definition as it was published; it was checked then."""
    return Definition.model_validate_json(content)


def _no_mapping(data: Any, marks: Marks) -> Finding:
    says = f"a definition is a mapping of parts; found {spell_value(data)}"
    return Finding("schema.type", (), says, marks.of(()))


def _a_fragment(marks: Marks) -> Finding:
    says = "a permit type is wanted; this is a fragment, which definitions name under `uses`"
    return Finding("schema.type", ("fragment",), says, marks.of(("fragment",)))


def _of_fragments(shelf: Shelf, merged: fragments.Merged) -> Iterator[Finding]:
    """What is wrong with the fragments that are used; and, if one was not found, with the files
    that may have held it."""
    for name in merged.used:
        yield from shelf.fragments[name].findings
    if merged.missing:
        yield from shelf.findings


def _is_read(shelf: Shelf, name: str) -> bool:
    return shelf.fragments[name].data is not None


_FROM_FRAGMENTS = {str(path[0]) for path in (*fragments.KEYED, *fragments.SINGLE)}
_HARMLESS = {"yaml.duplicate_key", "fragment.collision", "fragment.part", "ref.replaced"}


def _lost(found: Iterable[Finding], *, every: bool) -> Iterator[str]:
    """The parts in which something was written that is not in the data."""
    if not every:
        yield from _FROM_FRAGMENTS
    for finding in found:
        part = str(finding.path[0]) if finding.path else ""
        if finding.rule in _HARMLESS:
            continue
        if part in Definition.model_fields:
            yield part
        else:
            yield from _FROM_FRAGMENTS if part else Definition.model_fields


def _follows(finding: Finding, found: Iterable[Finding], data: Any, *, every: bool) -> bool:
    """Whether the schema misses only what could not be read: a value that was refused, or the
    parts of a fragment."""
    if finding.rule == "schema.missing" and not every and finding.path[0] in _FROM_FRAGMENTS:
        return True
    return _value(data, finding.path) is None and any(f.path == finding.path for f in found)


def _value(data: Any, path: YamlPath) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def duplicates(resolved: Iterable[Resolved]) -> Iterator[Finding]:
    """Permit ids that more than one definition has; the files of each may differ."""
    seen: dict[str, Resolved] = {}
    for one in resolved:
        name = one.definition.permit.id
        mark = one.marks.of(("permit", "id"))
        if name in seen:
            first = seen[name].marks.of(("permit", "id"))
            says = f"the permit id `{name}` is used in {first.file if first else 'another file'}"
            yield Finding("permit.duplicate_id", ("permit", "id"), f"{says} too; ids differ", mark)
        seen.setdefault(name, one)
