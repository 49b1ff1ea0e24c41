"""What a token for a program may be: named, for something, for a while."""

from datetime import date, timedelta

import pytest

from permits.casework.api_tokens import LONGEST, Scope, TokenFault, faults

TODAY = date(2022, 6, 9)
READ = frozenset({Scope.READ})
F = TokenFault


@pytest.mark.parametrize(
    ("name", "scopes", "days", "found"),
    [
        ("对账", READ, 0, ()),
        ("长" * 100, frozenset(Scope), LONGEST, ()),
        ("", READ, 30, (F.NAMELESS,)),
        (" ", READ, 30, (F.NAMELESS,)),
        ("长" * 101, READ, 30, (F.NAMELESS,)),
        ("对账", frozenset(), 30, (F.NO_SCOPE,)),
        ("对账", READ, -1, (F.PAST,)),
        ("对账", READ, LONGEST + 1, (F.TOO_LONG,)),
        ("", frozenset(), -1, (F.NAMELESS, F.NO_SCOPE, F.PAST)),
    ],
)
def test_everything_that_is_wrong_is_said(name, scopes, days, found):
    assert faults(name, scopes, TODAY + timedelta(days=days), TODAY) == found


def test_a_token_has_a_last_day():
    assert faults("对账", READ, None, TODAY) == (F.PAST,)
