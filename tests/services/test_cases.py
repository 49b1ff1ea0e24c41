"""Actions as people send them: texts sealed, files by their upload."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import text, update

from permits.casework.answers import Fault
from permits.casework.characters import is_unseen
from permits.casework.refusals import Reason, Refused
from permits.casework.seals import opens
from permits.definitions.procedure import (
    DeregistrationGround,
    RevocationGround,
    SpecialCause,
)
from permits.services import requests as r
from permits.services.cases import BadAnswers, Chain, Ticket
from permits.services.demonstration.paper import pdf
from permits.services.records import new_id
from permits.services.sealer import Sealer
from permits.services.sealing import sealed_beside
from permits.services.writer import Done
from permits.store import tables
from tests.kit import beijing
from tests.services.conftest import GAS


def logged(bureau):
    return b"".join(bytes(row["record"]) for row in bureau.rows(tables.event))


@pytest.fixture
def exempt(bureau):
    return bureau.people.file(GAS, "commitment")


@pytest.fixture
def ordinary(bureau):
    return bureau.people.file(GAS, "ordinary", leave_out=("land_title",))


def test_others_cases_and_missing_ones_look_alike(bureau, exempt):
    for who in ("stranger",):
        assert bureau.office.cases.read(exempt, bureau.actors[who]) is None
    assert bureau.office.cases.read("case/none", bureau.actors["window"]) is None
    assert bureau.office.cases.read(exempt, bureau.actors["auditor"]) is not None


def test_the_log_of_a_case_can_be_checked(bureau, exempt):
    cases = bureau.office.cases
    record = cases.recorded(exempt)
    (head,) = [row for row in bureau.rows(tables.stream) if row["id"] == exempt]
    whole = Chain(len(record.entries), bytes(head["head"]).hex(), None)
    assert cases.chain(record.case) == whole
    with bureau.office.database.write() as connection:
        sqlite = connection.dialect.name == "sqlite"
        off = (
            "DROP TRIGGER event_no_update" if sqlite else "ALTER TABLE event DISABLE TRIGGER USER"
        )
        connection.execute(text(off))
        changed = update(tables.event).where(tables.event.c.stream == exempt)
        connection.execute(changed.where(tables.event.c.seq == 2).values(hash=b"0"))
    assert cases.chain(record.case) == Chain(whole.events, whole.head, 2)


def test_a_case_goes_its_whole_way(bureau, exempt):
    people = bureau.people
    people.act("window", exempt, "accept")
    people.act("window", exempt, "grant_on_the_spot")
    service = r.Service(on="2022-06-09", means="online")
    people.act("window", exempt, "deliver", service)
    people.act("window", exempt, "publish")
    photo = bureau.office.uploading.upload(
        exempt, "photo", "p.pdf", io.BytesIO(pdf("x")), bureau.actors["applicant"]
    )
    report = r.Report(obligation="report_completion", on="2022-06-09", uploads=(photo.id,))
    people.beside("applicant", exempt, report)
    inspectors = (bureau.actors["inspector1"].id, bureau.actors["inspector2"].id)
    verify = r.Verify(
        obligation="check_after_completion",
        passed=True,
        on="2022-06-09",
        inspectors=inspectors,
        finding="一致",
    )
    people.check(("inspector1", "inspector2"), exempt, verify)
    done = people.act("window", exempt, "conclude")
    assert done.state == "concluded"
    record = people.record("auditor", exempt)
    assert record.case.obligations["report_completion"].evidence[0].sha256 == photo.sha256
    assert bureau.office.cases.people([bureau.actors["window"].id]) == {
        bureau.actors["window"].id: "window"
    }


def test_whoever_names_somebody_who_is_no_inspector_here_has_named_nobody(bureau, exempt):
    people, actors = bureau.people, bureau.actors
    people.act("window", exempt, "accept")
    people.act("window", exempt, "grant_on_the_spot")
    report = r.Report(obligation="report_completion", on="2022-06-09")
    people.beside("applicant", exempt, report)
    record, me = people.record("inspector1", exempt), actors["inspector1"]
    assert set(bureau.office.cases.inspectors(record.case)) == {me.id, actors["inspector2"].id}
    for second in ("somebody", actors["window"].id, actors["applicant"].id):
        check = r.Verify(
            obligation="check_after_completion",
            passed=True,
            on="2022-06-09",
            inspectors=(me.id, second),
            finding="一致",
        )
        outcome = bureau.office.cases.beside(record, check, me, Ticket(new_id())).result()
        assert outcome == Refused(Reason.INSPECTORS_WANTED, ("2",))


@pytest.mark.parametrize("text", ["不需要\x00许可", "响铃\x07", "反向\u202e文字", "丢失\ufffd"])
def test_what_cannot_be_shown_is_not_taken(text):
    with pytest.raises(ValidationError, match="a character cannot be shown"):
        r.Reasoned(reason=text)


def test_an_action_nobody_defined_or_told_wrongly_does_not_reach_the_writer(bureau, exempt):
    assert bureau.act("window", exempt, "bless") == Refused(Reason.NO_SUCH_ACTION, ("bless",))
    wrong = bureau.act("window", exempt, "accept", r.Reasoned(reason="x"))
    assert wrong == Refused(Reason.WRONG_INPUT, ("accept",))


def test_a_text_of_blanks_is_no_text(bureau, exempt):
    outcome = bureau.act("window", exempt, "declare_not_required", r.Reasoned(reason="  \n "))
    assert outcome == Refused(Reason.REASON_WANTED)


def test_a_stale_page_is_told_so(bureau, exempt):
    bureau.people.act("window", exempt, "accept")
    stale = bureau.act("window", exempt, "grant_on_the_spot", seen=5)
    assert stale.reason is Reason.OVERTAKEN


def test_the_same_form_sent_twice_acts_once(bureau, exempt):
    key = new_id()
    first = bureau.act("window", exempt, "accept", key=key)
    assert bureau.act("window", exempt, "accept", key=key) == first
    other = bureau.act("window", exempt, "declare_not_required", r.Reasoned(reason="x"), key=key)
    assert other == Refused(Reason.KEY_REUSED)


def ask_for(bureau, case_id, *abouts):
    defects = tuple(r.DefectIn(about=a, kind="unclear", fix="请补正") for a in abouts)
    return bureau.people.act("window", case_id, "issue_correction", r.Corrections(defects=defects))


def test_corrections_go_over_what_stood_before(bureau, ordinary):
    ask_for(bureau, ordinary, "material.land_title", "field.contact_phone", "field.works_place")
    actor = bureau.actors["applicant"]
    before = bureau.people.record("applicant", ordinary)
    paper = bureau.office.uploading.upload(
        ordinary, "land_title", "t.pdf", io.BytesIO(pdf("t")), actor
    )
    answers = {"works_place": "特勤大队北门", "contact_phone": "0371-99999999"}
    given = r.Supplement(answers=answers, uploads=(paper.id,))
    assert isinstance(bureau.act("applicant", ordinary, "supply_corrections", given), Done)
    after = bureau.people.record("applicant", ordinary)
    assert after.case.answers["works_place"] == "特勤大队北门"
    assert after.case.answers["works_name"] == before.case.answers["works_name"]
    assert after.values[after.case.seals["contact_phone"]] == "0371-99999999"
    assert after.case.seals["contact_name"] == before.case.seals["contact_name"]
    assert after.case.materials["land_title"].sha256 == paper.sha256


def test_wrong_corrections_are_told_field_by_field_and_change_nothing(bureau, ordinary):
    ask_for(bureau, ordinary, "field.length_m")
    events = bureau.events()
    given = r.Supplement(answers={"length_m": "long"})
    outcome = bureau.act("applicant", ordinary, "supply_corrections", given)
    assert isinstance(outcome, BadAnswers)
    assert [(p.field, p.fault) for p in outcome.problems] == [("length_m", Fault.NOT_A_NUMBER)]
    unknown = r.Supplement(uploads=("someone-elses",))
    outcome = bureau.act("applicant", ordinary, "supply_corrections", unknown)
    assert outcome == Refused(Reason.NO_SUCH_MATERIAL, ("someone-elses",))
    assert bureau.events() == events


def test_evidence_that_was_never_uploaded_is_refused(bureau, exempt):
    record = bureau.people.record("applicant", exempt)
    report = r.Report(obligation="report_completion", on="2022-06-09", uploads=("ghost",))
    actor = bureau.actors["applicant"]
    outcome = bureau.office.cases.beside(record, report, actor, Ticket(new_id()))
    assert outcome == Refused(Reason.NO_SUCH_MATERIAL, ("ghost",))


TEXTS = st.text(st.characters(codec="utf-8").filter(lambda one: not is_unseen(one)), min_size=4)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(secret=TEXTS.map(lambda text: f"秘{text.strip()}密"))
def test_no_text_that_people_write_ever_stands_in_an_event(bureau, secret):
    """Every free text and every personal answer is sealed; a seal opens for its text alone."""
    bureau.hands.set(beijing("2022-06-09"))
    people = bureau.people
    works = type(GAS)(
        GAS.party, GAS.name, GAS.place, GAS.summary, GAS.row,
        {**GAS.facts, "contact_name": secret[:60]},
    )  # fmt: skip
    case = people.file(works, "ordinary", leave_out=("land_title",))
    fix = r.DefectIn(about="material.land_title", kind="missing", fix=secret[:1000])
    people.act("window", case, "issue_correction", r.Corrections(defects=(fix,)))
    people.correct("applicant", case, ("land_title",))
    people.act("window", case, "accept")
    people.beside("leader", case, r.Extend(clock="promise", reason=secret))
    special = r.SpecialProcedure(
        cause=SpecialCause.EXPERT_REVIEW, stated="5wd", notified=True, reason=secret
    )
    people.act("examiner", case, "suspend", special)
    people.act("examiner", case, "resume")
    opinion = r.OpinionIn(recommends="grant", opinion=secret)
    people.act("examiner", case, "examine", opinion)
    people.act("leader", case, "return_to_examiner", r.Reasoned(reason=secret))
    people.act("examiner", case, "examine", opinion)
    people.act("leader", case, "grant")
    rectify = r.Rectify(milestone="received", on="2022-06-08", reason=secret)
    people.beside("supervisor", case, rectify)
    ground = RevocationGround.OTHER
    people.beside("leader", case, r.Notice(ground=ground, reason=secret))
    people.beside("applicant", case, r.State(statement=secret))
    people.act("leader", case, "revoke", r.Revocation(ground=ground, reason=secret))
    people.act("window", case, "deregister", r.Deregistration(ground=DeregistrationGround.REVOKED))
    assert secret.encode() not in logged(bureau)
    assert secret[:60].encode() not in logged(bureau)
    rows = [row for row in bureau.rows(tables.sealed_value) if row["stream"] == case]
    assert len([row for row in rows if row["value"] in (secret, secret[:60])]) >= 8
    assert all(opens(row["seal"], bytes(row["salt"]), row["value"]) for row in rows)


def test_a_value_that_does_not_fit_its_seal_is_shown_to_nobody(bureau, exempt):
    from sqlalchemy import update

    seal = bureau.people.record("window", exempt).case.seals["contact_name"]
    with bureau.office.database.write() as connection:
        forged = update(tables.sealed_value).where(tables.sealed_value.c.seal == seal)
        connection.execute(forged.values(value="另一个人"))
    assert seal not in bureau.people.record("window", exempt).values


def test_the_other_requests_are_sealed_too():
    sealer = Sealer("case/1")
    for request in (
        r.Pay(fee="charge", on="2022-06-09", amount_fen=100, receipt="收据一号"),
        r.Explain(clock="promise", reason="协调管线"),
        r.Reverse(reason="误操作"),
    ):
        command = sealed_beside(request, sealer, ())
        assert not {"收据一号", "协调管线", "误操作"} & set(map(str, command.__struct_fields__))
    assert [value.value for value in sealer.values] == ["收据一号", "协调管线", "误操作"]
