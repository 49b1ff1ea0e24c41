"""One mistake an author could make, and the few ways mistakes are made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """A single change. Its key names the kind of mistake, where it was made, and what stands
    there now; it stays the same as long as the definition does."""

    kind: str
    path: tuple
    now: str
    change: Callable

    @property
    def key(self):
        return (
            f"{self.kind}: {'.'.join(map(str, self.path))}{f' = {self.now}' if self.now else ''}"
        )

    def applied(self, data):
        """The data with the mistake in it; the data given is used up."""
        self.change(data)
        return data


def at(data, path):
    for step in path:
        data = data[step]
    return data


def drop(kind, path) -> Mutant:
    """The entry is gone, from a mapping or from a list."""

    def change(data):
        del at(data, path[:-1])[path[-1]]

    return Mutant(kind, path, "", change)


def put(kind, path, value, now=None) -> Mutant:
    """Something else stands there."""

    def change(data):
        at(data, path[:-1])[path[-1]] = value

    return Mutant(kind, path, str(value) if now is None else now, change)


def others(data, path, values) -> list:
    """The values that do not stand there already."""
    try:
        written = at(data, path)
    except KeyError:
        written = None
    return [value for value in values if value != written]


def replacing(kind, data, path, values) -> Iterator[Mutant]:
    for value in others(data, path, values):
        yield put(kind, path, value)


def without(kind, data, path) -> Iterator[Mutant]:
    """Each entry of a list taken out."""
    for place in each(data, *path):
        mutant = drop(kind, place)
        yield Mutant(kind, path, f"without {at(data, place)}", mutant.change)


def places(data) -> list[str]:
    found = []
    for name, state in data["chart"]["states"].items():
        found.append(name)
        for region, inner in state.get("regions", {}).items():
            found += [f"{name}.{region}.{leaf}" for leaf in inner]
    return found


def each(data, *path):
    """The paths of the entries of a part; of one that is not there, none."""
    try:
        part = at(data, path)
    except KeyError:
        return []
    keys = range(len(part)) if isinstance(part, list) else part
    return [(*path, key) for key in keys]
