"""From a breach to its entry in the credit record, as tests of pages tell it."""

from permits.services.timers import lapse_due
from tests.web.housing import FIRE_BRIGADE, Browser, Housing, at

PAGE = f"/office/parties/{FIRE_BRIGADE}"
E = "entry_1"


def look(housing: Housing) -> None:
    lapse_due(housing.office.database, housing.office.queue.submit, housing.clock())


def notice(browser: Browser, **typed: str):
    fields = {"degree": "breach", "grounds": "逾期未整改。", **typed}
    return browser.fill(f"{PAGE}/notice_entry/{E}", **fields)


def entered(housing: Housing) -> None:
    """Told on Friday 8 July 2022; nobody objected until the 15th; entered on the 18th."""
    assert notice(housing.browser("supervisor")).status_code == 303
    housing.clock.now = at(2022, 7, 18)
    made = housing.browser("leader").fill(f"{PAGE}/make_entry/{E}")
    assert made.status_code == 303
