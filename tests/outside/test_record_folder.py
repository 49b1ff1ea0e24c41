"""Records as files: found under what they speak of, replaced only by newer ones."""

import json
from pathlib import Path

import pytest

from permits.outside.record_folder import RecordFolder
from permits.outside.records import MOST_BYTES, BadRecord, Question, read_record

PARTY = "91350100M000100Y43"
PROJECT = "2206-410172-04-01-123456"
QUESTION = Question("early_start", "land_document", PARTY, PROJECT)


def record(**changes: object) -> bytes:
    values = {
        "material": "land_document",
        "party": PARTY,
        "project": PROJECT,
        "as_of": "2022-06-01",
        "data": {"number": "示例"},
    }
    return json.dumps({**values, **changes}).encode()


@pytest.fixture
def folder(tmp_path: Path) -> RecordFolder:
    return RecordFolder(tmp_path / "land")


def test_a_record_that_was_taken_in_answers(folder: RecordFolder) -> None:
    taken = folder.take_in(record())
    assert (taken.material, str(taken.as_of), taken.newer) == (
        "land_document",
        "2022-06-01",
        False,
    )
    found = folder.ask(QUESTION)
    assert found is not None
    assert found.data == {"number": "示例"}


def test_of_a_project_and_of_its_party_the_project_s_answers(folder: RecordFolder) -> None:
    folder.take_in(record(project="", data={"of": "party"}))
    assert folder.ask(QUESTION).data == {"of": "party"}  # type: ignore[union-attr]
    folder.take_in(record(data={"of": "project"}))
    assert folder.ask(QUESTION).data == {"of": "project"}  # type: ignore[union-attr]


def test_what_is_not_there_was_not_found(folder: RecordFolder) -> None:
    folder.take_in(record())
    assert folder.ask(Question("early_start", "scheme_opinion", PARTY, PROJECT)) is None
    assert folder.ask(Question("early_start", "land_document", "92410172" + "0" * 10)) is None


def test_a_folder_that_is_away_is_no_answer(folder: RecordFolder) -> None:
    with pytest.raises(FileNotFoundError):
        folder.ask(QUESTION)


@pytest.mark.parametrize(
    ("as_of", "newer"), [("2022-05-31", True), ("2022-06-01", False), ("2022-06-02", False)]
)
def test_only_what_is_not_older_takes_its_place(
    folder: RecordFolder, as_of: str, *, newer: bool
) -> None:
    folder.take_in(record())
    assert folder.take_in(record(as_of=as_of, data={"second": True})).newer == newer
    assert (folder.ask(QUESTION).data == {"second": True}) != newer  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"\xff",
        record(party="../../../etc/passwd"),
        record(material="../land"),
        record(project="one/two"),
        record(as_of="yesterday"),
        record(data={}),
        record(further="unknown"),
        record(data={"long": "x" * MOST_BYTES}),
    ],
)
def test_what_is_no_record_is_not_taken_in(folder: RecordFolder, raw: bytes) -> None:
    with pytest.raises(BadRecord):
        folder.take_in(raw)
    assert not folder.folder.exists()


def test_nobody_asks_their_way_out_of_the_folder(folder: RecordFolder) -> None:
    folder.take_in(record())
    assert folder.ask(Question("early_start", "land_document", PARTY, "../../x")) is None
    assert folder.ask(Question("early_start", "../land_document", PARTY)) is None


def test_a_file_that_was_spoilt_is_told(folder: RecordFolder) -> None:
    folder.take_in(record())
    (held,) = folder.folder.rglob("*.json")
    held.write_bytes(b"x" * (MOST_BYTES + 1))
    with pytest.raises(BadRecord):
        folder.ask(QUESTION)


def test_a_record_reads_as_what_it_says() -> None:
    found = read_record(record(valid_until="2023-05-31"))
    assert (str(found.as_of), str(found.valid_until)) == ("2022-06-01", "2023-05-31")
