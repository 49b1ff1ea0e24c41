"""The log of an office as it goes out: every event of every case, and no value about a person."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from permits.exchange.figures import figures
from permits.exchange.log import How, Oddities
from permits.exchange.national import CASES, STATUS
from permits.exchange.national_codes import Codes, read_codes
from permits.exchange.national_office import told_of
from permits.exchange.own_log import log_events, own_cases
from permits.exchange.reading import read_log
from permits.exchange.writing import as_csv, as_ocel_json, as_xes
from permits.exchange.writing_sqlite import write_ocel_sqlite
from permits.services.requests import Nothing
from permits.store import tables
from permits.store.event_log import EventLog
from tests.kit import PARTY
from tests.services.conftest import GAS

CODES = Path(__file__).parents[2] / "examples" / "national" / "codes.yaml"
FORMS = {"csv": as_csv, "xes": as_xes, "json": as_ocel_json}


@pytest.fixture
def office(bureau):
    """An office with a case that was accepted, and one that was only filed."""
    case = bureau.people.file(GAS, "commitment")
    bureau.people.act("window", case, "accept", Nothing())
    bureau.people.file(GAS, "ordinary")
    return bureau.office


def test_what_goes_out_has_the_figures_of_the_store(office, tmp_path):
    calendar, log = office.shelf.calendar, EventLog(office.database.dialect)
    with office.database.snapshot() as connection:
        of_cases = select(func.count()).where(tables.event.c.stream.startswith("case/"))
        events = connection.execute(of_cases).scalar_one()
        kinds = select(tables.event.c.type, func.count()).where(
            tables.event.c.stream.startswith("case/")
        )
        counts = {
            row[0]: row[1] for row in connection.execute(kinds.group_by(tables.event.c.type))
        }
        ours = figures(log_events(own_cases(connection, log)), calendar)
        for form, write in FORMS.items():
            text = "".join(write(own_cases(connection, log)))
            (tmp_path / form).write_text(text, encoding="utf-8", newline="")
        write_ocel_sqlite(tmp_path / "sqlite", own_cases(connection, log))
    assert (ours.cases, ours.events, ours.activity_counts) == (2, events, counts)
    for form in (*FORMS, "sqlite"):
        odd = Oddities()
        assert figures(read_log(tmp_path / form, How(), odd), calendar) == ours
        assert odd.total == 0


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_is_kept_beside_the_log_goes_out(bureau, office, form):
    log = EventLog(office.database.dialect)
    with office.database.snapshot() as connection:
        text = "".join(FORMS[form](own_cases(connection, log)))
        sealed = connection.execute(select(tables.sealed_value)).all()
    assert sealed
    for one in sealed:
        assert one.seal not in text
        assert len(one.value) < 4 or one.value not in text
    accounts = [actor.id for actor in bureau.actors.values()]
    assert not [one for one in accounts if one in text]
    assert PARTY not in text
    assert "示例单位" not in text


def test_the_national_exchange_is_told_of_every_case_once(office):
    shelf, day = office.shelf.edition, date(2022, 6, 9)
    codes = read_codes(CODES.read_text(encoding="utf-8"), "codes.yaml")
    rows, untold = told_of(office.database, shelf, codes, (day, day))
    assert untold == []
    assert [row.about for row in rows if row.table == STATUS] == ["1", "3", "8", "1"]
    assert [row.table for row in rows].count(CASES) == 2
    later = (date(2022, 6, 10), date(2022, 12, 31))
    assert told_of(office.database, shelf, codes, later) == ([], [])
    _rows, untold = told_of(office.database, shelf, Codes({}), (day, day))
    assert [one.name for one in untold] == [
        "item.plan_exempt.commitment",
        "item.plan_exempt.ordinary",
    ]
