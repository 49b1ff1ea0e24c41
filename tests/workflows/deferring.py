"""Cases of the two permit types that put a fee off, played through `decide`."""

from datetime import date

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.tracks import notice_digest
from permits.definitions.procedure import RevocationGround
from tests.definitions.shipped import edition as shipped_edition
from tests.kit import PARTY, SEAL, Play, paper
from tests.staged import CODE

INFRA, CIVIL = "infrastructure_charge", "civil_defence_fee"
FEE = {INFRA: "infrastructure_charge", CIVIL: "off_site_fee"}
DUTY = {INFRA: "pay_infrastructure_charge", CIVIL: "pay_off_site_fee"}
TWO = ("inspector", "another_inspector")

HOUSING = {
    "project_code": CODE,
    "project_name": "示例住宅项目",
    "project_place": "科学大道",
    "planning_permit": "建字第410100202200001号",
    "housing_m2": 12_000,
    "other_m2": 3_000,
    "relief_ground": "none",
    "earlier_default": False,
}
"""12,000 m² of housing and 3,000 m² of shops."""

TOWER = {
    "project_code": CODE,
    "project_name": "示例办公楼项目",
    "project_place": "莲花街",
    "buildings_are": "civil",
    "planned_as_whole": False,
    "tall_first_floor_m2": 1_250,
    "low_other_m2": 3_333,
    "low_housing_first_floor_m2": 0,
    "off_site_reason": "bad_geology",
    "relief_ground": "none",
    "earlier_default": False,
}
"""A tower of 1,250 m² on the ground, and 3,333 m² of low buildings beside it."""

FACTORY = {
    "project_code": CODE,
    "project_name": "示例厂房项目",
    "project_place": "长椿路",
    "buildings_are": "factory",
    "earlier_default": False,
}

ANSWERS = {INFRA: HOUSING, CIVIL: TOWER}


def application(edition, track, answers):
    """An application with everything its track asks for."""
    definition, conditions = edition.definition, edition.conditions
    materials = [
        name
        for name, material in definition.materials.items()
        if material.tracks[track] == "supplied"
        and (material.when is None or conditions[material.when].holds(answers, {}))
    ]
    wanted = definition.tracks[track].commitments
    return c.File(
        track=track,
        party=PARTY,
        channel="web",
        answers=answers,
        seals={"contact_name": "a" * 64, "contact_phone": "b" * 64},
        handed_in=tuple(map(paper, materials)),
        signed=tuple(
            i.Signing(name, notice_digest(definition.commitments[name])) for name in wanted
        ),
        lookup="c" * 64,
    )


def filed(name, on, track="commitment", answers=None):
    play = Play(shipped_edition(name))
    command = application(play.edition, track, answers or ANSWERS[name])
    play.must("applicant", command, on)
    return play


def accepted(name, on, track="commitment", answers=None):
    return filed(name, on, track, answers).do("window", "accept", on)


def deferred(name, on, answers=None):
    """Granted on the spot, payment put off; delivered and published."""
    play = accepted(name, on, answers=answers).do("window", "grant_on_the_spot", on)
    service = i.Service(date.fromisoformat(on), "online")
    return play.do("window", "deliver", on, service).do("window", "publish", on)


def building(name, on, permit, answers=None):
    """Put off, and the construction permit reported."""
    play = deferred(name, on, answers)
    play.must("applicant", report("report_construction_permit", permit), permit)
    return play


def report(obligation, on):
    return c.ReportObligation(obligation, date.fromisoformat(on), (paper("photo"),))


def check(on, *, passed=True):
    day = date.fromisoformat(on)
    return c.VerifyObligation("check_declaration", passed, day, TWO, SEAL)


def pay(play, amount, on, fee=None):
    name = fee or FEE[play.case.permit]
    command = c.PayFee(name, date.fromisoformat(on), amount, SEAL)
    return play.tell("window", command, on)


def fee_of(play):
    return play.case.fees[FEE[play.case.permit]]


def duty_of(play):
    return play.case.obligations[DUTY[play.case.permit]]


def revoke(play, on):
    return play.revoked(on, RevocationGround.OTHER)
