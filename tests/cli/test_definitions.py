"""`permits check`, `show`, `schema` and `diagram` as they are used."""

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as Xml

import pytest
from typer.testing import CliRunner

from permits.cli.main import app
from permits.definitions import loader
from permits.definitions.yaml_reader import read_yaml
from tests.definitions.shipped import FOLDER, definition, resolved


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "workflows")
    return tmp_path / "workflows"


def spoil(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_definitions_are_clean():
    result = run("check")
    assert result.exit_code == 0
    lines = {line.split()[0]: line for line in result.stdout.splitlines()}
    digest = resolved().digest[:12]
    assert lines["plan_exempt"] == (
        f"plan_exempt  {digest}  21 states  23 actions  164 situations  0 findings"
    )


def test_every_finding_is_printed_with_its_place(folder):
    spoil(folder / "plan_exempt.yaml", "  visits: 0", "  visits: 10")
    spoil(folder / "shared/laws.yaml", "cited: 2019年修正", "cited: 010")
    result = run("check", folder / "plan_exempt.yaml")
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first.startswith(f"{folder}/plan_exempt.yaml:")
    assert first.endswith("permit.visits: at most 9 is wanted; found the number 10 [schema.limit]")
    assert second.endswith("[yaml.ambiguous]")


def test_a_folder_is_checked_as_a_whole(folder):
    shutil.copy(folder / "plan_exempt.yaml", folder / "second.yaml")
    result = run("check", folder)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1].endswith("[permit.duplicate_id]")


def test_two_files_of_one_permit_id_are_told_wherever_they_are(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "other")
    result = run("check", folder / "plan_exempt.yaml", tmp_path / "other/plan_exempt.yaml")
    assert result.exit_code == 1
    assert "[permit.duplicate_id]" in result.stdout


def test_the_answer_as_json():
    result = run("check", "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    (one,) = [d for d in answer["definitions"] if d["id"] == "plan_exempt"]
    assert one == {
        "id": "plan_exempt",
        "file": str(FOLDER / "plan_exempt.yaml"),
        "digest": resolved().digest,
        "states": 21,
        "actions": 23,
        "situations": 164,
    }
    assert answer["findings"] == []


def test_findings_as_json(folder):
    spoil(folder / "plan_exempt.yaml", "  visits: 0", "  visits: 10")
    result = run("check", folder / "plan_exempt.yaml", "--json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    lines = (folder / "plan_exempt.yaml").read_text(encoding="utf-8").splitlines()
    assert answer["definitions"] == []
    assert answer["findings"] == [
        {
            "file": str(folder / "plan_exempt.yaml"),
            "line": lines.index("  visits: 10") + 1,
            "column": 3,
            "path": "permit.visits",
            "rule": "schema.limit",
            "says": "at most 9 is wanted; found the number 10",
        }
    ]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    result = run("check", tmp_path / "nowhere.yaml")
    assert result.exit_code == 2
    assert result.stderr == f"there is no file {tmp_path / 'nowhere.yaml'}\n"


def test_a_folder_without_definitions_is_refused(tmp_path):
    result = run("check", tmp_path)
    assert result.exit_code == 2
    assert "no definition in the folder" in result.stderr


@pytest.mark.parametrize("given", ["plan_exempt", FOLDER / "plan_exempt.yaml"])
def test_what_is_shown_loads_to_the_same_digest(given, tmp_path):
    result = run("show", given)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"# plan_exempt, digest {resolved().digest}\n")
    (tmp_path / "shown.yaml").write_text(result.stdout, encoding="utf-8")
    assert loader.load(tmp_path / "shown.yaml").digest == resolved().digest


def test_what_is_shown_as_json_is_the_definition():
    assert json.loads(run("show", "plan_exempt", "--json").stdout) == json.loads(
        resolved().content
    )


@pytest.mark.parametrize("command", ["show", "diagram"])
def test_an_unknown_permit_type_is_refused_with_those_there_are(command):
    result = run(command, "nowhere")
    assert result.exit_code == 2
    assert result.stderr.startswith("there is no permit type `nowhere`; known: ")
    assert "plan_exempt" in result.stderr


@pytest.mark.parametrize("given", ["nowhere.yaml", "some/folder/nowhere"])
def test_a_file_to_show_must_be_there(given):
    result = run("show", given)
    assert (result.exit_code, result.stderr) == (2, f"there is no file {given}\n")


def test_a_broken_file_to_show_tells_what_is_wrong(folder):
    spoil(folder / "plan_exempt.yaml", "  visits: 0", "  visits: 10")
    result = run("show", folder / "plan_exempt.yaml")
    assert result.exit_code == 1
    assert "[schema.limit]" in result.stderr
    assert result.stdout == ""


def test_the_schema_is_printed():
    answer = json.loads(run("schema").stdout)
    assert answer["properties"].keys() >= {"permit", "uses", "chart"}


def test_a_chart_is_drawn_as_mermaid_in_chinese_or_english():
    assert 'state "审查中" as examining' in run("diagram", "plan_exempt").stdout
    english = run("diagram", "plan_exempt", "--lang", "en").stdout
    assert 'state "Under examination" as examining' in english


def test_a_chart_is_drawn_as_svg():
    assert title_of(run("diagram", "plan_exempt", "--svg", "--lang", "en").stdout) == (
        definition().permit.title.en
    )


def title_of(picture):
    return Xml.fromstring(picture)[0].text  # noqa: S314 - it is our own


def in_ascii(*arguments):
    """What a terminal that knows no Chinese receives."""
    result = subprocess.run(
        [sys.executable, "-m", "permits", *arguments],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0
    assert result.stderr == b""
    return result.stdout.decode("ascii")


def test_a_terminal_without_chinese_still_gets_the_whole_definition(tmp_path):
    text = in_ascii("show", "plan_exempt")
    assert read_yaml(text, "it").data == json.loads(resolved().content)
    assert json.loads(in_ascii("show", "plan_exempt", "--json")) == json.loads(resolved().content)


def test_a_terminal_without_chinese_still_gets_drawings():
    ascii_only = CliRunner(charset="ascii")
    picture = ascii_only.invoke(app, ["diagram", "plan_exempt", "--svg"]).stdout
    assert picture.isascii()
    assert title_of(picture) == definition().permit.title.zh
    text = ascii_only.invoke(app, ["diagram", "plan_exempt"]).stdout
    assert 'state "#23457;#26597;#20013;" as examining' in text
