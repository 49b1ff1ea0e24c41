"""Publishing policies and taking in the register, as it is typed."""

import shutil

import pytest
from typer.testing import CliRunner

from permits.cli.main import app
from tests.definitions.policies import FOLDER
from tests.services.entitled import FILE


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Type a command for an office in a folder of its own."""
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path / "office"))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    return lambda *words: CliRunner().invoke(app, [*map(str, words)])


def test_policies_are_published_and_the_register_is_taken_in(run, tmp_path):
    file = tmp_path / "register.csv"
    file.write_bytes(FILE)
    early = run("register", "import", file, "--as-of", "2022-05-31")
    assert (early.exit_code, "publish the policies" in early.stderr) == (2, True)
    published = run("policies", "publish")
    assert published.exit_code == 0
    assert [line.split()[:2] for line in published.stdout.splitlines()] == [
        ["published", "above_scale"], ["published", "hightech_first"],
        ["published", "innovation_points"],
    ]  # fmt: skip
    again = run("policies", "publish", FOLDER / "hightech_first.yaml")
    assert again.stdout.startswith("the newest version already: hightech_first")
    assert "hightech_first" in run("policies", "list").stdout
    taken = run("register", "import", file, "--as-of", "2022-05-31", "--source", "甲")
    assert taken.stdout.startswith("imported 2022-05-31-")
    assert "3 enterprises  甲" in run("register", "list").stdout
    twice = run("register", "import", file, "--as-of", "2022-05-31")
    assert (twice.exit_code, "imported before" in twice.stderr) == (2, True)


def test_every_fault_of_a_register_is_printed_and_nothing_is_taken_in(run, tmp_path):
    run("policies", "publish")
    file = tmp_path / "register.csv"
    file.write_bytes(FILE.replace(b",93,", b",193,").replace(b",good\n", b",fine\n", 1))
    refused = run("register", "import", file, "--as-of", "2022-05-31")
    assert refused.exit_code == 1
    assert refused.stderr.splitlines() == [
        "Line 2, column points: 193 is more than 100",
        "Line 2, column credit: “fine” is none of good, repaired, serious; write one of them",
        "2 faults; nothing was imported",
    ]
    assert run("register", "list").stdout == ""
    missing = run("register", "import", tmp_path / "none.csv", "--as-of", "2022-05-31")
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (2, True)


def test_what_is_wrong_with_a_policy_is_told_and_nothing_is_published(run, tmp_path):
    shutil.copytree(FOLDER, tmp_path / "policies")
    file = tmp_path / "policies" / "hightech_first.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("yuan: 100000", "yuan: 90000", 1), encoding="utf-8")
    for given in (file, tmp_path / "policies"):
        refused = run("policies", "publish", given)
        assert (refused.exit_code, "[sample.amount]" in refused.stderr) == (1, True)
        checked = run("check", given)
        assert (checked.exit_code, "[sample.amount]" in checked.stdout) == (1, True)
    nowhere = run("policies", "publish", tmp_path / "none.yaml")
    assert (nowhere.exit_code, nowhere.stderr.startswith("there is no file")) == (2, True)
    assert run("policies", "list").stdout == ""


def test_check_covers_the_policies(run):
    checked = run("check", FOLDER / "hightech_first.yaml")
    assert checked.exit_code == 0
    assert checked.stdout.startswith("hightech_first  ")
    assert "4 conditions  1 grades  6 samples  0 findings" in checked.stdout
