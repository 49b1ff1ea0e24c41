"""A construction project as tests play it: several cases of the staged construction permit, each
with the project's state on its desk, as the writer would read it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.case import Case
from permits.casework.decide import Noted
from permits.casework.project import Project
from permits.casework.refusals import Refused
from permits.casework.tracks import notice_digest, treatments
from permits.definitions.edition import Edition
from permits.definitions.schema import TrackName, Treatment
from tests.definitions.shipped import edition as shipped_edition
from tests.kit import OTHER_PARTY, PARTY, SEAL, SEALED, Play, paper

CODE = "2201-410172-89-01-544060"
OTHER_CODE = "2201-410172-89-01-544061"

TOWER: dict[str, Any] = {
    "project_code": CODE,
    "project_name": "示例大厦",
    "works_name": "示例大厦一号楼",
    "works_place": "示例路与示范街交叉口",
    "area_m2": 23000,
    "contractor_code": OTHER_PARTY,
    "stage_covered": "pit",
    "admitted_plot": False,
    "special_fire": False,
    "restricted_place": False,
}
"""A tower that is built in three stages."""


def application(edition: Edition, track: str, base: dict[str, Any], **changes: Any) -> c.File:
    """An application that is in order: every material the track asks for, every signature."""
    answers = {**base, **changes}
    definition, named = edition.definition, TrackName(track)
    asked = treatments(edition, named, answers)
    return c.File(
        track=track,
        party=PARTY,
        channel="web",
        answers=answers,
        seals=SEALED,
        handed_in=tuple(paper(m) for m, what in asked.items() if what is Treatment.SUPPLIED),
        signed=tuple(
            i.Signing(name, notice_digest(definition.commitments[name]))
            for name in definition.tracks[named].commitments
        ),
        lookup="c" * 64,
    )


@dataclass
class Site:
    """A project and its cases, played through `decide`."""

    permit: str = "staged_construction"
    base: dict[str, Any] = field(default_factory=lambda: TOWER)
    projects: dict[str, Project] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    plays: list[Play] = field(default_factory=list)

    @property
    def project(self) -> Project:
        return self.projects[CODE]

    def play(self, permit: str = "") -> Play:
        """A new case of the project, not filed yet."""
        edition = shipped_edition(permit or self.permit)
        case = Case(id=f"case/{len(self.plays) + 1}")
        play = Play(edition, case=case, numbers=self.numbers, projects=self.projects)
        self.plays.append(play)
        return play

    def apply(
        self, stage: str, on: str, track: str = "commitment", **changes: Any
    ) -> "Play | Refused":
        """File for a stage; the refusal if there is one."""
        play = self.play()
        wanted = {"stage_covered": stage, **changes}
        outcome = play.tell("applicant", application(play.edition, track, self.base, **wanted), on)
        if isinstance(outcome, Refused):
            self.plays.pop()
            return outcome
        return play

    def filed(self, stage: str, on: str, track: str = "commitment", **changes: Any) -> Play:
        play = self.apply(stage, on, track, **changes)
        assert isinstance(play, Play), play
        return play

    def granted(self, stage: str, on: str, track: str = "commitment", **changes: Any) -> Play:
        """A stage that was applied for, accepted and permitted on one day."""
        return permitted(self.filed(stage, on, track, **changes), on)


def permitted(play: Play, on: str) -> Play:
    """Accept and grant: on the spot on a commitment, by four eyes otherwise."""
    play.do("window", "accept", on)
    if play.case.track == "commitment":
        return play.do("window", "grant_on_the_spot", on)
    return play.do("examiner", "examine", on, i.Opinion("grant", SEAL)).do("leader", "grant", on)


def served(play: Play, on: str) -> Play:
    """Deliver and publish."""
    play.do("window", "deliver", on, i.Service(date.fromisoformat(on), "online"))
    return play.do("window", "publish", on)


def supplied(play: Play, on: str, *names: str) -> Play:
    """What was committed is handed in: all of it, or what is named."""
    rules = play.edition.definition.obligations
    owed = [
        name
        for name, held in play.case.obligations.items()
        if held.status == "open" and rules[name].settled_by == "report" and rules[name].shuts
    ]
    for name in names or [n for n in owed if n != "report_completion"]:
        play.must("applicant", report(name, on), on)
    return play


def report(name: str, on: str) -> c.ReportObligation:
    return c.ReportObligation(name, date.fromisoformat(on), (paper("proof"),))


def check(name: str, on: str, *, passed: bool = True) -> c.VerifyObligation:
    day = date.fromisoformat(on)
    return c.VerifyObligation(name, passed, day, ("inspector", "colleague"), SEAL)


def checked(play: Play, name: str, on: str, *, passed: bool = True) -> Noted:
    """Two officers checked something."""
    return play.checked("inspector", check(name, on, passed=passed), on)
