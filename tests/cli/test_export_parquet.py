"""Figures handed out as files, and the queries to ask of them."""

import sys
from contextlib import closing

import duckdb
import pytest
from typer.testing import CliRunner

from permits.analytics import parquet
from permits.cli.main import app
from permits.services.demonstration.clock import Hands
from permits.services.office import Office
from permits.settings import Settings
from tests.services.conftest import BEGINS, GAS, real_time, settled


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Type a command for an office in which one case was granted."""
    data = tmp_path / "office"
    hands = Hands(real_time)
    hands.set(BEGINS)
    office = Office(Settings(data=data, database=f"sqlite:///{data / 'permits.db'}"), hands)
    bureau = settled(office, hands)
    case = bureau.people.file(GAS, "commitment")
    bureau.people.act("window", case, "accept")
    bureau.people.act("window", case, "grant_on_the_spot")
    office.close()
    monkeypatch.setenv("PERMITS_DATA", str(data))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    return lambda *words: CliRunner().invoke(app, [*map(str, words)])


def test_files_are_written_once_and_answer_the_query_of_a_figure(run, tmp_path):
    folder = tmp_path / "figures"
    done = run("export", "parquet", folder)
    assert done.exit_code == 0, done.output
    assert "0 as they were, 0 taken away" in done.stdout
    assert " 0 files written" in run("export", "parquet", folder).stdout
    query = run("export", "figure-sql", "materials_saved", "--by", "track").stdout
    with closing(duckdb.connect()) as engine:
        for view in parquet.views(folder):
            engine.execute(view)
        assert engine.execute(query).fetchall() == [("commitment", 5, 1)]


def test_what_cannot_be_done_is_said_in_a_line(run, tmp_path, monkeypatch):
    (tmp_path / "letter").write_text("x")
    for words, says in (
        (("parquet", tmp_path), "is not empty"),
        (("parquet", tmp_path / "letter" / "x"), "cannot be written"),
        (("figure-sql", "happiness"), "there is no figure happiness"),
        (("figure-sql", "visits", "--by", "state"), "cannot be told apart by state"),
    ):
        done = run("export", *words)
        assert (done.exit_code, says in done.stderr) == (2, True), done.output
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert "extra `parquet`" in run("export", "parquet", tmp_path / "new").stderr
