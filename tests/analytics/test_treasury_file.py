"""Where the ledgers and the treasury's file do not agree."""

from datetime import date

import pytest

from permits.analytics.treasury import Entry
from permits.analytics.treasury_file import Line, compare

DAY, NEXT = date(2022, 6, 9), date(2022, 6, 10)


def ours(number="n1", fen=-100, on=DAY, kind="paid", *, stands=True):
    return Entry("case/1", "GXGH-1", "d", "p", "P", "fee", 2, kind, on, fen, "据1", number, stands)


def theirs(number="n1", fen=100, on=DAY, line=2):
    return Line(line, number, on, fen)


@pytest.mark.parametrize(
    ("here", "there", "kinds"),
    [
        ([ours()], [theirs()], []),
        ([ours(kind="refunded", fen=100)], [theirs(fen=-100)], []),
        ([ours(stands=False)], [], []),
        ([ours(kind="frozen")], [], []),
        ([ours()], [], ["only_ledger"]),
        ([], [theirs()], ["only_treasury"]),
        ([ours()], [theirs(fen=99)], ["amount"]),
        ([ours()], [theirs(on=NEXT)], ["day"]),
        ([ours(), ours()], [theirs()], ["twice"]),
        ([ours()], [theirs(), theirs(line=3)], ["twice"]),
        ([ours("")], [], ["only_ledger"]),
        ([ours("a"), ours("b")], [theirs("b"), theirs("c")], ["only_ledger", "only_treasury"]),
    ],
)
def test_every_difference_is_told_and_nothing_else(here, there, kinds):
    assert [one.kind for one in compare(here, there)] == kinds
