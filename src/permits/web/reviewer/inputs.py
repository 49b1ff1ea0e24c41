"""What an officer typed into a form, as the services want it, or what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from permits.casework.answers import showable
from permits.casework.due_dates import BadLength, Length
from permits.casework.parts import Recommendation
from permits.definitions.procedure import (
    Act,
    DeregistrationGround,
    RevocationGround,
    SpecialCause,
    WithdrawalGround,
)
from permits.services.requests import (
    REQUEST_OF,
    Corrections,
    Deregistration,
    Given,
    Nothing,
    OpinionIn,
    Reasoned,
    Revocation,
    Service,
    SpecialProcedure,
    Supplement,
    Withdrawal,
)
from permits.text.words import Language, words
from permits.web.forms import Posted

MOST_CHARACTERS = 4000
MOST_OF_A_FIX = 1000

Kind = Literal["missing", "not_in_form", "unclear", "not_matching"]
Means = Literal["online", "counter", "post"]


@dataclass(frozen=True, slots=True)
class Unfit:
    """What was typed does not fit: sentences by field, in the order of the form."""

    errors: Mapping[str, str]


class Reading:
    """Reads one form and gathers what does not fit in it."""

    def __init__(self, form: Posted, language: Language) -> None:
        self.form = form
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
        if len(found) > most:
            says = self._("At most %(most)d characters; there are %(num)d")
            self.errors[name] = says % {"most": most, "num": len(found)}
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


Fields = dict[str, Any]


def given_for(act: Act, form: Posted, language: Language, abouts: Iterable[str]) -> Given | Unfit:
    """What an act is to be told. `abouts` are the materials and questions that may be named in
    a correction notice."""
    reading, kind = Reading(form, language), REQUEST_OF[act]
    fields = _defects(reading, abouts) if kind is Corrections else _FIELDS[kind](reading)
    return Unfit(reading.errors) if reading.errors else kind(**fields)


def _defects(reading: Reading, abouts: Iterable[str]) -> Fields:
    """A finding for whatever has a kind chosen or a fix typed; both are wanted then."""
    found = []
    for about in abouts:
        kind, fix = f"kind:{about}", f"fix:{about}"
        if not reading.tick(kind) and not reading.form.text(fix).strip():
            continue
        chosen = reading.one_of(kind, get_args(Kind))
        wanted = reading.text(fix, most=MOST_OF_A_FIX)
        found.append({"about": about, "kind": chosen, "fix": wanted})
    return {"defects": tuple(found)}


def _special_procedure(reading: Reading) -> Fields:
    return {
        "cause": reading.one_of("cause", SpecialCause),
        "stated": reading.length("stated"),
        "notified": reading.tick("notified"),
        "reason": reading.text("reason", wanted=False),
    }


def _opinion(reading: Reading) -> Fields:
    recommends = reading.one_of("recommends", get_args(Recommendation))
    return {"recommends": recommends, "opinion": reading.text("opinion")}


def _service(reading: Reading) -> Fields:
    return {"on": reading.day("on"), "means": reading.one_of("means", get_args(Means))}


def _revocation(reading: Reading) -> Fields:
    ground = reading.one_of("ground", RevocationGround)
    return {"ground": ground, "reason": reading.text("reason")}


def _withdrawal(reading: Reading) -> Fields:
    ground = reading.one_of("ground", WithdrawalGround)
    compensation = reading.text("compensation")
    return {"ground": ground, "reason": reading.text("reason"), "compensation": compensation}


_FIELDS: dict[type[Given], Callable[[Reading], Fields]] = {
    Nothing: lambda _reading: {},
    Reasoned: lambda reading: {"reason": reading.text("reason")},
    SpecialProcedure: _special_procedure,
    OpinionIn: _opinion,
    Service: _service,
    Revocation: _revocation,
    Withdrawal: _withdrawal,
    Deregistration: lambda reading: {"ground": reading.one_of("ground", DeregistrationGround)},
    # Corrections are supplied on a page of the applicant's.
    Supplement: lambda _reading: {},
}
