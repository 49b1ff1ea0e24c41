"""A backup says how far its log was signed; what was signed for later is named at the restore."""

import msgspec
import pytest

from permits.services.backup import manifest as m
from permits.services.backup.comparing import Incomparable, lost_since, must_hold
from permits.services.backup.making import Wanted, make
from permits.store import evidence_signed
from tests.services.backup.conftest import restored
from tests.services.conftest import GAS
from tests.services.evidence.conftest import Scene

FORMS = [pytest.param(False, id="usual"), pytest.param(True, id="portable")]


def newest(database):
    with database.read() as connection:
        return evidence_signed.newest(connection)


@pytest.mark.parametrize("portable", FORMS)
def test_what_was_signed_for_is_in_the_backup_and_what_is_lost_is_named(
    busy, source, put_back, fresh, tmp_path, portable
):
    scene = Scene(busy)
    scene.run()
    before = newest(source.database)
    made = make(source, tmp_path / "backup", Wanted(portable=portable))
    assert made.checkpoint == m.Checkpoint(before.size, before.note)
    busy.people.file(GAS, "commitment")
    scene.run()
    after = newest(source.database)
    put_back(tmp_path / "backup")
    with restored(tmp_path / "new", fresh) as database, database.read() as connection:
        must_hold(connection, made.checkpoint)
        later = m.Checkpoint(after.size, after.note)
        with pytest.raises(m.Damaged, match=f"is for {after.size} events, and {before.size} have"):
            must_hold(connection, later)
    assert lost_since(made, before.note) == range(before.size, before.size)
    assert lost_since(made, after.note) == range(before.size, after.size)


@pytest.mark.parametrize("settled_url", ["sqlite"], indirect=True)
def test_a_log_that_is_another_than_was_signed_for_is_no_backup(busy, source):
    scene = Scene(busy)
    scene.run()
    signed = newest(source.database)
    checkpoint = m.Checkpoint(signed.size, signed.note)
    with source.database.read() as connection:
        must_hold(connection, None)
        must_hold(connection, checkpoint)
        other = msgspec.structs.replace(checkpoint, size=checkpoint.size - 1)
        with pytest.raises(m.Damaged, match="its checkpoint is for"):
            must_hold(connection, other)
    root = signed.note.split("\n")[2]
    altered = msgspec.structs.replace(checkpoint, note=signed.note.replace(root, "A" * 43 + "="))
    with source.database.read() as connection, pytest.raises(m.Damaged, match="are not those"):
        must_hold(connection, altered)
    scene.tamper("DELETE FROM log_node")
    with source.database.read() as connection, pytest.raises(m.Damaged, match="is missing"):
        must_hold(connection, checkpoint)


@pytest.mark.parametrize("settled_url", ["sqlite"], indirect=True)
def test_a_checkpoint_of_another_log_tells_nothing(busy, source, tmp_path):
    made = make(source, tmp_path / "unsigned", Wanted())
    assert made.checkpoint is None
    scene = Scene(busy)
    scene.run()
    note = newest(source.database).note
    assert lost_since(made, note) == range(busy.events())
    signed = make(source, tmp_path / "signed", Wanted())
    with pytest.raises(Incomparable, match="it is no checkpoint"):
        lost_since(signed, "nothing")
    other = note.replace("permits.example.cn/log", "other.example.cn/log")
    with pytest.raises(Incomparable, match=r"it is of the log other\.example\.cn/log"):
        lost_since(signed, other)
