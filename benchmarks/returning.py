"""How long an office with many cases is away: until it serves again after it was started anew, and
until it is restored from a backup."""

import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from benchmarks.measure import Figure, interleaved, stopwatch
from benchmarks.serving import served
from benchmarks.size import Size
from benchmarks.town import Town
from permits.outside.backup_key import backup_key
from permits.services.backup.making import Source, make
from permits.services.backup.manifest import Manifest
from permits.services.backup.restoring import Wanted, restore

HOW = """\
The same office with few cases and with many. Started anew: from `permits serve` to the first
answer that says it is ready. Backed up as `permits backup` does it, read back before it counts;
restored as `permits restore` does it, with every hash, every chain and every row counted."""

LOOKS = 0.02
PATIENCE = 120.0


def figures(folder: Path, small: Town, large: Town, size: Size) -> Iterator[Figure]:
    """Seconds until it is ready, until it is backed up, until it is restored."""
    few, many = f"{size.small:,}", f"{size.crowd:,}"
    taken = interleaved(
        {few: partial(_started, small), many: partial(_started, large)}, size.rounds
    )
    yield Figure(f"Ready again with {few} cases", taken[few], "s")
    yield Figure(
        f"Ready again with {many} cases", taken[many], "s", taken[many] / taken[few], f"with {few}"
    )
    for name, town in ((few, small), (many, large)):
        yield from _returned(folder / name, name, town)


def _started(town: Town) -> float:
    """Seconds from the start of the program until it says that it is ready."""
    began = time.perf_counter()
    with served(town.settings) as server:
        while time.perf_counter() - began < PATIENCE:
            with suppress(OSError):
                address = f"http://127.0.0.1:{server.port}/readyz"
                with urllib.request.urlopen(address, timeout=10):
                    return time.perf_counter() - began
            time.sleep(LOOKS)
    raise SystemExit("the server was not ready")


def _returned(folder: Path, name: str, town: Town) -> Iterator[Figure]:
    work = town.open()
    folder.mkdir(parents=True)
    with stopwatch() as made:
        source = Source(town.settings, work.database, work.files, work.now)
        manifest = make(source, folder / "backup")
    with stopwatch() as back:
        signer = backup_key(town.settings.backup_key).fingerprint
        restore(folder / "backup", Wanted(folder / "restored", "", signer, "bench"), work.now)
    work.close()
    yield Figure(f"A backup of {name} cases", made[0], "s")
    yield Figure(f"{name} cases restored", back[0], "s", back[0] / made[0], "a backup of them")
    yield Figure(f"Events of {name} cases", manifest.events, "")
    yield Figure("The database by event", _bytes(manifest) / manifest.events, "bytes")


def _bytes(manifest: Manifest) -> int:
    return next(one.size for one in manifest.contents if one.path == manifest.form)
