"""What is kept about people: all of it told, erased when nothing must be kept, and no longer."""

import json
import os
from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy import select, update

from permits.casework.families.erasing import (
    RETENTION,
    AccountErased,
    KeptLongEnough,
    PersonExported,
    ValuesErased,
    stream_of,
)
from permits.services.persons import erasing as persons_erasing
from permits.services.persons.erasing import CannotErase, Held, erase
from permits.services.persons.exporting import export
from permits.services.persons.finding import NoSuchPerson, Wanted
from permits.services.rebuild import Unfit, check
from permits.services.records import Records
from permits.services.requests import Reasoned
from permits.services.retention import run
from permits.services.sessions import Client
from permits.services.unproved import Wrong
from permits.store import people_tables, tables
from tests.services.conftest import GAS, PASSWORD

HERE = Client("10.0.0.1")
BASIS = "个人信息保护法第47条"
CONTACT = Wanted(values=("经办人", "0371-00000000"))


@pytest.fixture
def ended(bureau) -> str:
    """A case that was withdrawn on the day it was filed."""
    case = bureau.people.file(GAS, "ordinary")
    bureau.people.act("applicant", case, "withdraw", Reasoned(reason="经办人另有安排"))
    return case


def erased(bureau, wanted=CONTACT, basis=BASIS, *, dry=False):
    return erase(bureau.office, wanted, basis, actor="setup", dry=dry)


def events(bureau, stream):
    with bureau.office.database.read() as connection:
        return [e for _at, e in Records(bureau.office.database).events(connection, stream)]


def log(bureau):
    """Every record of the log, byte by byte."""
    with bureau.office.database.read() as connection:
        rows = connection.execute(select(tables.event).order_by(tables.event.c.stream))
        return {(r.stream, r.seq): bytes(r.record) + bytes(r.hash) for r in rows}


def test_all_that_is_kept_is_told_with_what_for_and_until_when(bureau, ended):
    open_case = bureau.people.file(replace(GAS, name="另一工程"), "ordinary")
    found = export(bureau.office, CONTACT, actor="setup")
    told = {(one["stream"], one["field"]): one for one in found["values"]}
    assert set(told) == {
        (case, field) for case in (ended, open_case) for field in ("contact_name", "contact_phone")
    }
    phone = told[ended, "contact_phone"]
    assert (phone["value"], phone["keep"], phone["kept_until"]) == (
        "0371-00000000", "60m", "2027-06-09",
    )  # fmt: skip
    assert phone["title"] == {"zh": "联系电话", "en": "Telephone"}
    assert phone["purpose"]["en"] == "To reach you about this case"
    assert phone["basis"]["article"] == "13"
    assert "example" in phone["keep_basis"]
    assert told[open_case, "contact_phone"]["kept_until"] is None, "it is open"
    assert [one["field"] for one in found["named_in"]] == ["reason"]
    assert "另有安排" not in json.dumps(found, ensure_ascii=False), "a text names others as well"
    (event,) = events(bureau, stream_of("persons"))
    assert event == PersonExported(about="", values=4, streams=tuple(sorted((ended, open_case))))


def test_an_account_is_told_with_what_it_wrote_and_who_looked(bureau, ended):
    office, me = bureau.office, bureau.actors["applicant"]
    draft = office.filing.begin("plan_exempt", me)
    office.filing.save(draft, {"works_name": "草稿"})
    session = office.entry.sign_in("applicant", PASSWORD, HERE)
    office.unsent.keep(session.token, session.session.csrf, "/page", [("reason", "未寄出")])
    found = export(office, Wanted(account="applicant"), actor="setup")
    assert found["account"]["email"] == "applicant@x.invalid"
    assert found["drafts"][0]["answers"] == {"works_name": "草稿"}
    assert found["unsent_forms"][0]["fields"] == [["reason", "未寄出"]]
    assert [*found["sessions"][0]] == ["opened_at", "seen_at", "closes_at", "address", "agent"], (
        "no hash of a token"
    )
    assert [one["event"] for one in found["access"]] == ["AccountOpened", "SignedIn"]
    assert {one["place"] for one in found["uploads"]} == {ended}
    assert found["acted_in"] == [ended]
    (event,) = events(bureau, stream_of(f"access/{me.id}"))
    assert event.about == me.id


def test_nobody_is_erased_while_anything_must_be_kept(bureau, ended):
    other = bureau.people.file(replace(GAS, name="另一工程"), "ordinary")
    before = bureau.rows(tables.sealed_value)
    held = erased(bureau).held
    number = {case: bureau.people.record("window", case).case.number for case in (ended, other)}
    assert set(held) == {Held(number[ended], date(2027, 6, 9)), Held(number[other], None)}
    bureau.at("2027-06-09")
    assert len(erased(bureau).held) == 2, "the last day counts"
    assert bureau.rows(tables.sealed_value) == before


