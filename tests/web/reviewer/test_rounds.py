"""The verification round on paper: checks by inspector, and the sheet that is signed."""

import re

import pytest

from permits.casework.families.obligations import ObligationVerified
from permits.services.rebuild import check
from permits.services.requests import Report
from tests.casework import lots
from tests.casework.lots import CHECK
from tests.web.housing import PDF, Browser, Housing
from tests.web.reviewer.test_lots import NAMES, drawn, granted


@pytest.fixture
def office(housing: Housing) -> Housing:
    """An office with three inspectors, in which drawings are reviewed."""
    housing.office.shelf.publish(lots.resolved(), actor="setup", now=housing.office.now())
    housing.open_officer("inspector3", "inspector")
    return housing


def test_every_inspector_has_the_checks_that_were_drawn_to_them(office: Housing) -> None:
    cases = [granted(office), granted(office)]
    page = office.browser("leader").get("/review/checks").text
    for name in NAMES:
        part = re.search(rf"<h2 [^>]*>{name} .*?</section>", page, re.DOTALL)
        theirs = [case for case in cases if name in drawn(office, case)]
        listed = set(re.findall(r"/review/cases/([0-9a-f-]+)/checks/", part[0] if part else ""))
        assert listed == set(theirs), name
    assert "核查任务单" in page


def test_the_sheet_has_a_line_for_each_who_signs_and_no_personal_data(office: Housing) -> None:
    case = granted(office)
    page = office.browser("leader").get(f"/review/cases/{case}/checks/{CHECK}")
    assert page.status_code == 200
    signing = page.text.partition('<caption class="govuk-visually-hidden">签字')[2]
    assert {name for name in NAMES if f"核查人员 {name}<" in signing} == {*drawn(office, case)}
    assert office.record(case).case.number in page.text
    personal = {v for v in office.record(case).values.values() if len(v) > 3}
    shown = page.text
    assert not [one for one in personal if one.isdigit() and one in shown]


def test_before_lots_are_drawn_the_lines_stand_without_names(housing: Housing) -> None:
    case = housing.published()
    done = Report(obligation="report_completion", on=housing.clock.now.date())
    housing.people.beside("fire", f"case/{case}", done)
    page = housing.browser("leader").get(f"/review/cases/{case}/checks/check_after_completion")
    assert len(re.findall(r"核查人员 <", page.text)) == 2


def test_there_is_no_sheet_for_what_is_not_checked_nor_for_others(office: Housing) -> None:
    case = granted(office)
    leader = office.browser("leader")
    for duty in ("supply_certificate", "tea"):
        assert leader.get(f"/review/cases/{case}/checks/{duty}").status_code == 404
    assert office.stranger().get(f"/review/cases/{case}/checks/{CHECK}").status_code == 404
    assert "没有待完成的核查" in office.browser("stranger").get("/review/checks").text


def photos(office: Housing, case: str) -> tuple[Browser, str, str]:
    """An inspector who was drawn, the form of their check, and where its pictures go."""
    who = min(drawn(office, case))
    home = f"/review/cases/{case}"
    return office.browser(who), f"{home}/beside/verify/{CHECK}", f"{home}/checks/{CHECK}/photos"


def test_pictures_and_the_signed_sheet_are_evidence_of_the_check(office: Housing) -> None:
    case = granted(office)
    inspector, form, at = photos(office, case)
    assert inspector.attach(form, at, "签字记录.pdf", PDF).status_code == 303
    page = inspector.get(form).text
    (upload,) = re.findall(rf'href="{at}/([^"/]+)" download', page)
    assert inspector.get(f"{at}/{upload}").content == PDF
    other = office.browser(max(drawn(office, case)))
    assert other.get(f"{at}/{upload}").status_code == 404, (
        "it is nobody else's before it is recorded"
    )
    fields = {
        **inspector.hidden(form),
        "inspectors": [*drawn(office, case).values()],
        "on": "2022-06-09",
        "passed": "true",
        "finding": "与承诺一致",
    }
    for _ in range(2):
        assert inspector.post(form, data=fields).status_code == 303
    assert verified(office, case) == []
    shown = other.get(f"/review/cases/{case}/beside/sign_check/{CHECK}").text
    assert "签字记录.pdf" in shown and "与承诺一致" in shown
    assert signed(other, case, agrees="true").status_code == 303
    (event,) = verified(office, case)
    assert [(one.material, one.size) for one in event.evidence] == [("check.evidence", len(PDF))]
    shown = office.browser("leader").get(f"/review/cases/{case}").text
    assert "签字记录.pdf" in shown and "核查照片、签字记录" in shown
    assert office.browser("leader").get(f"/cases/{case}/files/{upload}").content == PDF
    assert office.office.uploading.uploads(at) == []
    assert check(office.office.database) == ()


