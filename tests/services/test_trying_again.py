"""When writing fails: what is tried again and how often, what is told, and that nothing is left of
it. `test_faults.py` does every fault to every command."""

import threading
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from permits.casework import commands as c
from permits.casework import figures, rows, waiting_rows
from permits.casework import inputs as i
from permits.services import batch as batch_module
from permits.services import writer as writer_module
from permits.services.rebuild import check
from permits.services.sealer import Sealer
from permits.services.writer import Done, Writer
from permits.store import tables
from permits.store.caseload import Caseload
from permits.store.condition import Unsure
from permits.store.event_log import Overtaken
from tests.kit import APPLICANT, WINDOW
from tests.services.test_writer import an_order, written


@pytest.fixture
def writer(bureau):
    return Writer(bureau.office.database, bureau.office.shelf, bureau.hands)


def test_one_broken_command_does_not_stop_the_others(writer, monkeypatch):
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


@pytest.mark.parametrize(
    ("where", "made"),
    [
        (rows, "case_row"),
        (figures, "facts_row"),
        (rows, "due_rows"),
        (rows, "stays"),
        (waiting_rows, "waiting_rows"),
    ],
)
def test_what_fails_while_its_rows_are_made_leaves_nothing_of_its_order(
    bureau, writer, monkeypatch, where, made
):
    """Its events, numbers, letters, values and key would else be written with the next order."""
    written(writer, an_order("case/1"), an_order("case/1", c.TakeAction("accept"), WINDOW))
    sealer = Sealer("case/1")
    reasoned = i.Reasoned(sealer.text("reason", "不再建设"))
    sealed = tuple(sealer.values)
    withdraw = an_order("case/1", c.TakeAction("withdraw", reasoned), APPLICANT, sealed=sealed)
    before = bureau.events(), len(bureau.rows(tables.outbox))
    real = getattr(where, made)

    def breaks_for_it(*given):
        if any(getattr(one, "id", "") == "case/1" for one in given):
            raise ArithmeticError
        return real(*given)

    monkeypatch.setattr(where, made, breaks_for_it)
    first, broken, last = written(writer, an_order("case/2"), withdraw, an_order("case/3"))
    assert isinstance(broken, ArithmeticError)
    assert (first.number[-4:], last.number[-4:]) == ("0002", "0003")
    assert (bureau.events(), len(bureau.rows(tables.outbox))) == (before[0] + 10, before[1] + 8)
    assert bureau.rows(tables.sealed_value) == []
    monkeypatch.undo()
    assert check(bureau.office.database) == ()
    (done,) = written(writer, withdraw)
    assert done.state == "withdrawn"


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


@pytest.mark.parametrize("settled_url", ["postgresql"], indirect=True)
def test_a_database_that_is_restarted_is_waited_for(bureau, writer, settled_url):
    written(writer, an_order())
    cut_off(settled_url, allowed=False)
    back = threading.Timer(1.5, cut_off, [settled_url], {"allowed": True})
    back.start()
    answers = written(writer, an_order(), an_order())
    back.join()
    assert [a.number[-4:] for a in answers] == ["0002", "0003"]
    assert check(bureau.office.database) == ()


@pytest.mark.parametrize("settled_url", ["postgresql"], indirect=True)
def test_a_database_that_stays_away_is_told_in_the_end(writer, settled_url, monkeypatch):
    monkeypatch.setattr(writer_module, "PATIENCE", 0.5)
    cut_off(settled_url, allowed=False)
    answers = written(writer, an_order(), an_order())
    cut_off(settled_url, allowed=True)
    assert all(isinstance(a, OperationalError) for a in answers)
    assert isinstance(written(writer, an_order())[0], Done)


def test_an_ambiguous_commit_is_settled_by_the_key(bureau, writer, monkeypatch):
    """The commit happened, but its answer was lost: the retry finds what was answered."""
    engine = bureau.office.database.writing
    real = engine.begin
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


@pytest.mark.parametrize("settled_url", ["postgresql"], indirect=True)
def test_a_commit_whose_answer_was_lost_is_not_told_as_nothing(bureau, writer, monkeypatch):
    """The connection is lost in the commit and does not come back in time: whoever asked is told
    that it is not known, and the same key asked again later tells the truth."""
    monkeypatch.setattr(writer_module, "PATIENCE", 0)
    lost = psycopg.OperationalError("server closed the connection unexpectedly")
    order = an_order("case/1")
    engine = bureau.office.database.writing
    dialect, commit, begin = engine.dialect, engine.dialect.do_commit, engine.dialect.do_begin

    def committed(connection):
        commit(connection)
        dialect.do_begin = away
        raise lost

    def away(_connection):
        raise lost

    dialect.do_commit = committed
    (answer,) = written(writer, order)
    dialect.do_commit, dialect.do_begin = commit, begin
    assert isinstance(answer, Unsure)
    (done,) = written(writer, order)
    assert (done.number[-4:], len(bureau.rows(tables.case_row))) == ("0001", 1)
