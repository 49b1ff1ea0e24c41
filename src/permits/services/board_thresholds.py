"""The thresholds of the board: those of the settings' file, or those that are shipped."""

from functools import cache
from pathlib import Path

from permits.definitions.board_thresholds import BoardFile, BrokenThresholds, read_thresholds
from permits.settings import BadSetting, shipped


def thresholds_of(path: Path | None = None) -> BoardFile:
    """The thresholds in a file, or the shipped ones; BadSetting with every reason if the file
    cannot be used."""
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> BoardFile:
    return _read(shipped("workflows") / "shared" / "board.yaml")


def _read(path: Path) -> BoardFile:
    try:
        return read_thresholds(path.read_text(encoding="utf-8"), path.name)
    except BrokenThresholds as broken:
        raise BadSetting(f"PERMITS_BOARD_THRESHOLDS: {broken}") from broken
