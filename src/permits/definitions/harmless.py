"""Faults that no rule hangs on, put aside so that the rest of a definition can be looked at.

A text without its English is told of, and hides nothing else; so is a basis that names no law. A
key that nobody knows is left out, unless it looks like one that somebody does.
"""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from pydantic_core import ErrorDetails

from permits.definitions.findings import Path
from permits.definitions.parts import Basis, Text
from permits.definitions.schema_words import keys_at, kind_at, path_of

_DECIDES = frozenset({"fees", "tracks"})
"""Parts of which rules look at the basis itself."""
_UNSAID = "…"


def put_aside(
    data: Mapping[str, Any], errors: Iterable[ErrorDetails]
) -> tuple[dict[str, Any], frozenset[Path]]:
    """A copy of the data without those faults, and where a misspelt key was meant to stand."""
    copied: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(data))
    meant = set()
    for error in errors:
        path = path_of(error)
        if error["type"] == "extra_forbidden":
            near = difflib.get_close_matches(str(path[-1]), keys_at(path[:-1]), 1)
            meant |= {(*path[:-1], key) for key in near}
            if not near:
                del _at(copied, path[:-1])[path[-1]]
            continue
        for length in range(1, len(path) + 1):
            _stand_in(copied, path[:length])
    return copied, frozenset(meant)


def _stand_in(data: Any, path: Path) -> None:
    kind = kind_at(path)
    if kind is Text:
        holder = _at(data, path[:-1])
        holder[path[-1]] = _text(_at(data, path))
    elif kind is Basis and path[0] not in _DECIDES:
        _at(data, path[:-1])[path[-1]] = {"example": _text(None)}


def _text(written: Any) -> dict[str, str]:
    """A text that fits, with as much of what was written as can be."""
    given = written if isinstance(written, dict) else {"zh": written, "en": written}
    found = {language: given.get(language) for language in ("zh", "en")}
    return {k: v if isinstance(v, str) and v.strip() else _UNSAID for k, v in found.items()}


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else data[step]
    return data
