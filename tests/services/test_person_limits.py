"""What is erased of a person and what is not: found wherever it stands, kept as long as something
rests on it, and nothing that is somebody else's."""

from datetime import date

import pytest
from sqlalchemy import event as told_of

from permits.casework.api_tokens import Scope
from permits.casework.families.erasing import KeptLongEnough
from permits.outside.stores import parts
from permits.services import entitlement_requests as r
from permits.services import party_requests as p
from permits.services.accounts import NewAccount
from permits.services.api_tokens import Wanted as Token
from permits.services.cases import Ticket
from permits.services.persons import erasing as persons_erasing
from permits.services.persons.erasing import CannotErase, Held, erase
from permits.services.persons.exporting import export
from permits.services.persons.finding import Finding, Wanted
from permits.services.requests import Reasoned
from permits.services.retention import run
from permits.store import drafts, identities, people, personal, tables
from permits.store.identities import Linked
from permits.text.persons import page
from tests.casework.entitled import THIRD
from tests.definitions.policies import AWARD
from tests.kit import PARTY
from tests.services.conftest import GAS, PASSWORD
from tests.services.test_parties import must

BASIS = "个人信息保护法第47条"


def erased(bureau, *values, account="", dry=False):
    wanted = Wanted(account, values)
    return erase(bureau.office, wanted, BASIS, actor="setup", dry=dry)


def authorise(bureau, name, until=None):
    given = p.AuthorisePerson(
        name=name, power="act", since=date(2022, 6, 9), until=until, letter="委托书2022-7"
    )
    must(bureau, "window", given)


@pytest.fixture
def withdrawn(bureau) -> str:
    case = bureau.people.file(GAS, "ordinary")
    bureau.people.act("applicant", case, "withdraw", Reasoned(reason="改期"))
    return case


# What rests on it.


def test_who_is_authorised_is_known_as_long_as_they_are(bureau):
    authorise(bureau, "王代办")
    bureau.at("2052-06-09")
    assert erased(bureau, "王代办").held == (Held(f"party/{PARTY}", None),)
    assert run(bureau.office, actor="setup").gone == ()
    must(bureau, "window", p.EndAuthorisation(account="person_1", reason="离职"))
    held = erased(bureau, "王代办").held
    assert held == (Held(f"party/{PARTY}", date(2062, 6, 9)),)
    bureau.at("2062-06-10")
    assert erased(bureau, "王代办").fields


def test_an_authorisation_that_ends_by_itself_is_kept_from_its_end(bureau):
    authorise(bureau, "王代办", until=date(2030, 1, 31))
    assert erased(bureau, "王代办").held == (Held(f"party/{PARTY}", date(2040, 1, 31)),)


def test_whose_claim_is_not_settled_is_not_erased(payer, bureau):
    payer.at("2022-06-09")
    payer.must("firm3", payer.apply())
    stream = f"entitled/{THIRD}"
    with bureau.office.database.read() as connection:
        kept = bureau.office.keeping.of(connection, stream)
    assert kept.values
    assert (kept.until, kept.over(date(2100, 1, 1))) == ({}, frozenset())


# What is somebody else's.


def test_what_a_party_writes_stays_with_those_who_act_for_it(bureau):
    office, me = bureau.office, bureau.actors["applicant"]
    colleague = colleague_of(bureau, me)
    draft = office.filing.begin("plan_exempt", me)
    bureau.people.hand_in(draft.id, "application", me)
    office.accounts.close(me.id, actor="setup")
    assert erased(bureau, account="applicant").account
    assert office.filing.find(draft.id, colleague) is not None
    assert len(office.uploading.uploads(draft.id)) == 1


def test_what_nobody_is_left_to_go_on_with_goes(bureau):
    office, me = bureau.office, bureau.actors["applicant"]
    draft = office.filing.begin("plan_exempt", me)
    for one in (me, colleague_of(bureau, me)):
        office.accounts.close(one.id, actor="setup")
    assert erased(bureau, account="applicant").account
    with office.database.read() as connection:
        assert drafts.find(connection, draft.id) is None


def colleague_of(bureau, me):
    new = NewAccount("colleague", "同事", PASSWORD, me.roles, party=me.party)
    with_id = bureau.office.accounts.open(new, actor="setup")
    with bureau.office.database.read() as connection:
        return people.by_id(connection, with_id).actor


# Where it stands.


