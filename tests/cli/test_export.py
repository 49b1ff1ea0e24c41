"""`permits export log` as it is typed."""

import pytest
from typer.testing import CliRunner

from permits import settings as clock
from permits.cli import opening
from permits.cli.main import app


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Type a command for an office in a folder of its own, which has no case."""
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path / "office"))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    with opening.office(now=clock.now) as opened:
        opening.furnish(opened)
    return lambda *words: CliRunner().invoke(app, [*map(str, words)])


def test_a_log_is_printed_or_written_into_a_file(run, tmp_path):
    printed = run("export", "log", "--format", "csv")
    assert printed.exit_code == 0, printed.output
    assert printed.stdout.startswith("\ufeffcase:concept:name,concept:name,time:timestamp,")
    for form in ("csv", "xes", "ocel-json", "ocel-sqlite"):
        file = tmp_path / f"log.{form}"
        file.write_text("what was there before")
        written = run("export", "log", "--format", form, "--out", file)
        assert (written.exit_code, written.stdout) == (0, f"wrote {file}\n")
        assert "before" not in file.read_bytes().decode(errors="replace")
    assert not list(tmp_path.glob("*.part"))
    assert "export log" in run("audit", "access").stdout


def test_what_cannot_be_written_is_told(run, tmp_path):
    refused = run("export", "log", "--format", "ocel-sqlite")
    assert (refused.exit_code, "--out" in refused.stderr) == (2, True)
    for form in ("csv", "ocel-sqlite"):
        refused = run("export", "log", "--format", form, "--out", tmp_path / "no" / "log")
        assert refused.exit_code == 2
        assert "cannot be written" in refused.stderr
    assert run("export", "log", "--format", "pdf").exit_code == 2
