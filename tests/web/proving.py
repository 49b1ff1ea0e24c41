"""What tests of signing in share: a device, and the page that asks who somebody is."""

import base64
import html
import re
from datetime import timedelta

from permits.outside import one_time_codes
from tests.web.housing import PASSWORD, Browser, Housing


def sign_in(browser: Browser, who: str, password: str = PASSWORD, page: str = "/sign-in"):
    fields = {**browser.hidden(page), "username": who, "password": password}
    return browser.submit(page, "/sign-in", fields)


class Device:
    def __init__(self, housing: Housing, page: str) -> None:
        self.housing = housing
        (typed,) = re.findall(r'class="mono"><strong>([A-Z2-7 ]+)</strong>', page)
        self.secret = base64.b32decode(typed.replace(" ", ""))

    def code(self) -> str:
        """The next code, once the one before was used."""
        self.housing.clock.now += timedelta(seconds=one_time_codes.STEP_SECONDS)
        step = int(self.housing.clock.now.timestamp()) // one_time_codes.STEP_SECONDS
        return one_time_codes.code_of(self.secret, step)


def enrol(housing: Housing, browser: Browser, path: str) -> tuple[Device, list[str]]:
    """Add a device on the page; the device and the recovery codes that are shown."""
    page = path.partition("?")[0]
    shown = browser.get(path)
    device = Device(housing, shown.text)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown.text))
    answer = browser.submit(path, page, {**fields, "code": device.code()})
    assert answer.status_code == 200, answer.text
    return device, re.findall(r'<li class="mono">([A-Z2-9-]{14})</li>', answer.text)


def hidden(page: str) -> dict[str, str]:
    """The fields of the page that asks, as a browser sends them back."""
    found = re.search(r'<form method="post" action="/account/confirm".*?</form>', page, re.DOTALL)
    assert found
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', found[0])
    return {html.unescape(name): html.unescape(text) for name, text in fields}


def prove(browser: Browser, asked, **given: str):
    """Answer the page that asks, and go where it leads as a browser does."""
    sent = {**hidden(asked.text), **given}
    answer = browser.submit(str(asked.url), "/account/confirm", sent)
    if answer.status_code == 307:
        return browser.submit(str(asked.url), answer.headers["location"], sent)
    return answer
