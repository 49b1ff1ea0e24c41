"""What can have been answered and what cannot, told by small histories made by hand.

The log of the case: filed (events 1 to 5), accepted (6 to 8).
"""

import pytest

from tests.faults.linear import Call, Logged, Place, wrong

CASE = "case/1"
LOG = {
    CASE: Logged(
        (Place("a", 1, 5, "received"), Place("b", 6, 8, "examining")),
        tuple("12345678"),
    )
}
FILED = Call(CASE, "file", "a", 1.0, 2.0, "done", 5, state="received")
ACCEPTED = Call(CASE, "accept", "b", 3.0, 4.0, "done", 8, state="examining")


def read(version, asked, answered, **more):
    given = {
        "head": str(version or ""),
        "state": {0: "", 5: "received", 8: "examining"}.get(version),
    }
    return Call(CASE, "read", "", asked, answered, "read", version, **{**given, **more})


def refused(act, asked, answered, reason="not_now", **more):
    return Call(CASE, act, "c", asked, answered, "refused", reason=reason, **more)


@pytest.mark.parametrize(
    "call",
    [
        read(0, 0.0, 1.5), read(5, 1.5, 3.0), read(5, 2.5, 3.5), read(8, 3.5, 3.6),
        refused("file", 2.5, 2.6), refused("accept", 1.5, 1.6), refused("accept", 3.5, 5.0),
        refused("accept", 5.0, 6.0), refused("grant_on_the_spot", 2.5, 2.6),
        refused("accept", 3.1, 3.9, "overtaken", seen=5),
        refused("accept", 0.1, 1.9, "overtaken", seen=5),
        Call(CASE, "accept", "c", 1.0, 9.0, "unknown"),
    ],
)  # fmt: skip
def test_what_can_have_been(call):
    assert list(wrong([FILED, ACCEPTED, call], LOG)) == []


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (read(0, 2.5, 2.9), "0 was read, not between 5 and 5"),
        (read(8, 2.1, 2.2), "8 was read, not between 5 and 5"),
        (read(5, 4.5, 5.0), "5 was read, not between 8 and 8"),
        (read(6, 3.5, 3.9), "6 was read, in the middle of an order"),
        (read(5, 2.5, 3.5, head="x"), "another hash was read at 5"),
        (read(5, 2.5, 3.5, state="examining"), "examining was read at 5, received it was"),
        (refused("accept", 2.5, 2.6), "was refused as not_now for no reason"),
        (refused("accept", 2.5, 2.6, "overtaken", seen=5), "refused as overtaken for no reason"),
        (refused("accept", 2.5, 2.6, "overtaken"), "refused as overtaken for no reason"),
        (Call(CASE, "accept", "c", 5.0, 6.0, "done", 9), "c was told as done and is not there"),
    ],
)
def test_what_cannot_have_been(call, says):
    assert any(says in one for one in wrong([FILED, ACCEPTED, call], LOG))


def test_an_order_that_was_answered_before_another_was_asked_stands_before_it():
    late = Call(CASE, "accept", "b", 0.1, 0.5, "done", 8, state="examining")
    assert any("b at 8, not between" in one for one in wrong([FILED, late], LOG))


def test_what_was_refused_is_not_there():
    calls = [FILED, Call(CASE, "accept", "b", 3.0, 4.0, "refused", reason="not_now")]
    assert f"{CASE}: b was refused and is there" in list(wrong(calls, LOG))


def test_orders_fill_the_log():
    gap = {CASE: Logged((Place("a", 1, 5, "received"),), tuple("12345678"))}
    assert list(wrong([FILED], gap)) == [f"{CASE}: 8 events, and orders for 5"]
    over = {CASE: Logged((Place("a", 1, 5, ""), Place("b", 4, 8, "")), tuple("12345678"))}
    assert f"{CASE}: the order b stands at 4, behind 5" in list(wrong([FILED], over))
