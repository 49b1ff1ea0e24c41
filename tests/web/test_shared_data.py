"""What other offices give: asked for when the application is prepared, shown to both sides, and
asked from the applicant when it does not come."""

import json
import shutil

import pytest

from permits.outside.sources import Sources
from permits.services.demonstration.sites import early_works
from tests.web.browsing import PDF, Browser
from tests.web.housing import Housing, at
from tests.web.sharing import deliver
from tests.web.sites import choose, file, hand_in, publish, write

NAME = "early_start"


@pytest.fixture
def applicant(housing: Housing) -> Browser:
    publish(housing, NAME)
    return housing.browser("fire")


def prepared(applicant: Browser, housing: Housing) -> str:
    """An application on commitment, its track chosen."""
    draft = write(applicant, housing, early_works(0, "2022-06-20"))
    choose(applicant, draft, "commitment")
    return draft


def filed(applicant: Browser, draft: str) -> str:
    hand_in(applicant, draft, "safety_plan", "dust_plan")
    applicant.fill(f"{draft}/commitments/temporary_works_only", agreed="yes")
    return file(applicant, draft)


def test_what_another_office_has_need_not_be_handed_in(
    housing: Housing, applicant: Browser
) -> None:
    draft = prepared(applicant, housing)
    page = applicant.get(f"{draft}/materials").text
    assert "土地登记数据" in page
    assert "机关自行获取" in page
    assert 'id="land_document"' not in page
    case = filed(applicant, draft)
    record = housing.record(case)
    answer = record.case.shared["land_document"]
    assert (answer.outcome, answer.source, str(answer.as_of)) == (
        "found",
        "land_document",
        "2022-06-01",
    )
    window = housing.browser("window")
    shown = window.get(f"/review/cases/{case}").text
    assert "土地登记数据" in shown
    assert "土地登记数据" in applicant.get(f"/cases/{case}").text
    (held,) = (u for u in record.uploads if u.material == "shared.land_document")
    kept = window.get(f"/cases/{case}/files/{held.id}")
    assert json.loads(kept.content)["record"]["data"] == {"document": "land_document 2022"}
    assert held.sha256 == answer.sha256


def test_what_is_too_old_is_asked_for_and_said_why(housing: Housing, applicant: Browser) -> None:
    deliver(housing, "scheme_opinion", as_of="2022-06-01")
    shutil.rmtree(housing.office.settings.sources.parent / "shared" / "land_document")
    deliver(housing, "land_document", as_of="2022-05-09")
    draft = prepared(applicant, housing)
    page = applicant.get(f"{draft}/materials").text
    assert "超过有效期限" in page
    assert 'id="land_document"' in page
    hand_in(applicant, draft, "land_document")
    case = filed(applicant, draft)
    held = housing.record(case).case
    assert held.shared["land_document"].outcome == "stale"
    assert "land_document" in held.materials
    assert "scheme_opinion" not in held.materials


def test_an_outage_stops_nobody(housing: Housing, applicant: Browser) -> None:
    shutil.rmtree(housing.office.settings.sources.parent / "shared")
    draft = prepared(applicant, housing)
    assert "无法查询" in applicant.get(f"{draft}/materials").text
    case = filed(applicant, draft)
    assert {a.outcome for a in housing.record(case).case.shared.values()} == {"unavailable"}
    window = housing.browser("window")
    assert (
        "<form"
        not in window.get(f"/review/cases/{case}/actions/accept").text.partition("<main")[2]
    )
    notice = window.get(f"/review/cases/{case}/actions/issue_correction").text
    assert notice.count('value="missing" selected') == 2


def test_an_answer_holds_for_a_day_and_is_asked_for_anew(
    housing: Housing, applicant: Browser
) -> None:
    draft = prepared(applicant, housing)
    housing.office.shared.sources = Sources()
    choose(applicant, draft, "commitment")
    assert "机关自行获取" in applicant.get(f"{draft}/materials").text
    housing.clock.now = at(2022, 6, 11)
    other = housing.browser("fire")
    case = filed(other, draft)
    assert {a.outcome for a in housing.record(case).case.shared.values()} == {"no_source"}


def test_other_facts_are_asked_about_anew(housing: Housing, applicant: Browser) -> None:
    draft = prepared(applicant, housing)
    held = housing.draft(draft)
    housing.office.filing.save(held, {"works_name": "另一工程"})
    assert housing.office.shared.known(held.id) == ()


def test_nobody_hands_in_an_answer_of_their_own(housing: Housing, applicant: Browser) -> None:
    draft = prepared(applicant, housing)
    token = applicant.hidden(f"{draft}/materials", "/sign-out")["csrf"]
    action = f"{draft}/materials/shared.land_document/files"
    sent = applicant.post(
        action, data={"csrf": token}, files={"file": ("x.json", PDF, "application/json")}
    )
    assert sent.status_code == 404


def test_an_answer_whose_file_is_lost_is_asked_for_anew(
    housing: Housing, applicant: Browser
) -> None:
    held = housing.draft(prepared(applicant, housing))
    before = housing.office.shared.known(held.id)
    (housing.settings.files / before[0].sha256[:2] / before[0].sha256).unlink()
    assert len(housing.office.shared.known(held.id)) == len(before) - 1
    housing.office.filing.ask_others(held)
    after = {answer.material for answer in housing.office.shared.known(held.id)}
    assert after == {answer.material for answer in before}
