"""Everybody but the applicant follows every link there is: no page, file or answer shows what is
about a person whole, unless somebody said what for."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from permits.casework.families.access import CaseShown
from permits.casework.masks import mask_of
from permits.services import heard as h
from permits.services import party_requests as p
from permits.services import requests as r
from permits.services.demonstration.works import GAS
from permits.services.erasing import Why
from permits.services.rebuild import check
from permits.store import tables
from tests.definitions import shipped
from tests.web import joint
from tests.web.api.program import V1, Programs
from tests.web.browsing import Browser, look
from tests.web.housing import FIRE_BRIGADE, Housing
from tests.web.test_ledgers import FEE, HOMES

CONTACT, PHONE = "赵甲联系", "13911110001"
SECOND, SECOND_PHONE = "钱乙联系", "13911110002"
THIRD, THIRD_PHONE, INTEREST = "孙丙邻居", "13911110003", "阳台采光被挡"
PAYER, AGENT = "李丁付款", "周戊代理"
WHOLE = {CONTACT, PHONE, SECOND, SECOND_PHONE, THIRD, THIRD_PHONE, INTEREST, PAYER, AGENT}

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
BINARY = re.compile(r"/static/|/files/|/sign-out|/language|/display/|/pdf|/api/")
MOST_PAGES = 250


@pytest.fixture
def lived_in(housing: Housing) -> Housing:
    """An office with something about people of every kind."""
    people, office = housing.people, joint.opened(housing).office
    facts = {**GAS.facts, "contact_name": CONTACT, "contact_phone": PHONE}
    case = housing.filed("ordinary", replace(GAS, facts=facts), leave_out=("land_title",))
    fix = r.DefectIn(about="field.contact_phone", kind="missing", fix="补正电话")
    housing.act("window", case, "issue_correction", r.Corrections(defects=(fix,)))
    done = housing.filed(works=replace(GAS, facts=facts))
    housing.act("window", done, "accept")
    housing.act("window", done, "grant_on_the_spot")
    housing.act("window", done, "deliver", r.Service(on=housing.clock().date(), means="online"))
    housing.act("window", done, "publish")
    told = joint.begun(housing, contact_name=SECOND, contact_phone=SECOND_PHONE)
    party = h.TellThirdParty(name=THIRD, contact=THIRD_PHONE, interest=INTEREST)
    people.beside("examiner", f"case/{told}", party)
    charge = shipped.resolved("infrastructure_charge")
    office.shelf.publish(charge, actor="setup", now=housing.clock())
    owed = HOMES.file(people, "ordinary")
    people.act("window", owed, "accept")
    paid = r.Pay(fee=FEE, on=date(2022, 6, 9), amount_fen=100, receipt="国库1号", payer=PAYER)
    people.beside("window", owed, paid)
    agent = p.AuthorisePerson(name=AGENT, power="sign", since=date(2022, 6, 1), letter="委托书")
    people.about("window", "fire", agent)
    return housing


def about_people(housing: Housing) -> set[str]:
    """Every value of the office that is about a person, wherever it is kept."""
    found = set()
    with housing.office.database.read() as connection:
        rows = connection.execute(select(tables.sealed_value)).all()
    for row in rows:
        of_case = row.stream.startswith("case/")
        record = housing.office.cases.recorded(row.stream) if of_case else None
        edition = housing.office.cases.edition(record.case) if record is not None else None
        if mask_of(row.field, edition) is not None:
            found.add(row.value)
    return found


def looks(housing: Housing) -> int:
    with housing.office.database.read() as connection:
        kind = tables.event.c.type == CaseShown.__name__
        return len(connection.execute(select(tables.event.c.id).where(kind)).all())


def pages(browser: Browser, *begin: str) -> Iterator[tuple[str, str]]:
    """Everything that can be come to by links and redirects, page by page."""
    seen, todo, read = set(begin), list(begin), 0
    while todo and read < MOST_PAGES:
        path = todo.pop(0)
        answer = browser.get(path)
        if answer.status_code == 303:
            found = [answer.headers["location"]]
        else:
            read += 1
            yield path, answer.text
            found = LINK.findall(answer.text.replace("&amp;", "&"))
        new = [one for one in dict.fromkeys(found) if one not in seen and not BINARY.search(one)]
        seen.update(new)
        todo += new


@pytest.mark.parametrize(
    ("who", "begin", "least"),
    [
        ("window", ("/review", "/treasury.csv"), 60),
        ("leader", ("/review",), 40),
        ("of_fire", ("/review",), 5),
        ("auditor", ("/audit", "/audit/cases.csv", "/audit/figures.csv", "/treasury.csv"), 20),
        ("", ("/", "/register", "/projects"), 5),
    ],
)
def test_no_page_shows_anything_about_a_person_whole(
    lived_in: Housing, who: str, begin: tuple[str, ...], least: int
) -> None:
    values = about_people(lived_in)
    assert values >= WHOLE - {"经办人", "0371-00000000"}
    with lived_in.office.database.read() as connection:
        cases = connection.execute(select(tables.case_row.c.case_id)).scalars().all()
    homes = [f"/{'audit' if who == 'auditor' else 'review'}/cases/{one[5:]}" for one in cases]
    party = [f"/office/parties/{FIRE_BRIGADE}"]
    read = 0
    for path, text in pages(lived_in.browser(who), *begin, *(homes + party if who else [])):
        read += 1
        shown = {value for value in values & WHOLE if value in text}
        assert shown == set(), path
    assert read >= least
    assert looks(lived_in) == 0


@pytest.mark.parametrize("who", ["window", "auditor"])
def test_no_answer_of_the_api_does(lived_in: Housing, programs: Programs, who: str) -> None:
    program = programs[who]
    listed = program.read(f"{V1}/cases")["items"]
    assert len(listed) == 4
    answers = [f"{V1}/parties/{FIRE_BRIGADE}", f"{V1}/party-tasks", f"{V1}/register"]
    for one in listed:
        home = f"{V1}/cases/{one['id']}"
        case = program.read(home)
        answers += [home, *(d["href"] for d in case["documents"] if "href" in d)]
        answers += [f"{home}/fees/{fee['name']}" for fee in case["fees"] if "name" in fee]
    for address in answers:
        text = program.get(address).text
        assert [value for value in WHOLE if value in text] == [], address
    assert looks(lived_in) == 0


def test_whoever_says_what_for_is_shown_all_of_a_case_and_it_is_noted(lived_in: Housing) -> None:
    with lived_in.office.database.read() as connection:
        c = tables.case_row.c
        told = connection.execute(select(c.case_id).where(c.permit == "joint_review")).scalar_one()
    shown = look(lived_in.browser("examiner"), told[5:]).text
    for value in (SECOND, SECOND_PHONE, THIRD, THIRD_PHONE, INTEREST):
        assert value in shown
    assert looks(lived_in) == 1


def test_what_was_erased_says_so_and_breaks_nothing(lived_in: Housing, programs: Programs) -> None:
    office = lived_in.office
    with office.database.write() as connection:
        streams = connection.execute(select(tables.sealed_value.c.stream).distinct()).scalars()
        for stream in list(streams):
            kept = office.keeping.of(connection, stream)
            seals = {one.seal for one in kept.values}
            why = Why("setup", "asked", "个人信息保护法第47条")
            office.erasing.shred(connection, kept, seals, kept.uploads, why)
    assert check(office.database) == ()
    published = next(row for row in rows(lived_in) if row.published_on)
    homes = [f"/review/cases/{row.case_id[5:]}" for row in rows(lived_in)]
    for who, begin in (("window", homes), ("auditor", ["/audit"]), ("fire", ["/"])):
        for path, text in pages(lived_in.browser(who), *begin):
            assert [value for value in WHOLE if value in text] == [], path
    gone = "已于2022年6月9日删除"
    home = published.case_id[5:]
    for who, path in (("window", f"/review/cases/{home}"), ("fire", f"/cases/{home}")):
        assert gone in lived_in.browser(who).get(path).text
    case = programs["fire"].read(f"{V1}/cases/{home}")
    phone = next(
        one
        for part in case["application"]
        for one in part["answers"]
        if one["name"] == "contact_phone"
    )
    assert (phone["value"], phone["erased_on"]) == (None, "2022-06-09")
    corrected = next(row.case_id[5:] for row in rows(lived_in) if row.track == "ordinary")
    files = programs["fire"].read(f"{V1}/cases/{corrected}")["files"]
    assert {one["erased_on"] for one in files} == {"2022-06-09"}
    told = next(row for row in rows(lived_in) if row.permit == "joint_review")
    assert gone in lived_in.browser("examiner").get(f"/review/cases/{told.case_id[5:]}").text
    paper = lived_in.browser("fire").get(f"/cases/{home}/documents/1")
    assert paper.status_code == 200


def rows(housing: Housing) -> list[Any]:
    """The rows of the cases."""
    with housing.office.database.read() as connection:
        return list(connection.execute(select(tables.case_row).order_by("case_id")))
