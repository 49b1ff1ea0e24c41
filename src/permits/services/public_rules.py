"""The office's rules for the public's pages: those of the settings' file, or those shipped."""

from functools import cache
from pathlib import Path

from permits.definitions.public_rules import BrokenPublicRules, PublicRules, read_public_rules
from permits.settings import BadSetting, shipped


def public_rules_of(path: Path | None = None) -> PublicRules:
    """The rules in a file, or the shipped ones; BadSetting with every reason if the file cannot
    be used."""
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> PublicRules:
    return _read(shipped("workflows") / "shared" / "public.yaml")


def _read(path: Path) -> PublicRules:
    try:
        return read_public_rules(path.read_text(encoding="utf-8"), path.name)
    except BrokenPublicRules as broken:
        raise BadSetting(f"PERMITS_PUBLIC_RULES: {broken}") from broken
