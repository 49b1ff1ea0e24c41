"""What migrations note to be made of the log, and what a way back takes out of that note."""

from alembic import command
from sqlalchemy import insert

from permits.store import migrations, notes
from permits.store.event_log import Entry
from permits.store.migrations.noting import NOTE
from permits.store.tables import event


def back_to(database, revision):
    config = migrations._config()
    with database.writing.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def noted(database):
    with database.read() as connection:
        return notes.noted(connection, NOTE)


def test_each_migration_adds_to_what_waits_and_a_way_back_takes_only_its_own(database):
    with database.write() as connection:
        entry = Entry("case/1", 1, "id-1", "Filed", b"record", b"h" * 32)
        connection.execute(insert(event), [entry._asdict()])
    back_to(database, "0003")
    with database.write() as connection:
        notes.put(connection, NOTE, "case_term")
    with database.write() as connection:
        migrations.upgrade(connection)
    assert noted(database) == "case_term signed_text figure_group figure_total"
    back_to(database, "0004")
    assert noted(database) == "case_term signed_text"
    back_to(database, "0003")
    assert noted(database) == "case_term"


def test_of_a_log_without_events_nothing_is_to_be_made(database):
    back_to(database, "0003")
    with database.write() as connection:
        migrations.upgrade(connection)
    assert noted(database) is None