def test_what_is_erased_leaves_the_log_and_its_figures_as_they_were(bureau, ended):
    bureau.at("2027-06-10")
    before, rows = log(bureau), bureau.rows(tables.case_facts)
    assert erased(bureau, dry=True).held == ()
    assert log(bureau) == before, "a dry run writes nothing"
    done = erased(bureau)
    assert list(done.fields.values()) == [("contact_name", "contact_phone")]
    after = log(bureau)
    assert {place: after[place] for place in before} == before
    assert bureau.rows(tables.case_facts) == rows
    assert check(bureau.office.database) == ()
    left = [r for r in bureau.rows(tables.sealed_value) if r["erased_on"]]
    assert [(r["field"], bytes(r["salt"]), r["value"]) for r in left] == [
        (r["field"], b"", "") for r in left
    ]
    (event,) = events(bureau, stream_of(ended))
    assert isinstance(event, ValuesErased)
    assert (event.of, event.cause, event.basis) == (ended, "asked", BASIS)
    assert sorted(event.seals.values()) == ["contact_name", "contact_phone"]
    assert b"0371" not in b"".join(after.values())
    record = bureau.people.record("window", ended)
    assert set(record.erased.values()) == {date(2027, 6, 10)}
    assert record.values, "free texts stay as long as the file"
    assert export(bureau.office, CONTACT, actor="setup")["values"] == []


def test_values_of_others_in_the_same_case_stay(bureau, ended):
    other = bureau.people.file(
        replace(
            GAS, facts={**GAS.facts, "contact_name": "经办人", "contact_phone": "13800001234"}
        ),
        "ordinary",
    )
    bureau.people.act("applicant", other, "withdraw", Reasoned(reason="撤回"))
    bureau.at("2027-06-10")
    erased(bureau, Wanted(values=("13800001234",)))
    assert bureau.people.record("window", ended).erased == {}
    assert len(bureau.people.record("window", other).erased) == 2


def test_a_basis_that_names_the_person_and_values_of_one_character_are_refused(bureau, ended):
    bureau.at("2027-06-10")
    with pytest.raises(CannotErase, match="names the person"):
        erased(bureau, basis="应经办人要求")
    for basis in ("  ", "长" * (persons_erasing.LONGEST_BASIS + 1)):
        with pytest.raises(CannotErase, match="basis"):
            erased(bureau, basis=basis)
    for wanted in (Wanted(values=("经",)), Wanted(), Wanted(account="nobody")):
        with pytest.raises(NoSuchPerson):
            erased(bureau, wanted)
    assert bureau.people.record("window", ended).erased == {}


def test_an_account_is_erased_once_it_is_closed_and_its_cases_are_no_longer_kept(bureau, ended):
    office, me = bureau.office, bureau.actors["applicant"]
    office.entry.sign_in("applicant", PASSWORD, HERE)
    with pytest.raises(CannotErase, match="close it first"):
        erased(bureau, Wanted(account="applicant"))
    office.accounts.close(me.id, actor="setup")
    number = bureau.people.record("window", ended).case.number
    bureau.at("2030-06-10")
    assert erased(bureau, Wanted(account="applicant")).held == (Held(number, date(2032, 6, 9)),)
    bureau.at("2032-06-10")
    assert erased(bureau, Wanted(account="applicant")).account
    (row,) = [r for r in bureau.rows(people_tables.account) if r["id"] == me.id]
    assert (row["username"], row["email"]) == (me.id, "")
    assert row["name"] == "已删除 / erased 2032-06-10"
    assert office.entry.sign_in("applicant", PASSWORD, HERE) == Wrong("password")
    (event,) = events(bureau, stream_of(f"access/{me.id}"))
    assert isinstance(event, AccountErased)
    assert check(office.database) == ()


def test_an_officer_who_signed_in_a_case_that_is_kept_stays_known(bureau, ended):
    who = bureau.actors["window"]
    case = bureau.people.file(replace(GAS, name="在办"), "ordinary")
    bureau.people.act("window", case, "accept")
    bureau.office.accounts.close(who.id, actor="setup")
    number = bureau.people.record("leader", case).case.number
    assert erased(bureau, Wanted(account="window")).held == (Held(number, None),)


# What was kept long enough.


def test_what_is_over_is_erased_field_by_field_and_at_last_the_whole_file(bureau, ended):
    bureau.at("2027-06-10")
    (planned,) = run(bureau.office, actor="setup", dry=True).gone
    assert (planned.fields, planned.files) == (("contact_name", "contact_phone"), 0)
    assert bureau.people.record("window", ended).erased == {}, "only planned"
    assert run(bureau.office, actor="setup").gone == (planned,)
    assert run(bureau.office, actor="setup").gone == (), "nothing is left to do"
    bureau.at("2032-06-10")
    (gone,) = run(bureau.office, actor="setup").gone
    record = bureau.people.record("window", ended)
    assert "reason" in gone.fields and gone.files == len(record.uploads) > 0
    assert record.values == {}
    assert {upload.filename for upload in record.uploads} == {""}
    assert check(bureau.office.database) == ()


