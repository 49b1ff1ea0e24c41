"""`permits due` as it is used: what it prints, and how it refuses."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from permits.cli.main import app


def run(*arguments: str):
    return CliRunner().invoke(app, ["due", *arguments])


def answer(*arguments: str) -> dict:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_the_answer_stands_first_and_every_day_below():
    result = run("2022-09-29", "7wd")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "到期日：2022-10-13（周四）"
    assert lines[3].split() == ["日期", "星期", "计数", "说明"]
    assert lines[4].split() == ["2022-09-29", "周四", "起算当日，不计入"]
    assert lines[6] == "2022-10-01  周六        放假，不计入（国庆节，国办发明电〔2021〕11号）"
    assert lines[13] == (
        "2022-10-08  周六     2  调休上班日，计入（国庆节，国办发明电〔2021〕11号）"
    )
    assert lines[-1] == "国务院办公厅关于2022年部分节假日安排的通知（国办发明电〔2021〕11号）"


def test_the_answer_in_english():
    result = run("2022-10-13", "3d", "--lang", "en")
    assert result.stdout.splitlines() == [
        "Due: 2022-10-17 (Mon)",
        "From 2022-10-13, 3d",
        "",
        "Date        Day    No.  Reason",
        "2022-10-13  Thu         the start day is not counted",
        "2022-10-14  Fri      1  counted",
        "2022-10-15  Sat      2  counted",
        "2022-10-16  Sun      3  a rest day, the term cannot end here",
        "2022-10-17  Mon         the working day to which the end moved",
    ]


def test_the_answer_as_json():
    found = answer("2022-09-30", "2wd", "--lang", "en")
    assert found["start"] == "2022-09-30"
    assert found["length"] == "2wd"
    assert found["due"] == "2022-10-09"
    assert found["provisional"] is False
    assert "unknown_years" not in found
    assert "note" not in found
    assert found["days"][0] == {
        "date": "2022-09-30",
        "counted": False,
        "number": None,
        "reason": "start_day",
        "text": "the start day is not counted",
    }
    assert found["days"][-1] == {
        "date": "2022-10-09",
        "counted": True,
        "number": 2,
        "reason": "make_up_day",
        "text": "make-up working day, counted (National Day, 国办发明电〔2021〕11号)",
    }


def test_pauses_and_extensions():
    found = answer(
        *("2022-12-29", "20wd", "--extend", "5wd", "--extend", "5wd"),
        *("--pause", "2023-02-01..2023-02-03", "--pause", "2023-02-03..2023-02-05"),
    )
    assert found["due"] == "2023-02-17"
    assert found["extensions"] == ["5wd", "5wd"]
    assert found["pauses"] == ["2023-02-01..2023-02-03", "2023-02-03..2023-02-05"]


def test_a_provisional_date_says_so_and_why():
    found = answer("2026-12-29", "3wd")
    assert found["provisional"] is True
    assert found["unknown_years"] == [2027]
    assert "2027年的放假安排尚未公布" in found["note"]
    assert "暂定：2027年的放假安排尚未公布" in run("2026-12-29", "3wd").stdout.splitlines()[1]
    english = run("2003-12-29", "3wd", "--lang", "en").stdout.splitlines()[1]
    assert english.startswith("Provisional: the calendar of 2003 is not published")


def test_an_open_pause_leaves_no_due_date():
    found = answer("2022-09-29", "7wd", "--pause", "2022-10-11..")
    assert found["due"] is None
    assert found["provisional"] is False
    assert found["note"] == "期限中止尚未恢复，暂无到期日。"
    assert found["days"][-1]["date"] == "2022-10-11"
    result = run("2022-09-29", "7wd", "--pause", "2022-10-11..", "--lang", "en")
    assert result.stdout.startswith("The term is suspended and has no due date yet.\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("arguments", "named", "accepted"),
    [
        (["2022-13-01", "7wd"], "START: '2022-13-01'", "YYYY-MM-DD"),
        (["20220929", "7wd"], "START: '20220929'", "YYYY-MM-DD"),
        (["1899-12-31", "7wd"], "START: '1899-12-31'", "1900-01-01"),
        (["9999-12-31", "7wd"], "START: '9999-12-31'", "2199-12-31"),
        (["2022-09-29", "7"], "LENGTH: '7'", "7wd"),
        (["2022-09-29", "4000wd"], "LENGTH: '4000wd'", "3660"),
        (["2199-12-31", "7wd"], "LENGTH: '7wd'", "2199-12-31"),
        (["2022-09-29", "7wd", "--extend", "10"], "--extend: '10'", "60d"),
        (["2022-09-29", "7wd", "--pause", "2022-10-01"], "--pause: '2022-10-01'", "FROM.."),
        (["2022-09-29", "7wd", "--pause", "x..2022-10-01"], "--pause: 'x'", "YYYY-MM-DD"),
        (["2022-09-29", "7wd", "--pause", "2022-10-01..x"], "--pause: 'x'", "YYYY-MM-DD"),
        (
            ["2022-09-29", "7wd", "--pause", "2022-10-05..2022-10-01"],
            "--pause: '2022-10-05..2022-10-01'",
            "FROM",
        ),
    ],
)
def test_a_mistake_is_named_with_what_is_accepted(arguments, named, accepted, lang):
    result = run(*arguments, "--lang", lang)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(named)
    assert accepted in result.stderr.removeprefix(named)


def test_a_terminal_without_chinese_characters_is_no_reason_to_fail():
    def permits(*arguments: str) -> bytes:
        result = subprocess.run(
            [sys.executable, "-m", "permits", "due", "2022-09-29", "2wd", *arguments],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
        )
        assert result.stderr == b""
        return result.stdout

    assert b"2022-10-08" in permits()
    last = json.loads(permits("--json").decode("ascii"))["days"][-1]
    assert last["text"].startswith("调休上班日")
