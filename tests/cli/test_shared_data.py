"""Data of other offices on the command line: which sources there are, and records taken in."""

import hashlib
import json

import pytest
from typer.testing import CliRunner

from permits.cli.main import app

PARTY = "91350100M000100Y43"
RECORD = {
    "material": "land_document",
    "party": PARTY,
    "as_of": "2022-06-01",
    "data": {"number": "示例"},
}
SOURCES = {
    "sources": [
        {
            "id": "land",
            "title": {"zh": "土地登记", "en": "Land register"},
            "gives": ["early_start/land_document"],
            "fresh_days": 30,
            "folder": "shared/land",
        },
        {
            "id": "reviews",
            "title": {"zh": "方案审查", "en": "Reviews"},
            "gives": ["early_start/scheme_opinion"],
            "fresh_days": 90,
            "url": "https://reviews.invalid/records",
        },
    ]
}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Type a command for an office in a folder of its own."""
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    monkeypatch.delenv("PERMITS_SHARED_DATA", raising=False)
    return lambda *words: CliRunner().invoke(app, ["shared-data", *map(str, words)])


@pytest.fixture
def described(tmp_path):
    (tmp_path / "shared_data.json").write_text(json.dumps(SOURCES), encoding="utf-8")


def delivered(folder, **changes):
    file = folder / "delivered.json"
    file.write_text(json.dumps({**RECORD, **changes}), encoding="utf-8")
    return file


def test_without_a_file_there_are_no_sources(run, tmp_path):
    assert run("sources").stdout == f"no sources: there is no {tmp_path / 'shared_data.json'}\n"


def test_each_source_is_told_with_what_it_gives(run, described, tmp_path):
    assert run("sources").stdout.splitlines() == [
        f"land  {tmp_path / 'shared' / 'land'}  30 days  early_start/land_document",
        "reviews  https://reviews.invalid/records  90 days  early_start/scheme_opinion",
    ]


def test_the_file_may_stand_elsewhere(run, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text(json.dumps(SOURCES), encoding="utf-8")
    monkeypatch.setenv("PERMITS_SHARED_DATA", str(elsewhere))
    assert len(run("sources").stdout.splitlines()) == 2


def test_a_record_is_taken_in_with_its_digest_and_day(run, described, tmp_path):
    file = delivered(tmp_path)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert run("take-in", "land", file).stdout == f"land_document  2022-06-01  {digest}\n"
    kept = tmp_path / "shared" / "land" / "land_document" / f"{PARTY}.json"
    assert kept.read_bytes() == file.read_bytes()


def test_an_older_record_is_left_out(run, described, tmp_path):
    run("take-in", "land", delivered(tmp_path))
    older = run("take-in", "land", delivered(tmp_path, as_of="2022-05-31"))
    assert older.stdout.endswith("left out: there is a newer one\n")


@pytest.mark.parametrize(
    ("source", "changes", "says"),
    [
        ("tea", {}, "there is no source tea\n"),
        ("reviews", {}, "reviews is asked by its address and takes no files in\n"),
        ("land", {"party": "nobody"}, "do not read as such\n"),
    ],
)
def test_what_cannot_be_taken_in_is_told(run, described, tmp_path, source, changes, says):
    refused = run("take-in", source, delivered(tmp_path, **changes))
    assert refused.exit_code == 2
    assert refused.stderr.endswith(says)


def test_a_file_that_is_not_there_is_told(run, described, tmp_path):
    assert run("take-in", "land", tmp_path / "none.json").exit_code == 2


def test_sources_that_cannot_be_used_are_told(run, tmp_path):
    (tmp_path / "shared_data.json").write_text("{}", encoding="utf-8")
    for words in (("sources",), ("take-in", "land", delivered(tmp_path))):
        assert run(*words).exit_code == 2
    assert CliRunner().invoke(app, ["account", "list"]).exit_code == 2
