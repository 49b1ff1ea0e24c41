"""A number of the treasury pays once: whatever key it comes under, and in whichever case."""

from datetime import date

import pytest
from msgspec.structs import replace

from permits.casework.refusals import Reason, Refused
from permits.definitions import loader
from permits.services import requests as r
from permits.services.cases import Ticket
from permits.services.demonstration.deferrals import CHARGE, Project
from permits.services.entered import entry_of
from permits.services.records import new_id
from permits.services.sealer import Sealer
from permits.services.sealing import sealed_beside
from permits.services.writer import Done, Order, Writer
from permits.settings import shipped
from permits.store import tables
from permits.store.receipts import Entry, Receipts
from permits.store.vault import shred

FEE = "infrastructure_charge"
DAY = date(2022, 6, 9)
FACTS = {
    "planning_permit": "示例第1号",
    "housing_m2": "12000",
    "other_m2": "3000",
    "relief_ground": "none",
}
PAID = r.Pay(fee=FEE, on=DAY, amount_fen=100, receipt="国库1号")


def file(bureau, name):
    """Accepted, so that its fee is frozen; the case's id."""
    case = Project("applicant", CHARGE, name, "科学大道", FACTS).file(bureau.people, "ordinary")
    bureau.people.act("window", case, "accept")
    return case


@pytest.fixture
def cases(bureau):
    resolved = loader.load(shipped("workflows") / "infrastructure_charge.yaml")
    bureau.office.shelf.publish(resolved, actor="setup", now=bureau.hands())
    return file(bureau, "一期"), file(bureau, "二期")


def number(bureau, case):
    return bureau.people.record("window", case).case.number


def entered(bureau, case, given, who="window"):
    """What comes of an entry under a key of its own."""
    record = bureau.people.record(who, case)
    answer = bureau.office.cases.beside(record, given, bureau.actors[who], Ticket(new_id()))
    return answer if isinstance(answer, Refused) else answer.result()


def test_a_number_that_is_entered_again_is_refused_with_the_case_where_it_stands(bureau, cases):
    first, other = cases
    assert isinstance(entered(bureau, first, PAID), Done)
    refused = Refused(Reason.RECEIPT_ENTERED, (number(bureau, first),))
    assert entered(bureau, first, PAID) == refused
    assert entered(bureau, other, PAID) == refused
    again = r.Pay(fee=FEE, on=DAY, amount_fen=7, receipt=" 国库1号 ", payer="另一人")
    assert entered(bureau, first, again) == refused
    another = r.Pay(fee=FEE, on=DAY, amount_fen=100, receipt="国库2号")
    assert isinstance(entered(bureau, other, another), Done)


def test_a_number_that_was_taken_back_is_free_again(bureau, cases):
    first, other = cases
    entered(bureau, first, PAID)
    undo = r.Undo(fee=FEE, entry=2, reason="记错了案件")
    assert isinstance(entered(bureau, first, undo, "supervisor"), Done)
    assert isinstance(entered(bureau, other, PAID), Done)
    assert entered(bureau, first, PAID) == Refused(
        Reason.RECEIPT_ENTERED, (number(bureau, other),)
    )


def test_a_number_gives_back_once_too_and_one_that_paid_may_give_back(bureau, cases):
    for case, receipt in zip(cases, ("国库1号", "国库2号"), strict=True):
        entered(bureau, case, r.Pay(fee=FEE, on=DAY, amount_fen=100, receipt=receipt))
        bureau.people.act("applicant", case, "withdraw", r.Reasoned(reason="调整"))
    back = r.Refund(fee=FEE, on=DAY, amount_fen=50, receipt="国库1号", reason="已撤回")
    first, other = cases
    assert isinstance(entered(bureau, first, back), Done)
    for case in cases:
        refused = Refused(Reason.RECEIPT_ENTERED, (number(bureau, first),))
        assert entered(bureau, case, back) == refused
    assert isinstance(entered(bureau, other, back.model_copy(update={"receipt": "退2号"})), Done)


def test_two_that_are_written_together_do_not_both_pay(bureau, cases):
    writer = Writer(bureau.office.database, bureau.office.shelf, bureau.hands)
    answers = writer.write([an_order(bureau, case) for case in cases])
    assert isinstance(answers[0], Done)
    assert answers[1] == Refused(Reason.RECEIPT_ENTERED, (number(bureau, cases[0]),))
    kinds = [row["kind"] for row in bureau.rows(tables.fee_entry)]
    assert sorted(kinds) == ["frozen", "frozen", "paid"]


def an_order(bureau, case, given=PAID):
    sealer = Sealer(case)
    command = sealed_beside(given, sealer, ())
    return Order(
        case, command, bureau.actors["window"], new_id(), b"x", sealed=tuple(sealer.values)
    )


def test_another_authority_and_another_fee_of_the_case_have_numbers_of_their_own(bureau, cases):
    first, other = cases
    entered(bureau, first, PAID)
    with bureau.office.database.read() as connection:
        receipts = Receipts(connection.dialect)
        (row,) = {one["authority"] for one in bureau.rows(tables.case_row)}
        entry = Entry(first, row, FEE, "paid", "国库1号")
        stands = number(bureau, first)
        found = {
            receipts.standing(connection, one): one
            for one in (entry, entry._replace(case_id=other, fee="another_fee"))
        }
        assert found.keys() == {stands}
        for free in (
            entry._replace(fee="another_fee"),
            entry._replace(authority="another_bureau"),
            entry._replace(kind="refunded"),
            entry._replace(receipt="国库2号"),
        ):
            assert receipts.standing(connection, free) == ""


def test_of_what_was_erased_nobody_knows_the_number(bureau, cases):
    first, _other = cases
    entered(bureau, first, PAID)
    (seal,) = [row["receipt"] for row in bureau.rows(tables.fee_entry) if row["receipt"]]
    with bureau.office.database.write() as connection:
        shred(connection, [seal], DAY)
    assert isinstance(entered(bureau, first, PAID), Done)


def test_only_a_payment_or_a_refund_with_a_number_is_looked_for(bureau):
    order = an_order(bureau, "case/1")
    sealed = order.sealed
    known = entry_of(order.command, "case/1", "bureau", sealed)
    assert known == Entry("case/1", "bureau", FEE, "paid", "国库1号")
    refund = an_order(bureau, "case/1", r.Refund(fee=FEE, on=DAY, amount_fen=1, receipt="退1号"))
    found = entry_of(refund.command, "case/1", "bureau", refund.sealed)
    assert found == Entry("case/1", "bureau", FEE, "refunded", "退1号")
    nothing = replace(order.command, receipt=None)
    assert entry_of(nothing, "case/1", "bureau", sealed) is None
    undo = an_order(bureau, "case/1", r.Undo(fee=FEE, entry=2, reason="国库1号"))
    assert entry_of(undo.command, "case/1", "bureau", undo.sealed) is None


def test_a_number_is_found_by_its_index(bureau):
    """PostgreSQL reads tables as small as these whole, so that it is asked of one alone."""
    with bureau.office.database.read() as connection:
        sql = Receipts(connection.dialect)._standing.sql
        if bureau.office.database.is_sqlite:
            asked = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", (*"abcde", 1, 0))
        else:
            assert "sealed_value.field = 'receipt'" in sql
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            alone = "SELECT seal FROM sealed_value WHERE field = 'receipt' AND value = 'a'"
            asked = connection.exec_driver_sql(f"EXPLAIN {alone}")
        assert "sealed_value_receipt" in str(asked.all())
