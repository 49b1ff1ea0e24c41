"""English counts one as one: “1 case” and not “1 cases”, on every page that links lead to."""

import re
from collections import Counter
from html import unescape

import pytest

from tests.services.entitled import Payer
from tests.web.audit import Audited
from tests.web.housing import Browser, Housing

PEOPLE = (
    "", "fire", "window", "examiner", "leader", "inspector", "supervisor", "auditor", "sysadmin",
    "secadmin", "logadmin",
)  # fmt: skip

INLINE = re.compile(r"</?(?:a|b|br|data|em|i|small|span|strong|wbr)\b[^>]*>")
ONE = re.compile(
    r"(?<![\d.,:/–-])\b1 (?:(?:checked|decided|granted|open|ordinary|square|working) )?([a-z]+s)\b"
)
VERBS = frozenset({"as", "has", "holds", "is", "its", "this", "was"})
"""What may follow a number and is no noun in the plural."""

ALIKE = 3
"""So many pages are looked at whose addresses differ in ids and questions alone."""

LINK = re.compile(r'href="(/[^"#]*)')
ELSEWHERE = re.compile(r"/(api|static|display|language|sign-out)\b")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|\d+")


def miscounted(html: str) -> list[str]:
    """Where a page says of one as of many."""
    words = INLINE.sub(" ", html.partition("<body")[2])
    lines = (" ".join(one.split()) for one in re.split(r"<[^>]+>", unescape(words)))
    return [
        line for line in lines if any(one[1] not in VERBS for one in ONE.finditer(line.lower()))
    ]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<body><p>1 cases</p>", ["1 cases"]),
        ("<body><p><strong>1</strong> working days</p>", ["1 working days"]),
        ("<body><td>1 <span>square metres</span></td>", ["1 square metres"]),
        ("<body><td>1</td><td>holds</td>", []),
        ("<body><p>11 cases, 2.1 days, 1 case, 0 to 1 was</p>", []),
    ],
)
def test_what_is_miscounted_would_be_found(html: str, found: list[str]) -> None:
    assert miscounted(html) == found


def walk(browser: Browser) -> tuple[int, list[str]]:
    """How many pages links lead to, but for those that are alike, and what they miscount."""
    alike = Counter[str]()
    known, waiting, found, pages = {"/"}, ["/"], list[str](), 0
    browser.get("/language/en?next=/")
    while waiting:
        address = waiting.pop()
        answer = browser.get(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        pages += 1
        found += [f"{address}: {one}" for one in miscounted(answer.text)]
        for link in map(unescape, LINK.findall(answer.text)):
            kind = ID.sub("*", link.partition("?")[0])
            if link in known or ELSEWHERE.match(link) or alike[kind] == ALIKE:
                continue
            known.add(link)
            alike[kind] += 1
            waiting.append(link)
    return pages, found


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_of_a_busy_office_miscounts(audited: Audited, who: str) -> None:
    pages, found = walk(audited.housing.browser(who))
    assert pages > 10
    assert not found


@pytest.mark.parametrize("who", ["", "firm", "pay_examiner", "auditor"])
def test_none_of_an_office_that_pays_one_enterprise_does(
    house: Housing, payer: Payer, who: str
) -> None:
    payer.paid()
    pages, found = walk(house.browser(who))
    assert pages > 10
    assert not found
