"""A town with one office: everybody who has a hand in a case, each in a browser of their own."""

from contextlib import suppress
from itertools import count
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from starlette.types import ASGIApp, Receive, Scope, Send

from permits.definitions.edition import Edition
from permits.services.timers import lapse_due
from permits.text.words import Language
from tests.definitions.shipped import resolved as shipped_type
from tests.journeys.walking import RULES, SHOTS, WIDE, Walk
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


class House:
    """One address for one office after another: whoever moved in last answers there."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


class Album:
    """Pictures of a story in one folder, in the order in which its pages were seen."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(SHOTS) / folder
        self.places = count(1)

    def page(self, who: str, called: str) -> Path:
        """Where the next picture goes."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{next(self.places):03}-{who or 'anyone'}-{called}.png"


class Person(Walk):
    """Somebody with an account, or anyone without; signed in when a page wants it, for sessions
    end while the months go by. Every page is looked at in one width."""

    album: Album | None = None

    def __init__(
        self, browser: Browser, address: str, username: str, *, scripts: bool = True
    ) -> None:
        super().__init__(browser, address, "zh", scripts=scripts)
        self.username, self.name = username, f"{username}-"
        self.width, self.at_home = WIDE, True

    def moves_to(self, language: Language, width: int) -> None:
        """Take part in another story: read its language in its width, and begin at home."""
        self.language, self.width, self.at_home = language, width, True
        self.page.set_viewport_size({"width": width, "height": 900})
        cookie = {"name": "language", "value": language, "url": self.address}
        self.page.context.add_cookies([cookie])
        self.seen, self.errors = [], []

    def look(self, *, closely: bool = False) -> None:
        self.seen.append(self.path)
        found = self.page.evaluate(LOOK)
        assert found["lang"] == ("zh-CN" if self.language == "zh" else "en"), self.path
        assert found["headings"] == 1, self.path
        assert found["wide"] <= self.width, f"{self.path} is {found['wide']} wide"
        assert not found.get("violations"), self.path
        assert self.errors == [], self.path
        self._picture(self.width)
        if closely and self.scripts:
            told = Axe().run(self.page, options=RULES)
            assert told.violations_count == 0, f"{self.path}\n{told.generate_report()}"

    def _picture(self, width: int) -> None:
        if SHOTS and self.album is not None:
            file = self.album.page(self.username, self._called())
            self.page.screenshot(path=file, full_page=True)
        else:
            super()._picture(width)

    def opens(self, path: str) -> None:
        """Open a page by its address, signing in first if the office asks for it."""
        self.at_home = False
        self.go(path)
        if self.path.startswith("/sign-in"):
            self.sign_in(self.username)


class People:
    """Everybody, with their browsers, which outlive the stories."""

    def __init__(self, browser: Browser, house: House, address: str) -> None:
        self.browser, self.house, self.address = browser, house, address
        self.known: dict[tuple[str, bool], Person] = {}

    def one(self, username: str, *, scripts: bool) -> Person:
        known = (username, scripts)
        if known not in self.known:
            self.known[known] = Person(self.browser, self.address, username, scripts=scripts)
        return self.known[known]

    def leave(self) -> None:
        for person in self.known.values():
            with suppress(AssertionError):  # was told when the page was looked at
                person.close()


class Town:
    """The office with its people in one story, which sets the clock. Their browsers are of one
    width and run scripts or do not; an album keeps what they saw."""

    def __init__(
        self,
        housing: Housing,
        people: People,
        language: Language,
        width: int,
        *,
        scripts: bool = True,
        album: Album | None = None,
    ) -> None:
        self.housing, self.people = housing, people
        self.language: Language = language
        self.width, self.scripts, self.album = width, scripts, album
        self.here: dict[str, Person] = {}
        self.last: Person | None = None
        people.house.app = housing.app

    def person(self, username: str) -> Person:
        if username not in self.here:
            self.here[username] = self.people.one(username, scripts=self.scripts)
            self.here[username].album = self.album
            self.here[username].moves_to(self.language, self.width)
        return self.here[username]

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
        for person in self.here.values():
            person.at_home = True

    @property
    def today(self) -> str:
        return self.housing.clock.now.date().isoformat()
