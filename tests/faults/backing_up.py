"""F9: a backup is made while the office works, and restored; damaged ones are refused.

Processes write all the time. What they were told before the backup began must be in what is
restored, everything in it must be whole, and they may wait only so long meanwhile. Then the backup
is damaged, one file of it after the other, by chance: each time it must be refused.
"""

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from permits.outside.backup_key import backup_key
from permits.services.backup import manifest
from permits.services.backup.checking import verify_backup
from permits.services.backup.making import Source, give_way, make
from permits.services.backup.manifest import Damaged
from permits.services.backup.restoring import Wanted as Into
from permits.services.backup.restoring import restore
from permits.services.demonstration.clock import Hands
from permits.services.office import Office
from permits.services.rebuild import check
from permits.settings import Settings
from permits.store.database import open_database
from tests.faults import works
from tests.faults.report import Outcome, Sum
from tests.faults.tampering import damage
from tests.faults.works import Ledger, Verdict
from tests.faults.writing import Child, Say, forked, note, writes
from tests.kit import PLAIN_SIGN_IN
from tests.services.conftest import GAS, real_time, settled

PROCESSES = 2
LEFT_OVER = 0.1
"""Seconds after a backup in which it may still be felt."""


def office_in(folder: Path, cases: int) -> Office:
    """An office with so many cases, and files of one of them."""
    hands = Hands(real_time)
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder / 'permits.db'}"
    office = Office(Settings(folder / "data", url, sign_in=PLAIN_SIGN_IN), hands)
    settled(office, hands).people.file(GAS, "ordinary")
    writer = works.written_by(office.database)
    for first in range(0, cases, 60):
        coming = [works.life(f"old{n}") for n in range(first, min(cases, first + 60))]
        for step in range(len(works.STEPS) + 1):
            writer.write([life[step] for life in coming])
    return office


def under_load(folder: Path, cases: int, times: int, *, mutant: bool = False) -> Outcome:
    """So many backups while others write, each restored and held against what they were told."""
    total = Sum("F9", f"backups of {cases} cases under {PROCESSES} processes that write",
                "the file copied as it lies there" if mutant else None)  # fmt: skip
    office = office_in(folder / "office", cases)
    url = str(office.settings.database)
    stalls, quiet, took, back = [], [], [], []
    for number in range(times):
        children = [forked(writes(url, f"b{number}.{n}", n)) for n in range(PROCESSES)]
        for one in children:
            assert one.begun.wait(60)
        time.sleep(0.5)
        began, made = time.monotonic(), folder / f"backup{number}"
        held = _copied(folder, made) if mutant else _backed_up(office, made)
        ended = time.monotonic()
        took.append(ended - began)
        time.sleep(max(0.2, took[-1]))  # as long again, to know how long they wait anyway
        ledger = _stopped(children, began)
        stalls.append(_longest(children, began, ended))
        quiet.append(_longest(children, ended + LEFT_OVER, ended + took[-1]))
        if not mutant:
            began = time.monotonic()
            held = _restored(office, made, folder / f"restored{number}", total)
            back.append(time.monotonic() - began)
        total.add(_judged(ledger, held), len(ledger.done), number)
    office.close()
    beside = (
        f"made in {max(took):.2f} s, longest wait of a writer meanwhile {max(stalls):.3f} s, in"
        f" as long without a backup {max(quiet):.3f} s"
    )
    return total.beside(beside + (f", restored in {max(back):.2f} s" if back else ""))


def _stopped(children: list[Child], began: float) -> Ledger:
    """What was told before the backup began. What was asked afterwards may be in it or not."""
    ledger, before = Ledger(), Ledger()
    for child in children:
        child.kill()
        said = child.ended()
        note(ledger, said)
        note(before, [line for line in said if line.get("at", 0.0) < began])
    return Ledger(ledger.asked, before.done)


def _longest(children: list[Child], began: float, ended: float) -> float:
    """The longest that a writer waited for an answer while the backup was made."""
    longest = 0.0
    for child in children:
        asked = 0.0
        for line in child.said:
            if "ask" in line:
                asked = line["at"]
            elif "told" in line and line["at"] >= began and asked <= ended:
                longest = max(longest, line["at"] - asked)
    return longest


def _judged(ledger: Ledger, held: works.Kept | str) -> Verdict | str:
    return held if isinstance(held, str) else works.judged(ledger, held)


def _backed_up(office: Office, folder: Path) -> str:
    """Make a backup in a process of its own that lets others go first, as the command does."""

    def work(_say: Say) -> None:
        give_way()
        database = open_database(str(office.settings.database))
        make(Source(office.settings, database, office.files, office.now), folder)
        database.close()

    forked(work).ended()
    assert folder.is_dir(), "no backup was made"
    return "not restored yet"


def _copied(folder: Path, made: Path) -> works.Kept | str:
    """The mistake that is planted: the file alone, as it lies there, without its journal."""
    made.mkdir()
    shutil.copy(folder / "office" / "permits.db", made / "permits.db")
    return works.kept_in_file(made / "permits.db")


def _restored(office: Office, backup: Path, into: Path, total: Sum) -> works.Kept:
    signer = backup_key(office.settings.backup_key).fingerprint
    restore(backup, Into(into, "", signer, "root"), office.now)
    database = open_database(f"sqlite:///{into / 'permits.db'}")
    if check(database):
        total.miss("the tables of what was restored are not as the log says")
    held = works.kept_in(database)
    database.close()
    return held


def damaged(folder: Path, times: int, *, mutant: bool = False, seed: int = 0) -> Outcome:
    """So many damaged backups, each of which must be refused."""
    named = "the files of a backup believed unread" if mutant else None
    total = Sum("F9", "damaged backups", named)
    office = office_in(folder / "damaged", 3)
    made = folder / "whole"
    _backed_up(office, made)
    trusted = backup_key(office.settings.backup_key).fingerprint
    office.close()
    every = sorted(path for path in made.rglob("*") if path.is_file())
    for number in range(times):
        chance = random.Random(seed + number)
        path = chance.choice(every)
        content = path.read_bytes()
        what = damage(path, chance)
        if _is_believed(made, trusted, careless=mutant):
            total.miss(f"{number}: {what}")
        path.write_bytes(content)
    total.outcome = total.outcome._replace(runs=times)
    return total.beside(f"{times - len(total.outcome.missed)} of {times} refused")


def _is_believed(folder: Path, trusted: str, *, careless: bool) -> bool:
    try:
        _ = manifest.read(folder, trusted) if careless else verify_backup(folder, trusted)
    except Damaged:
        return False
    return True


def experiment(folder: Path, cases: int, times: int, damages: int) -> Iterator[Outcome]:
    yield under_load(folder / "load", cases, times)
    yield under_load(folder / "copied", min(cases, 50), 2, mutant=True)
    yield damaged(folder / "refused", damages)
    yield damaged(folder / "believed", max(damages // 10, 20), mutant=True)