def verified(office: Housing, case: str) -> list[ObligationVerified]:
    return [e for _at, e in office.record(case).entries if isinstance(e, ObligationVerified)]


def signed(browser: Browser, case: str, **fields: str):
    return browser.fill(f"/review/cases/{case}/beside/sign_check/{CHECK}", **fields)


def written(office: Housing, case: str) -> tuple[Browser, Browser]:
    """Those who were drawn; the first wrote the record."""
    first, second = (office.browser(who) for who in sorted(drawn(office, case)))
    form = f"/review/cases/{case}/beside/verify/{CHECK}"
    fields = {"on": "2022-06-09", "passed": "false", "finding": "未见验收资料"}
    ids = [*drawn(office, case).values()]
    assert first.fill(form, inspectors=ids, **fields).status_code == 303
    return first, second


def test_each_signs_for_themselves_and_until_then_the_case_says_who_has_not(
    office: Housing,
) -> None:
    case = granted(office)
    first, second = written(office, case)
    page = second.get(f"/review/cases/{case}").text
    mine, theirs = sorted(drawn(office, case))
    assert f"已由{mine}（核查人员）签字" in page and f"待{theirs}签字" in page
    assert f"/beside/sign_check/{CHECK}" in page
    assert f"/beside/sign_check/{CHECK}" not in first.get(f"/review/cases/{case}").text
    assert case in second.get("/review?pile=checks").text
    assert case not in first.get("/review?pile=checks").text.partition("<table")[2]
    assert "未见验收资料" not in office.browser("fire").get(f"/cases/{case}").text
    token = first.hidden("/review", "/sign-out")["csrf"]
    own = first.post(
        f"/review/cases/{case}/beside/sign_check/{CHECK}",
        data={
            "csrf": token,
            "key": "k" * 20,
            "seen": str(office.record(case).case.version),
            "agrees": "true",
            "record": "0" * 64,
        },
    )
    assert (own.status_code, verified(office, case)) == (409, [])
    assert signed(second, case).status_code == 422, "it is signed or not"
    assert signed(second, case, agrees="true").status_code == 303
    assert len(verified(office, case)) == 1
    assert "限期整改" in office.browser("fire").get(f"/cases/{case}").text


def test_who_does_not_sign_says_why_and_the_record_is_written_anew(office: Housing) -> None:
    case = granted(office)
    first, second = written(office, case)
    assert signed(second, case, agrees="false").status_code == 422
    assert signed(second, case, agrees="false", reason="资料已当场出示").status_code == 303
    page = first.get(f"/review/cases/{case}").text
    assert "资料已当场出示" in page and "退回" in page
    form = f"/review/cases/{case}/beside/verify/{CHECK}"
    fields = {"on": "2022-06-09", "passed": "true", "finding": "资料齐全"}
    ids = [*drawn(office, case).values()]
    first.fill(form, inspectors=ids, **fields)
    assert "尚待" in first.get(form).text, "whoever writes another is told of the one that waits"
    assert signed(second, case, agrees="true").status_code == 303
    assert [one.passed for one in verified(office, case)] == [True]
    assert check(office.office.database) == ()


def test_a_picture_is_taken_away_again_and_what_is_none_is_refused(office: Housing) -> None:
    case = granted(office)
    inspector, form, at = photos(office, case)
    bad = inspector.attach(form, at, "x.pdf", b"nothing of the kind")
    assert bad.status_code in (415, 422)
    assert 'href="#check.evidence"' in bad.text
    inspector.attach(form, at, "x.pdf", PDF)
    (upload,) = re.findall(rf'href="{at}/([^"/]+)" download', inspector.get(form).text)
    assert inspector.fill(form, f"{at}/{upload}/remove").status_code == 303
    assert "x.pdf" not in inspector.get(form).text
    leader = office.browser("leader")
    assert leader.get(f"{at}/{upload}").status_code == 404
