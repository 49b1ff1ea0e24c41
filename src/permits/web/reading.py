"""Reads what was typed into a form, and gathers what does not fit."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from permits.casework.characters import characters, showable
from permits.casework.due_dates import BadLength, Length
from permits.casework.identifiers import is_credit_code
from permits.text.words import Language, words
from permits.web.forms import Posted

MOST_CHARACTERS = 4000
_YUAN = re.compile(r"([0-9]{1,13}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.([0-9]{1,2}))?", re.ASCII)
"""Commas stand between thousands only: whoever writes 1,5 may mean one and a half."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """What was typed does not fit: sentences by field, in the order of the form."""

    errors: Mapping[str, str]


class Reading:
    """Reads one form and gathers what does not fit in it."""

    def __init__(self, form: Posted, language: Language) -> None:
        self.form = form
        self.language = language
        self.errors: dict[str, str] = {}
        self._ = words(language).gettext

    def text(self, name: str, *, most: int = MOST_CHARACTERS, wanted: bool = True) -> str:
        """A text that is not blank, unless it may be."""
        found = self.form.text(name).replace("\r\n", "\n").strip()
        if not showable(found, lines=True):
            self.errors[name] = self._(
                "This holds a character that cannot be shown. Type the text anew"
            )
        if wanted and not found:
            self.errors[name] = self._("Write something here")
        if characters(found) > most:
            says = self._("At most %(most)d characters; there are %(num)d")
            self.errors[name] = says % {"most": most, "num": characters(found)}
        return found

    def day(self, name: str) -> date:
        """A day, written as 2022-06-09."""
        typed = self.form.text(name).strip()
        try:
            found = date.fromisoformat(typed)
        except ValueError:
            found = date.min
        if found.isoformat() != typed or found == date.min:
            self.errors[name] = self._("Write the date as year-month-day, such as 2022-06-09")
        return found

    def money(self, name: str) -> int:
        """An amount in yuan with at most two decimals, as fen."""
        found = _YUAN.fullmatch(self.form.text(name).strip())
        if found is None:
            self.errors[name] = self._("Write the amount in yuan, such as 55500.00")
            return 0
        return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))

    def account(self, name: str) -> str:
        """The number of a bank account: 8 to 30 digits, however they are grouped."""
        found = self.form.text(name).replace(" ", "").replace("-", "").strip()
        if not (found.isascii() and found.isdigit() and 8 <= len(found) <= 30):
            self.errors[name] = self._("Write the number of the account, 8 to 30 digits")
        return found

    def credit_code(self, name: str) -> str:
        """A unified social credit code with a right check digit."""
        found = self.form.text(name).strip().upper()
        if not is_credit_code(found):
            self.errors[name] = self._("Write the 18 characters of the credit code")
        return found

    def length(self, name: str) -> str:
        """A length of time: a number in one field, its unit in another."""
        typed = self.form.text(name).strip()
        written = f"{typed}{self.form.text(f'{name}_unit')}"
        try:
            fits = Length.parse(written).count > 0
        except BadLength:
            fits = False
        if not fits:
            self.errors[name] = self._("Write a whole number from 1 and choose its unit")
        return written

    def one_of(self, name: str, options: Iterable[str]) -> str:
        """One of some values."""
        found = self.form.text(name)
        if found not in [str(one) for one in options]:
            self.errors[name] = self._("Choose one of these")
        return found

    def tick(self, name: str) -> bool:
        return bool(self.form.text(name))

    def some(self, name: str) -> tuple[str, ...]:
        """At least one of the boxes of a name."""
        found = self.form.all_of(name)
        if not found:
            self.errors[name] = self._("Choose at least one")
        return found
