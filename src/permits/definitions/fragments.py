"""Shared fragments: parts of definitions that several permit types use, merged by key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from permits.definitions.findings import Finding, Mark, Marks, Path
from permits.definitions.yaml_reader import Document

KEYED: tuple[Path, ...] = (
    ("laws",),
    ("conditions",),
    ("exclusions",),
    ("list",),
    ("tracks",),
    ("materials",),
    ("commitments",),
    ("obligations",),
    ("rates",),
    ("fees",),
    ("clocks",),
    ("documents",),
    ("still_required",),
    ("chart", "states"),
    ("chart", "actions"),
)
"""Parts whose entries come from several files, each entry whole from one of them."""

SINGLE: tuple[Path, ...] = (("authority",), ("chart", "initial"))
"""Values that one file gives, whichever it is."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A definition with its fragments put in, still plain data, and where each part stands."""

    data: dict[str, Any]
    marks: Marks
    findings: tuple[Finding, ...]


def resolve(document: Document, fragments: Mapping[str, Document]) -> Resolved:
    """The permit type's own file merged with the fragments it names under `uses`."""
    merge = _Merge({}, dict(document.marks.by_path), [])
    data = document.data if isinstance(document.data, dict) else {}
    uses = data.get("uses", [])
    replaced = _replaced(data.get("replaces", {}))
    merge.result = {k: v for k, v in data.items() if k not in ("uses", "replaces")}
    for n, name in enumerate(uses if isinstance(uses, list) else []):
        fragment = fragments.get(name) if isinstance(name, str) else None
        if fragment is None:
            known = ", ".join(sorted(fragments)) or "none"
            merge.find(
                "ref.fragment", ("uses", n), f"there is no fragment `{name}`; known: {known}"
            )
        else:
            merge.add(name, fragment, replaced)
    merge.unused(replaced)
    return Resolved(merge.result, Marks(merge.marks), tuple(merge.findings))


def _replaced(value: Any) -> dict[Path, bool]:
    """`replaces: {clocks: [promise]}` as paths; True once the fragment's entry was met."""
    paths: dict[Path, bool] = {}
    for part, names in value.items() if isinstance(value, dict) else ():
        base = tuple(part.split("."))
        paths.update({(*base, n): False for n in names if isinstance(n, str)})
    return paths


@dataclass
class _Merge:
    result: dict[str, Any]
    marks: dict[Path, Mark]
    findings: list[Finding]

    def find(self, rule: str, path: Path, says: str) -> None:
        self.findings.append(Finding(rule, path, says, Marks(self.marks).of(path)))

    def add(self, name: str, fragment: Document, replaced: dict[Path, bool]) -> None:
        for path in KEYED:
            entries = _at(fragment.data, path)
            for key, value in entries.items() if isinstance(entries, dict) else ():
                self.put((*path, key), value, name, fragment, replaced)
        for path in SINGLE:
            value = _at(fragment.data, path)
            if value is not None and _at(self.result, path) is None:
                self.put(path, value, name, fragment, replaced)

    def put(
        self, path: Path, value: Any, name: str, fragment: Document, replaced: dict[Path, bool]
    ) -> None:
        if path in replaced:
            replaced[path] = True
            return
        holder = self.result
        for step in path[:-1]:
            inner = holder.setdefault(str(step), {})
            if not isinstance(inner, dict):
                return
            holder = inner
        if path[-1] in holder:
            self.find(
                "fragment.collision",
                path,
                f"fragment `{name}` has this entry too; rename it, or list it under `replaces`",
            )
            return
        holder[str(path[-1])] = value
        own = fragment.marks.by_path
        self.marks.update({p: m for p, m in own.items() if p[: len(path)] == path})

    def unused(self, replaced: Mapping[Path, bool]) -> None:
        for path, met in replaced.items():
            if not met:
                part = ".".join(str(step) for step in path[:-1])
                says = f"no fragment in `uses` has `{part}.{path[-1]}`, so nothing is replaced"
                self.find("ref.replaced", ("replaces", part), says)


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data
