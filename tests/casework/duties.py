"""Obligations as tests of several subjects play them: reported, checked, with a fee beside."""

from datetime import date

from permits.casework import commands as c
from tests.kit import SEAL, Play, paper, variant

TWO = ("inspector", "another_inspector")


def report(on="2022-07-20"):
    return c.ReportObligation("report_completion", date.fromisoformat(on), (paper("photo"),))


def check(on, *, passed=True, inspectors=TWO, finding=SEAL):
    day = date.fromisoformat(on)
    return c.VerifyObligation("check_after_completion", passed, day, inspectors, finding)


def built(**outside):
    """Served on 9 June 2022 and completed on 20 July; `outside` is what a play is given."""
    play = Play(**outside).served("2022-06-09")
    play.must("applicant", report(), "2022-07-21")
    return play


EXAMPLE = {"example": {"zh": "示例", "en": "example"}}
RATES = [
    {"valid_from": "2020-01-01", "valid_until": "2022-06-30", "fen": 18500, "basis": EXAMPLE},
    {"valid_from": "2022-07-01", "fen": 20000, "basis": EXAMPLE},
]


EARLY = {
    "withdrawn": "cancelled",
    "track_switched": "cancelled",
    "refused": "cancelled",
    "revoked": "stays",
}
"""What becomes of a debt that was frozen before the decision."""


def add_fee(data, rows=None, due="granted", frozen_at="granted"):
    ends = EARLY if frozen_at == "accepted" else {"revoked": "stays"}
    text = {"zh": "测试费", "en": "Test charge"}
    unit = {"zh": "元/米", "en": "yuan/m"}
    data["rates"] = {"per_metre": {"title": text, "unit": unit, "rows": list(rows or RATES)}}
    data["fees"] = {
        "charge": {
            "title": text,
            "quantity": "length_m",
            "rate": "per_metre",
            "frozen_at": frozen_at,
            "due": {"earliest": [{"milestone": due, "plus": "6m"}], "basis": EXAMPLE},
            "rounding": {"to": "fen", "how": "half_up", "basis": EXAMPLE},
            "ends": [{"at": end, "debt": debt, "basis": EXAMPLE} for end, debt in ends.items()],
            "receipt_word": "缴",
            "basis": EXAMPLE,
        }
    }


def with_fee(rows=None, due="granted"):
    """The permit type with a charge of 185 yuan for each metre, frozen at the grant."""
    return variant(lambda data: add_fee(data, rows, due))


def rectify(milestone, on, reason=SEAL):
    return c.RectifyDate(milestone, date.fromisoformat(on), reason)


def pay(amount, on="2022-08-03", receipt=SEAL, fee="charge"):
    return c.PayFee(fee, date.fromisoformat(on), amount, receipt)
