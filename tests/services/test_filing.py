"""Writing an application: saved at any time, read as typed, filed once, never half."""

import io

import pytest

from permits.casework.answers import Fault
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import notice_digest
from permits.definitions import loader
from permits.definitions.findings import Marks
from permits.definitions.schema import TrackName, Treatment
from permits.services.demonstration.desk import answers
from permits.services.demonstration.paper import pdf
from permits.services.filing import Lost
from permits.services.records import new_id
from permits.services.uploading import name_of
from permits.services.writer import Done
from permits.settings import Limits
from permits.store import tables
from permits.store.drafts import Draft, Upload
from permits.text.uploads import Unfit
from tests.definitions.shipped import resolved as shipped_resolved
from tests.kit import content
from tests.services.conftest import GAS, at_once
from tests.staged import TOWER


@pytest.fixture
def filing(bureau):
    return bureau.office.filing


@pytest.fixture
def me(bureau):
    return bureau.actors["applicant"]


@pytest.fixture
def draft(filing, me):
    begun = filing.begin("plan_exempt", me)
    return filing.save(begun, answers(GAS))


def sign(filing, draft):
    definition = filing.edition(draft).definition
    digest = notice_digest(definition.commitments["true_declaration"])
    return filing.sign(draft, "true_declaration", digest)


def ready(filing, draft):
    return sign(filing, filing.choose(draft, "commitment"))


def test_an_application_is_begun_for_the_edition_of_today(bureau, filing, me):
    draft = filing.begin("plan_exempt", me)
    assert draft.definition == bureau.office.shelf.current("plan_exempt").digest
    assert filing.find(draft.id, me) == draft
    assert filing.mine(me) == [draft]


def test_what_does_not_exist_is_not_begun_and_officers_begin_nothing(bureau, filing, me):
    assert filing.begin("bakery", me) == Refused(Reason.NO_SUCH_PERMIT, ("bakery",))
    window = bureau.actors["window"]
    assert filing.begin("plan_exempt", window) == Refused(Reason.NOT_YOURS)
    assert filing.mine(window) == []


def test_nobody_else_finds_a_draft(bureau, filing, draft):
    for who in ("stranger", "window", "auditor"):
        assert filing.find(draft.id, bureau.actors[who]) is None
    assert filing.find("no-such-draft", bureau.actors["applicant"]) is None


def test_answers_are_kept_as_typed_even_if_they_do_not_fit(filing, me, draft):
    saved = filing.save(draft, {"length_m": "about 150"})
    found = filing.find(saved.id, me)
    assert found.answers["length_m"] == "about 150"
    assert [(p.field, p.fault) for p in filing.read(found).problems] == [
        ("length_m", Fault.NOT_A_NUMBER)
    ]


def test_saving_nothing_new_changes_nothing(filing, draft):
    assert filing.save(draft, {"length_m": "150"}) is draft


def test_two_devices_do_not_overwrite_each_other_unseen(filing, draft):
    first = filing.save(draft, {"works_place": "一号"})
    assert isinstance(first, Draft)
    assert filing.save(draft, {"works_place": "二号"}) is Lost.OVERTAKEN


def test_whoever_presses_twice_at_once_has_saved_chosen_and_signed_once(filing, draft):
    """Both were read before either was kept."""
    saved = filing.save(draft, {"works_place": "一号"})
    assert filing.save(draft, {"works_place": "一号"}) == saved
    chosen = filing.choose(saved, "commitment")
    assert filing.choose(saved, "commitment") == chosen
    signed = sign(filing, chosen)
    assert sign(filing, chosen) == signed
    assert signed.version == draft.version + 3
    filing.discard(signed)
    assert sign(filing, chosen) is Lost.GONE


def test_a_discarded_draft_is_gone_with_its_files(bureau, filing, me, draft):
    filing.uploading.upload(draft.id, "land_title", "a.pdf", io.BytesIO(pdf("x")), me)
    filing.discard(draft)
    assert filing.save(draft, {"works_place": "三号"}) is Lost.GONE
    assert bureau.rows(tables.upload) == []


