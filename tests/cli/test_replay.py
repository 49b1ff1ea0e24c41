"""`permits replay` as it is typed."""

import json
from pathlib import Path

from typer.testing import CliRunner

from permits.cli.main import app

RECEIPT = Path(__file__).parents[2] / "examples" / "receipt"
OPTIONS = ("--definition", RECEIPT / "receipt_phase.yaml", "--mapping", RECEIPT / "mapping.yaml")


def run(*arguments: object):
    return CliRunner().invoke(app, [*map(str, arguments)])


def test_the_definition_of_the_example_is_proved():
    found = run("check", RECEIPT / "receipt_phase.yaml")
    assert found.exit_code == 0, found.output


def test_what_fits_and_what_does_not_is_told():
    found = run("replay", RECEIPT / "receipt.csv.gz", *OPTIONS, "--lang", "en")
    assert found.exit_code == 0, found.output
    lines = found.stdout.splitlines()
    assert lines[0] == "1,406 of 1,434 cases fit (98%)"
    assert lines[3].startswith("  case-")
    assert lines[-1] == "  … and 8 more"
    assert "件相符" in run("replay", RECEIPT / "receipt.csv.gz", *OPTIONS).stdout
    plain = json.loads(run("replay", RECEIPT / "receipt.csv.gz", *OPTIONS, "--json").stdout)
    assert (plain["definition"], plain["fitting"], len(plain["refused"])) == (
        "receipt_phase",
        1406,
        28,
    )
    assert [*plain["refused"][0]] == [
        "case",
        "event",
        "activity",
        "place",
        "why",
        "stands",
        "open",
    ]


def test_what_is_given_wrongly_is_told(tmp_path):
    log, mapping = tmp_path / "log.csv", tmp_path / "mapping.yaml"
    log.write_text("case_id,activity,timestamp\n1,accept,2022-06-09T09:00Z\n", encoding="utf-8")
    mapping.write_text("activities: {a: {action: dance}}\n", encoding="utf-8")
    definition = OPTIONS[:2]
    for words, says in (
        (("--definition", tmp_path / "gone.yaml"), "there is no file"),
        ((*definition, "--mapping", mapping), "no action `dance`"),
        ((*definition, "--mapping", tmp_path / "gone"), "cannot be read"),
    ):
        refused = run("replay", log, *words)
        assert (refused.exit_code, says in refused.stderr) == (2, True)
    assert "1件" in run("replay", log, *definition).stdout
