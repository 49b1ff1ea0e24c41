"""What was looked at already, by whichever of the processes that run the tests."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from tests.scratch import PREFIX


class Looked:
    """Things that are looked at once in a run. Each is a file in a folder that its processes
    share: whoever makes it is the first to see the thing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def new(self, things: Iterable[str]) -> set[str]:
        """Those that nobody has seen before; now they are seen."""
        unknown = set(things) - self._known
        self._known |= unknown
        return {thing for thing in unknown if self._is_first(thing)}

    def _is_first(self, thing: str) -> bool:
        file = self.folder / sha256(thing.encode()).hexdigest()
        try:
            os.close(os.open(file, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return False
        return True


def of_this_run(name: str) -> Looked:
    """What this run has looked at under a name. Its processes share the folder that was chosen for
    temporary ones; where none was, each remembers by itself."""
    shared = Path(tempfile.gettempdir())
    if not shared.name.startswith(PREFIX):
        shared = Path(tempfile.mkdtemp(prefix=PREFIX))
        atexit.register(shutil.rmtree, shared, ignore_errors=True)
    return Looked(shared / "looked" / name)
