"""F8: somebody changes what is kept: rows, hashes, places, notes, and the files beside them.

Each mutation is undone again, and drawn by chance from everything there is. Whoever audits has the
public key, and a checkpoint that was kept outside. What somebody can do who has the key as well,
and what only a receipt tells, is tried one by one in `tests/services/evidence/test_attacks.py`.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, MetaData, Table, select
from sqlalchemy.exc import IntegrityError

from permits.services import file_check
from permits.services.demonstration.clock import Hands
from permits.services.evidence.auditing import Auditing
from permits.services.file_check import Found
from permits.services.office import Office
from permits.settings import Settings
from permits.store import evidence_signed
from tests.faults.report import Outcome, Sum
from tests.kit import PLAIN_SIGN_IN
from tests.services.conftest import GAS, real_time, settled
from tests.services.evidence.conftest import Scene
from tests.services.evidence.test_mutations import TABLES, Undone, audit_of, mutate


def scene_in(folder: Path) -> tuple[Office, Scene, str]:
    """An office with a granted case and one with files, several checkpoints, and no triggers."""
    hands = Hands(real_time)
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder / 'permits.db'}"
    office = Office(Settings(folder / "data", url, sign_in=PLAIN_SIGN_IN), hands)
    scene = Scene(settled(office, hands))
    people = scene.bureau.people
    case = people.file(GAS, "commitment")
    for action in ("accept", "grant_on_the_spot"):
        people.act("window", case, action)
    scene.run()
    people.file(GAS, "ordinary")
    scene.run()
    scene.tamper()
    return office, scene, case


def rows_changed(folder: Path, times: int, *, mutant: bool = False, seed: int = 0) -> Outcome:
    """So many mutations of rows of the record, each looked for by an audit."""
    named = "an audit that looks at no places and no notes" if mutant else None
    total = Sum("F8", "rows, hashes, places and notes changed", named)
    office, scene, _case = scene_in(folder)
    looked = 0
    with office.database.read() as connection:
        outside = evidence_signed.newest(connection).note
        tables = _read(connection)
    nothing = patch.multiple(Auditing, places=_looks_away, notes=_looks_away)
    while looked < times:
        chance = random.Random(seed)
        try:
            with office.database.write() as connection:
                what = mutate(connection, tables, chance)
                with nothing if mutant else patch.dict({}):
                    found = audit_of(scene, connection, outside)
                looked += 1
                if not found:
                    total.miss(f"{seed}: {what}")
                raise Undone
        except (Undone, IntegrityError):
            seed += 1
    office.close()
    missed = len(total.outcome.missed)
    total.outcome = total.outcome._replace(runs=looked)
    return total.beside(f"{looked - missed} of {looked} mutations found")


def _looks_away(self: Auditing) -> None:
    """The mistake that is planted."""


def _read(connection: Connection) -> dict[str, Any]:
    metadata, tables = MetaData(), {}
    for name in TABLES:
        table = Table(name, metadata, autoload_with=connection)
        rows = [dict(row) for row in connection.execute(select(table)).mappings()]
        tables[name] = (table, rows)
    return tables


def damage(path: Path, chance: random.Random) -> str:
    """Do something to a file: a bit of it, its end, or all of it; what it was."""
    content = bytearray(path.read_bytes())
    what = chance.choice(("bit", "bit", "bit", "cut", "longer", "gone"))
    at = chance.randrange(len(content)) if content else 0
    match what:
        case "bit" if content:
            content[at] ^= 1 << chance.randrange(8)
        case "cut" if content:
            del content[at:]
        case "gone":
            path.unlink()
            return f"{path.name} gone"
        case _:
            content.append(0)
    path.write_bytes(content)
    return f"{path.name} {what} at {at}"


def files_changed(folder: Path, times: int, seed: int = 0) -> Outcome:
    """So many mutations of files that were handed in, each looked for by `permits files check`."""
    total = Sum("F8", "files changed, cut, removed")
    office, _scene, _case = scene_in(folder)
    kept = sorted(office.settings.files.glob("[0-9a-f][0-9a-f]/*"))
    for number in range(times):
        chance = random.Random(seed + number)
        path = chance.choice(kept)
        content = path.read_bytes()
        what = damage(path, chance)
        checked = list(file_check.check(office.database, office.files))
        if all(one.found is Found.WHOLE for one in checked):
            total.miss(f"{number}: {what}")
        path.write_bytes(content)
    office.close()
    total.outcome = total.outcome._replace(runs=times)
    return total.beside(f"{times - len(total.outcome.missed)} of {times} mutations found")


def experiment(folder: Path, rows: int, files: int) -> Iterator[Outcome]:
    yield rows_changed(folder / "rows", rows)
    yield rows_changed(folder / "blind", max(rows // 10, 20), mutant=True)
    yield files_changed(folder / "files", files)
