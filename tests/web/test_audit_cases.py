"""The cases behind a figure: chosen by the address, a page at a time, and all of them as CSV."""

import re
from html import unescape
from urllib.parse import unquote

import pytest
from msgspec.structs import replace

from permits.services.demonstration.works import GAS, POLES
from permits.web.auditor import cases
from tests.web.audit import WITH_RESULT, Audited, Told, auditor, sheet, tables, walked
from tests.web.housing import Housing

UNDECIDED = "no decision"


def names(addresses: list[str]) -> set[str]:
    return {re.search(r"/audit/cases/([0-9a-f-]{36})", address)[1] for address in addresses}


@pytest.mark.parametrize(
    ("which", "line"),
    [
        ("slower", ["Granted", "Ordinary procedure", "0", "6", "0", "−4", "Overrun"]),
        ("exempt", ["Granted", "On commitment", "5", "0", "0", "2", "Kept"]),
        ("suspended", ["Granted", "Ordinary procedure", "0", "2", "7", "0", "Kept"]),
        ("refused", ["Refused", "Ordinary procedure", "0", "0", "0", "0", "Kept"]),
        ("withdrawn", ["Withdrawn", "Ordinary procedure", "0", UNDECIDED, "–", "0", "Kept"]),
        ("not_accepted", ["Not accepted", "Ordinary procedure", "0", UNDECIDED, "–", "0", "Kept"]),
        ("revoked", ["Revoked", "On commitment", "0", "0", "0", "0", "Kept"]),
    ],
)  # fmt: skip
def test_lines_of_each_kind(audited: Audited, which: str, line: list[str]) -> None:
    html = audited.auditor.get(f"/audit/cases?which={which}&to=2022-07-05").text
    (lines,) = tables(html).values()
    assert list(list(lines.values())[-1].values()) == line


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("track=commitment", {"gas", "poles", "revoked"}),
        ("track=tolerant", set()),
        ("permit=plan_exempt&track=commitment", {"gas", "poles", "revoked"}),
        ("from=2022-07-01", {"silent", "revoked", "corrected"}),
        ("to=2022-06-16", {"gas", "poles"}),
        ("from=2022-06-17&to=2022-06-24",
         {"slow", "suspended", "refused", "withdrawn", "not_accepted"}),
        ("from=2022-06-20&to=2022-06-20", {"refused"}),
        ("which=granted&track=ordinary", {"slow", "suspended", "silent", "corrected"}),
        ("which=corrected", {"corrected"}),
        ("which=late", {"slow", "silent"}),
    ],
)  # fmt: skip
def test_cases_are_chosen_by_what_the_address_asks(
    audited: Audited, query: str, found: set[str]
) -> None:
    known = audited.cases
    browser = audited.auditor
    ids = {known[name] for name in found}
    assert names(walked(browser, f"/audit/cases?{query}")) == ids
    numbers = {audited.housing.record(case).case.number for case in ids}
    assert {row["Case number"] for row in sheet(browser, f"/audit/cases.csv?{query}")} == numbers


def test_the_slowest_stand_first_where_they_are_asked_for(audited: Audited) -> None:
    html = audited.auditor.get("/audit/cases?track=ordinary&which=decided").text
    (link,) = re.findall(r'href="(/audit/cases[^"]*slowest=yes)"', html)
    page = audited.auditor.get(unescape(link)).text
    others = [page.find(audited.cases[name]) for name in ("gas", "corrected", "refused")]
    assert 0 < page.index(audited.cases["slow"]) < min(place for place in others if place > 0)


def test_the_form_keeps_what_was_asked(audited: Audited) -> None:
    query = "which=late&permit=plan_exempt&track=ordinary&from=2022-06-01&to=2022-07-31"
    page = audited.auditor.get(f"/audit/cases?{query}").text
    for value in ("late", "plan_exempt", "ordinary"):
        assert f'<option value="{value}" selected>' in page
    assert 'type="date" value="2022-06-01"' in page
    assert 'type="date" value="2022-07-31"' in page
    back = "/audit?permit=plan_exempt&amp;track=ordinary&amp;from=2022-06-01&amp;to=2022-07-31"
    assert f'href="{back}"' in page


