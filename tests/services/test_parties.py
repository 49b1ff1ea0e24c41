"""Parties in the office: told by cases, decided about, guarded, published, merged, made anew."""

import uuid
from datetime import date

import pytest

from permits.casework import party_commands as c
from permits.casework.families.parties import stream_of
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import RevocationGround
from permits.services import party_requests as r
from permits.services import party_timers, requests
from permits.services.cases import Ticket
from permits.services.demonstration.desk import Written, answers
from permits.services.demonstration.sites import drawings
from permits.services.party_orders import PartyOrder, PartyReader
from permits.services.post import deliver
from permits.services.rebuild import check
from permits.services.timers import lapse_due
from permits.services.writer import Done, Order, Writer
from permits.store import party_tables, people_tables, tables
from permits.store.event_log import EventLog
from tests.kit import APPLICANT, LEADER, OTHER_PARTY, PARTY, SEAL, SUPERVISOR, filing, plan_exempt
from tests.services.altering import cut_off, slip_in
from tests.services.building import publish
from tests.services.conftest import GAS, Bureau
from tests.services.test_post import Pigeonholes

E = "entry_1"


def look(bureau: Bureau, day: str) -> int:
    bureau.at(day)
    return lapse_due(bureau.office.database, bureau.office.queue.submit, bureau.hands())


def ask(bureau: Bureau, who: str, given: r.PartyRequest, party: str = PARTY, **ticket):
    """What comes of it, refusals included."""
    key = ticket.pop("key", None) or uuid.uuid4().hex
    order = bureau.office.parties.order
    return order(party, given, bureau.actors[who], Ticket(key, **ticket)).result()


def must(bureau: Bureau, who: str, given: r.PartyRequest, party: str = PARTY) -> Done:
    answer = ask(bureau, who, given, party)
    assert isinstance(answer, Done), answer
    return answer


@pytest.fixture
def breached(bureau):
    """A breach was ordered on 25 July 2022 to be put right by 8 August, and was not; looked at on
    the 9th."""
    people = bureau.people
    case = people.file(GAS, "commitment")
    people.act("window", case, "accept")
    people.act("window", case, "grant_on_the_spot")
    people.act("window", case, "deliver", requests.Service(on=date(2022, 6, 9), means="online"))
    people.act("window", case, "publish")
    bureau.at("2022-07-21")
    people.report("applicant", case, "report_completion", date(2022, 7, 20))
    bureau.at("2022-07-25")
    inspectors = (bureau.actors["inspector1"].id, bureau.actors["inspector2"].id)
    failed = requests.Verify(
        obligation="check_after_completion",
        passed=False,
        on=date(2022, 7, 25),
        inspectors=inspectors,
        finding="长度与承诺不符。",
    )
    people.check(("inspector1", "inspector2"), case, failed)
    look(bureau, "2022-08-09")
    return case


def entered(bureau):
    """Told on Tuesday 9 August, entered on the 17th after five working days."""
    must(bureau, "supervisor", r.NoticeEntry(entry=E, degree="breach", grounds="逾期未整改。"))
    bureau.at("2022-08-17")
    must(bureau, "leader", r.MakeEntry(entry=E))


def test_a_breach_is_drafted_in_the_transaction_that_finds_it(bureau, breached):
    [task] = bureau.rows(party_tables.party_task)
    assert (task["code"], task["kind"], task["name"]) == (PARTY, "draft", E)
    record = bureau.office.parties.recorded(PARTY)
    [drafted] = [(at, event) for at, event in record.entries if at.type == "EntryDrafted"]
    assert (drafted[0].actor, drafted[1].case) == ("timer", breached)
    assert check(bureau.office.database) == ()


def test_from_notice_to_repair(bureau, breached):
    entered(bureau)
    record = bureau.office.parties.recorded(PARTY)
    assert record.party.entries[E].until == date(2023, 8, 17)
    assert record.values[record.party.entries[E].grounds] == "逾期未整改。"
    assert bureau.office.parties.published(None, 10) == []
    assert look(bureau, "2022-08-25") == 0
    assert look(bureau, "2022-08-26") == 1, "seven working days after 17 August"
    assert look(bureau, "2022-08-26") == 0, "once"
    [shown] = bureau.office.parties.published(None, 10)
    assert (shown.code, shown.published_on) == (PARTY, "2022-08-26")
    must(bureau, "applicant", r.AskForRepair(entry=E, statement="已整改。"))
    must(bureau, "leader", r.DecideRepair(entry=E, granted=True, reason="属实。"))
    assert bureau.office.parties.published(None, 10) == []
    assert check(bureau.office.database) == ()
    assert breached


