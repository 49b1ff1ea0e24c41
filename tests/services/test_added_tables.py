"""Tables that a newer version brings are made from the log by whoever opens the office first."""

import logging

from sqlalchemy import delete, text, update

from permits.services.rebuild import TO_BE_MADE, check, opened_with_all
from permits.store import notes, tables
from permits.store.measured_tables import case_duty, case_term
from tests.services.conftest import GAS


def as_after_an_upgrade(bureau):
    case = bureau.people.file(GAS, "commitment")
    bureau.people.act("window", case, "accept")
    bureau.people.act("window", case, "grant_on_the_spot")
    with bureau.office.database.write() as connection:
        connection.execute(delete(case_term))
        connection.execute(delete(case_duty))
        notes.put(connection, TO_BE_MADE, "case_term case_duty case_fee")


def noted(database):
    with database.read() as connection:
        return notes.noted(connection, TO_BE_MADE)


def test_they_are_made_once_and_then_as_the_log_says(bureau):
    as_after_an_upgrade(bureau)
    assert check(bureau.office.database) != ()
    for _ in range(2):
        opened = opened_with_all(bureau.office.settings.database)
        assert (check(opened), noted(opened)) == ((), None)
        opened.close()


def test_of_a_log_that_was_changed_nothing_is_made_and_the_office_opens(bureau, caplog):
    as_after_an_upgrade(bureau)
    database = bureau.office.database
    guard = "DROP TRIGGER event_no_update"
    if not database.is_sqlite:
        guard = "ALTER TABLE event DISABLE TRIGGER USER"
    with database.write() as connection:
        connection.execute(text(guard))
        connection.execute(update(tables.event).where(tables.event.c.seq == 2).values(hash=b"x"))
    with caplog.at_level(logging.ERROR):
        opened = opened_with_all(bureau.office.settings.database)
    assert noted(opened) is not None
    opened.close()
    assert bureau.rows(case_term) == []
    assert "tables of figures cannot be made" in caplog.text