@pytest.mark.parametrize(
    ("query", "field", "says"),
    [
        ("from=2022-13-40", "from", "“2022-13-40” is not a day of the calendar."),
        ("from=20220609", "from", "“20220609” is not a day of the calendar."),
        ("to=yesterday", "to", "“yesterday” is not a day of the calendar."),
        ("from=1822-06-09", "from", "Give a day from 2000-01-01 to 2099-12-31."),
        ("from=2022-07-01&to=2022-06-01", "to",
         "The period ends on 1 June 2022, before it begins on 1 July 2022."),
        ("permit=nothing", "permit", "There is no such permit type."),
        ("track=sideways", "track", "There is no such track."),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "page", ["/audit", "/audit/figures.csv", "/audit/cases", "/audit/cases.csv"]
)
def test_what_cannot_be_asked_is_said_and_nothing_is_lost(
    housing: Housing, page: str, query: str, field: str, says: str
) -> None:
    Told(housing).exempted("2022-06-09")
    query = query if "track" in query else f"{query}&track=commitment"
    answer = auditor(housing).get(f"{page}?{query}")
    assert answer.status_code == 422
    assert answer.text.count(says) == 2  # in the summary and beside the field
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}"' in answer.text
    for name, value in (part.split("=") for part in query.split("&")):
        if name in ("from", "to"):
            assert f'value="{value}"' in answer.text
        elif name != field:
            assert f'<option value="{value}" selected>' in answer.text
    assert "tile" not in answer.text


def test_several_faults_are_said_at_once(housing: Housing) -> None:
    page = auditor(housing).get("/audit?permit=x&track=y&from=z&to=2022-02-30").text
    summary = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    assert summary.count("<a ") == 4


@pytest.mark.parametrize(
    "query", ["which=nothing", "day=9", "after=x", "day=2022-06-09&after=%00", "from=" + "9" * 41]
)
def test_an_address_nobody_writes_is_unreadable(housing: Housing, query: str) -> None:
    wanted = 400 if "%00" in query else 422
    assert auditor(housing).get(f"/audit/cases?{query}").status_code == wanted


def test_pages_follow_each_other_without_loss_or_doubles(
    audited: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "AT_ONCE", 3)
    known = audited.cases
    found = walked(audited.auditor, "/audit/cases")
    assert len(found) == len(set(found)) == WITH_RESULT
    assert names(found) == set(known.values()) - {known["open"]}


def test_a_page_beyond_the_last_leads_back(housing: Housing) -> None:
    case = Told(housing).exempted("2022-06-09")
    page = auditor(housing).get(f"/audit/cases?day=2022-06-09&after={case}").text
    assert "There are no more cases." in page
    assert 'href="/audit/cases?which=all"' in page


def test_a_case_leads_back_to_its_list(audited: Audited) -> None:
    browser = audited.auditor
    address = "/audit/cases?track=ordinary&which=late"
    (first, *_) = walked(browser, address)
    assert f'href="{address.replace("&", "&amp;")}"' in browser.get(first).text


def test_a_sheet_opens_as_it_is_meant(housing: Housing) -> None:
    told = Told(housing)
    told.exempted("2022-06-09", replace(GAS, name="=HYPERLINK(1)", summary="一"))
    told.exempted("2022-06-09", replace(POLES, name='"雪松路",迁改'))
    answer = auditor(housing, "zh").get("/audit/cases.csv?which=granted&from=2022-06-01")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    disposition = answer.headers["content-disposition"]
    assert unquote(disposition.partition("''")[2]) == "办件明细_准予且决定仍有效_2022-06-01.csv"
    assert answer.content.startswith("\ufeff办件编号,名称,申请人,".encode())
    assert answer.content.endswith(b"\r\n")
    assert "'=HYPERLINK(1)" in answer.text
    assert ",=" not in answer.text
    assert '"""雪松路"",迁改"' in answer.text


def test_numbers_below_nothing_stay_numbers(housing: Housing) -> None:
    told = Told(housing)
    told.decided(told.accepted("2022-06-09"), "2022-06-17")
    (row,) = sheet(auditor(housing), "/audit/cases.csv")
    assert row["Working days saved, against the promised limit"] == "-4"
    assert row["A time limit overrun (1 = yes)"] == "1"
    assert (row["Decided on"], row["Result"], row["Track"]) == (
        "2022-06-17",
        "Granted",
        "Ordinary procedure",
    )


def test_a_sheet_has_every_case_however_many(
    audited: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    from permits.analytics import cases as behind

    monkeypatch.setattr(behind, "BATCH", 3)
    rows = sheet(audited.auditor, "/audit/cases.csv")
    assert len(rows) == len({row["Case number"] for row in rows}) == WITH_RESULT