def test_a_name_that_stands_by_itself_in_a_case_of_theirs_is_found(bureau, withdrawn):
    """Who brought an application to the counter, by a name alone."""
    seal(bureau, withdrawn, "bringer", "经办人")
    found = export(bureau.office, Wanted(values=("经办人", "0371-00000000")), actor="setup")
    assert {one["field"] for one in found["values"]} == {
        "contact_name",
        "contact_phone",
        "bringer",
    }


def test_a_name_that_stands_by_itself_elsewhere_is_told_and_left(bureau, withdrawn):
    """Nothing there says whether it is the same person."""
    other = bureau.people.file(GAS, "ordinary")
    bureau.people.act("applicant", other, "withdraw", Reasoned(reason="改期"))
    seal(bureau, withdrawn, "third_party.interest", "邻居赵六称通风受影响")
    seal(bureau, other, "payer", "赵六")
    found = export(bureau.office, Wanted(values=("赵六", "13900001111")), actor="setup")
    assert found["values"] == []
    assert [(one["stream"], one["field"]) for one in found["named_in"]] == [(other, "payer")]
    alone = export(bureau.office, Wanted(values=("赵六",)), actor="setup")
    assert [one["field"] for one in alone["values"]] == ["payer"]


def test_a_longer_text_beside_a_case_of_theirs_that_names_them_is_told(bureau, withdrawn):
    seal(bureau, withdrawn, "bringer", "王五（代经办人）")
    found = export(bureau.office, Wanted(values=("经办人", "0371-00000000")), actor="setup")
    assert [one["field"] for one in found["named_in"]] == ["bringer"]


def seal(bureau, stream, field, value):
    """A value that stands beside a stream, without the event that would say so."""
    row = {"seal": f"{field}{value}", "stream": stream, "field": field, "salt": b"s"}
    with bureau.office.database.write() as connection:
        connection.execute(tables.sealed_value.insert(), [{**row, "value": value}])


def test_an_account_is_told_with_how_else_it_signs_in(bureau):
    office, me = bureau.office, bureau.actors["applicant"]
    with office.database.write() as connection:
        identities.link(connection, Linked("https://s.example", "s-1", me.id, bureau.hands()))
    with office.database.read() as connection:
        account = people.by_id(connection, me.id)
    made = office.api_tokens.make(account, Token("对账", frozenset({Scope.READ}), 30))
    found = export(office, Wanted(account="applicant"), actor="setup")
    (identity,), (token,) = found["identities"], found["api_tokens"]
    assert (identity["issuer"], identity["subject"]) == ("https://s.example", "s-1")
    assert (token["name"], token["scopes"], token["used_at"]) == ("对账", "read", None)
    assert made.secret not in str(found) and made.token.hash not in str(found)
    assert "其他网站的身份" in page(found)


# Looked for before others have to wait.


def test_the_log_is_looked_through_before_anybody_has_to_wait(bureau, withdrawn, monkeypatch):
    """Writing waits for whoever writes: nothing is searched for in the meantime."""
    bureau.at("2027-06-10")
    asked, of = [], Finding.of

    def found(self, connection, wanted):
        asked.append(connection.engine)
        return of(self, connection, wanted)

    monkeypatch.setattr(Finding, "of", found)
    export(bureau.office, Wanted(values=("经办人", "0371-00000000")), actor="setup")
    assert erased(bureau, "经办人", "0371-00000000").fields
    assert {*asked} == {bureau.office.database.reading}


@pytest.mark.parametrize("times", [1, persons_erasing.TRIES])
def test_what_is_added_meanwhile_is_looked_at_too(bureau, withdrawn, monkeypatch, times):
    bureau.at("2027-06-10")
    looked, changed = [], personal.changed

    def and_meanwhile(connection, seen):
        looked.append(seen)
        return changed(connection, seen) | ({withdrawn} if len(looked) <= times else set())

    monkeypatch.setattr(personal, "changed", and_meanwhile)
    if times < persons_erasing.TRIES:
        assert erased(bureau, "经办人", "0371-00000000").fields
        assert len(looked) == times + 1
    else:
        with pytest.raises(CannotErase, match="try again"):
            erased(bureau, "经办人", "0371-00000000")
        assert bureau.people.record("window", withdrawn).erased == {}


