"""`permits history` as it is typed."""

import json

import pytest
from typer.testing import CliRunner

from permits import settings as clock
from permits.cli import opening
from permits.cli.main import app

HEAD = "number,permit,track,received_on,accepted_on,decided_on,result\n"
LINE = "GH-{0},plan_exempt,ordinary,2021-09-01,2021-09-30,2021-10-11,granted\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Type a command for an office in a folder of its own, with its permit types."""
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path / "office"))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    with opening.office(now=clock.now) as opened:
        opening.furnish(opened)
    return lambda *words: CliRunner().invoke(app, [*map(str, words)])


def test_history_comes_in_is_told_apart_and_is_withdrawn(run, tmp_path):
    file = tmp_path / "past.csv"
    file.write_text(HEAD + LINE.format(1) + LINE.format(2), encoding="utf-8")
    dry = run("history", "import", file, "--dry-run", "--lang", "en")
    assert "2 cases would be imported" in dry.stdout, dry.output
    assert json.loads(run("history", "list", "--json").stdout)["imports"] == []
    done = run("history", "import", file, "--lang", "en")
    assert done.stdout.startswith(
        "history, plan_exempt, ordinary: 2 cases, 2 granted, median of 3 working day(s)\n2 cases"
    )
    again = run("history", "import", file, "--lang", "en")
    assert (again.exit_code, "a case of this number already" in again.stderr) == (1, True)
    assert "nothing was imported" in again.stderr
    listed = json.loads(run("history", "list", "--json").stdout)
    assert (listed["history"], listed["imports"][0]["cases"]) == (True, 2)
    assert "历史办件" in run("history", "list").stdout
    assert run("rebuild", "--check").exit_code == 0
    assert run("audit", "log", "--no-replay").exit_code == 0
    source = listed["imports"][0]["sha256"]
    assert run("history", "withdraw", "x").exit_code == 2
    assert run("history", "withdraw", source[:8]).stdout == f"withdrawn: {source}, 2 cases\n"
    assert json.loads(run("history", "list", "--json").stdout)["imports"] == []
    assert run("history", "import", file).exit_code == 0
    assert run("history", "import", tmp_path / "gone").exit_code == 2
    assert "history withdraw" in run("audit", "access").stdout