def test_tracks_are_offered_with_the_reason_why_one_is_shut(filing, draft):
    assert [(c.name.value, c.shut) for c in filing.tracks(draft)] == [
        ("ordinary", None),
        ("commitment", None),
        ("tolerant", None),
    ]
    long = filing.save(draft, {"length_m": "250"})
    shut = {c.name.value: c.shut for c in filing.tracks(long)}
    assert shut["commitment"].reason is Reason.NOT_ADMITTED
    assert filing.choose(long, "commitment").reason is Reason.NOT_ADMITTED
    assert filing.choose(long, "fast") == Refused(Reason.NO_SUCH_TRACK, ("fast",))


def test_choosing_the_same_track_again_keeps_the_signature(filing, draft):
    signed = ready(filing, draft)
    assert filing.choose(signed, "commitment") is signed


def test_changing_an_answer_undoes_choice_and_signature(filing, draft):
    changed = filing.save(ready(filing, draft), {"length_m": "160"})
    assert (changed.track, changed.signed) == ("", {})


def test_only_the_commitments_of_the_chosen_track_are_signed_as_they_read(filing, draft):
    assert sign(filing, draft).reason is Reason.COMMITMENT_UNSIGNED
    chosen = filing.choose(draft, "commitment")
    assert filing.sign(chosen, "other", "0" * 64).reason is Reason.COMMITMENT_UNSIGNED
    assert filing.sign(chosen, "true_declaration", "0" * 64).reason is Reason.NOTICE_CHANGED


def test_materials_are_asked_for_by_the_track_alone(filing, draft):
    assert filing.asked(draft) == ()
    exempt = filing.choose(draft, "commitment")
    assert filing.asked(exempt) == ()
    assert filing.asked(filing.choose(exempt, "ordinary")) == (
        "application",
        "land_title",
        "project_approval",
        "design_scheme",
        "required_by_rule",
    )


def test_only_an_undertaking_lets_materials_follow_the_application(filing, draft):
    assert filing.may_follow(draft) == ()
    assert filing.may_follow(filing.choose(draft, "tolerant")) == ("project_approval",)


def test_what_a_commitment_puts_off_is_not_taken_with_the_application(bureau, filing, me):
    resolved = shipped_resolved("staged_construction")
    bureau.office.shelf.publish(resolved, actor="setup", now=bureau.office.now())
    told = {**TOWER, "contact_name": "经办人", "contact_phone": "0371-00000000"}
    typed = {name: str(value).lower() for name, value in told.items()}
    draft = filing.save(filing.begin("staged_construction", me), typed)
    draft = filing.choose(draft, "commitment")
    treated = {
        name: material.tracks[TrackName.COMMITMENT]
        for name, material in filing.edition(draft).definition.materials.items()
    }
    assert Treatment.DEFERRED in treated.values()
    assert filing.may_follow(draft) == ()


@pytest.mark.parametrize(
    ("data", "unfit"),
    [(b"", Unfit.EMPTY), (b"MZ\x90 program", Unfit.KIND), (b"<html>", Unfit.KIND)],
)
def test_files_that_are_not_what_is_taken_are_refused_and_leave_nothing(
    bureau, filing, me, draft, data, unfit
):
    assert filing.uploading.upload(draft.id, "land_title", "a.pdf", io.BytesIO(data), me) is unfit
    assert bureau.rows(tables.upload) == []
    assert [p for p in bureau.office.files.folder.rglob("*") if p.is_file()] == []


def test_a_file_larger_than_allowed_is_refused_while_it_comes(bureau):
    big = io.BytesIO(b"%PDF-" + bytes(2_000_000))
    with bureau.office.files.incoming(big, most=1_000_000) as arrived:
        assert arrived is Unfit.TOO_LARGE
    assert big.tell() < 3_000_000
    assert [p for p in bureau.office.files.folder.rglob("*") if p.is_file()] == []


def test_a_file_is_kept_under_its_hash_and_shown_under_its_name(bureau, filing, me, draft):
    kept = filing.uploading.upload(
        draft.id, "land_title", "../../权属.pdf", io.BytesIO(pdf("x")), me
    )
    assert kept.filename == "权属.pdf"
    assert kept.media_type == "application/pdf"
    with bureau.office.files.open(kept.sha256) as source:
        assert source.read() == pdf("x")
    again = filing.uploading.upload(draft.id, "application", "b.pdf", io.BytesIO(pdf("x")), me)
    assert again.sha256 == kept.sha256
    assert len(bureau.rows(tables.file)) == 1
    filing.uploading.remove_upload(draft.id, kept.id)
    assert [u.id for u in filing.uploading.uploads(draft.id)] == [again.id]


