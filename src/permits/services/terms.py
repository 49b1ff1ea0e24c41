"""The terms of the credit record: those of the settings' file, or those that are shipped."""

from functools import cache
from pathlib import Path

from permits.definitions.credit_terms import BrokenTerms, CreditFile, read_terms
from permits.settings import BadSetting, shipped


def terms_of(path: Path | None = None) -> CreditFile:
    """The terms in a file, or the shipped ones; BadSetting with every reason if the file cannot
    be used."""
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> CreditFile:
    return _read(shipped("workflows") / "shared" / "credit.yaml")


def _read(path: Path) -> CreditFile:
    try:
        return read_terms(path.read_text(encoding="utf-8"), path.name)
    except BrokenTerms as broken:
        raise BadSetting(f"PERMITS_CREDIT_TERMS: {broken}") from broken
