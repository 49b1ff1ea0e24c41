"""A town with one office: everybody who has a hand in a case, each in a browser of their own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from permits.definitions import loader
from permits.definitions.edition import Edition
from permits.services.timers import lapse_due
from permits.settings import shipped
from permits.text.words import Language
from tests.journeys.serving import served
from tests.journeys.walking import RULES, Walk
from tests.web.housing import Housing, at
from tests.web.sharing import MATERIALS, deliver

LOOK = """
() => ({
  lang: document.documentElement.lang,
  headings: document.querySelectorAll("h1").length,
  wide: document.documentElement.scrollWidth,
  violations: window.violations,
})
"""


@cache
def shipped_type(permit: str) -> loader.Resolved:
    return loader.load(shipped("workflows") / f"{permit}.yaml")


class Person(Walk):
    """Somebody with an account, who looks at every page in one width, and is signed in when a
    page wants it: sessions end while the months go by."""

    def __init__(self, browser: Browser, town: "Town", username: str) -> None:
        super().__init__(browser, town.address, town.language, scripts=True)
        self.town, self.username = town, username
        self.width, self.name = town.width, f"{username}-"
        self.at_home = True
        self.page.set_viewport_size({"width": town.width, "height": 900})
        cookie = {"name": "language", "value": town.language, "url": town.address}
        self.page.context.add_cookies([cookie])

    def look(self, *, closely: bool = False) -> None:
        self.seen.append(self.path)
        found = self.page.evaluate(LOOK)
        assert found["lang"] == ("zh-CN" if self.language == "zh" else "en"), self.path
        assert found["headings"] == 1, self.path
        assert found["wide"] <= self.width, f"{self.path} is {found['wide']} wide"
        assert found["violations"] == [], self.path
        assert self.errors == [], self.path
        self._picture(self.width)
        if closely:
            told = Axe().run(self.page, options=RULES)
            assert told.violations_count == 0, f"{self.path}\n{told.generate_report()}"

    def opens(self, path: str) -> None:
        """Open a page by its address, signing in first if the office asks for it."""
        self.at_home = False
        self.go(path)
        if self.path.startswith("/sign-in"):
            self.sign_in(self.username)


class Town:
    """The office, served, and its people; the clock is set by the story."""

    def __init__(
        self, housing: Housing, browser: Browser, address: str, language: Language, width: int
    ) -> None:
        self.housing, self.browser, self.address = housing, browser, address
        self.language: Language = language
        self.width = width
        self.people: dict[str, Person] = {}
        self.last: Person | None = None

    def person(self, username: str) -> Person:
        if username not in self.people:
            self.people[username] = Person(self.browser, self, username)
        return self.people[username]

    def publish(self, permit: str) -> Edition:
        """A shipped permit type is what the office offers, and it knows what others give."""
        shelf = self.housing.office.shelf
        if shelf.current(permit) is None:
            shelf.publish(shipped_type(permit), actor="setup", now=self.housing.clock())
        deliver(self.housing, *MATERIALS)
        edition = shelf.current(permit)
        assert edition is not None
        return edition

    def on(self, year: int, month: int, day: int) -> None:
        """Another day; what fell due meanwhile is told first, and all have gone home."""
        office = self.housing.office
        self.housing.clock.now = at(year, month, day)
        lapse_due(office.database, office.queue.submit, office.now())
        for person in self.people.values():
            person.at_home = True

    @property
    def today(self) -> str:
        return self.housing.clock.now.date().isoformat()


@contextmanager
def town(housing: Housing, browser: Browser, language: Language, width: int) -> Iterator[Town]:
    with ExitStack() as stack:
        address = stack.enter_context(served(housing))
        one = Town(housing, browser, address, language, width)
        yield one
        for person in one.people.values():
            person.close()
