"""The front door: `make run` starts a demonstration that answers."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.serving import Served

ROOT = Path(__file__).parents[2]


def make(*words: str) -> tuple[str, ...]:
    """`make` with this very environment in the place of the one it would set up."""
    beside = f"BIN={Path(sys.executable).parent}"
    return ("make", "--directory", str(ROOT), "--old-file=install", beside, *words)


def test_make_run_fills_an_empty_folder_and_serves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAKEFLAGS", raising=False)
    served = Served(tmp_path / "office", command=make("run")).wait()
    assert "特勤大队" in served.get("/register?number=GXGH-20220609-0001")
    assert "演示账号" in served.get("/sign-in")
    os.killpg(served.process.pid, signal.SIGTERM)
    assert "Filling the office with demonstration cases" in served.ended()


def test_every_word_of_the_front_door_is_explained() -> None:
    told = subprocess.run(make("help"), capture_output=True, text=True, check=True).stdout
    for word in ("make run", "make test", "make check", "make bench"):
        assert word in told
