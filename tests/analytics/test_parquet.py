"""The rows of figures as Parquet files: the same figures on DuckDB, and only what changed is
written."""

import shutil
import sys
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import update

from permits.analytics import parquet
from permits.analytics.choosing import Chosen
from permits.analytics.measures import RULES, By, Measure
from permits.analytics.measuring import Asked
from permits.analytics.metrics import overview
from permits.analytics.parquet import NoDuckDB
from permits.analytics.parquet_export import MANIFEST, NotOurs, export
from permits.store.measured_tables import case_facts
from tests.analytics import measured as kit
from tests.analytics.test_measures import CHOICES
from tests.analytics.test_metrics_page import facts, tables
from tests.kit import calendar


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(office=kit.offices().filter(lambda rows: rows[case_facts]), chosen=CHOICES, data=st.data())
def test_figures_are_the_same_on_duckdb(database, tmp_path_factory, office, chosen, data):
    days, folder = calendar(), tmp_path_factory.mktemp("parquet")
    with database.write() as connection:
        kit.fill(connection, office)
    with database.snapshot() as connection:
        export(connection, folder, days)
    asked = {m: Asked(chosen, kit.TODAY, data.draw(ways)) for m, ways in WAYS.items()}
    for measure, found in parquet.measured(folder, asked, days).items():
        told = {kind: (one.spread, one.unreckoned) for kind, one in found.items()}
        assert told == kit.slow(office, measure, chosen, asked[measure].by, days), measure
    with database.read() as connection:
        counted = overview(connection, chosen)
    assert parquet.overview(folder, chosen) == counted
    shutil.rmtree(folder / "figure_total", ignore_errors=True)
    assert parquet.overview(folder, chosen) == counted, "from the rows"


WAYS = {measure: st.sampled_from(rule.ways) for measure, rule in RULES.items()}


@pytest.fixture
def office(database):
    """Two cases, of June and of July, with nothing beside."""
    made = {table: [] for table in (*kit.TABLES, case_facts)}
    one = facts(tables()["case"][0])
    made[case_facts] = [
        replace(one, case_id="case/0001", number="1", result_on=date(2022, 6, 9)),
        replace(one, case_id="case/0002", number="2", result_on=date(2022, 7, 9)),
    ]
    with database.write() as connection:
        kit.fill(connection, made)
    return database


def exported(database, folder):
    with database.snapshot() as connection:
        return export(connection, folder, calendar())


def test_only_what_changed_is_written_anew(office, tmp_path):
    folder = tmp_path / "figures"
    assert exported(office, folder) == (10, 6, 0, 0)
    assert exported(office, folder) == (10, 0, 6, 0)
    late = update(case_facts).where(case_facts.c.number == "1").values(visits=9)
    with office.write() as connection:
        connection.execute(late)
    assert exported(office, folder) == (10, 2, 4, 0)
    moved = update(case_facts).where(case_facts.c.number == "2").values(result_on=None)
    with office.write() as connection:
        connection.execute(moved)
    assert exported(office, folder) == (7, 2, 3, 3)
    assert sorted(path.name for path in (folder / "case_facts").iterdir()) == [
        "month=2022-06",
        "month=open",
    ]
    (folder / "case_facts" / "month=open" / "part.parquet").unlink()
    assert exported(office, folder) == (7, 1, 4, 0)


def test_an_overview_of_whole_months_reads_totals_and_no_row(office, tmp_path):
    folder = tmp_path / "figures"
    exported(office, folder)
    before = parquet.overview(folder, Chosen())
    shutil.rmtree(folder / "case_facts")
    assert parquet.overview(folder, Chosen()) == before
    assert before.whole.cases == 2
    of_june = Chosen(last=date(2022, 6, 30))
    assert parquet.overview(folder, of_june).whole.cases == 1
    broken = Chosen(last=date(2022, 7, 30))
    assert parquet.overview(folder, broken).whole.cases == 1, "July is counted from its rows"


def test_what_is_not_of_an_export_is_left_alone(office, tmp_path):
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(NotOurs, match="not empty"):
        exported(office, tmp_path)
    (tmp_path / MANIFEST).write_text("[]")
    with pytest.raises(NotOurs, match="none of an export"):
        exported(office, tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "x"


def test_without_duckdb_it_is_said_what_to_do(office, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(NoDuckDB, match="extra `parquet`"):
        exported(office, tmp_path / "figures")
    assert not (tmp_path / "figures").exists()


def test_the_files_name_nobody():
    columns = {str(c.name) for kind in (*parquet.TABLES, parquet.TOTALS) for c in kind.columns}
    assert columns.isdisjoint({"title", "party", "place", "name_of_party", "chair", "receipt"})


def test_a_query_can_be_taken_along():
    told = parquet.sql(Measure.WARNINGS_HEEDED, Asked(Chosen(), kit.TODAY, By.TERM))
    assert "'2022-09-01'" in told
    assert ":today" not in told and "%(" not in told
