"""What an office holds to before the public: what is shipped is sound, what is not says why."""

import pytest

from permits.definitions.public_rules import BrokenPublicRules, read_public_rules
from permits.environment import from_environment
from permits.services.public_rules import public_rules_of
from permits.settings import BadSetting, shipped

TEXT = (shipped("workflows") / "shared" / "public.yaml").read_text(encoding="utf-8")


def test_what_is_shipped_marks_its_example_values_and_says_nothing_of_an_office():
    rules = public_rules_of()
    assert (rules.notice.length, rules.notice.basis.article) == ("10d", "第五十二条")
    for limit in (rules.objecting, rules.answering, rules.following_up, rules.fewest):
        assert limit.basis.example
    assert rules.site.organiser is None
    assert rules.site.contact.phone is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("length: 10d", "length: 0d", "at least one day"),
        ("law: zhengzhou_planning, ", "law: nowhere, ", "not among the laws: nowhere"),
        ("cases: 5", "cases: 0", "fewest.cases"),
        ("public: rules", "public: something", "public"),
        ("laws:\n", "laws: [\n", "yaml"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(old, new, says):
    assert old in TEXT
    with pytest.raises(BrokenPublicRules) as raised:
        read_public_rules(TEXT.replace(old, new, 1))
    assert says in str(raised.value)


def test_an_office_names_its_own_file(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(TEXT.replace("10d", "20wd"), encoding="utf-8")
    settings = from_environment({"PERMITS_PUBLIC_RULES": str(own)})
    assert public_rules_of(settings.public_rules).notice.length == "20wd"
    own.write_text("public: rules\n", encoding="utf-8")
    with pytest.raises(BadSetting, match="PERMITS_PUBLIC_RULES"):
        public_rules_of(own)


LINKED = """
site:
  note: {zh: 周末不办公, en: Closed at weekends}
  links:
    - title: {zh: 上级机关, en: Higher authority}
      url: LINK
"""


@pytest.mark.parametrize("url", ["https://example.org/a?b=c", "http://example.org", "/notices"])
def test_what_stands_below_every_page_may_lead_to_pages(url):
    site = read_public_rules(TEXT + LINKED.replace("LINK", url)).site
    assert [(one.title.en, one.url) for one in site.links] == [("Higher authority", url)]
    assert site.note is not None
    assert site.note.zh == "周末不办公"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "notices", "https://", "'https://a b'"]
)
def test_a_link_that_leads_to_no_page_is_refused(url):
    with pytest.raises(BrokenPublicRules, match=r"site\.links\.0\.url"):
        read_public_rules(TEXT + LINKED.replace("LINK", url))
