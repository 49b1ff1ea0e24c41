"""What came of mistakes in earlier runs, so that a run that was stopped goes on where it was."""

import hashlib
import json
from functools import cache
from pathlib import Path

from tests.security.mutants import Mutant, path_of


class Kept:
    """A file with a line for each mistake that was tried; without one nothing is kept.

    What was noticed stays so as long as its module stays as it is: tests only become more.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._came: dict[tuple[str, int, str], str | None] = {}
        if file is not None and file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                one = json.loads(line)
                self._came[one["module"], one["index"], one["source"]] = one["noticed_by"]

    def __contains__(self, mutant: Mutant) -> bool:
        return _key(mutant) in self._came

    def noticed_by(self, mutant: Mutant) -> str | None:
        """The test that noticed a mistake; None if none did, or it was not tried yet."""
        return self._came.get(_key(mutant))

    def keep(self, mutant: Mutant, noticed_by: str | None) -> None:
        module, index, source = _key(mutant)
        self._came[module, index, source] = noticed_by
        if self._file is not None:
            told = {
                "module": module,
                "index": index,
                "source": source,
                "what": mutant.key,
                "noticed_by": noticed_by,
            }
            with self._file.open("a", encoding="utf-8") as out:
                print(json.dumps(told, ensure_ascii=False), file=out)


def _key(mutant: Mutant) -> tuple[str, int, str]:
    return mutant.module, mutant.index, _source(mutant.module)


@cache
def _source(module: str) -> str:
    """Which text of a module is meant."""
    return hashlib.sha256(path_of(module).read_bytes()).hexdigest()[:16]
