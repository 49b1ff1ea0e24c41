"""The reference says what is true: it is what the models and the checker would write today."""

import json

import pytest
from tools import checker_reference, definition_reference

from permits.definitions.json_schema import json_schema
from permits.definitions.shelf import read_file
from tests.definitions.shipped import FOLDER, definition


def committed(name):
    return (definition_reference.FOLDER / name).read_text(encoding="utf-8")


def test_the_reference_of_the_vocabulary_is_up_to_date():
    assert committed("definition.md") == definition_reference.page()


def test_the_schema_is_up_to_date():
    assert committed("definition.schema.json") == definition_reference.schema_text()


def test_every_rule_in_the_reference_is_explained_in_the_page():
    page = committed("checker.md")
    for rule, meaning in checker_reference.RULES.items():
        assert f"| `{rule}` | {meaning} |" in page


def parts(value, path=""):
    """Every mapping of the schema, with where it stands."""
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from parts(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from parts(inner, f"{path}/{n}")


def test_every_part_and_every_key_is_described():
    schema = json_schema()
    for name, part in schema["$defs"].items():
        assert part["description"], name
        for key, value in part.get("properties", {}).items():
            assert value.get("description"), f"{name}.{key}"


def test_the_schema_refers_to_parts_that_are_there_and_allows_no_other_keys():
    schema = json_schema()
    for path, part in parts(schema):
        if "$ref" in part:
            assert part["$ref"].removeprefix("#/$defs/") in schema["$defs"], path
        if part.get("type") == "object":
            assert "additionalProperties" in part, path
        assert part != {"type": "null"}, path


def fits(value, part, schema):
    """Whether a value has only keys, kinds and choices that the schema allows."""
    if "$ref" in part:
        part = schema["$defs"][part["$ref"].removeprefix("#/$defs/")]
    if "enum" in part or "const" in part:
        return value in part.get("enum", [part.get("const")])
    if "anyOf" in part:
        return any(fits(value, one, schema) for one in part["anyOf"])
    match part["type"]:
        case "object":
            inner = part.get("additionalProperties") or next(
                iter(part.get("patternProperties", {"": {}}).values())
            )
            known = part.get("properties", {})
            return value.keys() >= set(part.get("required", ())) and all(
                fits(one, known.get(key, inner), schema) for key, one in value.items()
            )
        case "array":
            return all(fits(one, part["items"], schema) for one in value)
        case kind:
            kinds = {"string": str, "integer": int, "boolean": bool}
            return type(value) is kinds[kind]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_shipped_file_fits_the_schema(file):
    schema = json_schema()
    assert fits(read_file(file).data, schema, schema)


def test_what_the_schema_does_not_allow_does_not_fit():
    schema = json_schema()
    data = json.loads(definition().model_dump_json(by_alias=True, exclude_none=True))
    assert fits(data, schema, schema)
    data["permit"]["measure"] = "waived"
    assert not fits(data, schema, schema)
