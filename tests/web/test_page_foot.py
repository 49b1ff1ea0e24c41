"""What stands below every page: proposed by one administrator, published by another."""

import re

import pytest

from permits.casework.publishing import Fault, Outcome
from permits.definitions.parts import Text
from permits.definitions.public_rules import Site
from permits.services.proposed import of_site
from permits.services.rebuild import check
from tests.web.browsing import entries_in
from tests.web.housing import Browser, Housing

PAGE = "/publishing/site"

FILLED = {
    "organiser_zh": "示例市自然资源局",
    "organiser_en": "Example Bureau of Natural Resources",
    "phone": "0371-0000 0000",
    "email": "office@example.org",
    "note_zh": "周末不办公",
    "note_en": "Closed at <weekends>",
    "link_2_zh": "上级机关",
    "link_2_en": "Higher authority",
    "link_2_url": "https://example.org/",
}


def proposed(browser: Browser, **changed: str) -> str:
    """The address of a new proposal."""
    fields = {**FILLED, "reason": "电话变更", "what": "propose", **changed}
    answer = browser.fill(PAGE, **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def foot(browser: Browser, page: str = "/") -> str:
    return browser.get(page).text.partition("<footer")[2]


def test_it_is_proposed_by_one_and_stands_below_every_page_once_another_publishes_it(
    housing: Housing, anyone: Browser
) -> None:
    system, security = housing.browser("sysadmin"), housing.browser("secadmin")
    assert "未填写，不显示" in system.get(PAGE).text
    proposal = proposed(system)
    assert "上级机关" not in foot(anyone), "nothing changes before it is published"
    shown = security.get(proposal).text
    assert "示例市自然资源局 / Example Bureau of Natural Resources" in shown
    assert "上级机关 / Higher authority → https://example.org/" in shown
    assert security.fill(proposal, f"{proposal}/publish").status_code == 303
    for page in ("/", "/accessibility", "/sign-in"):
        below = foot(anyone, page)
        assert '<a href="https://example.org/" rel="noreferrer">上级机关</a>' in below
        assert "主办单位：示例市自然资源局" in below
        assert "0371-0000 0000" in below
    anyone.get("/language/en?next=/")
    assert "Closed at &lt;weekends&gt;" in foot(anyone)
    assert "Higher authority" in foot(anyone)
    assert check(housing.office.database) == ()


def test_the_form_holds_what_stands_there(housing: Housing) -> None:
    system, security = housing.browser("sysadmin"), housing.browser("secadmin")
    proposal = proposed(system)
    assert security.fill(proposal, f"{proposal}/publish").status_code == 303
    page = system.get(PAGE).text
    values = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    assert values["link_1_url"] == "https://example.org/", "links follow each other"
    assert (values["organiser_en"], values["icp"]) == (FILLED["organiser_en"], "")
    assert "propose" not in re.findall(r'name="what" value="(\w+)"', security.get(PAGE).text)


def test_only_looking_at_it_keeps_nothing(housing: Housing) -> None:
    system = housing.browser("sysadmin")
    with housing.unchanged():
        page = system.fill(PAGE, **FILLED, what="look")
    assert page.status_code == 200
    assert "周末不办公 / Closed at &lt;weekends&gt;" in page.text
    with housing.unchanged():
        assert "没有差异" in system.fill(PAGE, what="look").text


def test_what_does_not_fit_is_said_of_each_field_by_its_name(housing: Housing) -> None:
    system = housing.browser("sysadmin")
    system.get("/language/en?next=/")
    wrong = {
        "organiser_zh": "示例市自然资源局",
        "address_en": "1 Example Road",
        "icp": "备" * 201,
        "email": "nobody",
        "link_1_zh": "甲",
        "link_1_en": "A",
        "link_2_url": "javascript:alert(1)",
        "link_3_url": "/notices",
        "what": "propose",
    }
    with housing.unchanged():
        answer = system.fill(PAGE, **wrong)
    assert answer.status_code == 422
    assert entries_in(answer.text) == [
        (
            "organiser_en",
            "Who organises the site, in English: Write it in this language too, or leave both"
            " empty",
        ),
        ("address_zh", "Address, in Chinese: Write it in this language too, or leave both empty"),
        ("icp", "ICP filing: At most 200 characters; there are 201"),
        ("email", "Mail: Write a mail address, such as office@example.org"),
        ("link_1_url", "Address of link 1: Write where the link leads"),
        (
            "link_2_url",
            "Address of link 2: Write the whole address, beginning with https://, or / for a page"
            " here",
        ),
        ("link_3_zh", "Name of link 3, in Chinese: Write what the link is called"),
        ("reason", "Reason: Write something here"),
    ]
    assert answer.text.count("<details open>") == 3, "links with something in them are open"


def test_whoever_proposed_it_does_not_publish_it(housing: Housing) -> None:
    system = housing.browser("sysadmin")
    proposal = proposed(system)
    hidden = system.hidden(PAGE)
    refused = system.submit(proposal, f"{proposal}/publish", hidden)
    assert refused.status_code == 422
    assert housing.office.site() == Site()


def test_what_is_published_already_or_was_overtaken_is_not_published(housing: Housing) -> None:
    publishing, people = housing.office.publishing, housing.people.actors
    system, security = people["sysadmin"], people["secadmin"]
    one, other = (of_site(Site(note=Text(zh=text, en=text))) for text in ("一", "二"))
    first = publishing.propose(one, "一", system)
    assert publishing.propose(one, "一", system) == first, "proposed once, however often sent"
    second = publishing.propose(other, "二", system)
    assert publishing.decide(first, Outcome.PUBLISHED, "", security) is None
    assert publishing.propose(one, "又", system) is Fault.NOTHING_NEW
    assert publishing.decide(second, Outcome.PUBLISHED, "", security) is Fault.OVERTAKEN
    assert publishing.decide(second, Outcome.DECLINED, "重新提出", security) is None
    later = publishing.propose(other, "再", system)
    assert publishing.decide(later, Outcome.PUBLISHED, "", security) is None
    assert housing.office.site().note == Text(zh="二", en="二")


def test_the_access_log_says_who_proposed_and_published_it(housing: Housing) -> None:
    system, security = housing.browser("sysadmin"), housing.browser("secadmin")
    proposal = proposed(system)
    assert security.fill(proposal, f"{proposal}/publish").status_code == 303
    log = housing.browser("logadmin").get("/access-log?kind=OfficeAdministered").text
    assert "提出 页脚" in log
    assert "已发布 页脚" in log
    waiting = system.get("/publishing").text
    assert ">页脚</a>" in waiting


@pytest.mark.parametrize("address", ["//example.org/", "/\\example.org", "https:/example.org"])
def test_an_address_that_seems_to_stay_here_and_does_not_is_refused(
    housing: Housing, address: str
) -> None:
    """A browser takes two strokes for the name of another site."""
    link = {"link_1_zh": "甲", "link_1_en": "A", "link_1_url": address, "what": "look"}
    answer = housing.browser("sysadmin").fill(PAGE, **link)
    assert answer.status_code == 422
    assert [field for field, _says in entries_in(answer.text)] == ["link_1_url"]
