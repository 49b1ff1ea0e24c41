"""The joint review as tests of several subjects play it: who is asked, and a case on its way."""

import json
from datetime import date
from typing import Any

from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.decide import Desk
from permits.casework.heard import Attendance
from permits.casework.rows import due_rows
from permits.casework.working_days import SpecialDay, Text, WorkingDays
from permits.definitions import loader
from permits.definitions.edition import Edition, compile_edition
from permits.definitions.findings import Marks
from permits.definitions.procedure import Role, SpecialCause
from tests.definitions import shipped
from tests.kit import SEAL, SEALED, Play, defect, filing, officer, paper, years

MATERIALS = ("application", "land_title", "project_approval", "design_scheme", "special_reports")

FACTORY = {
    "works_name": "示例厂房",
    "works_place": "示例路1号",
    "works_summary": "新建厂房",
    "project_code": "2206-410172-89-01-544060",
    "floor_area_m2": 12000,
    "civil_buildings": False,
    "near_heritage": False,
    "area_assessed": True,
    "others_affected": False,
    "restricted_place": False,
}
"""A pure factory building: civil defence and heritage have nothing to say."""

OFFICES = {**FACTORY, "civil_buildings": True}
BY_THE_PAGODA = {**OFFICES, "near_heritage": True}

OTHERS = {
    "fire": officer("fire", Role.EXAMINER, office="housing_bureau", department="fire"),
    "fire_leader": officer("fire_leader", Role.LEADER, office="housing_bureau", department="fire"),
    "civil_defence": officer(
        "civil_defence", Role.EXAMINER, office="civil_defence_office", department="civil_defence"
    ),
    "heritage": officer(
        "heritage", Role.EXAMINER, office="heritage_bureau", department="heritage"
    ),
    "utilities": officer(
        "utilities", Role.EXAMINER, office="city_management", department="utilities"
    ),
    "examiner2": officer("examiner2", Role.EXAMINER),
    "leader2": officer("leader2", Role.LEADER),
    "chair": officer("chair", Role.SUPERVISOR),
}

CAME = (Attendance("office", "signed", SEAL), Attendance("applicant", "signed", SEAL))
"""Who examines and the applicant came to a hearing and signed its record."""


def resolved() -> loader.Resolved:
    return shipped.resolved("joint_review")


def joint_review() -> Edition:
    return shipped.edition("joint_review")


def variant(change: Any) -> Edition:
    """The permit type changed by a test; it must still be sound."""
    data = json.loads(resolved().content)
    change(data)
    built, findings = loader.build(data, Marks())
    assert built is not None and not findings, "\n".join(map(str, findings))
    return compile_edition(built.definition, built.digest)


class Review(Play):
    """A case of joint review, with the people of other departments."""

    def __init__(self, edition: Edition | None = None, **how: Any) -> None:
        super().__init__(edition or joint_review(), **how)

    def desk(self, who: str, on: Any) -> Desk:
        if who not in OTHERS:
            return super().desk(who, on)
        desk = super().desk("examiner", on)
        return Desk(desk.edition, OTHERS[who], desk.now, desk.calendar, desk.command, desk.numbers)

    def begun(self, on: str, answers: dict[str, Any] = OFFICES, track: str = "ordinary") -> Any:
        """Filed and accepted on a day."""
        files = MATERIALS if track == "ordinary" else MATERIALS[:4]
        handed_in = tuple(map(paper, files))
        command = filing(self.edition, track, handed_in=handed_in)
        self.must("applicant", replace(command, answers=answers), on)
        self.must("window", c.TakeAction("accept"), on)
        return self

    def asked(self, on: str, *names: str) -> Any:
        self.must("examiner", h.AskOpinions(names), on)
        return self

    def given(self, name: str, on: str, view: Any = "agree") -> Any:
        self.must(name, h.GiveOpinion(name, view, SEAL), on)
        return self

    def joined(self, on: str) -> Any:
        self.must("examiner", h.JoinOpinions(SEAL), on)
        return self

    def examined(self, on: str, recommends: Any = "grant") -> Any:
        given = i.Opinion(recommends, SEAL)
        self.must("examiner", c.TakeAction("examine", given), on)
        return self

    def timer(self, on: str) -> list[str]:
        """What the timer tells as it looks on a day, by kind and name."""
        told = []
        for due in due_rows(self.case, self.edition):
            if due.due_on < date.fromisoformat(on) and due.kind not in ("clock", "obligation"):
                self.must("timer", h.PassDate(due.kind, due.name), on)
                told.append(f"{due.kind} {due.name}")
        return told


