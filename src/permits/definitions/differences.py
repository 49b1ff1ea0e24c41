"""How one version of a permit type differs from another: which entries of which parts were added,
removed or changed, and what of them.

Both are read as they were published: whole, with their fragments put in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from permits.definitions.findings import Path, spell
from permits.definitions.fragments import KEYED
from permits.definitions.parts import Text

Value = str | int | bool | Text
Data = Mapping[str, Any]


class Kind(StrEnum):
    """What became of an entry. Closed: each has its words in `permits.text.differences`."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value of an entry, by its path within it; None where there is none."""

    path: str
    was: Value | None
    now: Value | None


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of a part that is not as it was. A part that has no entries, and the order of those
    of one that has, are told without a `name`. `title` is what people call the entry."""

    part: str
    name: str
    kind: Kind
    title: Text | None = None
    leaves: tuple[Leaf, ...] = ()


FIELDS, SECTIONS = "form.fields", "form.sections"
ENTRIES: tuple[Path, ...] = (*KEYED, ("samples",))
"""Parts whose entries have names of their own."""


def differences(before: Data, after: Data) -> tuple[Change, ...]:
    """Every difference, part by part in the order of the newer version."""
    was, now = _parts(before), _parts(after)
    found: list[Change] = []
    for part in dict.fromkeys((*now, *was)):
        if _named(part):
            found.extend(_of_entries(part, was.get(part, {}), now.get(part, {})))
        else:
            found.extend(_of_one(part, "", was.get(part), now.get(part)))
    return tuple(found)


def parts_of(data: Data) -> tuple[str, ...]:
    """The parts of a version, as changes name them."""
    return tuple(_parts(data))


def _named(part: str) -> bool:
    return part in (FIELDS, SECTIONS) or tuple(part.split(".")) in ENTRIES


def _parts(data: Data) -> dict[str, Any]:
    """The parts by what they are called: those of the form and of the chart each by itself."""
    found: dict[str, Any] = {}
    for name, value in data.items():
        if name == "form":
            found |= _of_form(value["sections"])
        elif name == "chart":
            found |= {f"chart.{inner}": part for inner, part in value.items()}
        else:
            found[name] = value
    return found


def _of_form(sections: list[Data]) -> dict[str, Any]:
    """The form as headings and as questions, each of which says where it stands."""
    return {
        SECTIONS: {s["id"]: {k: v for k, v in s.items() if k != "fields"} for s in sections},
        FIELDS: {f["id"]: {**f, "section": s["id"]} for s in sections for f in s["fields"]},
    }


def _of_entries(part: str, was: Data, now: Data) -> Iterator[Change]:
    for name in dict.fromkeys((*now, *was)):
        yield from _of_one(part, name, was.get(name), now.get(name))
    stayed = [name for name in was if name in now]
    if stayed != [name for name in now if name in was]:
        yield Change(part, "", Kind.MOVED)


def _of_one(part: str, name: str, was: Any, now: Any) -> Iterator[Change]:
    """What became of one entry; nothing if it is as it was."""
    before, after = dict(_leaves(was, ())), dict(_leaves(now, ()))
    leaves = tuple(
        Leaf(spell(path), before.get(path), after.get(path))
        for path in dict.fromkeys((*after, *before))
        if before.get(path) != after.get(path)
    )
    if leaves:
        kind = Kind.ADDED if was is None else Kind.REMOVED if now is None else Kind.CHANGED
        yield Change(part, name, kind, _title(was if now is None else now), leaves)


def _title(entry: Any) -> Text | None:
    """What people call an entry, or the sentence it says if it has no name for them."""
    for key in ("title", "says"):
        found = _text(entry.get(key)) if isinstance(entry, Mapping) else None
        if found is not None:
            return found
    return None


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Value]]:
    """Every value within an entry; a list of plain values is one."""
    text = _text(value)
    if text is not None:
        yield path, text
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        yield path, ", ".join(map(str, value))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _leaves(inner, (*path, n))
    elif value is not None:
        yield path, value


def _text(value: Any) -> Text | None:
    """A text in both languages, if that is what a value is."""
    both = isinstance(value, Mapping) and value.keys() == {"zh", "en"}
    return Text(**value) if both else None
