"""The writer: everything of a command or nothing, once, whoever else writes; answers that are true
after whatever failed."""

import threading
import uuid
from datetime import timedelta

import pytest
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.case import Case
from permits.casework.refusals import Reason, Refused
from permits.definitions import loader
from permits.definitions.findings import Marks
from permits.services.rebuild import check
from permits.services.writer import Cache, Done, Order, Writer
from permits.store import tables
from permits.store.event_log import EventLog
from tests.kit import APPLICANT, WINDOW, beijing, content, filing, plan_exempt


def an_order(case_id=None, command=None, actor=APPLICANT, **changes):
    values = {
        "case_id": case_id or f"case/{uuid.uuid4().hex}",
        "command": command or filing(plan_exempt()),
        "actor": actor,
        "key": uuid.uuid4().hex,
        "request": b"request",
        "permit": "" if command else "plan_exempt",
    }
    return Order(**{**values, **changes})


@pytest.fixture
def writer(bureau):
    return Writer(bureau.office.database, bureau.office.shelf, bureau.hands)


def written(writer, *orders):
    return writer.write(orders)


def test_a_filed_case_has_its_events_rows_number_and_messages(bureau, writer):
    (done,) = written(writer, an_order("case/1"))
    assert isinstance(done, Done)
    assert (done.number, done.state, done.version) == ("GXGH-20220609-0001", "received", 5)
    assert [r["number"] for r in bureau.rows(tables.case_row)] == ["GXGH-20220609-0001"]
    assert [r["result"] for r in bureau.rows(tables.case_facts)] == ["open"]
    assert {r["name"] for r in bureau.rows(tables.due_row)} == {"completeness"}
    kinds = sorted(r["kind"] for r in bureau.rows(tables.outbox))
    assert kinds == ["document", "document", "mail", "mail"], "the receipt, and the commitment"
    with bureau.office.database.read() as connection:
        assert EventLog(connection.dialect).verify(connection, "case/1") == 5


def test_orders_of_a_batch_see_what_those_before_them_did(bureau, writer):
    answers = written(
        writer,
        an_order("case/1"),
        an_order("case/1", c.TakeAction("accept"), WINDOW),
        an_order("case/1", c.TakeAction("grant_on_the_spot"), WINDOW),
    )
    assert [a.state for a in answers] == ["received", "examining", "granted"]
    assert len(bureau.rows(tables.interval)) == 3
    assert check(bureau.office.database) == ()


def test_numbers_go_on_across_batches_without_a_gap(bureau, writer):
    first = written(writer, *(an_order() for _ in range(3)))
    second = written(writer, *(an_order() for _ in range(2)))
    assert [a.number[-4:] for a in (*first, *second)] == ["0001", "0002", "0003", "0004", "0005"]


def test_numbers_are_of_the_day_of_the_case_though_a_clock_was_set_back(bureau, writer):
    """Two servers at midnight, say: a case never goes back behind what was written of it."""
    bureau.at("2023-01-03", 0)
    accept = c.TakeAction("accept")
    written(writer, an_order("case/1"), an_order("case/1", accept, WINDOW), an_order("case/2"))
    bureau.hands.set(bureau.hands() - timedelta(days=3))
    (late,) = written(writer, an_order("case/2", accept, WINDOW))
    assert late.state == "examining"
    drawn = bureau.office.cases.recorded("case/2").case.documents[-1]
    assert drawn.number.endswith("受字〔2023〕2号")
    assert check(bureau.office.database) == ()


def test_a_refused_command_takes_no_number_and_writes_nothing(bureau, writer):
    before = bureau.events()
    bad = an_order(command=filing(plan_exempt(), signed=()), permit="plan_exempt")
    good = an_order()
    refused, done = written(writer, bad, good)
    assert refused == Refused(Reason.COMMITMENT_UNSIGNED, ("true_declaration",))
    assert done.number.endswith("0001")
    assert bureau.events() == before + 5
    assert len(bureau.rows(tables.idempotency)) == 1


def test_the_same_key_and_request_get_the_same_answer_once_done(bureau, writer):
    order = an_order()
    first, again = written(writer, order, order)
    (later,) = written(writer, order)
    assert first == again == later
    assert len(bureau.rows(tables.case_row)) == 1


def test_the_same_key_with_another_request_is_refused(writer):
    order = an_order()
    written(writer, order)
    other = an_order(key=order.key, request=b"another")
    assert written(writer, other) == [Refused(Reason.KEY_REUSED)]


def test_keys_of_different_people_do_not_meet(bureau, writer):
    order = an_order()
    written(writer, order)
    theirs = an_order(order.case_id, c.TakeAction("accept"), WINDOW, key=order.key)
    assert isinstance(written(writer, theirs)[0], Done)


def test_what_was_refused_may_be_asked_again_under_the_same_key(writer):
    """A refusal changed nothing, so there is nothing to remember of it."""
    order = an_order()
    early = an_order(order.case_id, c.TakeAction("accept"), WINDOW)
    assert written(writer, early) == [Refused(Reason.NO_SUCH_CASE, (order.case_id,))]
    written(writer, order)
    assert isinstance(written(writer, early)[0], Done)


def test_whoever_looked_at_an_older_version_is_told(writer):
    order = an_order()
    written(writer, order)
    stale = an_order(order.case_id, c.TakeAction("accept"), WINDOW, seen=3)
    assert written(writer, stale) == [Refused(Reason.OVERTAKEN, ("5",))]
    fresh = an_order(order.case_id, c.TakeAction("accept"), WINDOW, seen=5)
    assert isinstance(written(writer, fresh)[0], Done)


