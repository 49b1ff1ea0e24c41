"""Stories of entitlement without application: one policy paid, one list open to objections, one
asking to confirm, and enterprises that were not found and apply."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from permits.casework.dates import day_of
from permits.casework.entitlement.applications import statement_digest
from permits.casework.entitlement.claim_events import ReturnCause
from permits.casework.refusals import Refused
from permits.definitions.policies.editions import PolicyEdition
from permits.definitions.policies.loader import load_policies
from permits.definitions.policies.periods import period_of
from permits.services import entitlement_requests as r
from permits.services.cases import Ticket
from permits.services.demonstration.clock import at, later, working_day
from permits.services.demonstration.desk import People, WentWrong
from permits.services.demonstration.stories import Story, Teller
from permits.services.entitlements import Done
from permits.services.records import new_id
from permits.settings import shipped

EDITIONS = (date(2022, 5, 31), date(2026, 6, 30))
"""The editions of the register that come with the program."""

FIRST = date(2022, 6, 6)
"""When the first of them is taken in."""

SOURCE = "示例数据，非真实企业"
AWARD, GRADED, POINTS = "hightech_first", "above_scale", "innovation_points"


def entitlements(teller: Teller, today: date) -> Iterator[Story]:
    """Everything that is told of entitlements up to a day."""
    yield _register(teller)
    yield _paid(teller)
    newest = max(day for day in EDITIONS if day <= max(today, FIRST))
    yield _open_to_objections(teller, today, newest)
    yield _granted(teller, today, str(newest.year))
    yield _asking(teller, today)


def _register(teller: Teller) -> Story:
    """Policies are published and each edition of the register is taken in some days after."""
    policies = teller.people.office.policies
    yield at(FIRST, 9)
    if not policies.all:
        resolved, _findings = load_policies(shipped("workflows") / "policies")
        policies.publish(resolved, actor="setup")
    for as_of in EDITIONS:
        yield _day(teller, max(FIRST, as_of), 0, 9, 5)
        file = shipped("workflows") / "registers" / f"enterprises-{as_of}.csv"
        policies.import_register(file.read_bytes(), SOURCE, as_of, actor="setup")


def _day(teller: Teller, day: date, after: int, hour: int, minute: int = 0) -> datetime:
    worked = working_day(teller.calendar, day)
    return at(later(teller.calendar, worked, after), hour, minute)


def _paid(teller: Teller) -> Story:
    """Matched, published, confirmed, paid; one payment comes back and is paid again; one
    enterprise that was not found applies and is refused."""
    people, day, period = teller.people, date(2022, 6, 8), "2022"
    yield _day(teller, day, 0, 10)
    found = _do(people, "policy_examiner", r.RunMatch(policy=AWARD, period=period)).about
    yield _day(teller, day, 1, 10)
    _do(people, "policy_leader", r.PublishList(round=found))
    yield _day(teller, day, 7, 9)
    _do(people, "policy_leader", r.SettleList(round=found))
    yield _day(teller, day, 8, 15)
    confirm(people, "enterprise_a", AWARD, period, "00000000001")
    yield _day(teller, day, 9, 11)
    grounds = "本企业今年重新通过高新技术企业认定，请求给予奖励。"
    _apply(people, "enterprise_c", period, grounds)
    yield _day(teller, day, 10, 10)
    batch = _do(people, "policy_leader", r.OrderPayments(policy=AWARD)).about
    yield _day(teller, day, 12, 10)
    line = f"{people.actors['enterprise_a'].party}/{period}"
    _record(people, batch, returned={line: "account"})
    yield _day(teller, day, 13, 10)
    account = r.BankAccount(bank="示例银行高新区支行", number="00000000002")
    again = r.CorrectAccount(policy=AWARD, period=period, account=account)
    _do(people, "enterprise_a", again)
    yield _day(teller, day, 14, 10)
    batch = _do(people, "policy_leader", r.OrderPayments(policy=AWARD)).about
    yield _day(teller, day, 16, 10)
    _record(people, batch, paid=(line,))
    yield from _refused(teller, day, period)


def _apply(people: People, who: str, period: str, grounds: str) -> None:
    given = r.Apply(
        policy=AWARD,
        period=period,
        grounds=grounds,
        account=r.BankAccount(bank="示例银行高新区支行", number="00000000008"),
        statement=_signed(people, AWARD),
    )
    _do(people, who, given)


def _granted(teller: Teller, today: date, period: str) -> Story:
    """An application that was granted; its list is open to objections since two working days."""
    people, party = teller.people, teller.people.actors["enterprise_b"].party
    day = working_day(teller.calendar, today - timedelta(days=8))
    yield _day(teller, day, 0, 14, 20)
    grounds = "本企业首次通过认定，证书日期晚于名册数据截止日期，请求给予奖励。"
    _apply(people, "enterprise_b", period, grounds)
    of = {"party": party, "policy": AWARD, "period": period}
    yield _day(teller, day, 1, 14, 20)
    opinion = "经核验证书原件，属首次认定，符合条件。"
    grade = next(iter(_policy(people, AWARD).policy.grades))
    examined = r.ExamineApplication(**of, recommends="grant", grade=grade, opinion=opinion)
    _do(people, "policy_examiner", examined)
    yield _day(teller, day, 2, 14, 20)
    _do(people, "policy_leader", r.DecideApplication(**of, granted=True))
    yield _day(teller, day, 3, 14, 20)
    _do(people, "policy_leader", r.PublishApplications(policy=AWARD, period=period))


def _refused(teller: Teller, day: date, period: str) -> Story:
    people, party = teller.people, teller.people.actors["enterprise_c"].party
    yield _day(teller, day, 17, 10)
    opinion = r.ExamineApplication(
        party=party,
        policy=AWARD,
        period=period,
        recommends="refuse",
        opinion="名册显示该企业系第二次认定，不属于首次认定。",
    )
    _do(people, "policy_examiner", opinion)
    yield _day(teller, day, 18, 10)
    reason = "不属于首次认定，不符合兑现条件。"
    refused = r.DecideApplication(
        party=party, policy=AWARD, period=period, granted=False, reason=reason
    )
    _do(people, "policy_leader", refused)


def _open_to_objections(teller: Teller, today: date, newest: date) -> Story:
    """A list that was published three working days ago, with an objection to it."""
    people, day = teller.people, working_day(teller.calendar, today - timedelta(days=7))
    yield _day(teller, day, 0, 10, 30)
    period = str(newest.year)
    found = _do(people, "policy_examiner", r.RunMatch(policy=GRADED, period=period)).about
    yield _day(teller, day, 1, 10, 30)
    _do(people, "policy_leader", r.PublishList(round=found))
    yield _day(teller, day, 2, 10, 30)
    listed = people.office.entitlements.round(found)
    if listed is None:
        raise LookupError(found)
    other = next(one for one in listed.listed if one != people.actors["enterprise_b"].party)
    objection = r.EnterObjection(
        round=found,
        kind="remove",
        code=other,
        text="该企业上年产值与公开的年报数据不一致，请核实。",
        objector="示例群众，0371-00000000",
    )
    _do(people, "policy_window", objection)


def _asking(teller: Teller, today: date) -> Story:
    """Where confirmation comes first: asked a week ago, and one has confirmed."""
    people, day = teller.people, working_day(teller.calendar, today - timedelta(days=9))
    yield _day(teller, day, 0, 11, 15)
    period = str(period_of("quarter", day_of(people.office.now())))
    found = _do(people, "policy_examiner", r.RunMatch(policy=POINTS, period=period)).about
    yield _day(teller, day, 1, 11, 15)
    _do(people, "policy_leader", r.MakeOffers(round=found))
    yield _day(teller, day, 3, 11, 15)
    confirm(people, "enterprise_a", POINTS, period, "00000000002")


def confirm(people: People, who: str, policy: str, period: str, number: str) -> None:
    """An enterprise confirms and signs."""
    given = r.ConfirmOffer(
        policy=policy,
        period=period,
        account=r.BankAccount(bank="示例银行高新区支行", number=number),
        statement=_signed(people, policy),
    )
    _do(people, who, given)


def _signed(people: People, policy: str) -> str:
    return statement_digest(_policy(people, policy).policy)


def _policy(people: People, policy: str) -> PolicyEdition:
    return next(one for one in people.office.policies.all if one.id == policy)


def _record(
    people: People,
    batch: str,
    *,
    paid: tuple[str, ...] = (),
    returned: dict[str, ReturnCause] | None = None,
) -> None:
    on = day_of(people.office.now())
    given = r.RecordPayments(batch=batch, on=on, paid=paid, returned=returned or {})
    _do(people, "policy_window", given)


def _do(people: People, who: str, given: r.EntitlementRequest) -> Done:
    answer = people.office.entitlements.handle(given, people.actors[who], Ticket(new_id()))
    if isinstance(answer, Refused):
        raise WentWrong(f"{type(given).__name__}: {answer}")
    return answer
