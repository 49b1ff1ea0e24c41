"""A commit that the disk refuses: nobody is told that nothing was kept, and the truth is found."""

import pytest

from permits.services.writer import Done
from permits.store.condition import Broken, NoRoom, Unsure
from permits.store.database import open_database
from tests.faults import works
from tests.faults.disk import CODES, FULL, OK, Disk, Does
from tests.faults.power import keeping


@pytest.fixture
def path(tmp_path):
    return works.furnished(tmp_path / "furnished")


def refused(path, fault):
    """What is said of an application while the disk does this."""
    disk, (file, *_) = Disk(), works.life("refused")
    with disk.under():
        database = open_database(f"sqlite:///{path}")
        writer = works.written_by(database)
        disk.fault = fault
        (answer,) = writer.write([file])
        (after,) = writer.write([works.life("another")[0]])
        database.close()
    return answer, after


def asked_again(path):
    """What is answered to the same application under its key, after the program was started anew,
    and how many events it has."""
    database = open_database(f"sqlite:///{path}")
    (answer,) = works.written_by(database).write([works.life("refused")[0]])
    held = works.kept_in(database)
    database.close()
    return answer, held


def test_a_commit_that_was_not_written_through_is_unsure_and_found_by_its_key(path):
    """The log of SQLite holds the whole transaction when its write-through fails."""
    with keeping("WAL", "FULL"):
        answer, after = refused(path, lambda does, _file: CODES[does] if does is Does.SYNC else OK)
        found, held = asked_again(path)
    assert isinstance(answer, Unsure)
    assert isinstance(after, Broken), "nothing is written any more until it is started anew"
    assert isinstance(found, Done)
    assert (held.filed["case/refused"], held.answers["refused/0"]) == (1, found)


def test_what_did_not_fit_is_told_as_not_kept_and_is_not(path):
    answer, after = refused(path, lambda does, _file: FULL if does is Does.WRITE else OK)
    assert isinstance(answer, NoRoom)
    assert isinstance(after, NoRoom)
    database = open_database(f"sqlite:///{path}")
    assert works.kept_in(database).filed == {}
    database.close()
    found, held = asked_again(path)
    assert (isinstance(found, Done), held.filed["case/refused"]) == (True, 1)