def test_the_same_file_uploaded_by_several_at_once_is_one(bureau, filing, me, draft):
    def upload():
        filing.uploading.upload(draft.id, "land_title", "a.pdf", io.BytesIO(pdf("same")), me)

    assert at_once(*[upload] * 6) == []
    assert len(bureau.rows(tables.upload)) == 6
    assert len(bureau.rows(tables.file)) == 1


def test_there_is_an_end_to_uploading(filing, me, draft, monkeypatch):
    monkeypatch.setattr(filing.uploading, "limits", Limits(place_files=1))
    filing.uploading.upload(draft.id, "land_title", "a.pdf", io.BytesIO(pdf("x")), me)
    more = filing.uploading.upload(draft.id, "land_title", "b.pdf", io.BytesIO(pdf("y")), me)
    assert more is Unfit.TOO_MANY


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\scans\\a.pdf", "a.pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("", "file.pdf"),
        ("scan.PDF", "scan.PDF"),
        ("page.html", "page.html.pdf"),
        ("名" * 300 + ".pdf", "名" * 66 + ".pdf"),
    ],
)
def test_names_of_files_are_tidied(given, shown):
    assert name_of(given, "application/pdf") == shown


def test_a_ready_application_is_filed_once_however_often_it_is_sent(bureau, filing, me, draft):
    signed, key = ready(filing, draft), new_id()
    done = filing.file(signed, me, key).result()
    assert isinstance(done, Done)
    assert filing.file(signed, me, key).result() == done
    assert filing.file(signed, me, new_id()).result() == Refused(Reason.NOT_NOW, ("file",))
    assert filing.mine(me) == []
    assert len(bureau.rows(tables.case_row)) == 1


def test_the_draft_ends_with_the_transaction_that_files_it(bureau, filing, me, draft):
    """Whoever is gone by then, the office has the files, and nothing typed is left readable."""
    ordinary = filing.choose(draft, "ordinary")
    filing.uploading.upload(ordinary.id, "land_title", "a.pdf", io.BytesIO(pdf("x")), me)
    done = filing.file(ordinary, me, new_id()).result()
    record = bureau.office.cases.read(done.case_id, bureau.actors["window"])
    assert [upload.material for upload in record.uploads] == ["land_title"]
    ended = filing.find(draft.id, me)
    assert (ended.case_id, ended.answers, ended.track) == (done.case_id, {}, "ordinary")
    assert ended.filed_at is not None
    assert filing.save(ordinary, {"works_place": "二号"}) is Lost.OVERTAKEN
    for table in tables.metadata.sorted_tables:
        if table is not tables.sealed_value:
            for row in bureau.rows(table):
                assert not any(b"0371-00000000" in in_bytes(v) for v in row.values())


def in_bytes(value):
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_what_is_refused_stays_a_draft(bureau, filing, me, draft):
    signed = ready(filing, draft)
    bureau.at("2022-05-31")
    refused = filing.file(signed, me, new_id()).result()
    assert refused.reason is Reason.NOT_IN_FORCE
    assert filing.find(draft.id, me) == signed
    assert filing.mine(me) == [signed]


def test_an_unfinished_application_is_not_filed_and_says_what_is_missing(bureau, filing, me):
    draft = filing.begin("plan_exempt", me)
    before = bureau.events()
    problems = filing.file(draft, me, new_id())
    assert ("works_name", Fault.MISSING) in {(p.field, p.fault) for p in problems}
    assert bureau.events() == before


def test_personal_answers_never_stand_in_the_log_and_the_code_opens_the_case(
    bureau, filing, me, draft
):
    done = filing.file(ready(filing, draft), me, new_id()).result()
    logged = b"".join(bytes(row["record"]) for row in bureau.rows(tables.event))
    record = bureau.office.cases.read(done.case_id, me)
    for secret in ("经办人", "0371-00000000", record.values[record.case.lookup]):
        assert secret.encode() not in logged
    assert record.values[record.case.seals["contact_name"]] == "经办人"
    assert len(record.values[record.case.lookup]) == 12


