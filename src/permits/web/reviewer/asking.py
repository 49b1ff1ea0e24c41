"""Which cases an officer asks the inbox for, all of it in the address."""

import re
from datetime import date
from typing import Annotated, Literal, NamedTuple
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from permits.casework.identifiers import is_credit_code, is_project_code
from permits.casework.rows import Turn
from permits.store.lists import Pile, Urgency
from permits.store.narrowed import NOBODY, ORDERS, Order, Wanted

LONGEST = 40

Text = Annotated[str, Field(max_length=LONGEST)]

OPEN: tuple[Turn, ...] = ("office", "applicant", "outside")

ME = "me"
"""Instead of an account: whoever asks. A list somebody saved stays theirs."""

_LATIN = re.compile(r"[A-Z0-9-]+")


class Tab(NamedTuple):
    """A pile as the page names it: whose turn, and how urgent (empty for whatever it is)."""

    name: str
    turns: tuple[Turn, ...]
    light: Urgency


TABS = (
    Tab("office", ("office",), ""),
    Tab("overdue", OPEN, "red"),
    Tab("soon", OPEN, "yellow"),
    Tab("applicant", ("applicant",), ""),
    Tab("outside", ("outside",), ""),
    Tab("closed", ("nobody",), ""),
    Tab("opinions", (), ""),
    Tab("checks", (), ""),
    Tab("refunds", (), ""),
)
"""The last three are no turns: cases of others whose opinion is asked of the department; those in
which the officer is to make a check, drawn by lot or of a breach that is being put right; and
those in which something is to be refunded."""

NARROWING = ("permit", "track", "state", "who")
"""By what a pile is narrowed."""

Kind = Literal["party", "project", "number", "words"]


class Asked(BaseModel):
    """What was asked for as it was typed; what means nothing narrows nothing. `at` and `after` say
    where the page before ended, `here` at which case somebody comes back."""

    pile: Text = "office"
    q: Text = ""
    permit: Text = ""
    track: Text = ""
    state: Text = ""
    who: Text = ""
    order: Text = ""
    at: Text = ""
    after: Text = ""
    here: Text = ""

    @property
    def tab(self) -> Tab:
        return next((one for one in TABS if one.name == self.pile), TABS[0])

    @property
    def wanted(self) -> str:
        """What is looked for."""
        return self.q.strip()

    @property
    def kind(self) -> Kind:
        """What a search is for: a credit code, the code of a project, a number or how it begins,
        or words in what is open."""
        code = self.wanted.upper()
        if is_credit_code(code):
            return "party"
        if is_project_code(code):
            return "project"
        return "number" if _LATIN.fullmatch(code) else "words"

    @property
    def sorted_by(self) -> Order:
        return next((one for one in ORDERS if one == self.order), "due")

    @property
    def narrows(self) -> bool:
        """Whether a pile is narrowed or sorted otherwise."""
        some = bool(self.permit or self.track or self.state or self.who in (ME, NOBODY))
        return bool(self.tab.turns) and (some or self.sorted_by != "due")

    def cases(self, actor: str, today: date) -> Wanted:
        """The cases of the pile that are wanted, or those that are open and have the words."""
        if self.wanted:
            return Wanted(Pile(OPEN, "", today), words=self.wanted)
        who = actor if self.who == ME else self.who if self.who == NOBODY else ""
        pile = Pile(self.tab.turns, self.tab.light, today)
        return Wanted(pile, self.permit, self.track, self.state, who, order=self.sorted_by)

    @property
    def query(self) -> str:
        """The list, as an address asks for it from its beginning."""
        if self.wanted:
            return urlencode({"q": self.wanted})
        found = {"pile": self.tab.name}
        if self.tab.turns:
            found |= {name: getattr(self, name) for name in NARROWING}
            found["order"] = self.sorted_by if self.sorted_by != "due" else ""
        return urlencode({name: value for name, value in found.items() if value})

    @property
    def path(self) -> str:
        return f"/review?{self.query}"

    @property
    def page(self) -> str:
        """The page of the list that was asked for."""
        return self.onwards(self.at, self.after) if self.at and self.after else self.path

    def onwards(self, at: str, case_id: str) -> str:
        """Where the list goes on after a case."""
        after = case_id.removeprefix("case/")
        return f"{self.path}&{urlencode({'at': at, 'after': after})}"

    def of(self, tab: Tab) -> "Asked":
        """The same of another pile, as far as that can be narrowed."""
        kept = {name: getattr(self, name) for name in (*NARROWING, "order")}
        return Asked(pile=tab.name, **kept)
