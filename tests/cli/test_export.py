"""`permits export` as it is typed."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from permits.cli.main import app

CODES = Path(__file__).parents[2] / "examples" / "national" / "codes.yaml"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Type a command for an office in a folder of its own, which has no case."""
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path / "office"))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
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
    days = ("--from", "2022-06-01", "--to", "2022-06-30")
    national = ("export", "national", "--out", tmp_path / "national")
    for words, says in (
        ((*days, "--codes", tmp_path / "gone"), "cannot be read"),
        ((*days, "--codes", broken(tmp_path)), "broken.yaml:1: national"),
        (("--from", "2022-06-30", "--to", "2022-06-01", "--codes", CODES), "before --from"),
    ):
        refused = run(*national, *words)
        assert (refused.exit_code, says in refused.stderr) == (2, True)
    (tmp_path / "national").write_text("a file")
    refused = run(*national, *days, "--codes", CODES)
    assert (refused.exit_code, "cannot be made" in refused.stderr) == (2, True)


def broken(folder: Path) -> Path:
    path = folder / "broken.yaml"
    path.write_text("national: 7\ncodes: {}\n")
    return path


def test_the_national_tables_are_written_into_a_folder(run, tmp_path):
    out = tmp_path / "national"
    days = ("--from", "2022-06-01", "--to", "2022-06-30")
    written = run("export", "national", *days, "--codes", CODES, "--out", out)
    assert written.exit_code == 0, written.output
    names = ["SPGL_GZCNZBJJGXXB.csv", "SPGL_XMSPSXBLXXB.csv", "SPGL_XMSPSXBLXXXXB.csv"]
    assert sorted(one.name for one in out.iterdir()) == names
    assert (out / names[1]).read_text(encoding="utf-8-sig").startswith("LSH,DFSJZJ,XZQHDM,")
