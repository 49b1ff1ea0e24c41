"""Shared fragments: parts of definitions that several permit types use, merged by key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from permits.definitions.findings import Finding, Mark, Marks, Path, spell_value
from permits.definitions.yaml_reader import Document

KEYED: tuple[Path, ...] = (
    ("special_steps",),
    ("common_questions",),
    ("laws",),
    ("conditions",),
    ("gates",),
    ("exclusions",),
    ("list",),
    ("tracks",),
    ("materials",),
    ("signers",),
    ("commitments",),
    ("obligations",),
    ("rates",),
    ("shares",),
    ("fees",),
    ("clocks",),
    ("documents",),
    ("still_required",),
    ("chart", "states"),
    ("chart", "actions"),
)
"""Parts whose entries come from several files, each entry whole from one of them."""

SINGLE: tuple[Path, ...] = (
    ("authority",),
    ("records",),
    ("undertaking",),
    ("hearing",),
    ("third_parties",),
    ("annulment",),
    ("chart", "initial"),
)
"""Values that exactly one file gives, whichever it is."""

_REPLACEABLE = {".".join(map(str, path)) for path in KEYED} | {"chart"}


@dataclass(frozen=True, slots=True)
class Merged:
    """A definition with its fragments put in, still plain data, and where each part stands.

    `used` are the fragments that were found, by name; `missing` the names for which none was.
    """

    data: dict[str, Any]
    marks: Marks
    findings: tuple[Finding, ...]
    used: tuple[str, ...]
    missing: tuple[str, ...]


def resolve(document: Document, fragments: Mapping[str, Document]) -> Merged:
    """The permit type's own file merged with the fragments it names under `uses`.

    Nothing that was read is changed. A document that is no mapping counts as an empty one.
    """
    data = document.data if isinstance(document.data, dict) else {}
    merge = _Merge(_own(data), dict(document.marks.by_path), [])
    replaced = merge.replaced(data.get("replaces", {}))
    names = merge.uses(data.get("uses", []))
    for name in names:
        if name in fragments:
            merge.add(name, fragments[name], replaced)
    missing = tuple(name for name in names if name not in fragments)
    for name in missing:
        known = ", ".join(sorted(fragments)) or "none"
        where = ("uses", data["uses"].index(name))
        merge.find("ref.fragment", where, f"there is no fragment `{name}`; known: {known}")
    if not missing:
        merge.unmet(replaced)
    used = tuple(name for name in names if name in fragments)
    return Merged(merge.result, Marks(merge.marks), tuple(merge.findings), used, missing)


def misplaced(fragment: Document) -> Iterator[Finding]:
    """What a fragment holds that no definition would take over."""
    data = fragment.data if isinstance(fragment.data, dict) else {}
    heads = {str(path[0]) for path in (*KEYED, *SINGLE)}
    for key in sorted(data.keys() - heads - {"fragment"}):
        says = f"a fragment has no `{key}`; it may hold {', '.join(sorted(heads))}"
        yield Finding("fragment.part", (key,), says, fragment.marks.of((key,)))
    chart = data.get("chart")
    inner = {str(path[1]) for path in (*KEYED, *SINGLE) if path[0] == "chart"}
    for key in sorted(chart.keys() - inner) if isinstance(chart, dict) else ():
        says = f"a chart has no `{key}`; it may hold {', '.join(sorted(inner))}"
        yield Finding("fragment.part", ("chart", key), says, fragment.marks.of(("chart", key)))
    for path in (("chart",), *KEYED):
        part = _at(data, path)
        if part is not None and not isinstance(part, dict):
            says = f"a mapping of entries by name is wanted here; found {spell_value(part)}"
            yield Finding("fragment.part", path, says, fragment.marks.of(path))


def _own(data: Mapping[str, Any]) -> dict[str, Any]:
    """The file's own parts, copied as far down as entries are put in."""
    own = {key: value for key, value in data.items() if key not in ("uses", "replaces")}
    for path in KEYED:
        holder: Any = own
        for step in path:
            if isinstance(holder.get(step), dict):
                holder[step] = dict(holder[step])
            holder = holder.get(step)
            if not isinstance(holder, dict):
                break
    return own


@dataclass
class _Merge:
    result: dict[str, Any]
    marks: dict[Path, Mark]
    findings: list[Finding]

    def find(self, rule: str, path: Path, says: str) -> None:
        self.findings.append(Finding(rule, path, says, Marks(self.marks).of(path)))

    def uses(self, value: Any) -> list[str]:
        """The names under `uses`, each once."""
        if not isinstance(value, list):
            self.find(
                "fragment.uses",
                ("uses",),
                f"a list of names of fragments is wanted; found {spell_value(value)}",
            )
            return []
        names: list[str] = []
        for n, name in enumerate(value):
            if not isinstance(name, str):
                says = f"the name of a fragment is wanted here; found {spell_value(name)}"
                self.find("fragment.uses", ("uses", n), says)
            elif name in names:
                self.find("fragment.uses", ("uses", n), f"`{name}` is named twice; keep one")
            else:
                names.append(name)
        return names

    def replaced(self, value: Any) -> dict[Path, bool]:
        """`replaces: {clocks: [promise]}` as paths; True once a fragment's entry was met."""
        if not isinstance(value, dict):
            says = "`replaces` maps parts to lists of names, as in {clocks: [promise]}"
            self.find("fragment.replaces", ("replaces",), says)
            return {}
        paths: dict[Path, bool] = {}
        for part, names in value.items():
            if part not in _REPLACEABLE:
                says = f"`{part}` has no entries to replace; {', '.join(sorted(_REPLACEABLE))} do"
                self.find("fragment.replaces", ("replaces", part), says)
            elif not isinstance(names, list) or not all(isinstance(n, str) for n in names):
                says = "a list of names of entries is wanted here, as in [promise]"
                self.find("fragment.replaces", ("replaces", part), says)
            else:
                paths.update({(*part.split("."), name): False for name in names})
        return paths

    def add(self, name: str, fragment: Document, replaced: dict[Path, bool]) -> None:
        for path in KEYED:
            entries = _at(fragment.data, path)
            for key, value in entries.items() if isinstance(entries, dict) else ():
                self.put((*path, key), value, name, fragment, replaced)
        for path in SINGLE:
            value = _at(fragment.data, path)
            if value is not None:
                self.put(path, value, name, fragment, replaced)

    def put(
        self, path: Path, value: Any, name: str, fragment: Document, replaced: dict[Path, bool]
    ) -> None:
        if path in replaced:
            replaced[path] = True
            return
        holder: Any = self.result
        for step in path[:-1]:
            holder = holder.setdefault(step, {})
            if not isinstance(holder, dict):
                return  # the schema will say that a mapping is wanted there
        if path[-1] in holder:
            says = (
                f"fragment `{name}` has this too; leave it out here, rename it,"
                " or list it under `replaces`"
            )
            self.find("fragment.collision", path, says)
            return
        holder[path[-1]] = value
        for length in range(1, len(path)):
            above = path[:length]
            self.marks.setdefault(above, fragment.marks.by_path[above])
        own = fragment.marks.by_path
        self.marks.update({p: m for p, m in own.items() if p[: len(path)] == path})

    def unmet(self, replaced: Mapping[Path, bool]) -> None:
        for path, met in replaced.items():
            if not met:
                part = ".".join(str(step) for step in path[:-1])
                says = f"no fragment in `uses` has `{part}.{path[-1]}`, so nothing is replaced"
                self.find("ref.replaced", ("replaces", part), says)


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data
