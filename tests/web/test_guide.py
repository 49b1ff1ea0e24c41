"""The service guide says what the definition says."""

import html

import pytest

from tests.web.housing import Browser, Housing


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
    assert edition.digest in page


def test_every_example_value_is_marked(housing: Housing, anyone: Browser) -> None:
    page = anyone.get("/guide/plan_exempt").text
    edition = housing.office.shelf.current("plan_exempt")
    assert edition
    d = edition.definition
    rows = [row.basis for row in d.list.values()]
    promised = [track.promised_basis for track in d.tracks.values()]
    examples = [basis for basis in (*rows, *promised) if basis.example]
    assert len(examples) == 10
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


def test_there_is_no_guide_for_what_is_not_published(anyone: Browser) -> None:
    assert anyone.get("/guide/bakery").status_code == 404
