"""Writes plain data as YAML that the strict reader reads back to the same data."""

import json
import re
from collections.abc import Iterator
from typing import Any

from permits.definitions.yaml_reader import surprise

_PLAIN = re.compile(r"[a-z][a-z0-9_.]*|[0-9]+(wd|d|m)|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WIDEST = 90

Scalar = str | int | bool


def write_yaml(data: Any, *, ascii_only: bool = False) -> str:
    """The data, lists and mappings in their order; texts quoted unless they are plain words.

    With `ascii_only` every other character is written as an escape, for terminals that could
    not show it.
    """
    return "\n".join(_Writer(ascii_only=ascii_only).block(data, "")) + "\n"


class _Writer:
    def __init__(self, *, ascii_only: bool) -> None:
        self.ascii_only = ascii_only

    def block(self, data: Any, indent: str) -> Iterator[str]:
        """The lines of a mapping or a list that is not empty; of anything else, the one line."""
        if isinstance(data, dict) and data:
            for key, value in data.items():
                yield from self.entry(f"{indent}{self.scalar(key)}:", value, indent + "  ")
        elif isinstance(data, list) and data:
            for value in data:
                yield from self.entry(f"{indent}-", value, indent + "  ")
        else:
            yield indent + self.short(data)

    def entry(self, begin: str, value: Any, indent: str) -> Iterator[str]:
        """A key or a dash with what belongs to it: on its line if it is short, else below."""
        short = f"{begin} {self.short(value)}" if self.is_short(value) else ""
        if short and len(short) <= _WIDEST:
            yield short
        elif not isinstance(value, dict | list):
            yield f"{begin} {self.scalar(value)}"
        elif begin.endswith("-"):
            first, *rest = self.block(value, indent)
            yield f"{begin} {first.strip()}"
            yield from rest
        else:
            yield begin
            yield from self.block(value, indent)

    def is_short(self, value: Any) -> bool:
        inner = value.values() if isinstance(value, dict) else value
        return not isinstance(value, dict | list) or not any(
            isinstance(one, dict | list) for one in inner
        )

    def short(self, value: Any) -> str:
        if isinstance(value, dict):
            pairs = (f"{self.scalar(k)}: {self.scalar(v)}" for k, v in value.items())
            return f"{{{', '.join(pairs)}}}"
        if isinstance(value, list):
            return f"[{', '.join(self.scalar(one) for one in value)}]"
        return self.scalar(value)

    def scalar(self, value: Scalar) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return str(value)
        if _PLAIN.fullmatch(value) and not surprise(value):
            return value
        quoted = json.dumps(value, ensure_ascii=False)
        if not self.ascii_only:
            return quoted
        return "".join(c if c.isascii() else _escape(c) for c in quoted)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
