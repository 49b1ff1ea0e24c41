"""What officers keep among themselves: findings for the one notice, notes, who sees to a case."""

import re

import pytest

from permits.services.requests import OpinionIn, Reasoned
from tests.web.housing import Browser, Housing


@pytest.fixture
def case(housing: Housing) -> str:
    return housing.filed("ordinary", leave_out=("land_title",))


def find(browser: Browser, case: str, **found: str):
    """Note findings: a kind and a fix by what they are about."""
    fields = {}
    for about, said in found.items():
        kind, _, fix = said.partition(" ")
        name = about.replace("__", ".")
        fields |= {f"kind:{name}": kind, f"fix:{name}": fix}
    return browser.fill(f"/review/cases/{case}/findings", **fields)


def note(browser: Browser, case: str, text: str):
    page = f"/review/cases/{case}"
    return browser.fill(page, f"{page}/notes", note=text)


def test_findings_of_several_are_gathered_in_the_one_notice(housing: Housing, case: str) -> None:
    window, examiner = housing.browser("window"), housing.browser("examiner")
    find(window, case, material__land_title="missing 补交用地证明")
    find(
        examiner,
        case,
        material__land_title="missing 须为原件",
        field__length_m="unclear 与图纸不符",
    )
    page = window.get(f"/review/cases/{case}").text
    for fix in ("补交用地证明", "须为原件", "与图纸不符"):
        assert fix in page
    beside = window.get(f"/review/cases/{case}/findings").text
    assert "须为原件" in beside, "a colleague's finding is told beside"
    notice = window.get(f"/review/cases/{case}/actions/issue_correction").text
    assert 'value="补交用地证明；须为原件"' in notice
    sent = window.fill(
        f"/review/cases/{case}/actions/issue_correction",
        **{
            "kind:material.land_title": "missing",
            "fix:material.land_title": "补交用地证明原件",
            "kind:field.length_m": "unclear",
            "fix:field.length_m": "与图纸不符",
        },
    )
    assert sent.status_code == 303
    assert housing.office.notes.findings(housing.record(case).case) == ()
    assert window.get(f"/review/cases/{case}/findings").status_code == 404


def test_whoever_notes_again_replaces_their_own_findings(housing: Housing, case: str) -> None:
    examiner = housing.browser("examiner")
    find(examiner, case, field__length_m="unclear 与图纸不符")
    find(examiner, case, field__listed_as="unclear 请核对")
    (only,) = housing.office.notes.findings(housing.record(case).case)
    assert (only.about, only.fix) == ("field.listed_as", "请核对")


def test_a_finding_has_a_kind_and_says_what_is_wanted(housing: Housing, case: str) -> None:
    window = housing.browser("window")
    half = find(window, case, material__land_title="missing ")
    assert half.status_code == 422
    assert "fix:material.land_title" in half.text
    assert housing.office.notes.findings(housing.record(case).case) == ()


def test_notes_are_for_the_department_and_their_writer_takes_them_away(
    housing: Housing, case: str
) -> None:
    window, examiner = housing.browser("window"), housing.browser("examiner")
    assert note(window, case, "").status_code == 422
    assert note(window, case, "字" * 2001).status_code == 422
    assert note(window, case, "<b>已电话核实</b>").status_code == 303
    page = examiner.get(f"/review/cases/{case}").text
    assert "&lt;b&gt;已电话核实" in page
    (path,) = re.findall(
        r'action="([^"]+/notes/[^"]+/remove)"', window.get(f"/review/cases/{case}").text
    )
    assert path not in page, "another one's note cannot be taken away"
    token = examiner.hidden("/review", "/sign-out")["csrf"]
    assert examiner.post(path, data={"csrf": token}).status_code == 404
    for outsider in ("fire", "auditor"):
        home = f"/cases/{case}" if outsider == "fire" else f"/audit/cases/{case}"
        assert "已电话核实" not in housing.browser(outsider).get(home).text
    assert window.fill(f"/review/cases/{case}", path).status_code == 303
    assert "已电话核实" not in window.get(f"/review/cases/{case}").text


def test_a_note_that_is_sent_twice_stands_there_once(housing: Housing, case: str) -> None:
    window = housing.browser("window")
    page = f"/review/cases/{case}"
    fields = {**window.hidden(page, f"{page}/notes"), "note": "已核"}
    for _ in range(2):
        assert window.post(f"{page}/notes", data=fields).status_code == 303
    assert len(housing.office.notes.of(housing.record(case).case).notes) == 1
    other = window.post(f"{page}/notes", data={**fields, "note": "别的"})
    assert other.status_code == 422


def test_nothing_of_it_is_in_the_log(housing: Housing, case: str) -> None:
    events, window = housing.events(), housing.browser("window")
    note(window, case, "内部")
    find(window, case, material__land_title="missing 补交")
    window.fill(f"/review/cases/{case}/handler", to=housing.people.actors["examiner"].id)
    assert housing.events() == events


def test_a_case_is_handed_over_and_its_handler_told(housing: Housing, case: str) -> None:
    window = housing.browser("window")
    assert '承办人：<span class="soft">暂无' in window.get(f"/review/cases/{case}").text
    assert window.fill(f"/review/cases/{case}/handler", to="stranger").status_code == 422
    to = housing.people.actors["examiner"].id
    assert window.fill(f"/review/cases/{case}/handler", to=to).status_code == 303
    assert "承办人：examiner" in window.get(f"/review/cases/{case}").text
    assert window.fill(f"/review/cases/{case}/handler", to="").status_code == 303
    assert housing.office.notes.of(housing.record(case).case).handler is None


def test_the_cases_of_whoever_leaves_go_to_a_colleague_or_to_nobody(
    housing: Housing, case: str
) -> None:
    people, other = housing.people.actors, housing.filed()
    notes, standings = housing.office.notes, housing.office.standings
    for one, held in ((case, "examiner"), (other, "leader")):
        notes.hand(housing.record(one).case, people[held].id, people["window"])
    by = people["sysadmin"]
    standings.close(people["examiner"].id, "调离", people["window"].id, by)
    standings.close(people["leader"].id, "调离", "", by)
    handed, freed = (notes.of(housing.record(one).case).handler for one in (case, other))
    assert handed is not None and handed.account == people["window"].id
    assert freed is None


def test_what_was_sent_back_says_by_whom_and_why_until_it_is_examined_again(
    housing: Housing,
) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    housing.act("examiner", case, "examine", OpinionIn(recommends="grant", opinion="符合"))
    housing.act("leader", case, "return_to_examiner", Reasoned(reason="请补充核对管径"))
    examiner = housing.browser("examiner")
    page = examiner.get(f"/review/cases/{case}").text
    assert "决定前退回审查人员" in page and "请补充核对管径" in page and "leader" in page
    assert f"/review/cases/{case}" in examiner.get("/review/board/sent_back").text
    housing.act("examiner", case, "examine", OpinionIn(recommends="grant", opinion="已补充"))
    assert "决定前退回审查人员</h3>" not in examiner.get(f"/review/cases/{case}").text


def test_others_are_not_let_near_it(housing: Housing, case: str) -> None:
    stranger = housing.stranger()
    for part in ("findings", "handler"):
        assert stranger.get(f"/review/cases/{case}/{part}").status_code == 404
