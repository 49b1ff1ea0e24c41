"""The writer: everything of a command or nothing, once, whoever else writes; answers that are true
after whatever failed."""

import threading
import uuid

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from permits.casework import commands as c
from permits.casework.refusals import Reason, Refused
from permits.definitions import loader
from permits.definitions.findings import Marks
from permits.services import batch as batch_module
from permits.services.queue import Stopped, TooBusy, WriterQueue
from permits.services.rebuild import check
from permits.services.writer import Done, Order, Writer
from permits.store import tables
from permits.store.event_log import EventLog, Overtaken
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
    assert len(bureau.rows(tables.outbox)) == 2
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


def test_one_broken_command_does_not_stop_the_others(writer, monkeypatch):
    from permits.services import writer as writer_module

    real = writer_module.decide

    def fails_for_grants(case, command, desk):
        if isinstance(command, c.TakeAction):
            raise ZeroDivisionError
        return real(case, command, desk)

    monkeypatch.setattr(writer_module, "decide", fails_for_grants)
    order = an_order()
    first, broken = written(writer, order, an_order(order.case_id, c.TakeAction("accept"), WINDOW))
    assert isinstance(first, Done)
    assert isinstance(broken, ZeroDivisionError)


@pytest.mark.parametrize("made", ["case_row", "facts_row", "due_rows", "stays"])
def test_what_fails_while_its_rows_are_made_leaves_nothing_of_its_order(
    bureau, writer, monkeypatch, made
):
    """Its events, numbers, letters, values and key would else be written with the next order."""
    from permits.casework import rows
    from permits.services.requests import Sealer

    written(writer, an_order("case/1"), an_order("case/1", c.TakeAction("accept"), WINDOW))
    sealer = Sealer("case/1")
    reasoned = c.Reasoned(sealer.text("reason", "不再建设"))
    sealed = tuple(sealer.values)
    withdraw = an_order("case/1", c.TakeAction("withdraw", reasoned), APPLICANT, sealed=sealed)
    before = bureau.events(), len(bureau.rows(tables.outbox))
    real = getattr(rows, made)

    def breaks_for_it(*given):
        if any(getattr(one, "id", "") == "case/1" for one in given):
            raise ArithmeticError
        return real(*given)

    monkeypatch.setattr(rows, made, breaks_for_it)
    first, broken, last = written(writer, an_order("case/2"), withdraw, an_order("case/3"))
    assert isinstance(broken, ArithmeticError)
    assert (first.number[-4:], last.number[-4:]) == ("0002", "0003")
    assert (bureau.events(), len(bureau.rows(tables.outbox))) == (before[0] + 10, before[1] + 4)
    assert bureau.rows(tables.sealed_value) == []
    monkeypatch.undo()
    assert check(bureau.office.database) == ()
    (done,) = written(writer, withdraw)
    assert done.state == "withdrawn"


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


def failing(monkeypatch, times, error, *, after=False):
    """Make the transaction fail, before anything is written or after all of it was."""
    real, left = batch_module.Batch.flush, [times]

    def flush(self):
        if not after and left[0]:
            left[0] -= 1
            raise error
        real(self)
        if after and left[0]:
            left[0] -= 1
            raise error

    monkeypatch.setattr(batch_module.Batch, "flush", flush)


ERRORS = (Overtaken(), OperationalError("x", {}, Exception("locked")))


@pytest.mark.parametrize("error", ERRORS, ids=["overtaken", "locked"])
@pytest.mark.parametrize("after", [False, True])
def test_a_batch_that_fails_is_tried_again_one_by_one(bureau, writer, monkeypatch, error, after):
    failing(monkeypatch, 1, error, after=after)
    answers = written(writer, an_order(), an_order())
    assert all(isinstance(a, Done) for a in answers)
    assert len(bureau.rows(tables.case_row)) == 2
    assert check(bureau.office.database) == ()


def test_a_batch_that_keeps_failing_tells_everybody_and_writes_nothing(
    bureau, writer, monkeypatch
):
    before = bureau.events()
    failing(monkeypatch, 100, Overtaken())
    answers = written(writer, an_order(), an_order())
    assert all(isinstance(a, Overtaken) for a in answers)
    assert bureau.events() == before


def test_a_fault_in_writing_one_order_is_told_to_that_one_only(bureau, writer, monkeypatch):
    """As of a number that is too large for the driver, which is no database error."""
    from permits.store.caseload import Caseload

    written(writer, an_order("case/1"), an_order("case/2"), an_order("case/3"))
    real = Caseload.put

    def put(self, connection, cases):
        if any(one.row.case_id == "case/2" for one in cases):
            raise OverflowError
        real(self, connection, cases)

    monkeypatch.setattr(Caseload, "put", put)
    accept = [an_order(f"case/{n}", c.TakeAction("accept"), WINDOW) for n in (1, 2, 3)]
    first, broken, last = written(writer, *accept)
    assert (first.state, last.state) == ("examining", "examining")
    assert isinstance(broken, OverflowError)
    monkeypatch.undo()
    assert check(bureau.office.database) == ()
    assert written(writer, accept[1])[0].state == "examining"


