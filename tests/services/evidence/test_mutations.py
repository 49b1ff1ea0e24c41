"""F8: a thousand seeded mutations of rows, hashes, places, notes and files, each of them found.

What is changed is drawn from everything there is: a byte of a record or of a hash, a row that is
gone, a number, a letter of a note or of a file. One that is not found is told with its seed.
"""

import json
import random

import pytest
from sqlalchemy import MetaData, Table, and_, select
from sqlalchemy.exc import IntegrityError

from permits.services.evidence import case_file, verifying
from permits.services.evidence.auditing import Auditing, Held, audit
from permits.store import evidence_signed
from tests.services.conftest import GAS

ROWS = 700
FILES = 500

TABLES = {
    "event": ("record", "hash", "id", "type"),
    "stream": ("version", "head"),
    "log_leaf": ("hash", "seq"),
    "log_node": ("hash",),
    "log_checkpoint": ("root", "note"),
}
"""Columns whose cells are changed; of each of these tables rows are removed as well."""


class Undone(Exception):
    """Raised to undo a mutation once it was looked at."""


def flipped(cell, chance):
    """A cell with one bit, one digit or one letter of it changed."""
    if isinstance(cell, int):
        return cell + chance.choice((-1, 1, 7))
    if isinstance(cell, bytes | memoryview):
        raw = bytearray(bytes(cell))
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        return bytes(raw)
    at = chance.randrange(len(cell))
    other = chance.choice([c for c in "abcXYZ019+/" if c != cell[at]])
    return cell[:at] + other + cell[at + 1 :]


def mutate(connection, tables, chance):
    """Change something; what it was."""
    name = chance.choice(sorted(tables))
    table, rows = tables[name]
    row = chance.choice(rows)
    keys = and_(*(column == row[column.name] for column in table.primary_key))
    if chance.random() < 0.2:
        connection.execute(table.delete().where(keys))
        return f"{name}: a row is removed"
    column = chance.choice(TABLES[name])
    value = flipped(row[column], chance)
    connection.execute(table.update().where(keys).values({column: value}))
    return f"{name}.{column} of {[row[c.name] for c in table.primary_key]}"


@pytest.fixture
def signed(scene, granted):
    """An office with several checkpoints, of which the newest is held outside as well."""
    scene.run()
    scene.bureau.people.file(GAS, "ordinary")
    scene.run()
    scene.tamper()
    return scene


def without_triggers(scene, connection):
    if not scene.database.is_sqlite:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")


def test_every_mutation_of_the_database_is_found(signed, record_property):
    database = signed.database
    with database.read() as connection:
        outside = evidence_signed.newest(connection).note
        metadata = MetaData()
        tables = {}
        for name in TABLES:
            table = Table(name, metadata, autoload_with=connection)
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            tables[name] = (table, rows)
    missed, tried = [], 0
    for seed in range(ROWS):
        chance = random.Random(seed)
        try:
            with database.write() as connection:
                without_triggers(signed, connection)
                what = mutate(connection, tables, chance)
                found = audit_of(signed, connection, outside)
                tried += 1
                if not found:
                    missed.append((seed, what))
                raise Undone
        except Undone:
            continue
        except IntegrityError:
            continue  # the database itself refuses it
    assert missed == []
    assert tried > 0.9 * ROWS
    record_property("tried", f"F8: {tried} mutations of rows, all found")


def audit_of(scene, connection, outside):
    """What an audit finds within a transaction that is undone afterwards."""
    auditing = Auditing(connection, [scene.signer.verifier], [Held("outside", outside)])
    auditing.streams(None)
    auditing.places()
    auditing.notes()
    return auditing.audited().findings


def test_the_audit_itself_finds_nothing_where_nothing_was_changed(signed):
    assert audit(signed.database, [signed.signer.verifier]).findings == ()


def test_every_mutation_of_a_file_is_found(signed, granted, record_property):
    """Of the file as bytes: what is still a file of a case must be the same case, or amiss."""
    content = signed.exported(granted)
    plain = json.loads(content)
    missed = []
    for seed in range(FILES):
        chance = random.Random(seed)
        raw = bytearray(content)
        at = chance.randrange(len(raw))
        raw[at] ^= 1 << chance.randrange(8)
        try:
            file = case_file.read(bytes(raw))
        except case_file.NoCaseFile:
            continue
        if same(json.loads(bytes(raw)), plain):
            continue  # white space, or what is told beside and proves nothing
        if verifying.verify(file, [signed.signer.verifier]).good:
            missed.append((seed, at, content[max(0, at - 40) : at + 40]))
    assert missed == []
    record_property("tried", f"F8: {FILES} mutations of a file, all found")


TOLD_BESIDE = ("made_at", "keys")
"""What the file says beside the case: when it was made, and keys that nobody has to believe."""


def same(one, other):
    return all(one.get(name) == other[name] for name in other if name not in TOLD_BESIDE)
