"""A person in a browser, whose every page is looked at: accessible, quiet, and never too wide."""

import os
import re
from pathlib import Path
from typing import ClassVar

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

from permits.text.words import Language, words
from tests.journeys.looked import Looked, of_this_run
from tests.web.housing import PASSWORD

WIDE, NARROW, NARROWEST = 1280, 390, 320

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    },
    "resultTypes": ["violations"],
}

LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""

SQUEEZED = """
[...document.querySelectorAll("label, a, button, p, li, th, td, dt, dd, h1, h2, h3, summary")]
  .filter((one) => one.children.length === 0 && one.offsetWidth > 1)
  .filter((one) => !(one.closest("thead")?.offsetWidth <= 1))
  .filter((one) => {
    const text = document.createRange();
    text.selectNodeContents(one);
    const line = parseFloat(getComputedStyle(one).lineHeight);
    const lines = Math.round(text.getBoundingClientRect().height / line);
    return lines > 1 && one.textContent.trim().length / lines < 3;
  })
  .map((one) => one.textContent.trim())
"""
"""Texts in so narrow a place that hardly more than a letter stands on each line."""

PARTS = """
(() => {
  const told = (one) =>
    one.tagName + "." + one.className + [...one.attributes].map((has) => has.name).sort();
  const chain = (one) => {
    const words = [one.textContent.trim() ? "text" : "empty", told(one)];
    for (let up = one.parentElement, n = 0; up && n < 3; up = up.parentElement, n += 1)
      words.push(told(up));
    return words.join(" ");
  };
  const all = [...document.documentElement.querySelectorAll("*")];
  const headings = all.filter((one) => /^H[1-6]$/.test(one.tagName));
  return [...new Set([...all.map(chain), headings.map((one) => one.tagName).join(" ")])];
})()
"""
"""What a page is made of: each element with those around it, and the order of its headings."""

TWICE = """
(() => {
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return ids.filter((id, place) => ids.indexOf(id) !== place);
})()
"""
"""Names that stand for more than one element."""

SHOTS = os.environ.get("PERMITS_SHOTS", "")
"""A folder for pictures of every page, if somebody wants to look at them."""


class Walk:
    """A walk through the pages by somebody who reads one language, with or without scripts."""

    kinds: ClassVar[Looked] = of_this_run("kinds")
    """Kinds of pages that were looked at narrow."""
    parts: ClassVar[Looked] = of_this_run("parts")
    """Parts of pages that were looked at closely."""
    name = ""
    """Tells the pictures of several walks apart."""

    def __init__(self, browser: Browser, address: str, language: Language, *, scripts: bool):
        self.address = address
        self.language: Language = language
        self.scripts = scripts
        self._context = browser.new_context(
            locale="zh-CN" if language == "zh" else "en-GB",
            viewport={"width": WIDE, "height": 900},
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        self._context.set_default_timeout(20_000)
        self._context.add_init_script(LISTEN)
        self.page: Page = self._context.new_page()
        self.errors: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.seen: list[str] = []

    def close(self) -> None:
        self._context.close()
        assert self.errors == []

    def _heard(self, message: ConsoleMessage) -> None:
        """Every error of the console, but for the browser's note that the page itself says what
        could not be done."""
        own = message.location["url"].partition("#")[0] == self.page.url.partition("#")[0]
        refused = own and re.search(r"status of 4(03|04|09|13|22)\b", message.text)
        if message.type == "error" and not refused:
            self.errors.append(message.text)

    # ── going ─────────────────────────────────────────────────────────────────────────────────

    def says(self, message: str, **values: object) -> str:
        """A text of the pages in the language of the walk."""
        text = words(self.language).gettext(message)
        return text % values if values else text

    def begin(self) -> None:
        """Open the home page, and take the other language if Chinese is not wanted."""
        self.go("/")
        if self.language == "en":
            self.follow("English")

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Follow a link by its words, or by some of them."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("link", name=name, exact=True).first.click()
        self.look()

    def press(self, name: str, within: Locator | None = None, *, of: str = "") -> None:
        """Press a button by its words; `of` if several are called so."""
        words = re.compile(rf"^{re.escape(name)}\s*[:：]\s*{re.escape(of)}$")
        named = words if of else name
        with self.page.expect_navigation():
            (within or self.page).get_by_role("button", name=named, exact=True).first.click()
        self.look()

    def sign_in(self, username: str) -> None:
        """Fill in the page to sign in that is open."""
        self.fill(self.says("User name"), username)
        self.fill(self.says("Password"), PASSWORD)
        self.press(self.says("Sign in"), self.main)

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, question: str, answer: str) -> None:
        """Choose one of the answers to a question."""
        group = self.page.get_by_role("group", name=question, exact=True)
        group.get_by_label(answer, exact=True).check()

    def attach(self, file: Path) -> None:
        """Choose a file in the first place that asks for one."""
        self.page.locator("input[type=file]").first.set_input_files(file)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    # ── looking ───────────────────────────────────────────────────────────────────────────────

    def look(self, *, closely: bool = True) -> None:
        """Look at the page that is open: nothing in it may break a rule. Less `closely` where
        other journeys look at the same pages."""
        self.page.wait_for_load_state()
        self.seen.append(self.path)
        wanted = "zh-CN" if self.language == "zh" or len(self.seen) == 1 else "en"
        assert self.page.locator("html").get_attribute("lang") == wanted
        assert self.page.locator("h1").count() == 1, self.path
        if closely:
            self._picture(WIDE)
        if closely and self.scripts and self._is_new():
            self._is_accessible()
            self._fits()
        if self.scripts:
            assert self.page.evaluate(TWICE) == [], self.path
            assert self.page.evaluate("window.violations") == [], self.path
        assert self.errors == [], self.path

    def _is_new(self) -> bool:
        """Whether the page has a part, or an order of headings, that none before it had. The
        crawl looks at every page whatever it is made of."""
        found = self.page.evaluate(PARTS)
        return bool(self.parts.new(f"{self.language} {part}" for part in found))

    def _is_accessible(self) -> None:
        found = Axe().run(self.page, options=RULES)
        assert found.violations_count == 0, f"{self.path}\n{found.generate_report()}"

    def _fits(self) -> None:
        """At no width does the page scroll sideways or squeeze a text, and narrow it is still
        accessible, which is looked at once for pages of one kind."""
        for width in (WIDE, NARROW, NARROWEST):
            self.page.set_viewport_size({"width": width, "height": 900})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.path} is {wide} wide at {width}"
            squeezed = self.page.evaluate(SQUEEZED)
            assert squeezed == [], f"{self.path} at {width}: {squeezed}"
            if width == NARROW:
                self._picture(width)
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", self.path)
        if self.kinds.new([f"{self.language} {kind}"]):
            self._is_accessible()
        self.page.set_viewport_size({"width": WIDE, "height": 900})

    def _picture(self, width: int) -> None:
        if SHOTS:
            file = f"{self.language}-{width}-{self.name}{len(self.seen):02}-{self._called()}.png"
            self.page.screenshot(path=Path(SHOTS) / file, full_page=True)

    def _called(self) -> str:
        """The page that is open, as its picture is called."""
        name = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", self.path.partition("?")[0])
        return re.sub(r"\W+", "-", name).strip("-") or "home"
