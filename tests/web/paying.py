"""What tests of the pages of entitlements share: addresses, and browsers that send their forms."""

import re

from tests.definitions.policies import AWARD
from tests.services.entitled import NUMBER
from tests.web.housing import Browser

OFFICE = "/review-entitlements"
ROUND = f"{AWARD}-2022-1"
LIST = f"{OFFICE}/rounds/{ROUND}"
MINE = f"/entitled/{AWARD}/2022"


def sent(browser: Browser, page: str, action: str = "", **fields: str) -> str:
    """Send a form; where it leads."""
    answer = browser.fill(page, action, **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def submitted(browser: Browser, page: str, inside: str, **fields: str) -> str:
    """Send the form of an address whose hidden fields hold a text; where it leads."""
    html = browser.get(page).text
    forms = re.findall(r"<form\b[^>]*\baction=\"([^\"]*)\"[^>]*>(.*?)</form>", html, re.DOTALL)
    for action, form in forms:
        if inside in form:
            hidden = re.findall(r'<input type="hidden" name="([a-z_:]+)" value="([^"]*)">', form)
            answer = browser.submit(page, action, {**dict(hidden), **fields})
            assert answer.status_code == 303, answer.text
            return str(answer.headers["location"])
    raise AssertionError(f"no form with {inside}")


def said(browser: Browser, page: str, status: int = 200) -> str:
    answer = browser.get(page)
    assert answer.status_code == status, answer.text
    return str(answer.text)


SIGNED = {"bank": "示例银行", "number": NUMBER, "agreed": "yes"}
