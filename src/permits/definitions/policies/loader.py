"""Policy files to checked policies: what they share put in, every finding told at once."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from pydantic import ValidationError

from permits.definitions.findings import (
    BrokenDefinition,
    Finding,
    Mark,
    Marks,
    spell_value,
)
from permits.definitions.policies.checker import check_policy, check_together
from permits.definitions.policies.schema import Policy
from permits.definitions.schema_words import findings_of
from permits.definitions.shelf import read_file
from permits.definitions.yaml_reader import Document

SHARED = "shared.yaml"
"""What every policy of the folder has that does not say it itself: whole parts, by name."""


@dataclass(frozen=True, slots=True)
class ResolvedPolicy:
    """A policy with what is shared put in. `content` is the whole as JSON in the order it was
    written, `digest` the SHA-256 of it in hex: the version."""

    policy: Policy
    content: bytes
    digest: str
    marks: Marks


def is_policy(file: Path) -> bool:
    """Whether a file is a policy: it has a part `policy`."""
    data = read_file(file).data
    return isinstance(data, dict) and "policy" in data


def load_policies(folder: Path) -> tuple[tuple[ResolvedPolicy, ...], tuple[Finding, ...]]:
    """Every policy of a folder; and all findings, of single files and of them together."""
    resolved: list[ResolvedPolicy] = []
    findings: list[Finding] = []
    for file in sorted(folder.glob("*.yaml")):
        if file.name == SHARED:
            continue
        try:
            resolved.append(load_policy(file))
        except BrokenDefinition as broken:
            findings.extend(broken.findings)
    findings.extend(together(resolved))
    return tuple(resolved), Marks().place(dict.fromkeys(findings))


def together(resolved: Iterable[ResolvedPolicy]) -> Iterator[Finding]:
    """What policies that are fine by themselves do not agree on, told where it stands."""
    marks = {id(one.policy): one.marks for one in resolved}
    for policy, finding in check_together(one.policy for one in resolved):
        yield from marks[id(policy)].place([finding])


def load_policy(file: Path) -> ResolvedPolicy:
    """One policy with what its folder shares; BrokenDefinition with every finding."""
    document = read_file(file)
    shared = read_file(file.with_name(SHARED)) if file.with_name(SHARED).exists() else None
    for read in (document, shared):
        if read is not None and not isinstance(read.data, dict):
            raise BrokenDefinition(read.findings or (_no_mapping(read),))
    findings = [*document.findings, *(shared.findings if shared else ())]
    data, marks = _merged(document, shared)
    resolved, more = build_policy(data, marks)
    if resolved is None or findings or more:
        raise BrokenDefinition(marks.place((*findings, *more)))
    return resolved


def _no_mapping(document: Document) -> Finding:
    says = f"a policy is a mapping of parts; found {spell_value(document.data)}"
    mark = document.marks.of(()) or Mark(document.file, 1)
    return Finding("schema.type", (), says, mark)


def build_policy(data: Any, marks: Marks) -> tuple[ResolvedPolicy | None, tuple[Finding, ...]]:
    """Plain data to a checked policy, or its findings."""
    content = msgspec.json.encode(data)
    try:
        policy = Policy.model_validate_json(content)
    except ValidationError as error:
        return None, findings_of(error.errors(include_url=False), Policy)
    resolved = ResolvedPolicy(policy, content, hashlib.sha256(content).hexdigest(), marks)
    return resolved, check_policy(policy)


def _merged(document: Document, shared: Document | None) -> tuple[dict[str, Any], Marks]:
    """The file's own parts, then those it does not have from what is shared; of the laws, those
    of both that something cites."""
    own = document.data
    given = shared.data if shared is not None else {}
    marks = dict(document.marks.by_path)
    taken = {key: value for key, value in given.items() if key not in own}
    theirs = shared.marks.by_path if shared is not None else {}
    marks |= {path: mark for path, mark in theirs.items() if path and path[0] in taken}
    data = {**own, **taken}
    if isinstance(data.get("laws"), dict):
        cited = set(_cited(data))
        data["laws"] = {name: law for name, law in data["laws"].items() if name in cited}
    return data, Marks(marks)


def _cited(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "law" and isinstance(value, str):
                yield value
            yield from _cited(value)
    elif isinstance(data, list):
        for value in data:
            yield from _cited(value)
