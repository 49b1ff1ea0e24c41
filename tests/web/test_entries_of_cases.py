"""Several entries of one answer on the pages of a case: read as a table, found to be wrong, put
right by the applicant or at the counter, changed after the grant, and stated in documents."""

import json
import re

import pytest

from permits.definitions import loader
from permits.definitions.findings import Marks
from permits.services.rebuild import check
from permits.services.requests import Corrections, DefectIn
from tests.definitions.broken_entries import houses
from tests.definitions.shipped import resolved as shipped_resolved
from tests.web import building as b
from tests.web import several
from tests.web.housing import Browser, Housing

HOUSES = ({"name": "一号楼", "area_m2": 800}, {"name": "门卫室", "area_m2": 45})


def text(html: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def case(housing: Housing) -> str:
    return several.filed(housing)


@pytest.fixture
def noticed(housing: Housing, case: str) -> str:
    """The same with a correction notice about the houses."""
    defect = DefectIn(about="field.houses", kind="unclear", fix="补填三号楼")
    housing.act("window", case, "issue_correction", Corrections(defects=(defect,)))
    return case


def test_applicant_and_officer_read_a_table_with_its_totals(
    housing: Housing, applicant: Browser, case: str
) -> None:
    for page in (
        applicant.get(f"/cases/{case}").text,
        housing.browser("examiner").get(f"/review/cases/{case}").text,
    ):
        table = page[page.index('<table class="table table--stack entries__shown">') :]
        assert '<th scope="row"><span class="entries__called">房屋 </span>2</th>' in table
        assert '<td data-label="' in table
        assert "45" in table[: table.index("</table>")]
        assert "845" in text(page)


def test_the_question_can_be_found_wrong_and_its_totals_cannot(
    housing: Housing, case: str
) -> None:
    page = housing.browser("window").get(f"/review/cases/{case}/actions/issue_correction").text
    assert 'name="kind:field.houses"' in page
    assert "field.houses_m2" not in page


def test_corrections_add_a_house_and_the_totals_follow(
    housing: Housing, applicant: Browser, noticed: str
) -> None:
    page, fields = f"/cases/{noticed}/corrections", several.typed(*several.TWO)
    assert 'value="一号楼"' in applicant.get(page).text
    with housing.unchanged():
        more = applicant.fill(page, add_entry="houses", **fields)
    assert more.status_code == 200
    assert more.text.count('<fieldset class="entry"') == 3
    assert 'id="houses.3" tabindex="-1" autofocus>' in more.text
    with housing.unchanged():
        wrong = applicant.fill(page, **fields, **{"houses.3.name": "三号楼"})
    assert wrong.status_code == 422
    assert '<a href="#houses.3.area_m2">' in wrong.text
    sent = applicant.fill(page, **several.typed(*several.TWO, several.THIRD))
    assert sent.headers["location"] == f"/cases/{noticed}"
    answers = housing.record(noticed).case.answers
    assert answers["houses"] == (*HOUSES, {"name": "三号楼", "area_m2": 100})
    assert (answers["house_count"], answers["houses_m2"]) == (3, 945)


def test_the_window_puts_entries_right_for_whoever_stands_there(
    housing: Housing, case: str
) -> None:
    window, page = housing.browser("window"), f"/review/cases/{case}/for/on_the_spot"
    opened = window.get(page)
    assert opened.status_code == 200
    assert 'value="门卫室"' in opened.text
    fields = several.typed(*several.TWO, several.THIRD)
    fewer = window.fill(page, remove_entry="houses.1", **fields)
    assert fewer.text.count('<fieldset class="entry"') == 2
    assert len(re.findall(r'id="houses.[0-9]" tabindex="-1" autofocus>', fewer.text)) == 1
    assert 'value="一号楼"' not in fewer.text


def test_a_grant_states_every_entry(housing: Housing, applicant: Browser) -> None:
    case = several.filed(housing, "commitment")
    housing.act("window", case, "accept")
    housing.act("window", case, "grant_on_the_spot")
    drawn = [one.document for one in housing.record(case).case.documents]
    at = drawn.index("filing_receipt") + 1
    page = applicant.get(f"/cases/{case}/documents/{at}").text
    assert "<h2>各栋房屋</h2>" in page
    assert re.search(r'<th scope="row"><span class="entries__called">房屋 </span>1</th>', page)
    assert "845" in text(page)


def staged(housing: Housing) -> str:
    """A construction permit with two houses, which may be changed after the grant."""
    data = json.loads(shipped_resolved("staged_construction").content)
    houses(title={"zh": "各栋房屋", "en": "The houses"}, entry={"zh": "房屋", "en": "House"})(data)
    data["amendment"]["fields"].append("houses")
    resolved, findings = loader.build(data, Marks())
    assert resolved is not None, findings
    housing.office.shelf.publish(resolved, actor="setup", now=housing.clock())
    fire = housing.browser("fire")
    draft = b.written(fire, "whole", project=several.typed(*several.TWO))
    case = str(fire.fill(f"{b.handed_in(fire, housing, draft)}/check").headers["location"])
    case = case.split("/")[2]
    housing.act("window", case, "accept")
    housing.act("window", case, "grant_on_the_spot")
    return case


def test_a_change_after_the_grant_is_of_the_whole_list_and_shows_what_is_another(
    housing: Housing, applicant: Browser
) -> None:
    """The gatehouse goes, a third house of 100 square metres comes: 800 + 100 = 900."""
    case = staged(housing)
    page = f"/cases/{case}/after/ask_amendment"
    with housing.unchanged():
        more = applicant.fill(page, add_entry="houses", **several.typed(*several.TWO))
    assert more.text.count('<fieldset class="entry"') == 3
    assert 'id="houses.3" tabindex="-1" autofocus>' in more.text
    stands = several.typed(*several.TWO)
    with housing.unchanged():
        same = applicant.fill(page, why="另建一栋", **stands)
    assert same.status_code in {409, 422}
    now = several.typed(several.TWO[0], several.THIRD)
    assert applicant.fill(page, why="另建一栋", **now).status_code == 303
    (asked,) = housing.record(case).case.amendments
    assert (asked.answers["houses_m2"], asked.was["houses_m2"]) == (900, 845)
    shown = text(housing.browser("examiner").get(f"/review/cases/{case}").text)
    assert "第2个房屋（" in shown and "门卫室" in shown and "三号楼" in shown
    assert "其余1项不变" in shown
    examiner, leader = housing.browser("examiner"), housing.browser("leader")
    home = f"/review/cases/{case}/after"
    examiner.fill(f"{home}/examine_amendment", recommends="grant", opinion="符合要求")
    leader.fill(f"{home}/decide_amendment", granted="true")
    held = housing.record(case).case
    assert held.answers["houses"] == (HOUSES[0], {"name": "三号楼", "area_m2": 100})
    place = len(held.documents)
    document = text(applicant.get(f"/cases/{case}/documents/{place}").text)
    assert "三号楼" in document and "门卫室" in document
    assert check(housing.office.database) == ()