def test_files_nobody_holds_any_more_are_removed_and_files_in_use_stay(bureau, ended):
    office = bureau.office
    shas = [upload.sha256 for upload in bureau.people.record("window", ended).uploads]
    paths = [office.files.folder / sha256[:2] / sha256 for sha256 in shas]
    bureau.at("2032-06-10")
    kept = bureau.people.file(replace(GAS, name="在办"), "ordinary")
    still = bureau.people.record("window", kept).uploads[0].sha256
    stamp = bureau.hands().timestamp()
    os.utime(paths[0], (stamp, stamp))
    bureau.at("2032-06-20")
    os.utime(paths[1], (bureau.hands().timestamp(),) * 2)
    run(office, actor="setup")
    assert [path.exists() for path in paths] == [path == paths[1] for path in paths], (
        "one came in a moment ago: somebody may be about to note it"
    )
    bureau.at("2032-06-22")
    assert run(office, actor="setup").swept == 1
    assert not paths[1].exists()
    assert (office.files.folder / still[:2] / still).exists()


def test_drafts_forms_sessions_and_failures_are_forgotten_as_one_event(bureau):
    office, me = bureau.office, bureau.actors["applicant"]
    draft = office.filing.begin("plan_exempt", me)
    bureau.people.hand_in(draft.id, "application", me)
    session = office.entry.sign_in("applicant", PASSWORD, HERE)
    office.unsent.keep(session.token, session.session.csrf, "/page", [("a", "b")])
    office.entry.sign_in("applicant", "wrong", HERE)
    bureau.at("2022-12-06")
    assert run(office, actor="setup", dry=True).beside.drafts == 0, "180 days are not over"
    bureau.at("2022-12-08")
    planned = run(office, actor="setup", dry=True).beside
    counted = KeptLongEnough(drafts=1, uploads=1, forms=1, sessions=1, attempts=planned.attempts)
    assert planned == counted
    assert planned.attempts > 0
    assert office.filing.find(draft.id, me) is not None
    assert run(office, actor="setup").beside == planned
    assert events(bureau, RETENTION) == [planned]
    assert run(office, actor="setup").beside == KeptLongEnough()
    assert events(bureau, RETENTION) == [planned], "a run that did nothing tells nothing"


def test_a_run_that_was_stopped_is_gone_on_with(bureau, ended, monkeypatch):
    second = bureau.people.file(replace(GAS, name="另一工程"), "ordinary")
    bureau.people.act("applicant", second, "withdraw", Reasoned(reason="撤回"))
    bureau.at("2027-06-10")
    shred, done = bureau.office.erasing.shred, []

    def once(*given):
        if done:
            raise KeyboardInterrupt
        done.append(given)
        shred(*given)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(bureau.office.erasing, "shred", once)
        run(bureau.office, actor="setup")
    assert check(bureau.office.database) == ()
    assert len(run(bureau.office, actor="setup").gone) == 1
    for case in (ended, second):
        assert len(bureau.people.record("window", case).erased) == 2


def test_a_value_that_comes_back_with_a_backup_is_told_and_erased_again(bureau, ended):
    before = [r for r in bureau.rows(tables.sealed_value) if r["field"] == "contact_name"]
    bureau.at("2027-06-10")
    erased(bureau)
    values = tables.sealed_value.c
    with bureau.office.database.write() as connection:
        back = update(tables.sealed_value).where(values.seal == before[0]["seal"])
        connection.execute(back.values(before[0]))
    seal = before[0]["seal"]
    assert check(bureau.office.database) == (Unfit(seal, ended, "contact_name", "came_back"),)
    bureau.at("2027-06-11")
    run(bureau.office, actor="setup")
    assert check(bureau.office.database) == ()


def test_a_value_that_was_emptied_without_an_event_is_told(bureau, ended):
    (row,) = [r for r in bureau.rows(tables.sealed_value) if r["field"] == "contact_name"]
    with bureau.office.database.write() as connection:
        gone = update(tables.sealed_value).where(tables.sealed_value.c.seal == row["seal"])
        connection.execute(gone.values(salt=b"", value="", erased_on="2022-06-09"))
    assert check(bureau.office.database) == (
        Unfit(row["seal"], ended, "contact_name", "not_told"),
    )


def test_a_name_of_rare_characters_is_found(bureau):
    rare = "𬭎㛃䶮㙦"
    typed = {**GAS.facts, "contact_name": rare}
    case = bureau.people.file(replace(GAS, facts=typed), "ordinary")
    found = export(bureau.office, Wanted(values=(rare,)), actor="setup")
    assert {one["value"] for one in found["values"]} == {rare, "0371-00000000"}
    assert {one["stream"] for one in found["values"]} == {case}


def test_others_of_the_same_name_in_other_parties_are_not_the_account_s(bureau):
    """A name is nobody's alone: an account's values are those of its own party's cases."""
    theirs = replace(GAS, party="stranger", facts={**GAS.facts, "contact_name": "applicant"})
    bureau.people.file(theirs, "ordinary")
    mine = bureau.people.file(
        replace(GAS, facts={**GAS.facts, "contact_name": "applicant"}), "ordinary"
    )
    found = export(bureau.office, Wanted(account="applicant"), actor="setup")
    assert {one["stream"] for one in found["values"]} == {mine}
