"""Entitlements on both kinds of databases: written whole, once, and made anew from the log."""

import heapq
import itertools
import random
from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError

from permits.casework.dates import day_of
from permits.casework.refusals import Reason, Refused
from permits.services import entitlement_requests as r
from permits.services import entitlements as services
from permits.services.demonstration import entitled
from permits.services.demonstration import people as demonstration
from permits.services.demonstration.clock import Hands
from permits.services.demonstration.desk import People
from permits.services.demonstration.stories import Teller
from permits.services.entitlements import Done
from permits.services.office import Office
from permits.services.rebuild import check, rebuild
from permits.settings import Settings
from permits.store import entitlement_tables as tables
from permits.store.entitlement_lists import rounds
from permits.store.tables import event, sealed_value
from tests.casework.entitled import FIRM, OTHER
from tests.definitions.policies import AWARD, GRADED, POINTS
from tests.kit import beijing, years
from tests.services.conftest import at_once, real_time
from tests.services.entitled import NUMBER, ON_SQLITE, refused
from tests.services.faults import Faults

# ── the whole way ─────────────────────────────────────────────────────────────────────────────


def test_from_the_match_to_the_payment(payer, bureau):
    batch = payer.paid()
    (grant,) = bureau.rows(tables.entitlement_grant)
    assert (grant["policy"], grant["period"], grant["party"]) == (AWARD, "2022", FIRM)
    (row,) = bureau.rows(tables.payment_batch)
    assert (row["number"], row["lines"], row["total_fen"]) == (batch, 1, 10_000_000)
    assert check(bureau.office.database) == ()


def test_everything_is_made_anew_from_the_log(payer, bureau):
    payer.paid()
    database = bureau.office.database
    before = {table: bureau.rows(table) for table in tables.DERIVED}
    with database.write() as connection:
        for table in tables.DERIVED:
            connection.execute(table.delete())
    assert check(database) != ()
    rebuild(database)
    assert {table: bureau.rows(table) for table in tables.DERIVED} == before


@ON_SQLITE
def test_the_same_match_is_run_again_to_the_same_digest(payer, bureau):
    first = payer.run()
    payer.must("pay_examiner", r.DropMatch(round=first, reason="重新比对。"))
    second = payer.run()
    service = bureau.office.entitlements
    assert first != second
    assert service.round(first).digest == service.round(second).digest


def test_what_is_sent_twice_is_done_once(payer, bureau):
    run = r.RunMatch(policy=AWARD, period="2022")
    first = payer.ask("pay_examiner", run, key="the same key")
    events = bureau.events()
    assert payer.ask("pay_examiner", run, key="the same key") == first
    assert bureau.events() == events
    other = r.RunMatch(policy=GRADED, period="2022")
    answer = payer.ask("pay_examiner", other, key="the same key")
    assert answer == Refused(Reason.KEY_REUSED)


@ON_SQLITE
def test_what_was_not_seen_is_not_decided(payer):
    found = payer.run()
    publish = r.PublishList(round=found)
    payer.at("2022-06-10")
    assert payer.ask("pay_leader", publish, seen=0) == Refused(Reason.OVERTAKEN)
    assert isinstance(payer.ask("pay_leader", publish, seen=1), Done)
    payer.at("2022-06-20")
    payer.must("pay_leader", r.SettleList(round=found))
    answer = payer.ask("firm", payer.confirm(), seen=9)
    assert answer == Refused(Reason.OVERTAKEN)
    assert isinstance(payer.ask("firm", payer.confirm(), seen=1), Done)
    recover = r.OrderRecovery(
        party=FIRM, policy=AWARD, period="2022", ground="overpaid", amount_fen=1
    )
    assert payer.ask("pay_leader", recover, seen=9) == Refused(Reason.OVERTAKEN)
    pay = r.OrderPayments(policy=AWARD)
    assert payer.ask("pay_leader", pay, seen=9) == Refused(Reason.OVERTAKEN)


