"""The list an officer works through. A cookie says which it was and what stood on it, so that each
case leads on to the next one, and back to where it stood."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

COOKIE = "worklist"

PARTS = 4
"""What the cookie holds: whose list, keys or none, the cases, the address."""

_LIST = re.compile(r"/review\?[\w.~%+=&-]*", re.ASCII)
_CASE = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of a list as it was shown last: its address; its cases in their order, as addresses
    name them; and whether single keys do anything. Whoever has seen no list has the first one,
    with nothing on it."""

    path: str = "/review"
    cases: tuple[str, ...] = ()
    keys: bool = False

    def number(self, case: str) -> int:
        """Where on the page a case stood, from 1; 0 if it was not on it."""
        return self.cases.index(case) + 1 if case in self.cases else 0

    def before(self, case: str) -> str:
        """The case above one; empty if there is none."""
        place = self.number(case)
        return self.cases[place - 2] if place > 1 else ""

    def after(self, case: str) -> str:
        """The case below one; empty if there is none."""
        place = self.number(case)
        return self.cases[place] if 0 < place < len(self.cases) else ""

    def back(self, case: str = "") -> str:
        """The address of the page, at a case that was on it."""
        return f"{self.path}&here={case}" if case in self.cases else self.path

    def goes_on(self, case: str, shown: tuple[str, ...]) -> str:
        """Where somebody goes on in what the page shows by now: at the case, at the first of those
        below it that is still there, else at the top; empty if nothing is shown."""
        place = max(self.number(case) - 1, 0)
        left = (one for one in (case, *self.cases[place:]) if one in shown)
        return next(left, shown[0] if shown else "")

    def kept(self, account: str) -> str:
        """The text of the cookie, for one account."""
        parts = (account, "keys" if self.keys else "", ".".join(self.cases), self.path)
        return ":".join(quote(one, safe="") for one in parts)


def worklist_of(cookie: str, account: str) -> Worklist:
    """The list that a cookie tells of, if it is the account's own and fits."""
    parts = [unquote(one) for one in cookie.split(":")]
    if len(parts) != PARTS or parts[0] != account or not _LIST.fullmatch(parts[-1]):
        return Worklist()
    _account, keys, cases, path = parts
    known = tuple(case for case in cases.split(".") if _CASE.fullmatch(case))
    return Worklist(path, known, keys=bool(keys))
