"""An office that examines together with others: its permit type, and everybody's accounts."""

from datetime import date

from permits.definitions.procedure import Role
from permits.services import heard as h
from permits.services.accounts import NewAccount
from permits.services.demonstration.desk import Written
from permits.services.requests import OpinionIn
from tests.casework.joint import resolved
from tests.web.housing import PASSWORD, Browser, Housing, at

ROOMS = {
    "of_fire": ("housing_bureau", "fire"),
    "of_defence": ("civil_defence_office", "civil_defence"),
    "of_utilities": ("city_management", "utilities"),
}

ANSWERS = {
    "works_name": "示例办公楼",
    "works_place": "示例路1号",
    "works_summary": "新建办公楼",
    "project_code": "2206-410172-89-01-544060",
    "floor_area_m2": "12000",
    "civil_buildings": "true",
    "near_heritage": "false",
    "area_assessed": "true",
    "others_affected": "true",
    "restricted_place": "false",
    "contact_name": "经办人",
    "contact_phone": "0371-00000000",
}


def opened(housing: Housing) -> Housing:
    """The office with the permit type published and examiners of the other departments."""
    housing.office.shelf.publish(resolved(), actor="setup", now=at(2022, 6, 2))
    return open_rooms(housing)


def open_rooms(housing: Housing) -> Housing:
    """Examiners of the other departments have accounts."""
    for name, (office, department) in ROOMS.items():
        new = NewAccount(
            username=name,
            name=name,
            password=PASSWORD,
            roles=frozenset({Role.EXAMINER}),
            office=office,
            department=department,
        )
        housing.office.accounts.open(new, actor="setup")
    return housing


def begun(housing: Housing, **answers: str) -> str:
    """A case that was filed and accepted; its id as addresses name it."""
    people = housing.people
    case = people.apply(Written("joint_review", "fire", {**ANSWERS, **answers}), "ordinary")
    people.act("window", case, "accept")
    return case[5:]


def asked(housing: Housing, *names: str) -> str:
    """Departments were asked for their opinions."""
    case = begun(housing)
    housing.people.beside("examiner", f"case/{case}", h.AskOpinions(asked=names))
    return case


def proposed(housing: Housing) -> str:
    """All opinions are in and joined, and the refusal is proposed."""
    case = asked(housing, "fire", "civil_defence")
    people, name = housing.people, f"case/{case}"
    for who, department in (("of_fire", "fire"), ("of_defence", "civil_defence")):
        given = h.GiveOpinion(asked=department, view="object", opinion="消防间距不足")
        people.beside(who, name, given)
    people.beside("examiner", name, h.JoinOpinions(opinion="各部门均不同意"))
    opinion = OpinionIn(recommends="refuse", opinion="不符合要求")
    people.act("examiner", name, "examine", opinion)
    return case


def do(browser: Browser, home: str, doing: str, /, **fields: object):
    """Open the form of something about those who are heard, fill it in, send it."""
    return browser.fill(f"{home}/heard/{doing}", **fields)


def called(housing: Housing, day: date = date(2022, 6, 20)) -> str:
    """A hearing was offered, asked for and called for a day, the inspector presiding."""
    case = proposed(housing)
    people, name = housing.people, f"case/{case}"
    people.beside("leader", name, h.OfferHearing())
    people.beside("fire", name, h.AskForHearing())
    chair = people.actors["inspector"].id
    people.beside("leader", name, h.CallHearing(day=day, place="一楼听证室", chair=chair))
    return case
