"""How dates stand."""

from datetime import date

import pytest
from msgspec.structs import replace

from permits.casework.case import Clock, Obligation
from permits.casework.due_dates import Pause
from permits.casework.ledger import Fee, FeeEntry
from permits.web.lights import Light, by_date, of_clock, of_fee, of_obligation

DUE, WARN = date(2022, 6, 20), date(2022, 6, 17)
CLOCK = Clock("promise", "accepted", date(2022, 6, 9), "7wd", DUE, False, WARN, "c")
HELD = Obligation("report", date(2022, 6, 9), DUE, False, WARN, "c")
FROZEN = FeeEntry("frozen", DUE, 1)
FEE = Fee("fee", DUE, (), 1, "", 1, False, DUE, False, WARN, "c", (FROZEN,))


@pytest.mark.parametrize(
    ("today", "light"),
    [(16, Light.GREEN), (17, Light.YELLOW), (20, Light.YELLOW), (21, Light.RED)],
)
def test_what_is_open_is_judged_by_the_day(today: int, light: Light) -> None:
    day = date(2022, 6, today)
    assert of_clock(CLOCK, day) is light
    assert of_obligation(HELD, day) is light
    assert of_fee(FEE, day) is light


def test_without_a_warning_the_last_day_is_close() -> None:
    assert by_date(DUE, None, DUE) is Light.YELLOW
    assert by_date(None, None, DUE) is Light.UNDATED


def test_what_is_over_keeps_how_it_ended() -> None:
    later = date(2022, 7, 1)
    assert of_clock(replace(CLOCK, stopped_on=DUE), later) is Light.MET
    assert of_clock(replace(CLOCK, stopped_on=later, late=True), later) is Light.MISSED
    unused = of_clock(replace(CLOCK, stopped_on=later, late=True), later, used=False)
    assert unused is Light.UNUSED
    assert of_clock(replace(CLOCK, pauses=(Pause(WARN),), due=None), later) is Light.PAUSED
    assert of_obligation(replace(HELD, status="settled"), later) is Light.MET
    ran_out = replace(HELD, status="settled", overdue=True)
    assert of_obligation(ran_out, later) is Light.MISSED
    assert of_obligation(replace(ran_out, reported_on=later), later) is Light.MISSED
    assert of_obligation(replace(ran_out, reported_on=DUE), later) is Light.MET
    assert of_obligation(replace(HELD, status="voided"), later) is Light.VOID
    paid = FeeEntry("paid", DUE, -1)
    assert of_fee(replace(FEE, entries=(FROZEN, paid)), later) is Light.MET
    gone = FeeEntry("cancelled", DUE, -1)
    assert of_fee(replace(FEE, entries=(FROZEN, gone), cancelled=True), later) is Light.VOID
