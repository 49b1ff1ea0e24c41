"""“Which permit do I need?”: a few questions, what each track spares, and a draft with them."""

import html

from tests.web.housing import FIRE_BRIGADE, Browser, Housing

GAS = {
    "listed_as": "short_line", "length_m": "150", "road_class": "branch", "new_land": "false",
    "neighbours_affected": "false", "restricted_place": "false",
}  # fmt: skip
FIND = "/find/plan_exempt"


def asked(browser: Browser, **answers: str) -> str:
    query = [("put", name) for name in GAS] + [*answers.items()]
    answer = browser.get(FIND, params=query)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_people_choose_what_they_have_in_mind(anyone: Browser) -> None:
    page = anyone.get("/find").text
    assert "铺设、迁改或者更新市政管线" in page
    assert FIND in page
    assert anyone.get("/find/no_such").status_code == 404


def test_nothing_is_held_up_to_whoever_only_comes_to_the_page(anyone: Browser) -> None:
    page = anyone.get(FIND).text
    assert "清单类别" in page
    assert "管线长度" not in page
    assert "联系人姓名" not in page
    assert "govuk-error-summary" not in page


def test_answers_bring_up_further_questions(anyone: Browser) -> None:
    page = anyone.get(FIND, params={"put": "listed_as", "listed_as": "short_line"}).text
    assert "管线长度" in page


def test_the_answer_says_what_each_track_spares_against_the_ordinary_one(anyone: Browser) -> None:
    page = asked(anyone, **GAS)
    assert "5份材料、2个工作日" in page
    assert "最省" in page
    assert "登录并申请" in page


def test_what_shuts_a_track_is_said(anyone: Browser) -> None:
    assert "要求长度小于200米、不在主干道上且不新增用地" in asked(
        anyone, **{**GAS, "length_m": "250"}
    )
    excluded = asked(anyone, **{**GAS, "restricted_place": "true"})
    assert "直接涉及国家安全" in excluded


def test_what_does_not_fit_is_said_and_nothing_breaks(anyone: Browser) -> None:
    page = asked(anyone, **{**GAS, "length_m": "a lot"})
    assert "govuk-error-summary" in page


def test_a_draft_begins_with_the_answers(housing: Housing, applicant: Browser) -> None:
    page = str(applicant.build_request("GET", FIND, params={"put": "", **GAS}).url)
    answer = applicant.fill(page, "/applications")
    assert answer.status_code == 303
    draft = housing.draft(answer.headers["location"])
    assert (draft.party, draft.track) == (FIRE_BRIGADE, "")
    assert {name: draft.answers[name] for name in GAS} == GAS


def test_a_form_that_is_sent_again_changes_nothing_written_since(
    housing: Housing, applicant: Browser
) -> None:
    page = str(applicant.build_request("GET", FIND, params={"put": "", **GAS}).url)
    hidden = applicant.hidden(page, "/applications")
    path = applicant.submit(page, "/applications", hidden).headers["location"]
    applicant.fill(f"{path}/sections/works", works_name="燃气工程")
    again = applicant.submit(page, "/applications", {**hidden, "answer:length_m": "190"})
    assert again.headers["location"] == path
    assert housing.draft(path).answers["length_m"] == "150"
