"""`permits log metrics` as it is used: what it prints, and how it refuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from permits.cli.main import app

RECEIPT = str(Path(__file__).parents[2] / "examples" / "receipt" / "receipt.csv.gz")
NOON = "2022-06-09T12:00:00+08:00"


def run(*arguments: str):
    return CliRunner().invoke(app, ["log", "metrics", *arguments])


@pytest.fixture
def odd(tmp_path: Path) -> str:
    path = tmp_path / "odd.csv"
    path.write_text(
        f"case_id,activity,timestamp\n1,a,{NOON}\n,a,{NOON}\n1,b,9/6/22\n1,b,2099-01-05T09:00Z\n",
        encoding="utf-8",
    )
    return str(path)


def test_the_figures_as_json():
    result = run(RECEIPT, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert [*found] == [
        "cases", "events", "activities", "variants", "duration_seconds", "activity_counts",
        "start_activities", "end_activities", "transitions", "working_days", "oddities",
    ]  # fmt: skip
    assert [*found["duration_seconds"]] == ["min", "median", "mean", "p90", "p99", "max"]
    assert [*found["transitions"][0]] == ["from", "to", "count", "mean_seconds", "median_seconds"]
    assert found["cases"] == 1434
    assert found["oddities"] == {"count": 0, "kinds": {}, "first": []}


def test_the_figures_in_a_terminal():
    lines = run(RECEIPT, "--lang", "en").stdout.splitlines()
    assert lines[:4] == ["Cases: 1,434", "Events: 8,577", "Activities: 27", "Variants: 116"]
    assert lines[6].split()[:3] == ["0", "2,868.58", "467,263.92"]
    assert run(RECEIPT).stdout.splitlines()[0] == "案件：1,434"


def test_what_is_odd_is_told_by_line(odd):
    lines = run(odd, "--lang", "en").stdout.splitlines()
    assert lines[-4:] == [
        "1 × there is no case id",
        "1 × the time cannot be read without guessing",
        "  line 3: there is no case id (a); left out",
        "  line 4: the time cannot be read without guessing (9/6/22); left out",
    ]
    assert any(
        "2099 is not known; cases whose working days are not reckoned: 1" in line for line in lines
    )
    found = json.loads(run(odd, "--json").stdout)
    assert found["oddities"]["first"][0] == {"odd": "no_case", "place": 3, "about": "a"}
    assert found["working_days"]["unknown_years"] == list(range(2027, 2100))


def test_a_time_without_an_offset_asks_for_its_zone(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("case_id,activity,timestamp\n1,a,2022-06-09 12:00\n", encoding="utf-8")
    result = run(str(path), "--lang", "en")
    assert result.exit_code == 2
    assert result.stderr == (
        f"{path}: line 2: the time 2022-06-09 12:00 has no offset from UTC; say in which zone it"
        " was written, such as --time-zone Asia/Shanghai\n"
    )
    result = run(str(path), "--time-zone", "Asia/Shanghai", "--json")
    assert json.loads(result.stdout)["working_days"]["days_of"] == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--time-zone", "Mars/Olympus"), "there is no zone 'Mars/Olympus'"),
        (("--time-zone", "../x"), "there is no zone '../x'"),
        (("--encoding", "klingon"), "'klingon' is not known"),
        (("--encoding", "hex"), "'hex' is not known"),
        (("--case", "who"), "no column is known for: case: who"),
        (("--calendar", "/nowhere.yaml"), "/nowhere.yaml cannot be read"),
    ],
)
def test_what_is_given_wrongly_is_told(options, says):
    result = run(RECEIPT, *options, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


def test_a_file_that_is_not_there_is_told():
    result = run("/nowhere.csv")
    assert result.exit_code == 2
    assert "/nowhere.csv cannot be read" in result.stderr


def test_years_of_a_file_come_before_those_shipped(tmp_path):
    calendar, log = tmp_path / "years.yaml", tmp_path / "log.csv"
    log.write_text(
        "case_id,activity,timestamp\n1,a,2099-01-05T09:00+08:00\n1,b,2099-01-06T09:00+08:00\n",
        encoding="utf-8",
    )
    calendar.write_text(
        "calendar: cn\nyears:\n- year: 2099\n  notices:\n  - title: 通知\n", encoding="utf-8"
    )
    result = run(str(log), "--calendar", str(calendar), "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["working_days"]["max"] == 1
    calendar.write_text("nonsense: 1\n", encoding="utf-8")
    assert run(str(log), "--calendar", str(calendar)).exit_code == 2
