"""Documents become files through the outbox: once, whole, with their hash in the log."""

import hashlib
from datetime import timedelta

import pytest
from msgspec.structs import replace as changed

from permits.casework.families.kept_documents import DocumentKept, stream_of
from permits.casework.published import check_code, in_groups
from permits.outside.typesetting.look import Look
from permits.services import rebuild
from permits.services.documents import Documents, Issuing
from permits.services.erasing import Why
from permits.services.file_check import Found, check
from permits.services.post import deliver
from permits.services.requests import OpinionIn, Reasoned
from permits.store import document_file_tables, tables
from permits.text.subjects import of_document
from permits.worker import look
from tests.outside.sheets import attached_to, claims_of, text_of
from tests.services.conftest import GAS
from tests.services.test_post import Pigeonholes


@pytest.fixture
def filed(bureau):
    return bureau.people.file(GAS, "ordinary")


def record(bureau, case):
    return bureau.office.cases.recorded(case)


def first(bureau, case):
    return record(bureau, case).case.documents[0]


def subject(bureau, case):
    return of_document(first(bureau, case), record(bureau, case).entries)


def files(bureau, case):
    return bureau.office.documents.of(case, first(bureau, case).number)


def content(bureau, case, language="zh"):
    kept = files(bureau, case)[language]
    with bureau.office.documents.open(kept, record(bureau, case)) as source:
        return source.read()


def in_order(bureau):
    return sorted(bureau.rows(document_file_tables.document_file), key=lambda row: row["language"])


def kept_events(bureau, case):
    with bureau.office.database.read() as connection:
        told = bureau.office.documents._records.events(connection, stream_of(case))
    return [event for _at, event in told]


def test_a_document_is_made_in_both_languages_and_its_hash_stands_in_the_log(bureau, filed):
    assert bureau.office.documents.draw() == 1
    (told,) = kept_events(bureau, filed)
    assert isinstance(told, DocumentKept)
    for language, one in told.files.items():
        made = content(bureau, filed, language)
        assert (hashlib.sha256(made).hexdigest(), len(made)) == (one.sha256, one.size)
        assert claims_of(made)["pdfa"] == "3A"
        assert first(bureau, filed).number in text_of(made)
        code = in_groups(check_code(record(bureau, filed).case, first(bureau, filed).number))
        assert code in text_of(made)


def test_the_version_of_the_case_stays_as_it_was(bureau, filed):
    before = record(bureau, filed).case.version
    bureau.office.documents.draw()
    assert record(bureau, filed).case.version == before


def test_it_is_made_once_however_often_somebody_looks(bureau, filed):
    assert look(bureau.office, Pigeonholes())[1] == 3
    assert look(bureau.office, Pigeonholes()) == (0, 0)
    assert bureau.office.documents.draw() == 0
    assert len(kept_events(bureau, filed)) == 1


def test_letters_do_not_wait_for_documents_nor_documents_for_letters(bureau, filed):
    deliver(bureau.office, Pigeonholes(failing=9))
    assert bureau.office.documents.draw() == 1


def test_what_was_kept_is_made_anew_from_the_log_with_every_other_table(bureau, filed):
    bureau.office.documents.draw()
    rows = in_order(bureau)
    assert len(rows) == 2
    assert rebuild.check(bureau.office.database) == ()
    rebuild.rebuild(bureau.office.database)
    assert in_order(bureau) == rows


def test_data_tells_programs_of_the_case_and_of_the_rule(bureau, filed):
    bureau.office.documents.draw()
    case = record(bureau, filed).case
    data = attached_to(content(bureau, filed))
    assert data["schema"] == "permits/document/1"
    assert data["document"]["number"] == first(bureau, filed).number
    assert data["case"]["number"] == case.number
    assert data["case"]["answers"]["length_m"] == 150
    assert (data["rule"]["permit"], data["rule"]["sha256"]) == (case.permit, case.definition)
    assert "contact" not in str(data["case"])


def test_a_file_that_is_lost_is_made_again_if_it_comes_out_the_same(bureau, filed):
    bureau.office.documents.draw()
    before, kept = content(bureau, filed), files(bureau, filed)["zh"]
    later = bureau.hands() + timedelta(days=400)
    assert bureau.office.files.remove(kept.sha256, before=later + timedelta(days=10_000))
    bureau.hands.set(later)
    assert content(bureau, filed) == before
    assert [one.found for one in check(bureau.office.database, bureau.office.files)] == (
        [Found.WHOLE] * len(bureau.rows(tables.file))
    )