@ON_SQLITE
def test_what_is_not_there_is_refused(payer):
    examiner, leader, window = "pay_examiner", "pay_leader", "pay_window"
    run = r.RunMatch(policy="bakery", period="2022")
    assert refused(payer, examiner, run) is Reason.NO_SUCH_POLICY
    assert refused(payer, leader, r.OrderPayments(policy="bakery")) is Reason.NO_SUCH_POLICY
    apply = payer.apply().model_copy(update={"policy": "bakery"})
    assert refused(payer, "firm3", apply) is Reason.NO_SUCH_POLICY
    settle_ = r.SettleList(round="hightech_first-2022-9")
    assert refused(payer, leader, settle_) is Reason.NO_SUCH_ROUND
    record = r.RecordPayments(batch="2022-001", on=date(2022, 6, 9), paid=(f"{FIRM}/2022",))
    assert refused(payer, window, record) is Reason.NO_SUCH_BATCH
    assert refused(payer, "firm", payer.confirm()) is Reason.NO_SUCH_CLAIM
    never = r.RunMatch(policy=AWARD, period="2022Q2")
    assert refused(payer, examiner, never) is Reason.PERIOD_NOT_LAWFUL


@ON_SQLITE
def test_a_second_list_waits_for_the_first(payer):
    payer.run()
    again = r.RunMatch(policy=AWARD, period="2022")
    assert refused(payer, "pay_examiner", again) is Reason.ROUND_OPEN


@ON_SQLITE
def test_whoever_has_something_is_not_matched_again(payer, bureau):
    payer.paid()
    found = payer.must("pay_examiner", r.RunMatch(policy=AWARD, period="2022"))
    round_ = bureau.office.entitlements.round(found)
    assert round_.outcomes["settled"] == 1
    assert FIRM not in round_.candidates


@ON_SQLITE
def test_of_a_group_only_the_higher_is_offered(payer, bureau):
    """The second enterprise is recognised and above scale in one year: 150,000, not 250,000."""
    service = bureau.office.entitlements
    award = service.round(payer.run(AWARD))
    graded = service.round(payer.run(GRADED))
    assert OTHER not in award.candidates and award.outcomes["covered"] == 1
    assert graded.candidates[OTHER].amount_fen == 15_000_000


# ── once only ─────────────────────────────────────────────────────────────────────────────────


def test_two_who_order_at_once_pay_once(payer, bureau):
    """Each decides in view of what there was; the log and the row that can be there only once
    let one of them through, and the other looks again."""
    payer.confirmed()
    answers = []

    def order():
        answers.append(payer.ask("pay_leader", r.OrderPayments(policy=AWARD)))

    assert at_once(order, order, order) == []
    done = [one for one in answers if isinstance(one, Done)]
    others = [one for one in answers if not isinstance(one, Done)]
    assert (len(done), {one.reason for one in others}) == (1, {Reason.NOTHING_TO_PAY})
    assert len(bureau.rows(tables.entitlement_grant)) == 1
    assert len(bureau.rows(tables.payment_batch)) == 1
    assert check(bureau.office.database) == ()


def test_the_row_alone_keeps_it_from_being_paid_twice(payer, bureau, monkeypatch):
    """Even if the log were asked in vain."""
    payer.confirmed()
    with bureau.office.database.write() as connection:
        row = {"policy": AWARD, "period": "2022", "party": FIRM, "ordered_on": "2022-06-01"}
        connection.execute(tables.entitlement_grant.insert(), [row])
    monkeypatch.setattr(services, "MOST_TRIES", 2)
    events = bureau.events()
    with pytest.raises(DBAPIError):
        payer.ask("pay_leader", r.OrderPayments(policy=AWARD))
    assert bureau.events() == events
    assert bureau.rows(tables.payment_batch) == []


def test_two_who_confirm_at_once_confirm_once(payer, bureau):
    payer.settled()
    answers = []

    def confirm():
        answers.append(payer.ask("firm", payer.confirm()))

    assert at_once(confirm, confirm) == []
    reasons = [one.reason for one in answers if isinstance(one, Refused)]
    assert reasons == [Reason.NOT_NOW]


