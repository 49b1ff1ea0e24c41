"""F3: the power goes at any moment.

Everything SQLite asks of the disk while orders are written is recorded, together with the moment
at which each of them was told as done. Then the disk is built as it may be found after a loss of
power at each of these moments: what was written through is there; of what was not, nothing, all of
it, some of it, or a piece of it. Each such disk is opened, and the record held against what had
been told. Nothing of what was told may be missing.

What is modelled is the promise of `fsync` and of the folder, not of a particular disk; a disk that
lies about having written is not.
"""

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from unittest.mock import patch

from permits.store import database as store
from permits.store.database import open_database, sqlite_library
from tests.faults import works
from tests.faults.disk import Asked, Disk, Does, Told
from tests.faults.report import Outcome, Sum
from tests.faults.works import Ledger

SECTOR = 512
BATCHES, EACH_RECORD = 60, 100
"""So many batches are recorded at a time, and so many places of each record looked at."""

MODES = {"WAL": "FULL", "DELETE": "EXTRA"}
"""The journals the product uses, with what it writes through."""

MUTANTS = {"WAL": "NORMAL", "DELETE": "FULL"}
"""With these a commit that was told may be gone."""

Content = dict[str, bytes]
Choice = Callable[[Sequence[Asked]], Sequence[Asked]]


class Platter:
    """The disk as it is known: `safe` is there after a loss of power, `unsure` may be."""

    def __init__(self, safe: Content) -> None:
        self.safe: dict[str, bytearray] = {n: bytearray(c) for n, c in safe.items()}
        self.unsure: dict[str, list[Asked]] = {}

    def take(self, asked: Asked) -> None:
        waiting = self.unsure.setdefault(asked.file, [])
        if asked.does is Does.SYNC:
            self._through(asked.file)
        elif asked.does is Does.REMOVE and asked.at:
            self.safe.pop(asked.file, None)
            waiting.clear()
        else:
            waiting.append(asked)

    def _through(self, file: str) -> None:
        found = self.safe.get(file)
        self.safe[file] = done(found or bytearray(), self.unsure[file]) or bytearray()
        self.unsure[file].clear()

    def images(self, chance: random.Random) -> Iterator[Content]:
        """What may be found after a loss of power now: with nothing of what is unsure, with all,
        with some of it, and with some of which one piece is torn."""
        yield self._image(lambda _waiting: [])
        if not any(self.unsure.values()):
            return
        yield self._image(lambda waiting: waiting)
        yield self._image(lambda waiting: some(waiting, chance))
        yield self._image(lambda waiting: torn(waiting, chance))

    def _image(self, choose: Choice) -> Content:
        image = {}
        for file in {*self.safe, *self.unsure}:
            found = self.safe.get(file)
            chosen = choose(self.unsure.get(file, []))
            content = done(deepcopy(found), chosen) if chosen else found
            if content is not None:
                image[file] = bytes(content)
        return image


def some(waiting: Sequence[Asked], chance: random.Random) -> list[Asked]:
    """Some of what waits, in any choice. Behind a removal another file begins under the same
    name: as long as the folder does not know of the removal, it does not know of that one."""
    chosen: list[Asked] = []
    for one in waiting:
        kept = chance.random() < 0.5
        if one.does is Does.REMOVE and not kept:
            return chosen
        if kept:
            chosen.append(one)
    return chosen


