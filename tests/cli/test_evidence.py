"""`permits evidence` and `permits audit log`, as they are typed."""

import json
import re

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from permits import settings as clock
from permits.cli import opening
from permits.cli.main import app
from permits.store.database import open_database


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Type a command for an office in a folder of its own."""
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path / "office"))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    return lambda *words: CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture
def furnished(run, tmp_path):
    """An office with a calendar and permit types, and no case."""
    with opening.office(now=clock.now) as opened:
        opening.furnish(opened)
    return tmp_path


def test_the_log_is_signed_audited_and_held_against_what_is_kept_outside(run, furnished):
    signed = run("evidence", "sign", "--once")
    assert signed.exit_code == 0, signed.output
    assert re.fullmatch(r"placed [0-9]+, signed [0-9]+\n", signed.stdout)
    assert run("evidence", "sign", "--once").stdout == "placed 0, nothing to sign\n"
    note, page = furnished / "today.note", furnished / "today.txt"
    assert run("evidence", "anchor", "--out", note).exit_code == 0
    assert run("evidence", "anchor", "--printed", "--lang", "en", "--out", page).exit_code == 0
    assert note.read_text() in page.read_text()
    keys = furnished / "keys"
    keys.write_text(run("evidence", "keys").stdout)
    whole = run("audit", "log", "--anchor", note, "--key", keys, "--lang", "en")
    assert whole.exit_code == 0, whole.output
    assert "nothing is amiss" in whole.stdout
    assert "未发现问题" in run("audit", "log", "--no-replay").stdout


def test_what_is_amiss_is_said_in_both_languages_and_ends_with_1(run, furnished):
    run("evidence", "sign", "--once")
    database = open_database(f"sqlite:///{furnished / 'office' / 'permits.db'}")
    with database.write() as connection:
        connection.execute(text("DROP TRIGGER event_no_update"))
        connection.execute(
            text("UPDATE event SET hash = zeroblob(32) WHERE stream = 'calendar' AND seq = 1")
        )
    database.close()
    english = run("audit", "log", "--no-replay", "--lang", "en")
    assert english.exit_code == 1
    assert "calendar, event 1: " in english.stdout
    chinese = run("audit", "log", "--no-replay")
    assert "calendar，第 1 个事件" in chinese.stdout


def test_a_key_is_made_once_and_never_replaced(run, tmp_path):
    file = tmp_path / "log.key"
    made = run("evidence", "keygen", file, "--name", "permits.example.cn/log")
    assert made.exit_code == 0
    assert made.stdout.startswith("permits.example.cn/log+")
    assert file.stat().st_mode & 0o777 == 0o600
    again = run("evidence", "keygen", file, "--name", "other.cn/log")
    assert (again.exit_code, "not replaced" in again.stderr) == (2, True)
    assert run("evidence", "keygen", tmp_path / "b", "--name", "a b").exit_code == 2


def test_before_anything_is_signed_it_says_so(run, furnished):
    for words in (("anchor", "--out", furnished / "x"), ("stamp", "--url", "http://127.0.0.1:9/")):
        refused = run("evidence", *words)
        assert (refused.exit_code, "nothing of the log was signed" in refused.stderr) == (2, True)


def test_what_is_no_case_and_no_file_is_refused_in_one_line(run, furnished):
    run("evidence", "sign", "--once")
    missing = run("evidence", "export", "X-1", "--out", furnished / "x")
    assert (missing.exit_code, missing.stderr) == (2, "there is no case X-1\n")
    wrong = furnished / "wrong.json"
    wrong.write_text(json.dumps({"format": "other"}))
    refused = run("evidence", "verify", wrong)
    assert (refused.exit_code, "no file of a case" in refused.stderr) == (2, True)
    assert run("evidence", "verify", furnished / "gone.json").exit_code == 2
    assert run("evidence", "verify", wrong, "--key", "no key").exit_code == 2
    assert run("audit", "log", "--anchor", furnished / "gone").exit_code == 2


def test_a_stamp_of_an_authority_that_is_away_is_refused(run, furnished):
    signed = run("evidence", "sign", "--once")
    assert signed.exit_code == 0, signed.output
    refused = run("evidence", "stamp", "--url", "http://127.0.0.1:9/")
    assert refused.exit_code == 2
    assert "gave no time stamp" in refused.stderr
