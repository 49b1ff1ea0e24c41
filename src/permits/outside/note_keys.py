"""The keys that sign what the log says, in files of their own, and what was signed with them last.

The key of the log is read by whoever gives events their places and by nobody who serves pages.
What was signed last is remembered beside it, outside the database: a database that was put back
to an earlier state is noticed before anything is signed that contradicts what others hold.
"""

from pathlib import Path

from permits.evidence.notes import BadKey, KeySigner, Signer, new_signer, read_signer
from permits.outside import private_files
from permits.settings import BadSetting


class Remembered:
    """The last note that was signed with a key, in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def last(self) -> str:
        """The note; empty if none was signed yet."""
        return self._file.read_text(encoding="utf-8") if self._file.exists() else ""

    def remember(self, note: str) -> None:
        """It is on the disk when this returns."""
        private_files.replace(self._file, note)


def memory_of(key_file: Path) -> Remembered:
    """What was signed last with the key in a file."""
    return Remembered(key_file.with_name(f"{key_file.name}.last"))


def signer_in(file: Path) -> Signer:
    """The key in a file. Raises `BadSetting`, which names the file and never the key."""
    return _read(file, _text_of(file))


def signer_made_in(file: Path, name: str) -> Signer:
    """The key in a file; one of that name is made if there is none. Raises `BadSetting`."""
    try:
        return _read(file, private_files.kept(file, lambda: f"{new_signer(name).secret()}\n"))
    except OSError as error:
        raise BadSetting(f"{file} cannot be read: {error.strerror}") from None


def make_key(file: Path, name: str) -> Signer | None:
    """Make a key in a new file; None, and nothing is changed, if there is one. Raises `BadKey`
    for a name that no key can have."""
    made = new_signer(name)
    return made if private_files.write_once(file, f"{made.secret()}\n") else None


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise BadSetting(f"{file} cannot be read: {why}") from None


def _read(file: Path, text: str) -> KeySigner:
    try:
        return read_signer(text)
    except BadKey as error:
        raise BadSetting(
            f"{file} holds no key: {error}; `permits evidence keygen` makes one"
        ) from None