# ── what stands beside the log ────────────────────────────────────────────────────────────────


@ON_SQLITE
def test_a_bank_account_never_stands_in_the_log(payer, bureau):
    payer.paid()
    with bureau.office.database.read() as connection:
        records = [bytes(row.record) for row in connection.execute(event.select())]
    assert not [one for one in records if NUMBER.encode() in one]
    (kept,) = [row for row in bureau.rows(sealed_value) if row["field"] == "bank_account"]
    assert NUMBER in kept["value"]
    claim = bureau.office.entitlements.holding(FIRM).claim(AWARD, "2022")
    shown = bureau.office.entitlements.account_of(claim)
    assert shown.masked == "示例银行 ****2222"


def test_that_accounts_were_shown_is_written_down_and_erased_ones_are_left_out(payer, bureau):
    number = payer.ordered()
    service, actor = bureau.office.entitlements, payer.actors["pay_window"]
    batch = service.batch(number)
    events = bureau.events()
    assert [one.number for one in service.accounts(batch, actor).values()] == [NUMBER]
    assert bureau.events() == events + 1
    with bureau.office.database.write() as connection:
        connection.execute(sealed_value.delete())
    assert service.accounts(batch, actor) == {}
    claim = service.holding(FIRM).claim(AWARD, "2022")
    assert service.account_of(claim) is None
    assert check(bureau.office.database) == ()


# ── faults and the demonstration ──────────────────────────────────────────────────────────────


@ON_SQLITE
def test_whatever_fails_on_the_way_a_payment_is_ordered_wholly_or_not_at_all(payer, bureau):
    """Fail the n-th thing the transaction asks of the database, for n = 1, 2, 3 …"""
    payer.confirmed()
    faults = Faults()
    faults.come_to(bureau.office.database)
    before = bureau.events()
    for place in itertools.count(1):
        faults.arm(place, after=False)
        try:
            payer.ask("pay_leader", r.OrderPayments(policy=AWARD))
        except DBAPIError:
            faults.disarm()
            assert bureau.events() == before
            assert bureau.rows(tables.payment_batch) == []
            assert bureau.rows(tables.entitlement_grant) == []
            continue
        faults.disarm()
        break
    assert place > 8
    assert len(bureau.rows(tables.entitlement_grant)) == 1
    assert check(bureau.office.database) == ()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_stories_of_the_demonstration_go_as_the_rules_say(database_url, tmp_path):
    """Paid after a return; an application refused, another granted and published; a list open;
    one asking to confirm."""
    hands = Hands(real_time)
    hands.set(beijing("2022-06-01", 8))
    office = Office(Settings(data=tmp_path / "data", database=database_url), hands)
    office.shelf.load_years(years(), actor="setup", now=hands())
    actors = demonstration.settle(office)
    teller = Teller(People(office, actors), office.shelf.calendar, random.Random(1))
    today = date(2022, 9, 15)
    told = [*entitled.entitlements(teller, today)]
    waiting = [(next(story), number, story) for number, story in enumerate(told)]
    heapq.heapify(waiting)
    while waiting and day_of(waiting[0][0]) <= today:
        moment, number, story = heapq.heappop(waiting)
        hands.set(moment)
        following = next(story, None)
        if following is not None:
            heapq.heappush(waiting, (following, number, story))
    with office.database.read() as connection:
        found = rounds(connection, [AWARD, GRADED, POINTS])
    assert {(one.policy, one.route, one.stage) for one in found} == {
        (AWARD, "matched", "settled"),
        (AWARD, "applied", "published"),
        (GRADED, "matched", "published"),
        (POINTS, "matched", "offered"),
    }
    claims = office.entitlements.holding(actors["enterprise_a"].party).claims.values()
    assert {(one.policy, one.standing) for one in claims} == {
        (AWARD, "paid"), (POINTS, "confirmed"),
    }  # fmt: skip
    third = office.entitlements.holding(actors["enterprise_c"].party)
    assert third.claim(AWARD, "2022").standing == "refused"
    assert check(office.database) == ()
    office.close()
