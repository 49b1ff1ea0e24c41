"""Applications on both kinds of databases: decided, published like the list of a run, and paid
once."""

from permits.casework.entitlement import commands as c
from permits.casework.entitlement.claims import stream_of
from permits.casework.refusals import Reason
from permits.services import entitlement_requests as r
from permits.services.entitlement_desk import DeskReader
from permits.services.rebuild import check, rebuild
from permits.store import entitlement_lists as lists
from tests.casework.entitled import FIRM, THIRD
from tests.definitions.policies import AWARD, GRADED, POINTS
from tests.kit import SEAL
from tests.services.entitled import ON_SQLITE, refused

OF = {"party": THIRD, "policy": AWARD, "period": "2022"}
PUBLISH = r.PublishApplications(policy=AWARD, period="2022")
ORDER = r.OrderPayments(policy=AWARD)


def granted(payer) -> None:
    payer.at("2022-06-09")
    payer.must("firm3", payer.apply())
    examine = r.ExamineApplication(**OF, recommends="grant", grade="award", opinion="属实。")
    payer.must("pay_examiner", examine)
    payer.must("pay_leader", r.DecideApplication(**OF, granted=True))


def published(payer) -> str:
    granted(payer)
    payer.at("2022-06-10")
    return payer.must("pay_leader", PUBLISH)


def test_an_application_goes_its_way(payer, bureau):
    found = published(payer)
    assert refused(payer, "pay_leader", ORDER) is Reason.NOTHING_TO_PAY
    assert refused(payer, "pay_leader", PUBLISH) is Reason.LIST_EMPTY
    payer.at("2022-06-20")
    payer.must("pay_leader", r.SettleList(round=found))
    payer.must("pay_leader", ORDER)
    service = bureau.office.entitlements
    claim = service.holding(THIRD).claim(AWARD, "2022")
    assert (claim.route, claim.standing, claim.round) == ("applied", "ordered", found)
    assert "重新认定。" in service.values(stream_of(THIRD)).values()
    assert [one.code for one in service.round(found).on_list] == [THIRD]
    assert check(bureau.office.database) == ()
    rebuild(bureau.office.database)
    assert check(bureau.office.database) == ()


def test_an_objection_takes_it_off_and_the_same_key_publishes_once(payer, bureau):
    granted(payer)
    payer.at("2022-06-10")
    found = payer.ask("pay_leader", PUBLISH, key="the same")
    assert payer.ask("pay_leader", PUBLISH, key="the same") == found
    remove = r.EnterObjection(round=found.about, kind="remove", code=THIRD, text="不属实。")
    payer.must("pay_window", remove)
    upheld = r.DecideListObjection(round=found.about, objection=1, upheld=True, reason="属实。")
    payer.must("pay_leader", upheld)
    payer.at("2022-06-20")
    payer.must("pay_leader", r.SettleList(round=found.about))
    claim = bureau.office.entitlements.holding(THIRD).claim(AWARD, "2022")
    assert claim.standing == "taken_off"
    assert refused(payer, "pay_leader", ORDER) is Reason.NOTHING_TO_PAY
    assert check(bureau.office.database) == ()


@ON_SQLITE
def test_a_run_and_a_list_of_applications_are_open_side_by_side(payer, bureau):
    of_applications = published(payer)
    run = payer.must("pay_examiner", r.RunMatch(policy=AWARD, period="2022"))
    assert (of_applications, run) == (f"{AWARD}-2022-1", f"{AWARD}-2022-2")
    again = r.RunMatch(policy=AWARD, period="2022")
    assert refused(payer, "pay_examiner", again) is Reason.ROUND_OPEN
    codes = {one.code for one in bureau.office.entitlements.round(run).on_list}
    assert THIRD not in codes
    assert FIRM in codes


@ON_SQLITE
def test_of_a_policy_that_is_not_there_nothing_is_published(payer):
    payer.at("2022-06-09")
    unknown = r.PublishApplications(policy="unknown", period="2022")
    assert refused(payer, "pay_leader", unknown) is Reason.NO_SUCH_POLICY
    assert refused(payer, "pay_leader", PUBLISH) is Reason.LIST_EMPTY


# ── what lists show ───────────────────────────────────────────────────────────────────────────


def test_what_waits_in_every_policy_is_asked_for_at_once(payer, bureau):
    granted(payer)
    payer.must("firm2", payer.apply())
    payer.at("2022-06-10")
    with bureau.office.database.read() as connection:
        found = lists.waiting(connection, [AWARD, GRADED])
    assert found.keys() == {AWARD, GRADED}
    assert [one.party for one in found[AWARD].granted] == [THIRD]
    assert [one.standing for one in found[AWARD].applications] == ["applied"]
    assert found[GRADED] == lists.Waiting([], [], [], [])
    listed = payer.must("pay_leader", PUBLISH)
    payer.at("2022-06-20")
    payer.must("pay_leader", r.SettleList(round=listed))
    with bureau.office.database.read() as connection:
        found = lists.waiting(connection, [AWARD])
    assert not found[AWARD].granted
    assert [one.party for one in found[AWARD].payable] == [THIRD]


def test_a_department_is_shown_its_own_lists_whatever_came_after_them(payer, bureau, monkeypatch):
    """The bound is on what is shown, not on what is looked through."""
    batch = payer.ordered()
    payer.at("2022-07-01")
    payer.must("pay_examiner", r.RunMatch(policy=POINTS, period="2022Q2"))
    monkeypatch.setattr(lists, "MOST", 1)
    with bureau.office.database.read() as connection:
        (newest,) = lists.rounds(connection, [AWARD, POINTS])
        (theirs,) = lists.rounds(connection, [AWARD])
        assert (newest.policy, theirs.policy) == (POINTS, AWARD)
        assert [one.number for one in lists.batches(connection, [AWARD])] == [batch]
        assert lists.batches(connection, [POINTS]) == []
        assert lists.rounds(connection, []) == []


@ON_SQLITE
def test_the_desk_of_a_round_is_laid_once_for_all_its_steps(payer, bureau, monkeypatch):
    found = payer.published()
    service, leader = bureau.office.entitlements, payer.actors["pay_leader"]
    laid, whole = [], DeskReader.whole

    def counted(*asked):
        laid.append(asked)
        return whole(*asked)

    monkeypatch.setattr(DeskReader, "whole", counted)
    foresee = service.foresee(service.round(found), leader)
    steps = (c.PublishList(found), c.SettleList(found), c.DropMatch(found, SEAL))
    reasons = [foresee(step).reason for step in steps]
    assert reasons == [Reason.NOT_NOW, Reason.NOTICE_RUNNING, Reason.NOT_NOW]
    assert len(laid) == 1
