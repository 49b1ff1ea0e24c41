"""An office of every version there was becomes one of this version, on both databases: all it had
is there, and goes on."""

from pathlib import Path

import pytest
from sqlalchemy import select

from permits.services.backup import manifest as m
from permits.services.backup.restoring import Wanted, restore
from permits.services.demonstration.clock import Hands
from permits.services.office import Office
from permits.services.rebuild import check
from permits.settings import Settings
from permits.store import migrations, outbox_state, tables
from permits.store.event_log import verify_log
from tests.conftest import KINDS
from tests.kit import PLAIN_SIGN_IN, beijing
from tests.services.backup.conftest import empty_database
from tests.services.backup.keep_version import VERSIONS
from tests.services.conftest import GAS, at_work, real_time

KEPT = sorted(VERSIONS.iterdir())


@pytest.fixture(params=KINDS)
def address(request, tmp_path):
    """Where an office of an older version goes; empty for SQLite, which lies in the folder."""
    if request.param == "sqlite":
        yield ""
        return
    with empty_database(request.getfixturevalue("postgresql_server")) as address:
        yield address


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_an_office_of_an_older_version_is_brought_to_this_one_and_goes_on(kept, address, tmp_path):
    hands = Hands(real_time)
    hands.set(beijing("2022-06-10"))
    done = restore(kept, Wanted(tmp_path / "new", address, "", "root"), hands)
    assert done.manifest.revision == kept.name
    database = address or f"sqlite:///{tmp_path / 'new' / 'permits.db'}"
    settings = Settings(data=tmp_path / "new", database=database, sign_in=PLAIN_SIGN_IN)
    office = Office(settings, hands)
    try:
        assert check(office.database) == ()
        with office.database.read() as connection:
            assert verify_log(connection) == done.manifest.events + 1
            query = select(tables.case_row.c.case_id).order_by(tables.case_row.c.number)
            cases = connection.execute(query).scalars()
            granted, accepted, _incomplete = cases
            assert outbox_state.paused(connection)
        bureau = at_work(office, hands)
        assert bureau.people.record("window", granted).case.milestones["granted"]
        filed = bureau.people.file(GAS, "commitment")
        bureau.people.act("window", filed, "accept")
        assert bureau.people.record("examiner", accepted).case.version
        assert check(office.database) == ()
    finally:
        office.close()


def test_the_shape_there_is_now_is_kept():
    """Before a version is released: `python -m tests.services.backup.keep_version`."""
    assert [path.name for path in KEPT if not migrations.known(path.name)] == []
    assert all((path / m.MANIFEST).is_file() for path in KEPT)
    assert Path(KEPT[0]).name == "0001"
