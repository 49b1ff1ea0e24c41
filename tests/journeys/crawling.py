"""Whoever follows every link of an office once, and looks at each kind of page in every way in
which pages can be shown: wide, narrow, in large text, in high contrast, on paper."""

import re
from collections import deque
from collections.abc import Set

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.walking import LISTEN, NARROWEST, RULES, WIDE
from tests.web.housing import PASSWORD

A4 = 718
"""The width of a sheet of paper within its margins, in CSS pixels."""

IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|(?<=/)[^/]*\d[^/]*(?=/|$)")
NOT_PAGES = re.compile(
    r"/(static|language|display|api|healthz|readyz)\b|\.\w{2,5}$|/file$|/files/|/drawing$|/chart\.svg"
)

LINKS = """() => [...document.querySelectorAll("a[href]")]
  .filter((a) => a.origin === location.origin && !a.hasAttribute("download"))
  .map((a) => a.pathname + a.search)"""

WIDTH = "document.documentElement.scrollWidth"

SMALL = """() => [...document.querySelectorAll("body *")]
  .filter((one) => !one.closest("svg") && one.offsetWidth > 1 && one.checkVisibility())
  .filter((one) => [...one.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 23.9)
  .map((one) => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 30)}`)"""
"""Text of less than 18 pt. Drawings keep their size: what they say stands beside them in words."""

LOW = """() => [...document.querySelectorAll(
  "button, input:not([type=hidden],[type=radio],[type=checkbox]), select, textarea, summary, "
  + ".top a, .places a, .tabs a, .crumbs a, .pager a, .buttons a, .foot__links a")]
  .filter((one) => one.offsetWidth > 1 && one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().height < 59.5)
  .map((one) => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 30)}`)"""
"""What is pressed and is not 60 px high. A link within a sentence is as high as its line."""

ON_PAPER = """() => [...document.querySelectorAll("header.top, nav, footer, button")]
  .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 80))"""

CONTRAST = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}


class Crawl:
    """One person's way through the pages. `seen` are the kinds of pages that were looked at, by
    them or by others to whom they look the same: those are passed through for their links."""

    def __init__(
        self, browser: Browser, address: str, seen: set[str], open_to_all: Set[str], light: int
    ) -> None:
        self.address, self.seen, self.light = address, seen, light
        self.open = open_to_all
        self.context = browser.new_context(locale="zh-CN", viewport={"width": WIDE, "height": 900})
        self.context.set_default_timeout(20_000)
        self.context.add_init_script(LISTEN)
        self.page: Page = self.context.new_page()
        self.found: list[str] = []

    def sign_in(self, username: str) -> None:
        self.page.goto(f"{self.address}/sign-in")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        with self.page.expect_navigation():
            self.page.press("[name=password]", "Enter")

    def follow_all(self, begin: str = "") -> None:
        """Open a page of every kind that links lead to, from the page that is open or another."""
        waiting = deque([begin or self.page.url.removeprefix(self.address)])
        passed: set[str] = set()
        while waiting:
            path = waiting.popleft()
            kind = IDS.sub("*", path.partition("?")[0])
            if kind in passed | self.open or NOT_PAGES.search(path.partition("?")[0]):
                continue
            passed.add(kind)
            response = self.page.goto(self.address + path)
            assert response is not None
            if kind not in self.seen:
                self.seen.add(kind)
                self._look(kind, response.status, response.headers)
            waiting.extend(self.page.evaluate(LINKS))

    def _look(self, kind: str, status: int, headers: dict[str, str]) -> None:
        page, told = self.page, self._told
        told(kind, "status", [] if status == 200 else [str(status)])
        weight = int(headers.get("content-length", "0")) + self.light
        told(kind, "weight", [] if weight < 150_000 else [str(weight)])
        found = Axe().run(page, options=RULES)
        told(kind, "axe", [found.generate_report()] if found.violations_count else [])
        self._as("high-contrast")
        found = Axe().run(page, options=CONTRAST)
        told(kind, "contrast", [found.generate_report()] if found.violations_count else [])
        self._as("large-text")
        told(kind, "small text", page.evaluate(SMALL))
        told(kind, "low targets", page.evaluate(LOW))
        page.set_viewport_size({"width": NARROWEST, "height": 900})
        self._fits(kind, NARROWEST, "large")
        self._as("")
        self._fits(kind, NARROWEST, "narrow")
        page.set_viewport_size({"width": A4, "height": 900})
        page.emulate_media(media="print")
        told(kind, "on paper", page.evaluate(ON_PAPER))
        self._fits(kind, A4, "paper")
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": WIDE, "height": 900})
        told(kind, "policy", page.evaluate("window.violations"))

    def _as(self, display: str) -> None:
        """The page as the server would send it: what differs is one word in it."""
        self.page.evaluate("display => { document.documentElement.className = display }", display)

    def _fits(self, kind: str, width: int, how: str) -> None:
        wide = self.page.evaluate(WIDTH)
        self._told(kind, how, [] if wide <= width else [f"{wide} wide at {width}"])

    def _told(self, kind: str, what: str, wrong: list[str]) -> None:
        self.found += [f"{kind}: {what}: {one}" for one in wrong]