def test_a_case_that_an_account_acted_in_meanwhile_keeps_it(bureau, monkeypatch):
    office, me = bureau.office, bureau.actors["window"]
    office.accounts.close(me.id, actor="setup")
    case = bureau.people.file(GAS, "ordinary")
    find = Finding.of

    def and_meanwhile(self, connection, wanted):
        person = find(self, connection, wanted)
        if not later:
            later.append(case)
            bureau.people.act("window", case, "accept")
        return person

    later = []
    monkeypatch.setattr(Finding, "of", and_meanwhile)
    number = bureau.people.record("leader", case).case.number
    assert erased(bureau, account="window").held == (Held(number, None),)


# Files.


def test_what_was_never_handed_in_goes_after_its_time(bureau):
    """Scans in a tray of the counter, and evidence for an application that never came."""
    office, window = bureau.office, bureau.actors["window"]
    tray = f"counter/{window.id}/0197/paper"
    evidence = f"entitled/{PARTY}/{AWARD}/2022"
    for place, actor in ((tray, window), (evidence, bureau.actors["applicant"])):
        bureau.people.hand_in(place, "evidence", actor)
    bureau.at("2022-12-06")
    assert run(office, actor="setup").gone == ()
    assert len(office.uploading.uploads(tray)) == 1
    bureau.at("2022-12-08")
    report = run(office, actor="setup")
    assert [(one.stream, one.files) for one in report.gone] == [(f"entitled/{PARTY}", 1)]
    assert report.beside == KeptLongEnough(uploads=1)
    assert office.uploading.uploads(tray) == office.uploading.left(evidence) == []


def test_evidence_of_a_claim_is_kept_as_long_as_the_claim(payer, bureau):
    office, place = bureau.office, f"entitled/{THIRD}/{AWARD}/2022"
    payer.at("2022-06-09")
    upload = bureau.people.hand_in(place, "evidence", payer.actors["firm3"])
    given = payer.apply()
    office.entitlements.handle(
        given, payer.actors["firm3"], Ticket("key-of-mine"), (upload.handed_in,)
    )
    payer.at("2024-06-09")
    assert run(office, actor="setup").gone == ()
    of = {"party": THIRD, "policy": AWARD, "period": "2022"}
    payer.must("pay_examiner", r.ExamineApplication(**of, recommends="refuse", opinion="不属实"))
    payer.must("pay_leader", r.DecideApplication(**of, granted=False, reason="不属实"))
    payer.at("2034-06-08")
    assert run(office, actor="setup").gone == ()
    payer.at("2034-06-10")
    (gone,) = run(office, actor="setup").gone
    assert (gone.stream, gone.files) == (f"entitled/{THIRD}", 1)


def test_a_file_that_settled_in_a_transaction_that_failed_is_swept_up(bureau, monkeypatch):
    office, me = bureau.office, bureau.actors["applicant"]
    draft = office.filing.begin("plan_exempt", me)
    bureau.people.hand_in(draft.id, "application", me)
    note = office.uploading.note

    def fails(connection, taken, actor):
        note(connection, taken, actor)
        raise OSError("the connection broke")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="broke"):
        patched.setattr(office.uploading, "note", fails)
        bureau.people.hand_in(draft.id, "land_title", me)
    (kept,) = office.uploading.uploads(draft.id)
    assert len(stored(office)) == 2, "it has settled, and nobody knows of it"
    assert office.erasing.sweep() == 0, "it came in a moment ago"
    bureau.at("2099-01-01")
    assert office.erasing.sweep() == 1
    assert stored(office) == [kept.sha256]
    with office.files.open(kept.sha256) as source:
        assert b"".join(parts(source))


def stored(office):
    return sorted(path.name for path in office.files.folder.glob("??/*"))


def test_what_is_swept_up_is_looked_at_one_by_one(bureau):
    """All of it once, and then each by itself while nobody uploads: not all for each."""
    office, me = bureau.office, bureau.actors["applicant"]
    draft = office.filing.begin("plan_exempt", me)
    for n in range(4):
        bureau.people.hand_in(draft.id, f"m{n}", me)
    office.filing.discard(draft)
    bureau.at("2099-01-01")
    listed = []

    def note(_connection, _cursor, statement, *_more):
        if statement.startswith("SELECT file.sha256"):
            listed.append(statement)

    for engine in {office.database.reading, office.database.writing}:
        told_of.listen(engine, "before_cursor_execute", note)
    assert office.erasing.sweep() == 4
    for engine in {office.database.reading, office.database.writing}:
        told_of.remove(engine, "before_cursor_execute", note)
    assert len(listed) <= 2
