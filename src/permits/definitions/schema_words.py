"""What the schema objects to, in words an author of definitions understands."""

import difflib
import types
from collections.abc import Iterable
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from permits.definitions.findings import Finding, Path, spell_value
from permits.definitions.form import ABOUT_NOBODY
from permits.definitions.parts import Hour, Name, NonBlank, StatePath, Term
from permits.definitions.schema import Definition

_WANTED = {
    "model_type": ("schema.type", "a mapping is wanted"),
    "dict_type": ("schema.type", "a mapping of entries by name is wanted"),
    "tuple_type": ("schema.type", "a list is wanted"),
    "string_type": ("schema.type", "a text is wanted"),
    "int_type": ("schema.type", "a whole number is wanted"),
    "bool_type": ("schema.type", "true or false is wanted"),
    "date_type": ("schema.type", "a day such as 2022-06-01 is wanted"),
    "enum": ("schema.choice", "one of {expected} is wanted"),
    "literal_error": ("schema.choice", "{expected} is wanted"),
    "string_pattern_mismatch": ("schema.pattern", "{form} is wanted"),
    "string_too_long": ("schema.too_long", "at most {max_length} characters are wanted"),
    "greater_than_equal": ("schema.limit", "at least {ge} is wanted"),
    "less_than_equal": ("schema.limit", "at most {le} is wanted"),
    "value_error": ("schema.value", "{error}"),
}
_FORMS = {
    text.pattern: described.description
    for _str, text, described in map(get_args, (Name, StatePath, NonBlank, Term, Hour))
}
_FORMS["^[A-Z]{2,8}$"] = "a word of two to eight capital letters"


def findings_of(
    errors: Iterable[ErrorDetails], root: type[BaseModel] = Definition
) -> tuple[Finding, ...]:
    """Each error of the schema as a finding, without those that only follow from another."""
    return tuple(_finding(error, root) for error in errors if not _follows(error))


def _follows(error: ErrorDetails) -> bool:
    """A list whose only entry is broken counts as too short as well."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def path_of(error: ErrorDetails) -> Path:
    """Where an error stands; that of a key stands at its entry."""
    return tuple(step for step in error["loc"] if step != "[key]")


def _finding(error: ErrorDetails, root: type[BaseModel]) -> Finding:
    path = path_of(error)
    kind = error["type"]
    if kind == "missing" and path[-1] in ("zh", "en"):
        says = f"the text has no `{path[-1]}`; every text is given in zh and en"
        return Finding("text.language_missing", path, says)
    if kind == "missing":
        return Finding("schema.missing", path, "this key is required and is not there")
    if kind == "extra_forbidden" and path[-1] == "personal" and "columns" in path:
        return Finding("form.entries_personal", path, ABOUT_NOBODY)
    if kind == "extra_forbidden":
        return Finding("schema.unknown_key", path, _unknown(path, root))
    if kind == "too_short":
        says = f"at least {error['ctx']['min_length']} wanted; there are {len(error['input'])}"
        return Finding("schema.empty", path, says)
    if kind == "string_too_short":
        return Finding("schema.empty", path, "a text is wanted; it is blank")
    rule, wanted = _WANTED.get(kind, ("schema.value", "another value is wanted"))
    context = {"form": "", **error.get("ctx", {})}
    context["form"] = _FORMS.get(context.get("pattern"), "")
    if context.get("expected") == "True":
        context["expected"] = "`true`"
    given = path[-1] if error["loc"] and error["loc"][-1] == "[key]" else error["input"]
    says = f"{wanted.format(**context)}; found {spell_value(given)}"
    return Finding(rule, path, says)


def _unknown(path: Path, root: type[BaseModel]) -> str:
    keys = keys_at(path[:-1], root)
    near = difflib.get_close_matches(str(path[-1]), keys, 1)
    meant = f"did you mean `{near[0]}`? " if near else ""
    return f"there is no such key here; {meant}the keys are {', '.join(keys)}"


def keys_at(path: Path, root: type[BaseModel] = Definition) -> list[str]:
    """The keys of the mapping at a path that fits the schema so far."""
    kind = kind_at(path, root)
    return [info.alias or name for name, info in kind.model_fields.items()]


def kind_at(path: Path, root: type[BaseModel] = Definition) -> Any:
    """What is wanted at a path of known keys."""
    kind: Any = root
    for step in path:
        kind = _inside(kind, step)
    return kind


def _inside(kind: Any, step: str | int) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = kind.model_fields.items()
        return _bare(next(info.annotation for name, info in fields if step in (name, info.alias)))
    inner = get_args(kind)
    return _bare(inner[1] if get_origin(kind) is dict else inner[0])


def _bare(kind: Any) -> Any:
    """A type without what is written around it: limits, descriptions, or that it may be absent."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return _bare(get_args(kind)[0])
    return kind