def test_of_a_long_record_only_what_is_new_is_told_to_whoever_looks_again(bureau, breached):
    """What stands in the log holds all the same: more than was seen, less, or something else."""
    database = bureau.office.database
    reader, told = PartyReader(database.dialect), []
    read = reader._log.read

    def counted(*asked):
        told.append(len(found := read(*asked)))
        return found

    reader._log.read = counted

    def shown() -> list[int]:
        told.clear()
        with database.read() as connection:
            anew = PartyReader(database.dialect).shown(connection, PARTY)
            assert reader.shown(connection, PARTY) == anew
        return [*told]

    [first] = shown()
    assert shown() == [1], "the last event, to see that it is still the same"
    entered(bureau)
    assert shown() == [3], "and two that came since"
    assert shown() == [1]
    cut_off(database, stream_of(PARTY))
    slip_in(database, stream_of(PARTY), {})
    assert shown() == [1, first + 2], "another in its place: all of it"
    cut_off(database, stream_of(PARTY))
    assert shown() == [0, first + 1], "less than was seen: all of it"
    assert breached


def test_nobody_uses_a_track_of_trust_while_it_stands(bureau, breached):
    draft = bureau.people.written(written(), "commitment")
    entered(bureau)
    choices = {one.name: one.shut for one in bureau.office.filing.tracks(draft)}
    assert choices["commitment"].reason is Reason.TRACK_LOST
    assert choices["tolerant"].reason is Reason.TRACK_LOST
    assert choices["ordinary"] is None
    refused = bureau.people.sent("applicant", draft)
    assert refused == Refused(Reason.TRACK_LOST, ("2023-08-17", "GXGH-20220609-0001"))
    assert isinstance(bureau.people.file(GAS, "ordinary"), str)
    assert breached


def written():
    return Written("plan_exempt", "applicant", answers(GAS))


def an_order(command, actor=LEADER, **how):
    key = how.pop("key", None) or uuid.uuid4().hex
    return PartyOrder(PARTY, command, actor, key, b"request", **how)


def a_filing(case_id="case/new"):
    key = uuid.uuid4().hex
    command = filing(plan_exempt())
    return Order(case_id, command, APPLICANT, key, b"request", permit="plan_exempt")


def test_an_entry_and_a_filing_in_one_batch_see_each_other(bureau, breached):
    must(bureau, "supervisor", r.NoticeEntry(entry=E, degree="breach", grounds="逾期未整改。"))
    bureau.at("2022-08-17")
    writer = Writer(bureau.office.database, bureau.office.shelf, bureau.hands)
    made, refused = writer.write([an_order(c.MakeEntry(E)), a_filing()])
    assert isinstance(made, Done)
    assert refused.reason is Reason.TRACK_LOST
    assert check(bureau.office.database) == ()
    assert breached


def test_a_filing_is_guarded_by_the_version_of_the_record(bureau, monkeypatch):
    """Somebody else tells the party something between the look at its record and the commit; on
    SQLite nobody can, because whoever writes keeps the others away."""
    writer = Writer(bureau.office.database, bureau.office.shelf, bureau.hands)
    before = bureau.office.parties.party(PARTY).version
    [done] = writer.write([a_filing()])
    assert isinstance(done, Done)
    with bureau.office.database.read() as connection:
        heads = EventLog(connection.dialect).heads(connection, [f"party/{PARTY}"])
    assert heads[f"party/{PARTY}"].version == before
    stale = bureau.office.database
    read = type(writer._tables.parties).read

    def overtaken(reader, connection, code):
        party, head = read(reader, connection, code)
        return party, head._replace(version=head.version + 1)

    monkeypatch.setattr(type(writer._tables.parties), "read", overtaken)
    monkeypatch.setattr("permits.services.writer.MOST_TRIES", 1)
    [answer] = writer.write([a_filing("case/other")])
    assert type(answer).__name__ == "Overtaken"
    assert check(stale) == ()


