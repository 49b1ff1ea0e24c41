"""Backups, restoring and what goes out, as they are typed."""

import os
import re

import pytest
from typer.testing import CliRunner

from permits.cli.main import app

OFFICER = ("--name", "窗口", "--role", "window", "--office", "planning_bureau")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Type a command for an office in a folder of its own."""
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path / "office"))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    monkeypatch.setenv("PERMITS_PASSWORD", "long enough")
    monkeypatch.setattr(os, "nice", lambda _by: 0)  # there is no way back, and others run after it
    return lambda *words: CliRunner().invoke(app, [*map(str, words)])


def test_an_office_is_backed_up_restored_and_goes_on(run, tmp_path, monkeypatch):
    run("account", "open", "window", *OFFICER, "--department", "planning")
    made = run("backup", tmp_path / "backup")
    assert made.exit_code == 0, made.output
    signer = re.search(r"signed by ([0-9a-f]{64})", made.stdout)[1]
    assert "not in it, to be kept elsewhere: the keys " in made.stdout
    assert "is there already" in run("backup", tmp_path / "backup").stderr

    refused = run("restore", tmp_path / "backup", "--into", tmp_path / "new")
    assert (refused.exit_code, "--signer" in refused.stderr) == (2, True)
    other = run("restore", tmp_path / "backup", "--into", tmp_path / "new", "--signer", "0" * 64)
    assert "it was signed by" in other.stderr
    words = ("restore", tmp_path / "backup", "--into", tmp_path / "new", "--signer", signer)
    restored = run(*words)
    assert restored.exit_code == 0, restored.output
    for said in ("lost: whatever was done after", "put back the keys", "permits outbox resume"):
        assert said in restored.stdout
    assert "is not empty" in run(*words).stderr

    monkeypatch.setenv("PERMITS_DATA", str(tmp_path / "new"))
    assert "window" in run("account", "list").stdout
    assert run("rebuild", "--check").stdout == "0 differences\n"
    said = "paused: this office was restored from the backup of"
    assert said in run("outbox", "show", "--lang", "en").stdout
    assert "已暂停：本系统由" in run("outbox", "show").stdout
    assert run("outbox", "resume", "--hold-letters").stdout == "resumed; 0 held back\n"
    assert "paused" not in run("outbox", "show", "--lang", "en").stdout
    noted = run("audit", "access", "--kind", "CommandRun").stdout
    assert "command=restore" in noted
    assert "command=outbox resume" in noted


def test_whoever_works_in_the_office_goes_before_a_backup(run, tmp_path, monkeypatch):
    given: list[int] = []
    monkeypatch.setattr(os, "nice", given.append)
    run("account", "list")
    assert given == []
    run("backup", tmp_path / "backup")
    assert given == [10]


def test_a_damaged_backup_is_refused_in_one_line(run, tmp_path):
    run("account", "list")
    run("backup", tmp_path / "backup")
    (tmp_path / "backup" / "database.db").write_bytes(b"nothing")
    refused = run("restore", tmp_path / "backup", "--into", tmp_path / "new", "--anybody")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("the backup is damaged, and nothing was restored: database")
    assert not (tmp_path / "new").exists()


def test_what_goes_out_is_paused_with_a_reason(run):
    assert run("outbox", "pause", "mail server moves").stdout == "paused\n"
    english, chinese = run("outbox", "show", "--lang", "en"), run("outbox", "show")
    assert "paused: mail server moves" in english.stdout
    assert "已暂停：mail server moves" in chinese.stdout
    assert run("outbox", "resume").stdout == "resumed; 0 held back\n"


def test_every_setting_is_tried_and_each_that_is_wrong_is_told(run, tmp_path):
    fine = run("config", "check")
    assert (fine.exit_code, "nothing wrong" in fine.stdout) == (0, True)
    assert not (tmp_path / "office").exists(), "looking makes nothing"
    run("account", "list")
    (tmp_path / "office" / "webhooks.json").write_text("{")
    (tmp_path / "office" / "secret.key").write_text("no key")
    (tmp_path / "office" / "permits.db").write_bytes(b"x" * 4096)
    wrong = run("config", "check")
    assert wrong.exit_code == 1
    assert "3 wrong" in wrong.stdout
    for name in ("PERMITS_WEBHOOKS", "PERMITS_SECRET_KEY", "PERMITS_DATABASE"):
        assert f"wrong  {name}: " in wrong.stdout
    assert "no key" not in wrong.stdout