def torn(waiting: Sequence[Asked], chance: random.Random) -> list[Asked]:
    """The first of what waits, the last piece of which was written only in part."""
    first = list(waiting[: chance.randint(0, len(waiting))])
    if first and first[-1].does is Does.WRITE and len(first[-1].content) > SECTOR:
        last = first[-1]
        size = SECTOR * chance.randrange(1, len(last.content) // SECTOR + 1)
        first[-1] = last._replace(content=last.content[:size])
    return first


def done(content: bytearray | None, asked: Sequence[Asked]) -> bytearray | None:
    """A file once this was done to it; None if it is removed."""
    for one in asked:
        match one.does:
            case Does.WRITE:
                content = bytearray() if content is None else content
                content.extend(bytes(max(0, one.at - len(content))))
                content[one.at : one.at + len(one.content)] = one.content
            case Does.CUT:
                content = (content or bytearray())[: one.at]
            case Does.REMOVE:
                content = None
            case Does.SYNC:
                pass
    return content


@contextmanager
def keeping(journal: str, synchronous: str) -> Iterator[None]:
    """Databases that are opened in the block use this journal, written through so far."""
    with patch.object(store, "journal_of", lambda _library: (journal, synchronous)):
        yield


def recorded(base: Path, folder: Path, batches: int, seed: int) -> tuple[list[Asked | Told], Path]:
    """What the disk was asked while so many batches were written, and what was told when."""
    path = folder / "recorded.db"
    shutil.copy(base, path)
    disk, ledger = Disk(), Ledger()
    with disk.under():
        disk.recording = True
        database = open_database(f"sqlite:///{path}")
        writer, coming = works.written_by(database), works.lives(random.Random(seed), f"p{seed}")
        for _ in range(batches):
            orders = next(coming)
            ledger.ask(orders)
            disk.told(deepcopy(ledger))
            ledger.told(orders, writer.write(orders))
            disk.told(deepcopy(ledger))
        disk.recording = False
        database.close()
    for file in folder.glob("recorded.db*"):
        file.unlink()
    return disk.record, path


def lost_power(
    base: Path, folder: Path, journal: str, images: int, *, mutant: bool = False, seed: int = 1
) -> Outcome:
    """So many disks as they may be found, each opened and looked at."""
    synchronous = MUTANTS[journal] if mutant else MODES[journal]
    named = f"synchronous={synchronous}" if mutant else None
    total = Sum("F3", f"power lost, SQLite {journal}, {synchronous}", named)
    chance = random.Random(seed)
    while total.outcome.runs < images:
        with keeping(journal, synchronous):
            record, path = recorded(base, folder, BATCHES, seed)
        share = EACH_RECORD / len(record)
        for place, image, ledger in _disks(record, path, base, chance, share):
            total.add(looked_at(image, folder, path, ledger), len(ledger.done), (seed, place))
            if total.outcome.runs == images:
                break
        seed += 1
    return total.outcome


def _disks(
    record: list[Asked | Told], path: Path, base: Path, chance: random.Random, share: float
) -> Iterator[tuple[int, Content, Ledger]]:
    """Disks as they may be found at a share of the places of a record, with what was told."""
    platter, ledger = Platter({str(path): base.read_bytes()}), Ledger()
    for place, one in enumerate(record):
        if isinstance(one, Told):
            assert isinstance(one.what, Ledger)
            ledger = one.what
            continue
        platter.take(one)
        if chance.random() < share:
            for image in platter.images(chance):
                yield place, image, ledger


def looked_at(image: Content, folder: Path, path: Path, ledger: Ledger) -> works.Verdict | str:
    """What is found on a disk."""
    found = folder / "found"
    shutil.rmtree(found, ignore_errors=True)
    found.mkdir()
    for file, content in image.items():
        (found / Path(file).name).write_bytes(content)
    held = works.kept_in_file(found / path.name)
    return held if isinstance(held, str) else works.judged(ledger, held)


def trusted_library() -> bool:
    """Whether this SQLite may be used with a write-ahead log at all."""
    return store.journal_of(sqlite_library())[0] == "WAL"


def experiment(folder: Path, images: int, of_mutants: int) -> Iterator[Outcome]:
    """Each journal as the product uses it, then with less written through."""
    base = works.furnished(folder / "furnished")
    for journal in MODES if trusted_library() else ("DELETE",):
        yield lost_power(base, folder, journal, images)
        yield lost_power(base, folder, journal, of_mutants, mutant=True)
