"""Writes the reference of the vocabulary: docs/reference/definition.md and its JSON Schema.

Usage: python -m tools.definition_reference

Both come from the models alone. A test compares what is committed with what this would write.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from permits.definitions.conditions import FACTS
from permits.definitions.fragments import KEYED, SINGLE
from permits.definitions.json_schema import json_schema

FOLDER = Path(__file__).parents[1] / "docs" / "reference"

INTRODUCTION = """\
# The vocabulary of a permit type

Every permit type is one YAML file in `workflows/`. This page lists every part of it, every key,
and what it means; it is generated from the models (`python -m tools.definition_reference`), and
so is [definition.schema.json](definition.schema.json), which editors can use. What must fit
together beyond types and choices is in [checker.md](checker.md).

YAML is read strictly. A number is whole and decimal, `true` and `false` are the only truth values,
a key is a plain word, and there are no anchors, aliases, tags or second documents. Whatever YAML
would read otherwise than it looks (`on`, `010`, `12:30`, `1.5`, `~`) must be quoted or left out.

A key without a default must be there. Where a part is *keyed by name*, its entries may come from
fragments in `workflows/shared/` that the file names under `uses`; each entry comes whole from one
place, and what a file has in another form stands under `replaces`.
"""

WORDS = {
    "^[a-z][a-z0-9]*(_[a-z0-9]+)*$": "name",
    "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*)?$": "place",
    "^(0|[1-9][0-9]{0,3})(wd|d|m)$": "term",
    "^([01][0-9]|2[0-3]):[0-5][0-9]$": "hour",
    "^[A-Z]{2,8}$": "capital letters",
}
QUESTIONS = """\
## What a condition may ask of the case

Besides the answers, by the `id` of their fields. A condition about a question that was not put
does not hold. Its constants are whole numbers, quoted texts, `true` and `false`. What is asked
before there is a case (by questions, materials, exclusions, tracks and rows) looks only at
answers.
"""
PLAIN = """\
## Plain values

| word | written as |
|---|---|
| name | a word in lower case, parts joined by underscores, at most 40 characters |
| place | a state, or `state.region.state` inside one |
| term | a length of time: `7wd` working days, `60d` days, `2m` months |
| day | `2022-06-01` |
| hour | `"09:00"`, quoted |
| text | any text that is not blank; where people read it, it is a [Text](#text) |
"""


def page() -> str:
    """The reference as Markdown."""
    schema = json_schema()
    parts = [INTRODUCTION, PLAIN, *_section("Definition", schema)]
    for name in _in_order(schema):
        parts += _section(name, schema["$defs"][name])
    parts.append(_facts())
    return "\n".join(parts)


def schema_text() -> str:
    """The JSON Schema as it is committed."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _in_order(schema: dict[str, Any]) -> list[str]:
    """The parts in the order in which a reader of the file meets them."""
    found: list[str] = []

    def visit(part: Any) -> None:
        if isinstance(part, list):
            for one in part:
                visit(one)
        elif isinstance(part, dict):
            name = part.get("$ref", "").removeprefix("#/$defs/")
            if name and name not in found:
                found.append(name)
                visit(schema["$defs"][name])
            for key, value in part.items():
                if key != "$defs":
                    visit(value)

    visit(schema)
    return found


def _section(name: str, part: dict[str, Any]) -> Iterator[str]:
    yield f"## {name}\n"
    yield part["description"].replace("\n\n", "\n").replace("\n", " ") + "\n"
    if "enum" in part:
        yield _choices(part["enum"]) + "\n"
        return
    yield "| key | value | meaning | default |"
    yield "|---|---|---|---|"
    for key, value in part["properties"].items():
        default = _default(name, key, part)
        yield f"| `{key}` | {_kind(value)} | {value.get('description', '')} | {default} |"
    yield ""


def _default(name: str, key: str, part: dict[str, Any]) -> str:
    if key in part.get("required", ()):
        return ""
    if (name, key) in FROM_FRAGMENTS:
        return "may come from a fragment"
    given = part["properties"][key].get("default")
    return "none" if given in (None, [], {}) else _choices([given])


def _kind(value: dict[str, Any]) -> str:
    """What may be written, from the schema of a value."""
    if "$ref" in value:
        name = value["$ref"].removeprefix("#/$defs/")
        return f"[{name}](#{name.lower()})"
    if "enum" in value or "const" in value:
        return _choices(value.get("enum") or [value["const"]])
    if "anyOf" in value:
        return " or ".join(_kind(one) for one in value["anyOf"])
    return KINDS[value["type"]](value)


def _choices(values: Iterable[Any]) -> str:
    return " · ".join(f"`{json.dumps(value)}`".replace('"', "") for value in values)


def _mapping(value: dict[str, Any]) -> str:
    by = _kind(value["propertyNames"]) if "$ref" in value.get("propertyNames", {}) else "name"
    inner = value.get("additionalProperties") or next(iter(value["patternProperties"].values()))
    return f"by {by}: {_kind(inner)}"


def _string(value: dict[str, Any]) -> str:
    return "day" if value.get("format") == "date" else WORDS.get(value.get("pattern", ""), "text")


def _number(value: dict[str, Any]) -> str:
    most = f", {value['minimum']} to {value['maximum']}" if "maximum" in value else ""
    return f"whole number{most}"


KINDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "array": lambda value: f"list of {_kind(value['items'])}",
    "boolean": lambda _value: _choices([True, False]),
    "integer": _number,
    "object": _mapping,
    "string": _string,
}
FROM_FRAGMENTS = {
    *(("Definition", str(path[0])) for path in (*KEYED, *SINGLE)),
    *(("Chart", str(path[1])) for path in (*KEYED, *SINGLE) if path[0] == "chart"),
}


def _facts() -> str:
    rows = "\n".join(f"| `{name}` | {_choices(values)} |" for name, values in FACTS.items())
    return f"{QUESTIONS}\n| fact | values |\n|---|---|\n{rows}\n"


def main() -> None:
    """Write both files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "definition.md").write_text(page(), encoding="utf-8")
    (FOLDER / "definition.schema.json").write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