def test_the_same_order_is_carried_out_once(bureau, breached):
    order = an_order(c.NoticeEntry(E, "breach", None), SUPERVISOR)
    writer = Writer(bureau.office.database, bureau.office.shelf, bureau.hands)
    [refused] = writer.write([order])
    assert refused.reason is Reason.REASON_WANTED
    given = r.NoticeEntry(entry=E, degree="breach", grounds="逾期未整改。")
    first = ask(bureau, "supervisor", given, key="the same key")
    again = ask(bureau, "supervisor", given, key="the same key")
    assert first == again
    other = r.DropEntry(entry=E, reason="x")
    assert ask(bureau, "supervisor", other, key="the same key").reason is Reason.KEY_REUSED
    seen = ask(bureau, "supervisor", other, seen=1)
    assert seen.reason is Reason.OVERTAKEN
    assert breached


def test_texts_stand_beside_the_log(bureau, breached):
    entered(bureau)
    with bureau.office.database.read() as connection:
        records = connection.exec_driver_sql("SELECT record FROM event").all()
    assert all("逾期未整改".encode() not in bytes(row[0]) for row in records)
    assert SEAL
    assert breached


def test_people_are_told_in_the_words_of_the_history(bureau, breached):
    post = Pigeonholes()
    deliver(bureau.office, post)
    post.letters.clear()
    entered(bureau)
    deliver(bureau.office, post)
    subjects = [letter.subject for letter in post.letters]
    assert len(subjects) == 2, subjects
    assert all("GXGH-20220609-0001" in one for one in subjects)
    assert all(letter.to == "applicant@x.invalid" for letter in post.letters)
    assert "逾期未整改。" in post.letters[0].text
    assert "/standing" in post.letters[0].text
    assert breached


def test_a_bar_keeps_from_applying_for_the_same_permit(bureau):
    case = bureau.people.file(GAS, "ordinary")
    bureau.people.act("window", case, "accept")
    bureau.people.act(
        "examiner", case, "examine", requests.OpinionIn(recommends="refuse", opinion="材料虚假。")
    )
    bureau.people.act("leader", case, "refuse", requests.Reasoned(reason="材料虚假。"))
    given = r.ImposeBar(
        ground="false_materials",
        case=case.removeprefix("case/"),
        concerns="public_safety",
        reason="提供虚假材料。",
    )
    assert ask(bureau, "supervisor", given).reason is Reason.NOT_YOURS
    must(bureau, "leader", given)
    draft = bureau.office.filing.begin("plan_exempt", bureau.actors["applicant"])
    shut = {one.shut.reason for one in bureau.office.filing.tracks(draft)}
    assert shut == {Reason.PERMIT_BARRED}
    nowhere = given.model_copy(update={"case": str(uuid.uuid4())})
    assert ask(bureau, "leader", nowhere).reason is Reason.NO_SUCH_CASE
    assert bureau.office.parties.case("case/none") is None
    assert check(bureau.office.database) == ()


# Names, people, a merger.


def test_a_case_tells_the_name_of_its_day_and_the_present_one(bureau):
    case = bureau.people.file(GAS, "commitment")
    bureau.at("2022-07-01")
    must(bureau, "window", r.RenameParty(name="示例单位（集团）", reason="变更核准通知书"))
    record = bureau.office.cases.recorded(case)
    assert (record.party_name, record.party_then) == ("示例单位（集团）", "示例单位")
    assert record.name_on(date(2022, 6, 30)) == "示例单位"
    assert record.name_on(date(2022, 7, 1)) == "示例单位（集团）"
    later = bureau.office.cases.recorded(bureau.people.file(GAS, "commitment"))
    assert (later.party_name, later.party_then) == ("示例单位（集团）", "")
    assert check(bureau.office.database) == ()


def test_whoever_is_not_authorised_cannot_file(bureau):
    account = bureau.actors["applicant"].id
    given = r.AuthorisePerson(
        account=account, power="act", since=date(2022, 6, 9), letter="授权委托书"
    )
    must(bureau, "window", given)
    draft = bureau.people.written(written(), "commitment")
    assert bureau.people.sent("applicant", draft).reason is Reason.NOT_AUTHORISED
    must(bureau, "window", given.model_copy(update={"power": "sign"}))
    assert isinstance(bureau.people.sent("applicant", draft), Done)
    stranger = given.model_copy(update={"account": bureau.actors["stranger"].id})
    assert ask(bureau, "window", stranger).reason is Reason.NO_SUCH_PERSON


