"""Dates that pass are told once, as of the day they were due; new calendar years reckon anew."""

import pytest
from sqlalchemy import insert

from permits import worker
from permits.outside.mail import FolderPost
from permits.services.queue import TooBusy, WriterQueue
from permits.services.rebuild import check
from permits.services.shelf import Shelf, Shown
from permits.services.timers import AT_ONCE, lapse_due
from permits.services.years import load
from permits.store import published_tables, tables
from tests.kit import years
from tests.services.conftest import GAS


def look(bureau):
    office = bureau.office
    return lapse_due(office.database, office.queue.submit, office.now())


@pytest.fixture
def incomplete(bureau):
    return bureau.people.file(GAS, "ordinary", leave_out=("land_title",))


def test_nothing_is_told_on_the_day_something_is_due(bureau, incomplete):
    bureau.at("2022-06-16", 23)
    assert look(bureau) == 0


def test_silence_accepts_on_the_day_after_and_only_once(bureau, incomplete):
    bureau.at("2022-06-17", 0)
    assert look(bureau) == 1
    case = bureau.people.record("window", incomplete).case
    assert case.by_silence
    assert str(case.milestones["accepted"]) == "2022-06-09"
    # The promised limit of two days had passed on 06-13 already; now that it runs, it is told.
    assert look(bureau) == 1
    assert look(bureau) == 0
    assert check(bureau.office.database) == ()


def test_a_timer_that_looks_late_tells_the_day_it_was_due(bureau, incomplete):
    bureau.at("2022-08-01")
    while look(bureau):
        pass
    record = bureau.people.record("window", incomplete)
    lapsed = [e for e, event in record.entries if e.type == "ClockLapsed"]
    assert [str(e.effective_at) for e in lapsed] == ["2022-06-16", "2022-06-13", "2022-07-21"]


def test_two_who_look_at_once_tell_it_once(bureau, incomplete):
    bureau.at("2022-06-17")
    office = bureau.office
    other = WriterQueue(office.database, Shelf(office.database, bureau.hands), bureau.hands)
    told = look(bureau) + lapse_due(office.database, other.submit, office.now())
    other.close()
    assert told == 2
    record = bureau.people.record("window", incomplete)
    assert [e.type for e, _event in record.entries].count("ClockLapsed") == 2


def test_who_owes_something_is_reminded_once_before_it_is_overdue(bureau):
    people = bureau.people
    case = people.file(GAS, "commitment")
    people.act("window", case, "accept")
    people.act("window", case, "grant_on_the_spot")
    bureau.at("2023-05-12")
    while look(bureau):
        pass
    events = [e.type for e, _event in people.record("window", case).entries]
    assert events.count("ObligationReminded") == 1
    assert "ObligationOverdue" not in events
    letters = [bytes(row["payload"]) for row in bureau.rows(tables.outbox)]
    assert sum(b"due_soon" in letter for letter in letters) == 1
    assert check(bureau.office.database) == ()


def test_overdue_duties_are_flagged(bureau):
    people = bureau.people
    case = people.file(GAS, "commitment")
    people.act("window", case, "accept")
    people.act("window", case, "grant_on_the_spot")
    bureau.at("2023-06-12")
    look(bureau)
    record = people.record("window", case)
    assert record.case.obligations["report_completion"].overdue
    (row,) = bureau.rows(tables.case_row)
    assert row["overdue"]


def test_dates_that_are_always_refused_stand_in_nobodys_way(bureau, incomplete):
    nowhere = {"case_id": incomplete, "kind": "clock", "due_on": "2022-06-01"}
    with bureau.office.database.write() as connection:
        rows = [{**nowhere, "name": f"no_such_{n}"} for n in range(AT_ONCE + 1)]
        connection.execute(insert(tables.due_row), rows)
    bureau.at("2022-06-17")
    assert look(bureau) == 1
    assert bureau.people.record("window", incomplete).case.by_silence


def test_a_case_that_fails_holds_up_neither_the_others_nor_the_letters(
    bureau, incomplete, monkeypatch, caplog
):
    from permits.casework import rows

    other = bureau.people.file(GAS, "ordinary", leave_out=("land_title",))
    real = rows.case_row

    def fails_for_one(case, edition):
        if case.id == incomplete:
            raise ZeroDivisionError
        return real(case, edition)

    monkeypatch.setattr(rows, "case_row", fails_for_one)
    bureau.at("2022-06-17")
    assert worker.look(bureau.office, FolderPost(bureau.office.settings.mail_folder, "a@b.c"))[0]
    people = bureau.people
    assert not people.record("window", incomplete).case.by_silence
    assert people.record("window", other).case.by_silence
    assert f"{incomplete}/clock/completeness/2022-06-16" in caplog.text
    assert list(bureau.office.settings.mail_folder.iterdir())
    monkeypatch.undo()
    assert check(bureau.office.database) == ()


def test_letters_go_out_even_if_no_date_can_be_told(bureau, incomplete, monkeypatch):
    def too_busy(_order):
        raise TooBusy

    monkeypatch.setattr(bureau.office.queue, "submit", too_busy)
    bureau.at("2022-06-17")
    with pytest.raises(TooBusy):
        worker.look(bureau.office, FolderPost(bureau.office.settings.mail_folder, "a@b.c"))
    assert list(bureau.office.settings.mail_folder.iterdir())


def known_until(bureau, year):
    """The same office as if the years after `year` had not been published yet."""
    from sqlalchemy import delete

    with bureau.office.database.write() as connection:
        years = published_tables.calendar_year
        gone = delete(years).where(years.c.year > year)
        connection.execute(gone)
    bureau.office.shelf._shown = Shown()
    bureau.office.shelf.look()


def test_loading_what_is_known_changes_nothing(bureau):
    before = bureau.events()
    assert load(bureau.office, years(), actor="clerk").years == ()
    assert bureau.events() == before


def test_a_new_year_reckons_open_dates_anew_as_events_and_decided_figures(bureau):
    people = bureau.people
    known_until(bureau, 2022)
    bureau.at("2022-12-29")
    waiting = people.file(GAS, "ordinary")
    people.act("window", waiting, "accept")
    decided = people.file(GAS, "commitment")
    people.act("window", decided, "accept")
    bureau.at("2023-01-03")
    people.act("window", decided, "grant_on_the_spot")
    facts = {row["case_id"]: row for row in bureau.rows(tables.case_facts)}
    assert facts[decided]["saved_wd"] is None, "nobody knows how many days these were"
    assert people.record("window", waiting).case.clocks["statutory"].provisional

    year = [y for y in years() if y.year == 2023]
    loaded = load(bureau.office, tuple(year), actor="clerk")
    assert loaded.years == (2023,)
    assert loaded.figures == 1
    record = people.record("window", waiting)
    assert str(record.case.clocks["statutory"].due) == "2023-02-15"
    assert [e.type for e, _event in record.entries].count("ClockRecomputed") == 3
    facts = {row["case_id"]: row for row in bureau.rows(tables.case_facts)}
    assert facts[decided]["saved_wd"] == 0, "12-30 and 01-03 were worked: two days used"


def test_nothing_fires_on_a_provisional_date_until_its_year_is_known(bureau):
    people = bureau.people
    known_until(bureau, 2022)
    bureau.at("2022-12-29")
    case = people.file(GAS, "ordinary", leave_out=("land_title",))
    bureau.at("2023-02-01")
    assert look(bureau) == 0
    load(bureau.office, tuple(y for y in years() if y.year == 2023), actor="clerk")
    assert look(bureau) > 0
    assert people.record("window", case).case.by_silence
