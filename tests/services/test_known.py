"""What was known at the end of a past day is what the tables held then, whatever came since."""

from datetime import date

import pytest
from sqlalchemy import select

from permits.services import known
from permits.services.requests import Corrections, DefectIn, Reasoned
from permits.services.years import load
from permits.store.measured_tables import case_facts
from tests.services.conftest import GAS
from tests.services.test_years import year

DAYS = [date(2022, 6, 9), date(2022, 6, 10), date(2022, 6, 13)]


def rows(read, tables=(*known.TABLES, *known.TOTALS)):
    with read() as connection:
        return {
            table.name: sorted(
                (dict(row) for row in connection.execute(select(table)).mappings()), key=str
            )
            for table in tables
        }


@pytest.fixture
def told(bureau):
    """An office after three days, with what its tables held at the end of each."""
    people, found = bureau.people, {}
    granted = people.file(GAS, "commitment")
    people.act("window", granted, "accept")
    withdrawn = people.file(GAS, "ordinary")
    found[DAYS[0]] = rows(bureau.office.database.read)
    bureau.at("2022-06-10")
    people.act("window", granted, "grant_on_the_spot")
    wanting = people.file(GAS, "ordinary", leave_out=("land_title",))
    found[DAYS[1]] = rows(bureau.office.database.read)
    bureau.at("2022-06-13")
    people.act("applicant", withdrawn, "withdraw", Reasoned(reason="计划调整。"))
    title = DefectIn(about="material.land_title", kind="missing", fix="补交")
    people.act("window", wanting, "issue_correction", Corrections(defects=(title,)))
    found[DAYS[2]] = rows(bureau.office.database.read)
    bureau.at("2022-06-14")
    return found


@pytest.mark.parametrize("anew", [False, True], ids=["calendar as it was", "changed since"])
def test_a_past_day_is_known_as_it_was_then(bureau, told, anew):
    if anew:
        load(bureau.office, (year(1, 4),), actor="setup")
    for day in DAYS:
        with bureau.office.known.at_the_end_of(day) as past:
            assert rows(past.read) == told[day], day
            assert 2027 not in past.calendar.years
    with bureau.office.known.at_the_end_of(date(2022, 6, 8)) as past:
        assert rows(past.read, [case_facts]) == {"case_facts": []}


def test_a_day_is_made_once_and_let_go_when_others_are_asked_for(bureau, told, monkeypatch):
    made, really = [], known.made

    def counted(database, day):
        made.append(day)
        return really(database, day)

    monkeypatch.setattr(known, "made", counted)
    monkeypatch.setattr(known, "MOST_KEPT", 2)
    figures = bureau.office.known
    for day in (DAYS[0], DAYS[0], DAYS[1], DAYS[2], DAYS[1], DAYS[0]):
        with figures.at_the_end_of(day) as past:
            assert rows(past.read) == told[day]
    assert made == [DAYS[0], DAYS[1], DAYS[2], DAYS[0]]


def test_nothing_is_left_behind_of_a_day_that_cannot_be_made(bureau, told, monkeypatch, tmp_path):
    folder = tmp_path / "past"
    folder.mkdir()
    monkeypatch.setattr(known.tempfile, "mkdtemp", lambda **_: str(folder))
    monkeypatch.setattr(known, "_take_over", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError), bureau.office.known.at_the_end_of(DAYS[0]):
        pass
    assert not folder.exists()
