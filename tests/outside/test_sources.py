"""Which offices give their data: described in a file, and what counts as found."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from permits.outside.record_folder import RecordFolder
from permits.outside.records import Question
from permits.outside.sources import BadSources, read_sources

PARTY = "91350100M000100Y43"
QUESTION = Question("early_start", "land_document", PARTY)
TODAY = date(2022, 6, 9)
LAND: dict[str, Any] = {
    "id": "land",
    "title": {"zh": "土地登记", "en": "Land register"},
    "gives": ["early_start/land_document"],
    "fresh_days": 30,
    "folder": "land",
}


def described(folder: Path, *sources: dict[str, Any]) -> Path:
    file = folder / "shared_data.json"
    file.write_text(json.dumps({"sources": sources}), encoding="utf-8")
    return file


def deliver(folder: Path, **changes: object) -> None:
    record = {"material": "land_document", "party": PARTY, "as_of": "2022-06-01"}
    record |= {"data": {"number": "示例"}, **changes}
    RecordFolder(folder / "land").take_in(json.dumps(record).encode())


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "found"),
        ({"as_of": "2022-05-10"}, "found"),
        ({"as_of": "2022-05-09"}, "stale"),
        ({"as_of": "2022-06-09"}, "found"),
        ({"as_of": "2022-06-10"}, "stale"),
        ({"valid_until": "2022-06-09"}, "found"),
        ({"valid_until": "2022-06-08"}, "stale"),
    ],
)
def test_how_old_data_may_be(tmp_path: Path, changes: dict[str, Any], outcome: str) -> None:
    """Thirty days before Thursday 9 June 2022 is Tuesday 10 May."""
    deliver(tmp_path, **changes)
    answer = read_sources(described(tmp_path, LAND)).ask(QUESTION, TODAY)
    assert answer.outcome == outcome
    assert answer.record is not None
    assert (answer.source, answer.title["zh"]) == ("land", "土地登记")


def test_what_is_not_there_and_what_cannot_be_asked(tmp_path: Path) -> None:
    sources = read_sources(described(tmp_path, LAND))
    assert sources.ask(QUESTION, TODAY).outcome == "unavailable"
    deliver(tmp_path, party="924101720000000011")
    assert sources.ask(QUESTION, TODAY).outcome == "not_found"
    other = Question("plan_exempt", "land_document", PARTY)
    assert sources.ask(other, TODAY).outcome == "no_source"


def test_a_spoilt_record_is_an_outage(tmp_path: Path) -> None:
    deliver(tmp_path)
    (held,) = (tmp_path / "land").rglob("*.json")
    held.write_text("{}", encoding="utf-8")
    sources = read_sources(described(tmp_path, LAND))
    assert sources.ask(QUESTION, TODAY).outcome == "unavailable"


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    sources = read_sources(tmp_path / "shared_data.json")
    assert sources.by_id == {}
    assert sources.ask(QUESTION, TODAY).outcome == "no_source"


def test_a_service_is_asked_with_its_token(tmp_path: Path) -> None:
    (tmp_path / "land.token").write_text("secret\n", encoding="utf-8")
    service = {**LAND, "folder": "", "url": "https://land.invalid/r", "token_file": "land.token"}
    asks = read_sources(described(tmp_path, service)).by_id["land"].asks
    assert (asks.shown.token(), asks.address.hostname) == ("secret", "land.invalid")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "sources",
    [
        [{**LAND, "url": "https://land.invalid"}],
        [{**LAND, "folder": ""}],
        [{**LAND, "folder": "", "url": "ftp://land.invalid"}],
        [{**LAND, "fresh_days": -1}],
        [{**LAND, "seconds": 0}],
        [{**LAND, "seconds": 31}],
        [{**LAND, "further": 1}],
        [LAND, {**LAND, "id": "land2"}],
        [LAND, {**LAND, "gives": []}],
        [{**LAND, "folder": "", "url": "https://land.invalid", "token_file": "none.token"}],
        [{**LAND, "folder": "", "url": "https://land.invalid", "certificate_file": "our.pem"}],
        [
            {
                **LAND,
                "folder": "",
                "url": "https://land.invalid",
                "certificate_file": "no.pem",
                "key_file": "no.key",
            }
        ],
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, sources: list[Any]) -> None:
    with pytest.raises(BadSources):
        read_sources(described(tmp_path, *sources))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSources):
        read_sources(tmp_path)
    file = tmp_path / "shared_data.json"
    file.write_bytes(b"{")
    with pytest.raises(BadSources):
        read_sources(file)
