"""The office's rules for personal data: those of the settings' file, or those that are shipped."""

from functools import cache
from pathlib import Path

from permits.definitions.personal_rules import BrokenRules, PersonalRules, read_rules
from permits.settings import BadSetting, shipped


def rules_of(path: Path | None = None) -> PersonalRules:
    """The rules in a file, or the shipped ones; BadSetting with every reason if the file cannot
    be used."""
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> PersonalRules:
    return _read(shipped("workflows") / "shared" / "personal.yaml")


def _read(path: Path) -> PersonalRules:
    try:
        return read_rules(path.read_text(encoding="utf-8"), path.name)
    except BrokenRules as broken:
        raise BadSetting(f"PERMITS_PERSONAL_RULES: {broken}") from broken