def test_cases_follow_a_merger_at_the_next_look(bureau, breached):
    entered(bureau)
    must(bureau, "leader", r.MergeParty(into=OTHER_PARTY, reason="合并协议"))
    assert bureau.office.cases.read(breached, bureau.actors["stranger"]) is None
    assert look(bureau, "2022-08-18") == 1
    assert look(bureau, "2022-08-18") == 0
    record = bureau.office.cases.read(breached, bureau.actors["stranger"])
    assert record.case.party == OTHER_PARTY
    assert (record.party_name, record.party_then) == ("另一单位", "示例单位")
    assert record.name_on(date(2022, 8, 17)) == "示例单位", "what was issued then names it"
    assert record.name_on(date(2022, 8, 18)) == "另一单位"
    [row] = [one for one in bureau.rows(people_tables.party) if one["code"] == PARTY]
    assert row["successor"] == OTHER_PARTY
    [entry] = bureau.rows(party_tables.credit_entry)
    assert (entry["code"], entry["entry"]) == (OTHER_PARTY, E)
    held = bureau.office.parties.recorded(OTHER_PARTY)
    assert held.values[held.party.entries[E].grounds] == "逾期未整改。"
    assert look(bureau, "2022-08-26") == 1, "the successor's entry is published"
    assert check(bureau.office.database) == ()


def test_cases_follow_a_few_at_a_time_with_rests_between(bureau, monkeypatch):
    """Two cases, one at a time: somebody at their page comes in between."""
    monkeypatch.setattr(party_timers, "AT_ONCE", 1)
    for _n in range(2):
        bureau.people.file(GAS, "ordinary")
    must(bureau, "leader", r.MergeParty(into=OTHER_PARTY, reason="合并协议"))
    bureau.at("2022-06-09")
    rests: list[float] = []
    database, submit = bureau.office.database, bureau.office.queue.submit
    assert lapse_due(database, submit, bureau.hands(), rests.append) == 2
    assert len(rests) == 2
    assert {row["party"] for row in bureau.rows(tables.case_row)} == {OTHER_PARTY}


def test_what_is_found_out_before_a_case_has_followed_is_the_successors(bureau):
    case = bureau.people.file(GAS, "commitment")
    people = bureau.people
    people.act("window", case, "accept")
    people.act("window", case, "grant_on_the_spot")
    must(bureau, "leader", r.MergeParty(into=OTHER_PARTY, reason="合并协议"))
    ground = RevocationGround.DECEIT_OR_BRIBERY
    people.act("window", case, "deliver", requests.Service(on=date(2022, 6, 9), means="online"))
    people.act("window", case, "publish")
    people.beside("leader", case, requests.Notice(ground=ground, reason="虚假材料。"))
    people.beside("applicant", case, requests.State(statement="没有异议"))
    people.act("leader", case, "revoke", requests.Revocation(ground=ground, reason="虚假材料。"))
    assert bureau.office.parties.party(PARTY).entries == {}
    after = bureau.office.parties.party(OTHER_PARTY)
    assert [one.kind for one in after.entries.values()] == ["deceit"]
    assert bureau.rows(tables.case_row)
    assert check(bureau.office.database) == ()


# Who sees whom.


def test_who_sees_a_party(bureau):
    parties = bureau.office.parties
    sees = {who for who in bureau.actors if parties.read(PARTY, bureau.actors[who]) is not None}
    assert sees == {"applicant", "auditor"}, "no case yet, so no department"
    bureau.people.file(GAS, "commitment")
    sees = {who for who in bureau.actors if parties.read(PARTY, bureau.actors[who]) is not None}
    assert sees == set(bureau.actors) - {"stranger"}
    assert parties.read("000000000000000000", bureau.actors["auditor"]) is None


def test_an_entry_against_who_signs_with_the_applicant_shuts_the_commitment(bureau, breached):
    """The designer's entry stands: the page of the tracks says so, and so does the filing,
    whatever the applicant declares of it."""
    publish(bureau, "drawing_review")
    facts = dict(drawings(0, "2022-09-01").answers) | {"designer_code": PARTY}
    ready = bureau.people.written(Written("drawing_review", "stranger", facts), "commitment")
    entered(bureau)
    shut = {one.name: one.shut for one in bureau.office.filing.tracks(ready)}
    lost = Refused(Reason.SIGNER_LOST, ("2023-08-17", PARTY))
    assert (shut["commitment"], shut["ordinary"]) == (lost, None)
    assert bureau.people.sent("stranger", ready) == lost
    assert breached
