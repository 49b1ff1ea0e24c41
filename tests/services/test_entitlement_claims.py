"""Claims on both kinds of databases: applications, returns, objections, and letters about them."""

from datetime import date

from sqlalchemy import text

from permits.casework.refusals import Reason
from permits.definitions.policies.periods import Period
from permits.outside.mail import Letter
from permits.services import entitlement_requests as r
from permits.services.post import deliver
from permits.services.rebuild import check
from permits.store import entitlement_tables as tables
from permits.store.entitlements import editions
from tests.casework.entitled import FIRM, OTHER, THIRD
from tests.definitions.policies import AWARD, POINTS, edition
from tests.services.entitled import ON_SQLITE, refused


def test_a_return_a_correction_and_a_recovery(payer, bureau):
    batch = payer.ordered()
    payer.at("2022-06-23")
    line = f"{FIRM}/2022"
    returned = r.RecordPayments(batch=batch, on=date(2022, 6, 23), returned={line: "account"})
    payer.must("pay_window", returned)
    account = r.BankAccount(bank="另一银行", number="62220000 1111-3333")
    payer.must("firm", r.CorrectAccount(policy=AWARD, period="2022", account=account))
    second = payer.must("pay_leader", r.OrderPayments(policy=AWARD))
    assert (batch, second) == ("2022-001", "2022-002")
    paid = r.RecordPayments(batch=second, on=date(2022, 6, 23), paid=(line,))
    payer.must("pay_window", paid)
    of = {"party": FIRM, "policy": AWARD, "period": "2022"}
    payer.must(
        "pay_leader",
        r.OrderRecovery(**of, ground="false_data", amount_fen=10_000_000, reason="数据不实。"),
    )
    payer.must("pay_window", r.RecordRecovery(**of, on=date(2022, 6, 23), amount_fen=10_000_000))
    claim = bureau.office.entitlements.holding(FIRM).claim(AWARD, "2022")
    assert claim.standing == "recovered"
    assert check(bureau.office.database) == ()


@ON_SQLITE
def test_where_confirmation_comes_first_and_offers_are_closed(payer, bureau):
    payer.at("2022-06-09")
    found = payer.must("pay_examiner", r.RunMatch(policy=POINTS, period="2022Q2"))
    payer.must("pay_leader", r.MakeOffers(round=found))
    decline = r.DeclineOffer(policy=POINTS, period="2022Q2", reason="不需要。")
    payer.must("firm2", decline)
    payer.at("2022-07-08")
    payer.must("pay_leader", r.CloseOffers(round=found, reason="逾期未确认。"))
    standings = {row["party"]: row["standing"] for row in bureau.rows(tables.entitlement_claim)}
    assert standings == {FIRM: "closed", OTHER: "declined"}
    assert check(bureau.office.database) == ()


@ON_SQLITE
def test_an_objection_is_entered_and_decided(payer, bureau):
    found = payer.published()
    objection = r.EnterObjection(
        round=found, kind="remove", code=FIRM, text="数据不实。", objector="示例群众"
    )
    payer.must("pay_window", objection)
    decided = r.DecideListObjection(round=found, objection=1, upheld=True, reason="属实。")
    payer.must("pay_leader", decided)
    unknown = r.DecideListObjection(round=found, objection=2, upheld=True, reason="属实。")
    assert refused(payer, "pay_leader", unknown) is Reason.NO_SUCH_OBJECTION
    values = bureau.office.entitlements.values(f"round/{found}")
    assert set(values.values()) == {"数据不实。", "示例群众", "属实。"}
    assert bureau.office.entitlements.round(found).on_list == ()


@ON_SQLITE
def test_why_an_enterprise_is_entitled_or_not(payer, bureau):
    service = bureau.office.entitlements
    found = service.verdict(edition(), Period(2022), FIRM).found
    assert found.outcome == "candidate"
    assert service.verdict(edition(), Period(2022), THIRD).found.outcome == "unmet"
    assert service.verdict(edition(), Period(2022), "nobody").found is None
    with bureau.office.database.read() as connection:
        (held,) = editions(connection)
    by_edition = service.verdict(edition(), Period(2022), FIRM, held.edition)
    assert by_edition.edition == held
    assert service.verdict(edition(), Period(2022), FIRM, "unknown") is None


@ON_SQLITE
def test_whom_the_office_bars_is_excluded(payer, bureau):
    with bureau.office.database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO party_bar (code, bar, ground, until_on)"
                " VALUES (:party, 'bar_1', 'undertaking', '2022-12-31')"
            ),
            {"party": FIRM},
        )
    found = bureau.office.entitlements.verdict(edition(), Period(2022), FIRM).found
    assert found.outcome == "excluded"


class Box:
    """Takes letters."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> None:
        self.letters.append(letter)


@ON_SQLITE
def test_an_enterprise_is_written_to_when_something_waits_for_it(payer, bureau):
    payer.settled()
    box = Box()
    deliver(bureau.office, box)
    (letter,) = box.letters
    assert letter.to == "firm@x.invalid"
    assert "首次认定高新技术企业奖励" in letter.subject
    assert "100,000.00元" in letter.text
    assert f"/entitled/{AWARD}/2022" in letter.text
