"""What of a definition fits the schema, so that as much as possible can be said of it at once.

A definition that does not fit is looked at part by part. Whoever asks for a part that does not
fit is stopped by `Doubtful`; the parts that do, single conditions and single questions are there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

import msgspec
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from permits.definitions.findings import Path
from permits.definitions.form import Question
from permits.definitions.schema import Condition, Definition

Data = Mapping[str, Any]

UNFIT = object()
"""In place of a part that does not fit. One that may be left out is None, and fits."""


class Doubtful(Exception):
    """A part was asked for that does not fit, or that leads nowhere."""


class Partial:
    """The parts of a definition that are not doubtful; rules take it for a definition."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self.__dict__.update(parts)

    def __getattr__(self, name: str) -> Any:
        raise Doubtful(name)


@dataclass(frozen=True)
class Fitting:
    """A definition as it was written, and what of it fits.

    `lost` are the parts in which something could not be read, so that more may have stood there;
    `faults` are the places where something does not fit.
    """

    data: Data
    definition: Definition
    conditions: Mapping[str, Condition]
    fields: Mapping[str, Question]
    lost: frozenset[str] = frozenset()
    faults: frozenset[Path] = frozenset()

    def without(self, part: str) -> "Fitting":
        """The same, with one part doubtful."""
        left = {k: v for k, v in self.definition.__dict__.items() if k != part}
        return replace(self, definition=cast("Definition", Partial(left)))

    def may_ask(self, name: str) -> bool:
        """Whether the form may ask for, or make, something so named, though it does not fit."""
        written = [q.get("id") if isinstance(q, dict) else None for q in _questions(self.data)]
        made = [_mapping(q.get("totals")) for q in map(_mapping, _questions(self.data))]
        unnamed = any(not isinstance(one, str) for one in written)
        return any(name in names for names in (written, *made)) or unnamed or "form" in self.lost

    @property
    def rows(self) -> tuple[str, ...]:
        """The names of the list's rows, whether the rows fit or not."""
        return tuple(_mapping(self.data.get("list")))


def whole(definition: Definition, data: Data) -> Fitting:
    """A definition that fits the schema in every part."""
    fields = {q.id: q for q in definition.form.answerable}
    return Fitting(data, definition, definition.conditions, fields)


def parts_of(data: Data, lost: frozenset[str], faults: frozenset[Path] = frozenset()) -> Fitting:
    """A definition that does not fit: the parts that do, but for those that are lost."""
    fields = Definition.model_fields.items()
    parts = ((part, _part(field, part, data)) for part, field in fields if part not in lost)
    conditions = {
        name: one
        for name, written in _mapping(data.get("conditions")).items()
        if (one := _fits(Condition, written)) is not None
    }
    questions = (_fits(Question, written) for written in _questions(data))
    return Fitting(
        data,
        cast("Definition", Partial({p: value for p, value in parts if value is not UNFIT})),
        conditions,
        {
            one.id: one
            for q in questions
            if q and (q.type != "list_row" or "list" not in lost)
            for one in (q, *q.made)
        },
        lost,
        faults,
    )


def _part(field: FieldInfo, name: str, data: Data) -> Any:
    """A part as it was written, or as it is left out; UNFIT if it does not fit."""
    if name in data or field.is_required():
        found = _fits(field.annotation, data.get(name))
        return UNFIT if found is None else found
    return field.get_default(call_default_factory=True)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _fits(kind: Any, written: Any) -> Any:
    try:
        return _adapter(kind).validate_json(msgspec.json.encode(written), strict=True)
    except ValidationError:
        return None


def _mapping(data: Any) -> Data:
    return data if isinstance(data, dict) else {}


def _questions(data: Data) -> Iterator[Any]:
    """The questions of the form as they were written."""
    sections = _mapping(data.get("form")).get("sections")
    for section in sections if isinstance(sections, list) else ():
        fields = _mapping(section).get("fields")
        yield from fields if isinstance(fields, list) else ()
