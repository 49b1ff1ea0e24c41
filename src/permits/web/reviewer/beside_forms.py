"""How the forms of what is done beside the chart are read."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from permits.casework.offers import Beside
from permits.casework.parts import Hindered
from permits.definitions.procedure import Milestone, RevocationGround
from permits.services.requests import (
    BesideChart,
    Correct,
    Draw,
    Drop,
    Explain,
    Extend,
    Notice,
    OrderPayment,
    Pay,
    Rectify,
    Refund,
    Reverse,
    SignCheck,
    Undo,
    Verify,
)
from permits.web.reading import Reading, Unfit


def read_beside(one: Beside, reading: Reading) -> BesideChart | Unfit:
    """What was typed, with what the address says."""
    kind, fields = _FORMS[one.command](one.name, reading)
    return Unfit(reading.errors) if reading.errors else kind(**fields)


_Read = tuple[type[BesideChart], dict[str, Any]]


def _extend(name: str, reading: Reading) -> _Read:
    return Extend, {"clock": name, "reason": reading.text("reason")}


def _explain(name: str, reading: Reading) -> _Read:
    return Explain, {"clock": name, "reason": reading.text("reason")}


def _verify(name: str, reading: Reading) -> _Read:
    passed = reading.one_of("passed", ("true", "false")) == "true"
    return Verify, {
        "obligation": name,
        "passed": passed,
        "on": reading.day("on"),
        "inspectors": tuple(reading.form.all_of("inspectors")),
        "finding": reading.text("finding"),
        "uploads": reading.form.every("upload"),
    }


def _sign_check(name: str, reading: Reading) -> _Read:
    agrees = reading.one_of("agrees", ("true", "false")) == "true"
    return SignCheck, {
        "obligation": name,
        "record": reading.text("record", most=100),
        "agrees": agrees,
        "reason": reading.text("reason", wanted=not agrees and "agrees" not in reading.errors),
    }


def _draw(name: str, reading: Reading) -> _Read:
    """The first lots need nothing more; another is drawn instead of somebody, for a ground."""
    if not reading.tick("replacing"):
        return Draw, {"obligation": name}
    return Draw, {
        "obligation": name,
        "instead_of": reading.text("instead_of", most=40),
        "ground": reading.one_of("ground", get_args(Hindered)),
        "reason": reading.text("reason"),
    }


def _order_payment(name: str, reading: Reading) -> _Read:
    return OrderPayment, {"obligation": name, "reason": reading.text("reason")}


def _pay(name: str, reading: Reading) -> _Read:
    return Pay, {
        "fee": name,
        "on": reading.day("on"),
        "amount_fen": reading.money("amount"),
        "receipt": reading.text("receipt", most=100),
        "payer": reading.text("payer", most=100, wanted=False),
    }


def _refund(name: str, reading: Reading) -> _Read:
    return Refund, {
        "fee": name,
        "on": reading.day("on"),
        "amount_fen": reading.money("amount"),
        "receipt": reading.text("receipt", most=100),
        "reason": reading.text("reason"),
    }


def _undo(name: str, reading: Reading) -> _Read:
    places = [str(place) for place in range(1, 1000)]
    entry = reading.one_of("entry", places)
    return Undo, {"fee": name, "entry": int(entry or 1), "reason": reading.text("reason")}


def _reverse(_name: str, reading: Reading) -> _Read:
    return Reverse, {"reason": reading.text("reason")}


def _rectify(_name: str, reading: Reading) -> _Read:
    milestone = reading.one_of("milestone", Milestone)
    return Rectify, {
        "milestone": milestone,
        "on": reading.day("on"),
        "reason": reading.text("reason"),
    }


def _notice(_name: str, reading: Reading) -> _Read:
    ground = reading.one_of("ground", RevocationGround)
    return Notice, {"ground": ground, "reason": reading.text("reason")}


def _drop(_name: str, reading: Reading) -> _Read:
    return Drop, {"reason": reading.text("reason")}


def _correct(_name: str, reading: Reading) -> _Read:
    number = reading.text("number", most=100)
    return Correct, {"number": number, "correction": reading.text("correction")}


_FORMS: Mapping[str, Callable[[str, Reading], _Read]] = {
    "extend": _extend,
    "explain": _explain,
    "verify": _verify,
    "sign_check": _sign_check,
    "draw": _draw,
    "order_payment": _order_payment,
    "pay": _pay,
    "notice": _notice,
    "drop": _drop,
    "correct": _correct,
    "refund": _refund,
    "undo": _undo,
    "reverse": _reverse,
    "rectify": _rectify,
}
