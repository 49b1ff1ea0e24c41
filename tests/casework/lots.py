"""Checks whose inspectors are drawn by lot, as tests of several subjects play them."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework.decide import Desk
from permits.definitions import loader
from permits.definitions.edition import Edition, compile_edition
from permits.definitions.findings import Marks
from permits.definitions.procedure import Role
from tests.definitions import shipped
from tests.kit import SEAL, Play, officer
from tests.workflows.kinds import application

CHECK = "check_drawings"
THREE = ("another_inspector", "inspector", "third")

OTHERS = {
    "another_inspector": officer("another_inspector", Role.INSPECTOR),
    "at_the_window": officer("at_the_window", Role.WINDOW, Role.INSPECTOR),
    "third": officer("third", Role.INSPECTOR),
    "second_examiner": officer("second_examiner", Role.EXAMINER, Role.INSPECTOR),
}


class Checked(Play):
    """A case with more inspectors than one, and with one who examines as well."""

    def desk(self, who: str, on: str | datetime) -> Desk:
        if who not in OTHERS:
            return super().desk(who, on)
        return replace(super().desk("examiner", on), actor=OTHERS[who])


@cache
def resolved() -> loader.Resolved:
    """The review of drawings with a check in every case, so that only who checks is drawn."""
    data = shipped.data("drawing_review")
    del data["obligations"][CHECK]["sample"]
    built, findings = loader.build(data, Marks())
    assert built is not None and not findings
    return built


@cache
def edition() -> Edition:
    return compile_edition(resolved().definition, resolved().digest)


def granted(*inspectors: str, seed: str = "0") -> Checked:
    """A case granted on the spot, in a department with these inspectors."""
    play = Checked(edition(), inspectors=inspectors, seed=seed)
    play.must("applicant", application(play.edition), "2022-06-09")
    play.do("window", "accept", "2022-06-09").do("window", "grant_on_the_spot", "2022-06-09")
    return play


def instead(officer: str, ground: str = "on_leave", reason: str | None = SEAL) -> c.Command:
    return c.DrawInspectors(CHECK, officer, ground, reason)  # type: ignore[arg-type]


def check(on: str, *inspectors: str) -> c.Command:
    return c.VerifyObligation(CHECK, True, date.fromisoformat(on), inspectors, SEAL)


def another_is_drawn() -> Checked:
    """One of the two who were drawn is on leave; a third checks instead."""
    play = granted(*THREE)
    first, _second = play.case.obligations[CHECK].inspectors
    play.must("leader", instead(first), "2022-06-10")
    return play


def recused(play: Play, officer: str, on: str) -> Play:
    play.must("applicant", h.AskRecusal(officer, SEAL), on)
    play.must("leader", h.DecideRecusal(officer, recused=True, reason=SEAL), on)
    return play
