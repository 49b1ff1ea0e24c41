"""What an office holds to with personal data: what is shipped is sound, what is not says why."""

import pytest

from permits.definitions.personal_rules import BrokenRules, read_rules
from permits.environment import from_environment
from permits.services.personal_rules import rules_of
from permits.settings import BadSetting, shipped

TEXT = (shipped("workflows") / "shared" / "personal.yaml").read_text(encoding="utf-8")


def broken(text):
    with pytest.raises(BrokenRules) as raised:
        read_rules(text)
    assert raised.value.findings
    return str(raised.value)


def test_what_is_shipped_marks_its_example_values():
    rules = read_rules(TEXT)
    assert "reach_the_person" in rules.reasons
    assert (rules.drafts.keep, rules.unhanded.keep, rules.beside.keep) == ("180d", "180d", "120m")
    assert rules.drafts.basis.example and rules.beside.basis.example


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("keep: 180d", "keep: 180wd", "counted in days or months"),
        ("keep: 120m", "keep: 0m", "counted in days or months"),
        ("personal: rules", "personal: something", "personal"),
        ("drafts:\n", "draughts:\n", "drafts"),
        ("reasons:\n", "reasons: [\n", "yaml"),
    ],
)
def test_a_file_that_cannot_be_used_says_every_reason(old, new, says):
    assert old in TEXT
    assert says in broken(TEXT.replace(old, new, 1))


def test_a_basis_in_law_is_one_of_the_laws():
    law = 'basis: {law: personal_information, article: "19"}\n'
    first, _, rest = TEXT.partition("drafts:\n")
    purpose, _, tail = rest.partition("  basis:\n")
    after = tail[tail.index("\nunhanded:") :]
    good = f"{first}drafts:\n{purpose}  {law}{after}"
    assert read_rules(good).drafts.basis.article == "19"
    assert "not among the laws: nowhere" in broken(
        good.replace("law: personal_information, art", "law: nowhere, art")
    )


def test_an_office_names_its_own_file(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(TEXT.replace("180d", "30d"), encoding="utf-8")
    settings = from_environment({"PERMITS_PERSONAL_RULES": str(own)})
    assert rules_of(settings.personal_rules).drafts.keep == "30d"
    own.write_text("personal: rules\n", encoding="utf-8")
    with pytest.raises(BadSetting, match="PERMITS_PERSONAL_RULES"):
        rules_of(own)
    with pytest.raises(BadSetting, match="PERMITS_PERSONAL_RULES"):
        from_environment({"PERMITS_PERSONAL_RULES": str(tmp_path / "none.yaml")})
