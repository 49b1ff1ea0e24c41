"""What a program might send, made of the OpenAPI document: right, nearly right, and nonsense."""

from typing import Any

from hypothesis import strategies as st

from tests.web.api.program import Contract

Strategy = st.SearchStrategy[Any]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
DAYS = st.sampled_from(
    (
        "2022-06-09",
        "2022-06-08",
        "2022-06-10",
        "0001-01-01",
        "9999-12-31",
        "2022-02-30",
        "1654732800",
    )
)


def nearly(contract: Contract, schema: dict[str, Any], words: Strategy) -> Strategy:
    """A value of a schema, or one that was spoiled. Texts without a form of their own are drawn
    from `words`, which are names that mean something."""
    right = fitting(contract, schema, words)
    return mostly(right, st.one_of(right.flatmap(spoiled), JSON))


def mostly(usual: Strategy, other: Strategy) -> Strategy:
    """Four times out of five the one, else the other."""
    return st.integers(0, 4).flatmap(lambda place: usual if place else other)


def fitting(contract: Contract, schema: dict[str, Any], words: Strategy) -> Strategy:
    """A value of a schema."""
    schema = contract.resolved(schema)
    if "anyOf" in schema:
        return st.one_of(*(fitting(contract, one, words) for one in schema["anyOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object":
            return _object(contract, schema, words)
        case "array":
            return st.lists(fitting(contract, schema["items"], words), max_size=3)
        case "string":
            return _text(schema, words)
        case "integer":
            return st.integers(schema.get("minimum"), schema.get("maximum"))
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case other:
            raise AssertionError(other)


def _object(contract: Contract, schema: dict[str, Any], words: Strategy) -> Strategy:
    parts = {n: fitting(contract, s, words) for n, s in schema.get("properties", {}).items()}
    required = {name: parts.pop(name) for name in schema.get("required", ())}
    others = schema.get("additionalProperties")
    if isinstance(others, dict):
        return st.dictionaries(words, fitting(contract, others, words), max_size=5)
    return st.fixed_dictionaries(required, optional=parts)


def _text(schema: dict[str, Any], words: Strategy) -> Strategy:
    if schema.get("format") == "date":
        return DAYS
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    most = schema.get("maxLength")
    return mostly(words, st.text(max_size=most))


def spoiled(value: Any) -> Strategy:
    """A value with something taken out, put in, or replaced."""
    if not isinstance(value, dict) or not value:
        return JSON
    name = st.sampled_from(sorted(value, key=str))
    return st.one_of(
        name.map(lambda out: {n: v for n, v in value.items() if n != out}),
        st.tuples(name, JSON).map(lambda one: {**value, one[0]: one[1]}),
        st.tuples(st.text(), JSON).map(lambda one: {**value, one[0]: one[1]}),
    )
