"""Folders of tests lie in memory where there is room, and none is left behind."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import scratch


@pytest.fixture
def unnamed(monkeypatch):
    """No place is named, and what is chosen is forgotten at the end."""
    monkeypatch.setattr(tempfile, "tempdir", tempfile.gettempdir())
    monkeypatch.setitem(os.environ, "TMPDIR", "-")
    del os.environ["TMPDIR"]


def test_everything_temporary_lies_in_a_folder_of_this_process(unnamed, monkeypatch, tmp_path):
    monkeypatch.setattr(scratch, "ROOM", 1)
    folder = scratch.choose(tmp_path)
    assert folder is not None
    assert folder.parent == tmp_path
    assert tempfile.gettempdir() == str(folder)
    asked = [sys.executable, "-c", "import tempfile; print(tempfile.gettempdir())"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(folder)


def test_the_usual_place_is_kept_where_there_is_too_little_room(unnamed, monkeypatch, tmp_path):
    monkeypatch.setattr(scratch, "available", lambda: scratch.ROOM - 1)
    assert scratch.choose(tmp_path) is None
    assert scratch.choose(tmp_path / "no such folder") is None
    assert not list(tmp_path.iterdir())


def test_a_place_that_is_named_is_used(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert scratch.choose(tmp_path) is None


def test_what_ended_processes_left_is_removed_and_nothing_else(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    names = {f"{scratch.PREFIX}{ended.pid}-a", f"{scratch.PREFIX}{os.getpid()}-b", "of-others"}
    for name in names:
        Path(tmp_path, name, "full").mkdir(parents=True)
    scratch.sweep(tmp_path)
    assert {folder.name for folder in tmp_path.iterdir()} == names - {
        f"{scratch.PREFIX}{ended.pid}-a"
    }
