"""The vocabulary as JSON Schema, for editors that help while a definition is written."""

from typing import Any

from permits.definitions.fragments import KEYED, SINGLE
from permits.definitions.schema import Definition

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FRAGMENTS = {
    "uses": {
        "description": "fragments of `shared/` whose entries are put in",
        "items": {"type": "string"},
        "type": "array",
        "uniqueItems": True,
    },
    "replaces": {
        "additionalProperties": {"items": {"type": "string"}, "type": "array"},
        "description": "entries of those fragments that this file has in another form, by part",
        "type": "object",
    },
}


def json_schema() -> dict[str, Any]:
    """The schema of a file in `workflows/`: what a fragment may give is not required of it.

    It knows keys, types and choices. Names, conditions and the procedure are proved by the
    checker alone.
    """
    schema = _without_null(Definition.model_json_schema())
    schema["properties"] = {**_FRAGMENTS, **schema["properties"]}
    shared = {path[0] for path in (*KEYED, *SINGLE)}
    schema["required"] = [key for key in schema["required"] if key not in shared]
    del schema["$defs"]["Chart"]["required"]
    return {"$schema": _DIALECT, "title": "A permit type", **schema}


def _without_null(part: Any) -> Any:
    """A part without the choice of nothing, which no file can write, and without titles that
    only repeat a key."""
    if isinstance(part, list):
        return [_without_null(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {
        key: _without_null(value)
        for key, value in part.items()
        if not (key == "title" and isinstance(value, str))
        and not (key == "default" and value is None)
    }
    if "patternProperties" in found:
        found["additionalProperties"] = False
    choices = [one for one in found.get("anyOf", ()) if one != {"type": "null"}]
    if len(choices) == 1:
        del found["anyOf"]
        found = {**choices[0], **found}
    return found
