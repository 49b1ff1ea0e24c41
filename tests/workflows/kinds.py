"""The shipped permit types side by side, each with an application that is in order, and how a case
of any of them is written down in a table."""

from datetime import date
from typing import Any

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.case import Case
from permits.casework.tracks import notice_digest, shut, signatures, treatments
from permits.definitions.edition import Edition
from permits.definitions.schema import TrackName, Treatment
from permits.settings import shipped
from tests.definitions.shipped import edition
from tests.kit import LINE, OTHER_PARTY, PARTY, SEAL, SEALED, Play, paper, shared

FOLDER = shipped("workflows")
TWO = ("inspector", "another_inspector")

DRAWINGS = {
    "works_name": "科学大道厂房",
    "works_place": "科学大道",
    "drawings_for": "whole",
    "floor_area_m2": 12000,
    "starts_on": "2022-08-01",
    "special_fire_project": False,
    "beyond_code_high_rise": False,
    "major_hazard": False,
    "broke_faith": False,
    "surveyor_code": OTHER_PARTY,
    "designer_code": PARTY,
}
SITE = {
    "works_name": "科学大道厂房",
    "works_place": "科学大道",
    "project_code": "2206-410172-04-01-123456",
    "starts_on": "2022-06-20",
    "hoarding": True,
    "site_gate": True,
    "temporary_buildings": False,
    "site_levelling": True,
    "temporary_utilities": False,
    "earthwork": False,
    "piling": False,
    "permanent_structure": False,
    "broke_faith": False,
}
PLOT = {
    "project_code": "2201-410172-89-01-544060",
    "project_name": "示例装备产业园",
    "plot_place": "科学大道以北",
    "land_contract": "示例合同2022年第1号",
    "with_drawings": False,
    "industry": "general",
    "investment_per_mu": 810,
    "output_per_mu": 1000,
    "tax_per_mu": 50,
    "far_percent": 161,
    "high_risk": False,
    "broke_faith": False,
}
"""A plot of general industry; 810 wan yuan per mu, and a floor-area ratio of 1.61."""

ANSWERS: dict[str, dict[str, Any]] = {
    "plan_exempt": LINE,
    "drawing_review": DRAWINGS,
    "early_start": SITE,
    "industrial_plot": PLOT,
}
SEALS = {
    "plan_exempt": SEALED,
    "drawing_review": {**SEALED, "surveyor_person": "d" * 64, "designer_person": "e" * 64},
    "early_start": SEALED,
    "industrial_plot": SEALED,
}


def application(one: Edition, track: str = "commitment", **changes: Any) -> c.File:
    """An application that is in order, for any permit type; `answers` are laid over its own."""
    given = {**ANSWERS[one.permit], **changes.pop("answers", {})}
    answers = {name: value for name, value in given.items() if value is not None}
    definition, chosen = one.definition, TrackName(track)
    treated = treatments(one, chosen, answers)
    values: dict[str, Any] = {
        "track": track,
        "party": PARTY,
        "channel": "web",
        "answers": answers,
        "seals": SEALS[one.permit],
        "handed_in": tuple(paper(n) for n, what in treated.items() if what is Treatment.SUPPLIED),
        "signed": tuple(
            i.Signing(key, notice_digest(definition.commitments[key.partition(".")[0]]))
            for key in signatures(definition, chosen)
        ),
        "lookup": "c" * 64,
        "shared": tuple(shared(n) for n, what in treated.items() if what is Treatment.SHARED),
    }
    return c.File(**{**values, **changes})


def filed(name: str, on: str, track: str = "commitment", **changes: Any) -> Play:
    """A case of a permit type, just received."""
    play = Play(edition(name))
    play.must("applicant", application(play.edition, track, **changes), on)
    return play


def granted(name: str, on: str, *, seed: str = "0", **changes: Any) -> Play:
    """A case granted on the spot."""
    play = filed(name, on, **changes).do("window", "accept", on)
    play.seed = seed
    return play.do("window", "grant_on_the_spot", on)


def served(play: Play, on: str) -> Play:
    """The case after its decision was delivered and published."""
    service = i.Service(date.fromisoformat(on), "online")
    return play.do("window", "deliver", on, service).do("window", "publish", on)


def report(obligation: str, on: str, *, papers: tuple[str, ...] = ("proof",)) -> c.Command:
    evidence = tuple(paper(name) for name in papers)
    return c.ReportObligation(obligation, date.fromisoformat(on), evidence)


def check(obligation: str, on: str, *, passed: bool = True) -> c.Command:
    return c.VerifyObligation(obligation, passed, date.fromisoformat(on), TWO, SEAL)


def open_tracks(one: Edition, **answers: Any) -> list[str]:
    """The tracks that are open to an application with other answers than its own."""
    given = {**ANSWERS[one.permit], **answers}
    return [track.value for track in one.definition.tracks if shut(one, track, given) is None]


def states(one: Edition) -> str:
    """Every state with its national code, and what may be done there by whom."""
    definition = one.definition
    lines = []
    for name, state in definition.chart.states.items():
        there = [
            f"{action} ({'/'.join(rule.by)})"
            for action, rule in definition.chart.actions.items()
            if any(place.split(".")[0] == name for move in rule.moves for place in move.frm)
        ]
        lines.append(f"{name} {int(state.code)}: {', '.join(there) or 'the end'}")
    return "\n".join(lines)


def standing(case: Case) -> str:
    """Where a case stands, its code, and what runs until when, the dates in their order."""
    state = case.leaves[0].split(".")[0]
    running = {
        name: clock.due
        for name, clock in case.clocks.items()
        if clock.running and not clock.suspended
    }
    owed = {
        f"{name}{' overdue' if held.overdue else ''}{' ordered' if held.ordered else ''}": held.due
        for name, held in case.obligations.items()
        if held.status == "open"
    }
    dates = sorted((str(due), name) for name, due in {**running, **owed}.items())
    return f"{state} {case.code} | " + (
        ", ".join(f"{name} {due[2:]}" for due, name in dates) or "nothing open"
    )


def course(play: Play, *steps: tuple[str, str, c.Command | str]) -> str:
    """A case told line by line: the day, who did what, and how it then stands."""
    lines = []
    for day, who, step in steps:
        command = c.TakeAction(step) if isinstance(step, str) else step
        if isinstance(command, c.VerifyObligation):
            play.checked(who, command, day)
        else:
            play.must(who, command, day)
        named = getattr(command, "action", None) or getattr(
            command, "obligation", type(command).__name__
        )
        lines.append(f"{day} {who} {named}: {standing(play.case)}")
    return "\n".join(lines)


def delivered(on: str) -> c.TakeAction:
    return c.TakeAction("deliver", i.Service(date.fromisoformat(on), "online"))


def table(text: str) -> str:
    """A table as it is written in a test, its long lines joined again."""
    return text.strip("\n").replace("\n    ", " ")
