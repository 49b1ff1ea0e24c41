"""Small files that only whoever runs the office may read: keys, and what must be remembered."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

MODE = 0o600


def kept(file: Path, make: Callable[[], str]) -> str:
    """What a file holds. If it is not there it is made whole under another name first, and by one
    process only."""
    if not file.exists():
        write_once(file, make())
    return file.read_text(encoding="ascii")


def write_once(file: Path, text: str) -> bool:
    """Write a file that is not there yet; False, and nothing is changed, if it is."""
    draft = _drafted(file, text)
    try:
        os.link(draft, file)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def replace(file: Path, text: str) -> None:
    """Write a file in the place of whatever was there: wholly, or not at all. It is on the disk
    when this returns."""
    draft = _drafted(file, text)
    try:
        draft.replace(file)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _drafted(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
    with os.fdopen(handle, "w", encoding="utf-8") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    return draft
