"""What the activities of an outside log are in a definition, as somebody declares it in a file."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from permits.definitions.schema import Definition
from permits.definitions.steps import Leaves, leaf_paths
from permits.exchange.declared import BadDeclaration, Declaration, read_declaration, told


def _several(written: object) -> object:
    """One pattern can stand alone; several are a list."""
    return (written,) if isinstance(written, str) else written


Patterns = Annotated[tuple[str, ...], BeforeValidator(_several), Field(strict=False)]


class Meaning(Declaration):
    """What an activity is: an action of the definition that leads from one of some places to one
    of some others. Places are patterns, as `checked_*` or `granted.delivery.*`."""

    action: str
    source: Patterns = Field(default=("*",), alias="from")
    to: Patterns = ("*",)

    def leads(self, before: Leaves, after: Leaves) -> bool:
        """Whether the action is this activity, if it led from here to there."""
        return _stands(before, self.source) and _stands(after, self.to)


class Declared(Declaration):
    """A mapping: the meaning of each activity, those that mean nothing here, and the places in
    which no case of the log may have stopped."""

    activities: dict[str, Meaning]
    ignored: tuple[str, ...] = Field(default=(), strict=False)
    unfinished: Patterns = ()

    def stopped(self, leaves: Leaves) -> bool:
        """Whether a case of the log may have stopped here."""
        return not _stands(leaves, self.unfinished)


def read_mapping(text: str, file: str, definition: Definition) -> Declared:
    """The mapping in a file. Raises BadDeclaration, for actions and places that the definition
    does not have too."""
    found, marks = read_declaration(text, file, Declared)
    findings = tuple(told(file, marks, path, says) for path, says in _unknown(found, definition))
    if findings:
        raise BadDeclaration(findings)
    return found


def named_alike(definition: Definition) -> Declared:
    """The mapping that needs no file: activities are named as actions are, by name or title."""
    meanings: dict[str, Meaning] = {}
    for name, action in definition.chart.actions.items():
        for called in (name, action.title.zh, action.title.en):
            meanings.setdefault(called, Meaning(action=name))
    return Declared(activities=meanings)


def _unknown(mapping: Declared, definition: Definition) -> Iterator[tuple[tuple[Any, ...], str]]:
    actions, places = definition.chart.actions, tuple(leaf_paths(definition.chart))
    for activity, meaning in mapping.activities.items():
        path = ("activities", activity)
        if meaning.action not in actions:
            known = ", ".join(actions)
            yield (*path, "action"), f"there is no action `{meaning.action}`; known: {known}"
        if activity in mapping.ignored:
            yield path, "it cannot be ignored and mean something"
        for key, patterns in (("from", meaning.source), ("to", meaning.to)):
            yield from _placeless((*path, key), patterns, places)
    yield from _placeless(("unfinished",), mapping.unfinished, places)


def _placeless(
    path: tuple[Any, ...], patterns: tuple[str, ...], places: tuple[str, ...]
) -> Iterator[tuple[tuple[Any, ...], str]]:
    for pattern in patterns:
        if not any(fnmatchcase(place, pattern) for place in places):
            yield path, f"no place of the definition is called `{pattern}`"


def _stands(leaves: Leaves, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(leaf, pattern) for leaf in leaves for pattern in patterns)