def test_a_lost_file_that_would_come_out_otherwise_is_not_given_out(bureau, filed):
    bureau.office.documents.draw()
    kept = files(bureau, filed)["zh"]
    assert bureau.office.files.remove(kept.sha256, before=bureau.hands() + timedelta(days=20_000))
    moved = bureau.office.documents
    other = Issuing(Look(), "https://elsewhere.example", moved.issuing.demonstration)
    elsewhere = Documents(moved.cases, moved.files, moved.now, other)
    with pytest.raises(FileNotFoundError):
        elsewhere.open(kept, record(bureau, filed))


def test_a_name_no_font_can_set_stops_the_document_and_is_told(bureau):
    case = bureau.people.file(changed(GAS, name="\U00020000工程"), "ordinary")
    documents = bureau.office.documents
    assert documents.draw() == 0
    assert files(bureau, case) == {}
    number = first(bureau, case).number
    standing = documents.standing(subject(bureau, case))
    assert standing == ("failed", f"{number} (zh): no font has \U00020000 (U+20000)")
    assert documents.draw() == 0, "trying again helps only once there is another font"
    assert bureau.rows(document_file_tables.document_file) == []


def test_when_what_it_says_is_erased_the_file_goes_and_its_hash_tells_nothing(bureau, filed):
    office = bureau.office
    office.documents.draw()
    kept = files(bureau, filed)
    lookup = record(bureau, filed).case.lookup
    assert kept["zh"].says == (lookup,)
    with office.database.write() as connection:
        of = office.keeping.of(connection, filed)
        office.erasing.shred(connection, of, {lookup}, (), Why("setup", "asked", "art. 47"))
    assert files(bureau, filed) == {}
    assert office.documents.standing(subject(bureau, filed))[0] == "gone"
    assert rebuild.check(office.database) == ()
    bureau.hands.set(bureau.hands() + timedelta(days=20_000))
    assert office.erasing.sweep() == 2
    with pytest.raises(FileNotFoundError):
        office.files.open(kept["zh"].sha256)
    assert office.documents.made(record(bureau, filed), subject(bureau, filed)) is None


def test_a_document_that_was_never_made_is_not_made_of_what_was_erased(bureau, filed):
    office = bureau.office
    lookup = record(bureau, filed).case.lookup
    with office.database.write() as connection:
        of = office.keeping.of(connection, filed)
        office.erasing.shred(connection, of, {lookup}, (), Why("setup", "asked", "art. 47"))
    assert office.documents.draw() == 1
    assert files(bureau, filed) == {}


def test_a_refusal_says_its_reason_and_the_remedies(bureau, filed):
    bureau.people.act("window", filed, "accept")
    opinion = OpinionIn(recommends="refuse", opinion="不符合规划。")
    bureau.people.act("examiner", filed, "examine", opinion)
    bureau.people.act("leader", filed, "refuse", Reasoned(reason="位于文物保护范围内。"))
    bureau.office.documents.draw()
    refusal = record(bureau, filed).case.documents[-1]
    kept = bureau.office.documents.of(filed, refusal.number)
    with bureau.office.documents.open(kept["zh"], record(bureau, filed)) as source:
        says = text_of(source.read())
    for wanted in ("不予行政许可决定书", "位于文物保护范围内。", "行政复议", "行政诉讼", "六个月"):
        assert wanted in says


def test_what_is_erased_while_its_document_is_set_is_not_kept_in_a_file(
    bureau, filed, monkeypatch
):
    """It was read before, and its file comes afterwards."""
    office = bureau.office
    set_ = office.documents.made

    def made(held, of):
        content = set_(held, of)
        with office.database.write() as connection:
            kept = office.keeping.of(connection, filed)
            why = Why("setup", "retention", "test")
            office.erasing.shred(connection, kept, content.says, (), why)
        return content

    monkeypatch.setattr(office.documents, "made", made)
    assert office.documents.draw() == 1
    assert files(bureau, filed) == {}
    assert kept_events(bureau, filed) == []
    assert rebuild.check(office.database) == ()