def test_files_of_the_draft_become_files_of_the_case(bureau, filing, me, draft):
    ordinary = filing.choose(draft, "ordinary")
    for material in filing.asked(ordinary):
        filing.uploading.upload(
            ordinary.id, material, f"{material}.pdf", io.BytesIO(pdf(material)), me
        )
    newer = filing.uploading.upload(
        ordinary.id, "land_title", "new.pdf", io.BytesIO(pdf("new")), me
    )
    done = filing.file(ordinary, me, new_id()).result()
    record = bureau.office.cases.read(done.case_id, me)
    assert record.case.materials["land_title"].sha256 == newer.sha256
    assert all(isinstance(u, Upload) and u.place == done.case_id for u in record.uploads)


def edition_of(bureau, change):
    """Publish the permit type as a test changes it; its digest."""
    data = content()
    change(data)
    built, findings = loader.build(data, Marks())
    assert not findings
    assert bureau.office.shelf.publish(built, actor="setup", now=bureau.hands())
    return built.digest


def test_an_application_is_filed_under_the_edition_of_the_day(bureau, filing, me, draft):
    """Next year's edition stops nobody today; what is filed next year follows it."""
    today = bureau.office.shelf.current("plan_exempt").digest
    later = edition_of(bureau, lambda d: d["permit"].update(effective_from="2023-01-01"))
    assert filing.begin("plan_exempt", me).definition == today
    filed = filing.file(ready(filing, draft), me, new_id()).result()
    assert bureau.office.cases.read(filed.case_id, me).case.definition == today
    kept = filing.save(filing.begin("plan_exempt", me), {**answers(GAS)})
    bureau.at("2023-01-01", 0)
    kept = filing.save(kept, {"starts_on": "2023-02-01"})
    assert filing.edition(kept).digest == later
    filed = filing.file(ready(filing, kept), me, new_id()).result()
    assert bureau.office.cases.read(filed.case_id, me).case.definition == later


def test_what_is_signed_under_one_edition_is_signed_again_under_the_next(
    bureau, filing, me, draft
):
    """The text of the commitment changes with the year; nobody is bound to what they never saw."""

    def change(data):
        data["permit"]["effective_from"] = "2023-01-01"
        data["commitments"]["true_declaration"]["statement"][0]["zh"] = "改了；"

    edition_of(bureau, change)
    answered = filing.save(draft, {"starts_on": "2023-02-01"})
    signed = ready(filing, answered)
    bureau.at("2023-01-01", 0)
    refused = filing.file(signed, me, new_id()).result()
    assert refused == Refused(Reason.NOTICE_CHANGED, ("true_declaration",))
    again = filing.file(sign(filing, signed), me, new_id()).result()
    assert isinstance(again, Done)


def test_a_permit_type_that_opens_later_can_be_prepared_and_not_yet_filed(bureau, filing, me):
    def change(data):
        data["permit"] |= {"id": "later_type", "effective_from": "2023-01-01"}

    edition_of(bureau, change)
    begun = filing.begin("later_type", me)
    saved = filing.save(begun, answers(GAS))
    refused = filing.file(ready(filing, saved), me, new_id()).result()
    assert refused == Refused(Reason.NOT_IN_FORCE, ("2023-01-01",))


def test_a_draft_outlives_a_new_edition_without_losing_an_answer(bureau, filing, me, draft):
    """The question that is gone is passed over and kept; the new one is asked."""

    def change(data):
        fields = data["form"]["sections"][0]["fields"]
        fields[2] = {**fields[2], "id": "works_purpose"}

    newer = edition_of(bureau, change)
    kept = filing.find(draft.id, me)
    assert kept.answers["works_summary"] == "接入燃气管线"
    assert [p.field for p in filing.read(kept).problems] == ["works_purpose"]
    answered = filing.save(kept, {"works_purpose": "供气"})
    done = filing.file(ready(filing, answered), me, new_id()).result()
    assert isinstance(done, Done)
    case = bureau.office.cases.read(done.case_id, me).case
    assert case.definition == newer