def without_the_weekend() -> WorkingDays:
    """A calendar in which Saturday 11 and Sunday 12 June 2022 are worked."""

    def worked(year: Any) -> Any:
        said = (Text("示例", "Example"), year.notices[0])
        more = tuple(SpecialDay(date(2022, 6, day), *said) for day in (11, 12))
        return replace(year, work=(*year.work, *more))

    return WorkingDays(worked(y) if y.year == 2022 else y for y in years())


def heard_and_refused() -> Review:
    """Everybody is heard: departments late and again, a hearing, a neighbour; then refused."""
    review = Review().begun("2022-06-09", BY_THE_PAGODA)
    review.asked("2022-06-09", "fire", "civil_defence", "heritage", "utilities")
    review.do("examiner", "suspend", "2022-06-10", EXPERTS).do("examiner", "resume", "2022-06-13")
    review.given("civil_defence", "2022-06-14").given("heritage", "2022-06-14")
    review.timer("2022-06-17")
    review.given("fire", "2022-06-17").must("fire", h.RevokeOpinion("fire", SEAL), "2022-06-17")
    review.given("fire", "2022-06-20", "object").asked("2022-06-21", "fire")
    review.given("fire", "2022-06-22", "conditions").joined("2022-06-23")
    review.must("examiner", h.TellThirdParty(SEAL, SEAL, SEAL), "2022-06-23")
    review.must("examiner", h.TellThirdParty(SEAL, SEAL, SEAL), "2022-06-23")
    review.must("window", h.HearThirdParty("party_1", SEAL), "2022-06-24")
    review.must("leader", h.OfferHearing(), "2022-06-24")
    review.must("applicant", h.AskForHearing(), "2022-06-27")
    review.timer("2022-07-28")
    call = h.CallHearing(date(2022, 8, 10), "chair", SEAL)
    review.must("leader", call, "2022-07-28")
    came = (*CAME, Attendance("party_1", "refused", SEAL, SEAL), Attendance("party_2", "absent"))
    record = h.RecordHearing(date(2022, 8, 10), "window", came, SEAL)
    review.must("chair", record, "2022-08-10")
    review.must("chair", h.DeclareRecusal(SEAL), "2022-08-11")
    review.must("leader", h.DecideRecusal("chair", recused=True, reason=SEAL), "2022-08-11")
    review.examined("2022-08-11", "refuse")
    review.do("leader", "refuse", "2022-08-12", i.Reasoned(SEAL))
    review.do("window", "deliver", "2022-08-12", i.Service(date(2022, 8, 12), "post"))
    review.do("window", "publish", "2022-08-12")
    return review


def heard_and_withdrawn() -> Review:
    """The hearing is waived, offered again and lapses, announced; then the case ends."""
    review = Review().begun("2022-06-09", FACTORY, "commitment").asked("2022-06-09", "fire")
    review.must("examiner", h.OfferHearing(), "2022-06-09")
    review.must("applicant", h.WaiveHearing(), "2022-06-09")
    review.must("examiner", h.OfferHearing(), "2022-06-10")
    review.timer("2022-06-20")
    review.must("leader", h.AnnounceHearing(SEAL), "2022-06-20")
    review.do("applicant", "withdraw_commitment", "2022-06-21")
    review.do("window", "issue_correction", "2022-06-21", MISSING)
    reports = i.Supplement(FACTORY, SEALED, (paper("special_reports"),))
    review.do("applicant", "supply_corrections", "2022-06-21", reports)
    review.do("window", "accept", "2022-06-21").asked("2022-06-21", "fire")
    review.must("examiner", h.TellThirdParty(SEAL, SEAL, SEAL), "2022-06-21")
    review.do("applicant", "withdraw", "2022-06-22", i.Reasoned())
    return review


EXPERTS = i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "10wd", notified=True)
MISSING = i.Corrections((defect("material.special_reports"),))