def cut_off(url, *, allowed):
    """Let nobody into the database, whoever is connected now, or let everybody in again."""
    where = make_url(url)
    admin = where.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {where.database} ALLOW_CONNECTIONS {allowed}")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [where.database],
        )


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_database_that_is_restarted_is_waited_for(bureau, writer, database_url):
    written(writer, an_order())
    cut_off(database_url, allowed=False)
    back = threading.Timer(1.5, cut_off, [database_url], {"allowed": True})
    back.start()
    answers = written(writer, an_order(), an_order())
    back.join()
    assert [a.number[-4:] for a in answers] == ["0002", "0003"]
    assert check(bureau.office.database) == ()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_database_that_stays_away_is_told_in_the_end(writer, database_url, monkeypatch):
    from permits.services import writer as writer_module

    monkeypatch.setattr(writer_module, "PATIENCE", 0.5)
    cut_off(database_url, allowed=False)
    answers = written(writer, an_order(), an_order())
    cut_off(database_url, allowed=True)
    assert all(isinstance(a, OperationalError) for a in answers)
    assert isinstance(written(writer, an_order())[0], Done)


def test_an_ambiguous_commit_is_settled_by_the_key(bureau, writer, monkeypatch):
    """The commit happened, but its answer was lost: the retry finds what was answered."""
    engine = bureau.office.database.writing
    real = engine.begin
    from contextlib import contextmanager

    lost = [True]

    @contextmanager
    def begin():
        with real() as connection:
            yield connection
        if lost[0]:
            lost[0] = False
            raise OperationalError("COMMIT", {}, Exception("connection lost"))

    monkeypatch.setattr(type(engine), "begin", lambda _self: begin())
    (done,) = written(writer, an_order("case/1"))
    assert isinstance(done, Done)
    assert len(bureau.rows(tables.case_row)) == 1


def test_the_queue_answers_everybody_and_stops_when_it_is_told(bureau):
    queue = WriterQueue(bureau.office.database, bureau.office.shelf, bureau.hands)
    futures = [queue.submit(an_order()) for _ in range(40)]
    queue.close()
    assert all(isinstance(f.result(timeout=5), Done) for f in futures)


class Held(Writer):
    """Waits with its first orders until it is let go."""

    def __init__(self, *given):
        super().__init__(*given)
        self.reached, self.let_go = threading.Event(), threading.Event()

    def write(self, orders):
        self.reached.set()
        self.let_go.wait(20)
        return super().write(orders)


@pytest.fixture
def held(bureau, monkeypatch):
    """A queue whose writer is at work on its first order, and that order's answer to come."""
    from permits.services import queue as queue_module

    monkeypatch.setattr(queue_module, "Writer", Held)
    queue = WriterQueue(bureau.office.database, bureau.office.shelf, bureau.hands)
    first = queue.submit(an_order())
    assert queue._writer.reached.wait(20)
    yield queue, first
    queue._writer.let_go.set()
    queue.close()


def test_a_full_queue_says_so_instead_of_letting_people_wait(held):
    queue, first = held
    queue._waiting.maxsize = 1
    second = queue.submit(an_order())
    with pytest.raises(TooBusy):
        queue.submit(an_order())
    queue._writer.let_go.set()
    assert isinstance(first.result(20), Done)
    assert isinstance(second.result(20), Done)


def test_an_order_that_is_cancelled_while_it_waits_is_not_carried_out(bureau, held):
    queue, first = held
    cancelled, kept = queue.submit(an_order()), queue.submit(an_order())
    assert cancelled.cancel()
    queue._writer.let_go.set()
    assert (first.result(20).number[-4:], kept.result(20).number[-4:]) == ("0001", "0002")
    assert len(bureau.rows(tables.case_row)) == 2


def test_an_order_that_is_being_carried_out_cannot_be_cancelled_any_more(held):
    queue, first = held
    assert not first.cancel()
    queue._writer.let_go.set()
    assert isinstance(first.result(20), Done)


def test_an_answer_that_cannot_be_given_does_not_keep_the_others_from_theirs(held):
    queue, first = held
    first.set_result(None)
    second = queue.submit(an_order())
    queue._writer.let_go.set()
    assert isinstance(second.result(20), Done)


def test_nobody_waits_for_a_writer_that_was_closed(bureau):
    queue = WriterQueue(bureau.office.database, bureau.office.shelf, bureau.hands)
    queue.close()
    with pytest.raises(Stopped):
        queue.submit(an_order())
    queue.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_nobody_waits_for_a_writer_that_died(held, monkeypatch):
    queue, first = held
    behind = queue.submit(an_order())

    def dies(_batch):
        raise SystemExit

    monkeypatch.setattr(queue, "_answer", dies)
    queue._writer.let_go.set()
    assert isinstance(first.result(20), Done)
    with pytest.raises(Stopped):
        behind.result(20)
    with pytest.raises(Stopped):
        queue.submit(an_order())


@pytest.mark.parametrize("fault", [MemoryError, SystemExit])
def test_a_writer_that_breaks_tells_whoever_waits_and_the_queue_lives_on(
    bureau, monkeypatch, fault
):
    from permits.services import queue as queue_module

    fails = [True]

    class Breaking(Writer):
        def write(self, orders):
            if fails[0]:
                fails[0] = False
                raise fault
            return super().write(orders)

    monkeypatch.setattr(queue_module, "Writer", Breaking)
    queue = WriterQueue(bureau.office.database, bureau.office.shelf, bureau.hands)
    with pytest.raises((MemoryError, RuntimeError)):
        queue.write(an_order())
    assert isinstance(queue.write(an_order()), Done)
    queue.close()


def test_sealed_values_are_kept_with_the_event_or_not_at_all(bureau, writer):
    from permits.services.requests import Sealer

    order = an_order("case/1")
    written(writer, order)
    sealer = Sealer("case/1")
    sealed = sealer.text("reason", "材料齐全")
    command = c.TakeAction("withdraw", c.Reasoned(sealed))
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
