"""The service guide says what the definition says."""

import html

import pytest

from permits.definitions import loader
from permits.definitions.findings import Marks
from tests.kit import content
from tests.web.browsing import fingerprint
from tests.web.housing import Browser, Housing, at


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_guide_holds_every_part_of_the_definition(
    housing: Housing, anyone: Browser, language: str
) -> None:
    anyone.get(f"/language/{language}")
    page = html.unescape(anyone.get("/guide/plan_exempt").text)
    edition = housing.office.shelf.current("plan_exempt")
    assert edition
    d = edition.definition
    titled = (
        *d.list.values(), *d.tracks.values(), *d.materials.values(), *d.commitments.values(),
        *d.clocks.values(), *d.obligations.values(), *d.documents.values(),
        *d.still_required.values(), d.authority, d.permit,
    )  # fmt: skip
    for part in titled:
        assert part.title.in_(language) in page
    for commitment in d.commitments.values():
        for text in (*commitment.notice, *commitment.statement):
            assert text.in_(language) in page
    for row in d.list.values():
        assert d.conditions[row.admits].says.in_(language) in page
    assert fingerprint(edition.digest) in page


def test_every_example_value_is_marked(housing: Housing, anyone: Browser) -> None:
    page = anyone.get("/guide/plan_exempt").text
    edition = housing.office.shelf.current("plan_exempt")
    assert edition
    d = edition.definition
    rows = [row.basis for row in d.list.values()]
    promised = [track.promised_basis for track in d.tracks.values()]
    secondary = [m.secondary_basis for m in d.materials.values() if m.secondary_basis]
    examples = [basis for basis in (*rows, *promised, *secondary) if basis.example]
    assert len(examples) == 12
    for basis in examples:
        text = basis.example.zh if basis.example else ""
        marked = f'<span class="example">示例值</span>\n {text}'
        assert marked in page, text


def test_whoever_may_apply_can_begin_from_the_guide(housing: Housing, anyone: Browser) -> None:
    assert 'href="/sign-in?next=/guide/plan_exempt"' in anyone.get("/guide/plan_exempt").text
    applicant = housing.browser("fire")
    answer = applicant.fill("/guide/plan_exempt", "/applications")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/drafts/")
    officer = housing.browser("window").get("/guide/plan_exempt").text
    assert "开始申请" not in officer
    assert "登录并申请" not in officer


def publish_later(housing: Housing, day: str, promised: str) -> None:
    data = content()
    data["permit"]["effective_from"] = day
    data["tracks"]["ordinary"]["promised"] = promised
    built, findings = loader.build(data, Marks())
    assert built and not findings
    housing.office.shelf.publish(built, actor="setup", now=housing.clock())


def test_a_later_edition_is_announced_and_can_be_read(housing: Housing, anyone: Browser) -> None:
    anyone.get("/language/en")
    before = anyone.get("/guide/plan_exempt").text
    assert "another edition" not in before
    publish_later(housing, "2023-01-01", "3wd")
    today = anyone.get("/guide/plan_exempt").text
    assert "From 1 January 2023 another edition holds" in today
    assert 'href="/guide/plan_exempt?on=2023-01-01"' in today
    assert "2 working days" in today
    later = anyone.get("/guide/plan_exempt?on=2023-01-01").text
    assert "holds from 1 January 2023, not the one of today" in later
    assert "3 working days" in later
    assert "Sign in and apply" in today
    assert "Sign in and apply" not in later, "nobody applies under a guide that does not hold yet"
    housing.clock.now = at(2023, 1, 1, 0)
    then = anyone.get("/guide/plan_exempt").text
    assert "3 working days" in then
    assert "another edition" not in then
    assert "not the one of today" in anyone.get("/guide/plan_exempt?on=2022-12-31").text


def test_the_guide_says_from_when_applications_are_taken(
    housing: Housing, anyone: Browser
) -> None:
    housing.clock.now = at(2022, 5, 31)
    assert "本事项自2022年6月1日起受理申请。" in anyone.get("/guide/plan_exempt").text
    housing.clock.now = at(2022, 6, 1, 0)
    assert "起受理申请。" not in anyone.get("/guide/plan_exempt").text


def test_a_day_that_is_none_is_told(anyone: Browser) -> None:
    assert anyone.get("/guide/plan_exempt?on=tomorrow").status_code == 422


def test_there_is_no_guide_for_what_is_not_published(anyone: Browser) -> None:
    assert anyone.get("/guide/bakery").status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_guide_holds_every_field_a_service_guide_has(
    housing: Housing, anyone: Browser, language: str
) -> None:
    anyone.get(f"/language/{language}")
    page = html.unescape(anyone.get("/guide/plan_exempt").text)
    edition = housing.office.shelf.current("plan_exempt")
    assert edition
    d = edition.definition
    for told in (d.authority.place, d.authority.contact, d.authority.complaint):
        assert told.says.in_(language) in page
    for step in d.special_steps.values():
        assert step.says.in_(language) in page
    for one in d.common_questions.values():
        assert one.asks.in_(language) in page
        assert one.answers.in_(language) in page
    fields = {
        "zh": ("事项类型", "办件类型", "服务对象", "行使层级", "办理形式", "网办深度",
               "到办事现场次数", "不计入：承诺办结时限、法定办结时限"),
        "en": ("Type of item", "Kind of handling", "For whom", "Level", "How to apply", "Online",
               "Visits to the office", "does not count towards: Promised time limit"),
    }  # fmt: skip
    for field in fields[language]:
        assert field in page


def test_the_procedure_is_drawn_as_a_chart(anyone: Browser) -> None:
    assert "<svg" in anyone.get("/guide/plan_exempt/flow").text
    assert anyone.get("/guide/no_such/flow").status_code == 404
