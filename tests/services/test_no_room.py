"""The disk is full: nobody is told that something was done which was not, and it goes on by itself
once there is room."""

import pytest
from sqlalchemy import event, text

from permits.services.rebuild import check
from permits.store.condition import Broken, NoRoom
from permits.store.database import Database
from tests.services.conftest import GAS


def limited(database: Database, most: int) -> None:
    @event.listens_for(database.writing, "connect")
    def connected(dbapi, _record):
        dbapi.execute(f"PRAGMA max_page_count={most}")

    database.writing.dispose()


@pytest.mark.parametrize("settled_url", ["sqlite"], indirect=True)
def test_a_case_that_does_not_fit_is_not_there_and_the_next_one_is(bureau):
    database = bureau.office.database
    with database.read() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    drafts = bureau.people.file(GAS, "commitment")
    limited(database, pages)
    before = bureau.events()
    with pytest.raises(NoRoom):
        for _ in range(50):
            bureau.people.file(GAS, "commitment")
    assert database.condition.full
    assert bureau.events() >= before
    assert bureau.people.record("window", drafts).case.number
    assert check(database) == ()
    limited(database, 1_000_000)
    bureau.people.act("window", drafts, "accept")
    assert not database.condition.full
    assert check(database) == ()


def test_once_it_is_damaged_every_caller_is_told_so(bureau):
    case = bureau.people.file(GAS, "commitment")
    bureau.office.database.condition.broke.set()
    with pytest.raises(Broken):
        bureau.act("window", case, "accept")