@pytest.mark.parametrize(
    ("order", "refusal"),
    [
        (an_order(command=c.TakeAction("accept"), actor=WINDOW), Reason.NO_SUCH_CASE),
        (an_order(permit="bakery"), Reason.NO_SUCH_PERMIT),
    ],
)
def test_cases_and_permits_that_do_not_exist(writer, order, refusal):
    assert written(writer, order)[0].reason is refusal


def test_two_writers_on_one_case_come_to_one_outcome(bureau, writer):
    """The second writer knows the case from before the first one wrote."""
    other = Writer(bureau.office.database, bureau.office.shelf, bureau.hands)
    order = an_order()
    written(writer, order)
    accept = an_order(order.case_id, c.TakeAction("accept"), WINDOW)
    assert isinstance(written(other, accept)[0], Done)
    again = an_order(order.case_id, c.TakeAction("accept"), WINDOW)
    assert written(writer, again)[0].reason is Reason.NOT_NOW
    assert check(bureau.office.database) == ()


def test_several_writers_at_once_lose_nothing_and_keep_the_numbers_dense(bureau):
    """As several processes on one database do."""
    done = []

    def run():
        mine = Writer(bureau.office.database, bureau.office.shelf, bureau.hands)
        for _ in range(8):
            done.extend(mine.write([an_order()]))

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(a.number[-4:] for a in done) == [f"{n:04d}" for n in range(1, 25)]
    assert check(bureau.office.database) == ()


def test_what_is_filed_in_the_evening_and_granted_at_once_is_kept_whole(bureau, writer):
    """It counts as received on the next working day, and the decision comes before that."""
    bureau.at("2022-06-10", 19)
    answers = written(
        writer,
        an_order("case/1"),
        an_order("case/1", c.TakeAction("accept"), WINDOW),
        an_order("case/1", c.TakeAction("grant_on_the_spot"), WINDOW),
    )
    assert [a.state for a in answers] == ["received", "examining", "granted"]
    assert check(bureau.office.database) == ()


def test_sealed_values_are_kept_with_the_event_or_not_at_all(bureau, writer):
    from permits.services.sealer import Sealer

    order = an_order("case/1")
    written(writer, order)
    sealer = Sealer("case/1")
    sealed = sealer.text("reason", "材料齐全")
    command = c.TakeAction("withdraw", i.Reasoned(sealed))
    bad = an_order("case/1", command, WINDOW, sealed=tuple(sealer.values))
    assert written(writer, bad)[0].reason is Reason.NOT_YOURS
    assert bureau.rows(tables.sealed_value) == []
    written(writer, an_order("case/1", command, APPLICANT, sealed=tuple(sealer.values)))
    assert [r["value"] for r in bureau.rows(tables.sealed_value)] == ["材料齐全"]


def test_the_edition_goes_by_the_moment_at_which_the_writer_decides(bureau):
    """Decided in the last minute of a year, whenever the edition is looked up."""
    shelf = bureau.office.shelf
    old = shelf.current("plan_exempt")
    later = variant_from("2023-01-01")
    shelf.publish(later, actor="setup", now=bureau.hands())
    bureau.at("2023-01-01", 0)
    assert shelf.current("plan_exempt").digest == later.digest
    writer = Writer(bureau.office.database, shelf, lambda: beijing("2022-12-31", 23, 59))
    command = filing(old, answers={"starts_on": "2023-02-01"})
    order = an_order("case/1", command, permit="plan_exempt")
    assert isinstance(written(writer, order)[0], Done)
    assert bureau.office.cases.recorded("case/1").case.definition == old.digest


def variant_from(day):
    """The shipped permit type as it begins on another day."""
    data = content()
    data["permit"]["effective_from"] = day
    built, findings = loader.build(data, Marks())
    assert not findings
    return built


def test_a_case_at_hand_that_is_ahead_of_the_log_is_not_believed(bureau, writer):
    """As after a database was put back while the process went on."""
    written(writer, an_order("case/1"))
    case = writer._cases.get("case/1")
    writer._cases.put(replace(case, version=99, number="none"))
    (done,) = written(writer, an_order("case/1", c.TakeAction("accept"), WINDOW))
    assert (done.state, done.number) == ("examining", case.number)
    assert check(bureau.office.database) == ()


def test_what_was_answered_stays_as_it_was_answered():
    answers = Done("case/1", "1", 5, "received", ())
    orders = an_order()
    for one, field in ((answers, "version"), (orders, "key")):
        with pytest.raises(AttributeError):
            setattr(one, field, "another")


def test_of_the_cases_at_hand_the_one_that_was_used_longest_ago_makes_room():
    cases = Cache(2)
    one, other, third = (Case(id=f"case/{n}") for n in (1, 2, 3))
    cases.put(one)
    cases.put(other)
    assert cases.get("case/1") is one
    cases.put(third)
    assert [cases.get(f"case/{n}") for n in (1, 2, 3)] == [one, None, third]
    assert cases.get("case/1") is one, "it is still there once it was asked for"
    cases.put(Case(id="case/1", version=2))
    assert cases.get("case/1").version == 2
    assert cases.get("case/3") is third
    cases.clear()
    assert cases.get("case/1") is None
