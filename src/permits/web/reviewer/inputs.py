"""What an officer typed into a form, as the services want it, or what is wrong with it."""

from collections.abc import Callable, Iterable
from typing import Any, Literal, get_args

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
from permits.text.words import Language
from permits.web.forms import Posted
from permits.web.reading import Reading, Unfit

MOST_OF_A_FIX = 1000

Kind = Literal["missing", "not_in_form", "unclear", "not_matching"]
Means = Literal["online", "counter", "post"]


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
