"""Policies and the register on both kinds of databases: kept, never replaced."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from permits.services import shelf as shelf_module
from permits.services.policies import AlteredRegister, BadRegister, ImportRefused, Policies
from permits.services.shelf import Shelf
from tests.casework.entitled import FIRM, OTHER
from tests.definitions.policies import AWARD, GRADED, POINTS, edition, shipped_policies
from tests.services.entitled import FILE, HEAD, ON_SQLITE

# ── policies and the register ─────────────────────────────────────────────────────────────────


def test_a_policy_is_published_once_and_a_changed_one_as_the_next_version(payer, bureau):
    policies = bureau.office.policies
    assert [one.id for one in policies.all] == [GRADED, AWARD, POINTS]
    assert policies.publish([*shipped_policies().values()], actor="setup") == ()
    assert policies.edition(edition().digest).id == AWARD
    with pytest.raises(KeyError):
        policies.edition("0" * 64)


def test_a_policy_that_another_process_published_is_seen(bureau, monkeypatch):
    office = bureau.office
    monkeypatch.setattr(shelf_module, "LOOK_AGAIN", -1)
    other = Policies(office.database, bureau.hands, Shelf(office.database, bureau.hands))
    assert other.all == ()
    first, second, third = shipped_policies().values()
    office.policies.publish([first], actor="setup")
    assert [one.id for one in other.all] == [first.policy.policy.id]
    office.policies.publish([second, third], actor="setup")
    assert [one.id for one in other.all] == [GRADED, AWARD, POINTS]


def test_editions_of_the_register_are_kept_and_never_replaced(payer, bureau):
    policies = bureau.office.policies
    with pytest.raises(ImportRefused, match="imported before"):
        policies.import_register(FILE, "test", date(2022, 5, 31), actor="setup")
    with pytest.raises(ImportRefused, match="lies ahead"):
        policies.import_register(FILE, "test", date(2022, 6, 10), actor="setup")
    later = FILE.replace(b",93,", b",94,")
    policies.import_register(later, "test", date(2022, 6, 1), actor="setup")
    held = policies.editions()
    assert [one.as_of_on for one in held] == ["2022-06-01", "2022-05-31"]
    points = [policies.entry(one.edition, FIRM).values["points"] for one in held]
    assert points == [94, 93]
    with pytest.raises(DBAPIError), bureau.office.database.write() as connection:
        connection.execute(text("UPDATE register_entry SET name = 'x'"))


@ON_SQLITE
def test_nothing_of_a_faulty_file_is_taken_in(payer, bureau):
    bad = f"{HEAD}\n{FIRM},n,1,software,2022,1,0,900,93,good\n{OTHER},,2,,,,,,,\n".encode()
    events = bureau.events()
    with pytest.raises(BadRegister) as told:
        bureau.office.policies.import_register(bad, "test", date(2022, 6, 1), actor="setup")
    assert {one.line for one in told.value.faults} == {3}
    assert (bureau.events(), len(bureau.office.policies.editions())) == (events, 1)


@ON_SQLITE
def test_a_register_needs_policies_that_say_what_it_holds(bureau):
    with pytest.raises(ImportRefused, match="publish the policies"):
        bureau.office.policies.import_register(FILE, "test", date(2022, 5, 31), actor="setup")


def test_nothing_is_matched_with_a_register_that_was_changed(payer, bureau):
    database = bureau.office.database
    unguarded = (
        "DROP TRIGGER register_entry_no_update"
        if database.is_sqlite
        else "ALTER TABLE register_entry DISABLE TRIGGER USER"
    )
    with database.write() as connection:
        connection.execute(text(unguarded))
        connection.execute(text("UPDATE register_entry SET name = 'x'"))
    with pytest.raises(AlteredRegister):
        payer.run()
