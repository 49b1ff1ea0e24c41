"""What a decision adds to the log: one chain, everything an envelope says, and the tasks of it."""

from datetime import UTC, date

import msgspec

from permits.casework.access import Actor, Place
from permits.casework.decide.minutes import Fact
from permits.casework.envelope import open_record
from permits.casework.families.deciding import Concluded, Published
from permits.casework.families.documents import DocumentDrawnUp
from permits.casework.families.tracks import CommitmentSigned
from permits.casework.messages import Message
from permits.definitions.procedure import Role
from permits.services.appending import By, document_task, tasks_of, with_facts
from permits.store.event_log import NEW, Appended, Record, verify_records
from permits.store.outbox import DOCUMENT, MAIL
from tests.kit import DEPARTMENT, OFFICE, PARTY, Play, beijing, plan_exempt

DAY = date(2022, 6, 9)
DEPUTY = Actor(
    "deputy",
    frozenset({Role.WINDOW, Role.LEADER}),
    OFFICE,
    DEPARTMENT,
    places=(Place(Role.LEADER, "leader"),),
)
FACTS = (Fact(Published(on=DAY), DAY), Fact(Concluded(), date(2022, 6, 10)))


def added(*facts: Fact, role: Role = Role.LEADER, on_behalf: str = "") -> Appended:
    by = By("digest", DEPUTY, role, beijing("2022-06-10"), "command", on_behalf)
    first = with_facts(Appended("case/1", NEW, NEW, ()), facts[:1], by)
    return with_facts(first, facts[1:], by)


def test_facts_follow_each_other_in_one_chain_from_the_head_they_were_decided_upon():
    appended = added(*FACTS)
    assert appended.before == NEW
    assert [one.seq for one in appended.entries] == [1, 2]
    rows = [Record(e.seq, e.id, e.type, e.record, e.hash) for e in appended.entries]
    assert verify_records("case/1", rows, appended.after) == 2


def test_an_envelope_says_who_did_what_when_and_in_whose_place():
    appended = added(*FACTS, on_behalf=PARTY)
    envelope, body = open_record(appended.entries[1].record)
    assert body == b"{}"
    assert (envelope.stream, envelope.seq, envelope.type) == ("case/1", 2, "Concluded")
    assert (envelope.schema, envelope.definition, envelope.command) == (1, "digest", "command")
    assert envelope.recorded_at == beijing("2022-06-10").astimezone(UTC)
    assert envelope.effective_at == date(2022, 6, 10)
    assert (envelope.actor, envelope.role, envelope.in_place_of) == ("deputy", "leader", "leader")
    assert (envelope.office, envelope.department) == (OFFICE, DEPARTMENT)
    assert envelope.on_behalf == PARTY
    own, _ = open_record(added(*FACTS, role=Role.WINDOW).entries[0].record)
    assert (own.role, own.in_place_of, own.on_behalf) == ("window", "", "")


def tasks(event):
    (entry,) = added(Fact(event, DAY)).entries
    return entry, list(tasks_of(event, entry, plan_exempt()))


def test_whoever_is_to_be_told_is_written_to_once_for_each_message():
    _, filed = Play().file("2022-06-09").log[0]
    entry, found = tasks(filed)
    mails = [msgspec.json.decode(one.payload, type=Message) for one in found]
    assert [(one.template, one.to) for one in mails] == [
        ("received", Role.APPLICANT),
        ("to_accept", Role.WINDOW),
    ]
    assert [one.id for one in found] == [
        f"{entry.id}/received/applicant/",
        f"{entry.id}/to_accept/window/",
    ]
    assert {(one.kind, one.stream, one.seq) for one in found} == {(MAIL, "case/1", 1)}


def test_a_paper_is_made_of_what_was_drawn_up_and_of_what_calls_for_one():
    play = Play().granted("2022-06-09")
    papers = {}
    for _, event in play.log:
        entry, found = tasks(event)
        made = [one for one in found if one.kind == DOCUMENT]
        if made:
            papers[type(event)] = [(one.id, one.seq, one.payload) for one in made]
            assert papers[type(event)] == [(document_task(entry.id), 1, b"")]
    assert papers.keys() == {DocumentDrawnUp, CommitmentSigned}
