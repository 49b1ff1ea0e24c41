"""Policies: what a file may say, what is found in it, and what comes out for an enterprise."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from permits.definitions import policies
from permits.definitions.findings import BrokenDefinition
from permits.definitions.policies.editions import policy_edition
from permits.definitions.policies.loader import (
    is_policy,
    load_policies,
    load_policy,
)
from permits.definitions.policies.periods import Period, parse, period_of
from tests.definitions.policies import (
    AWARD,
    FOLDER,
    GRADED,
    POINTS,
    changed,
    edition,
    shipped_policies,
    variant,
)

ROW = {
    "in_zone": True, "industry": "manufacturing", "hightech_year": 2022, "hightech_times": 1,
    "above_scale_year": 2022, "output_wan": 5000, "points": 85, "credit": "good",
}  # fmt: skip


def test_the_shipped_policies_are_clean():
    assert set(shipped_policies()) == {AWARD, GRADED, POINTS}


def test_what_is_shared_stands_in_each_policy_and_only_laws_that_are_cited():
    for one in shipped_policies().values():
        assert one.policy.authority.id == "enterprise_service"
        assert set(one.policy.laws) == {"credit_henan"}


def test_six_steps_become_three_and_nothing_is_handed_in():
    """The reform reported it so: apply, accept, examine, hand in, verify, pay; then match,
    confirm, pay, with public notice beside them."""
    policy = edition().policy
    assert len(policy.steps.ordinary) == 6
    assert [step.title.zh for step in policy.steps.entitled] == [
        "数据比对", "公示", "意愿确认", "拨付到账",
    ]  # fmt: skip
    assert policy.saved_steps == 3
    assert policy.saved_materials == 5


def test_a_material_that_is_still_handed_in_is_not_saved():
    one = variant(lambda d: d["materials"]["receipt"].update(entitled="supplied"))
    assert one.policy.saved_materials == 4


# ── periods ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022Q1", date(2022, 1, 1), date(2022, 3, 31)),
        ("2022Q2", date(2022, 4, 1), date(2022, 6, 30)),
        ("2022Q4", date(2022, 10, 1), date(2022, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(written, first, last):
    found = parse(written)
    assert (found.first, found.last, str(found)) == (first, last, written)
    assert period_of(found.kind, first) == period_of(found.kind, last) == found


@pytest.mark.parametrize("written", ["", "22", "1999", "2022Q5", "2022Q0", "2022-Q1", "２０２２"])
def test_what_is_no_period(written):
    assert parse(written) is None


# ── verdicts ──────────────────────────────────────────────────────────────────────────────────


def verdict(name=AWARD, period="2022", *, barred=False, **row):
    return edition(name).verdict({**ROW, **row}, parse(period), barred=barred)


def test_every_condition_is_a_line_of_the_evidence_with_the_values_it_read():
    found = verdict()
    assert (found.outcome, found.grade, found.fen) == ("candidate", "award", 10_000_000)
    assert [(one.condition, one.kind, one.holds) for one in found.evidence] == [
        ("registered_here", "required", True),
        ("recognised_first_time", "required", True),
        ("in_serious_bad_faith", "excludes", False),
        ("barred_by_the_office", "excludes", False),
    ]
    assert found.evidence[1].values == (
        ("hightech_times", 1),
        ("hightech_year", 2022),
        ("period_year", 2022),
    )


def test_the_first_grade_that_fits_is_paid():
    assert verdict(GRADED, output_wan=10_000).fen == 20_000_000
    assert verdict(GRADED, output_wan=9_999).fen == 15_000_000
    assert verdict(GRADED, output_wan=2_000).grade == "third"
    assert verdict(GRADED, output_wan=1_999).outcome == "unmet"


def test_grades_are_looked_at_up_to_the_first_that_fits():
    graded = [one for one in verdict(GRADED, output_wan=5_000).evidence if one.kind == "grade"]
    assert [(one.condition, one.holds) for one in graded] == [
        ("output_very_high", False),
        ("output_high", True),
    ]


def test_a_grade_without_a_condition_fits_everybody_else():
    one = variant(
        lambda d: d["grades"].update(
            fourth={
                "title": {"zh": "四档", "en": "Fourth"},
                "yuan": 1,
                "basis": {"example": {"zh": "示例", "en": "Example"}},
            }
        )
        or [sample.update(outcome="candidate", yuan=1) for name, sample in d["samples"].items()
            if name in ("below_scale", "output_unknown")],
        GRADED,
    )  # fmt: skip
    found = one.verdict({**ROW, "output_wan": 1}, Period(2022), barred=False)
    assert (found.grade, found.fen) == ("fourth", 100)


def test_a_value_that_is_not_known_meets_no_condition():
    row = {name: value for name, value in ROW.items() if name != "points"}
    found = edition(POINTS).verdict(row, Period(2022, 2), barred=False)
    assert found.outcome == "unmet"
    assert ("points", None) in [value for one in found.evidence for value in one.values]


def test_whoever_is_excluded_is_told_so_only_if_all_else_is_met():
    assert verdict(credit="serious").outcome == "excluded"
    assert verdict(barred=True).outcome == "excluded"
    assert verdict(credit="serious", in_zone=False).outcome == "unmet"


# ── findings ──────────────────────────────────────────────────────────────────────────────────


def rules(change, name=AWARD):
    return [finding.rule for finding in changed(change, name)]


def column(data, name):
    return next(one for one in data["register"]["columns"] if one["id"] == name)


BROKEN = {
    "register.reserved": lambda d: column(d, "points").update(id="period_year"),
    "register.duplicate": lambda d: d["register"]["columns"].append(column(d, "points")),
    "ref.source": lambda d: column(d, "points").update(source="nobody"),
    "register.options": lambda d: column(d, "points").update(
        options={"a": {"zh": "甲", "en": "A"}}
    ),
    "register.unit": lambda d: column(d, "points").pop("unit"),
    "register.limits": lambda d: column(d, "points").update(least=101),
    "ref.law": lambda d: d["exclusions"]["serious_bad_faith"].update(
        basis={"law": "nowhere", "article": "1"}
    ),
    "cel.syntax": lambda d: d["conditions"]["registered_here"].update(when="in_zone &&"),
    "cel.unknown": lambda d: d["conditions"]["registered_here"].update(when="in_town"),
    "cel.shape": lambda d: d["conditions"]["registered_here"].update(when="points + 1 > 2"),
    "cel.kind": lambda d: d["conditions"]["registered_here"].update(when="in_zone == points"),
    "cel.value": lambda d: d["conditions"]["registered_here"].update(when="credit == 'bad'"),
    "cel.constant": lambda d: d["conditions"]["registered_here"].update(when="points >= 0"),
    "ref.condition": lambda d: d["requires"].append("nowhere"),
    "ref.unused": lambda d: d["requires"].remove("registered_here"),
    "exclusion.unknown": lambda d: column(d, "credit").update(required=False),
    "grade.shadows": lambda d: d.update(
        grades={"first": d["grades"]["award"], "second": d["grades"]["award"]}
    ),
    "duty.nobody": lambda d: d["duties"].pop("pay"),
    "duty.role": lambda d: d["duties"].update(pay=["applicant"]),
    "steps.saved": lambda d: d["steps"].update(ordinary=d["steps"]["entitled"]),
    "sample.column": lambda d: d["samples"]["first_time"]["row"].update(colour="red"),
    "sample.period": lambda d: d["samples"]["first_time"].update(period="2022Q1"),
    "sample.outcome": lambda d: d["samples"]["first_time"].update(outcome="unmet", yuan=0),
    "sample.amount": lambda d: d["samples"]["first_time"].update(yuan=1),
    "sample.one_sided": lambda d: [
        d["samples"].pop(name) for name in [*d["samples"]] if name == "first_time"
    ],
    "schema.unknown_key": lambda d: d["policy"].update(colour="red"),
    "schema.missing": lambda d: d["policy"].pop("summary"),
    "text.language_missing": lambda d: d["policy"]["title"].pop("en"),
    "schema.choice": lambda d: d.update(order="at_random"),
}


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_each_mistake_is_found_under_its_rule(rule):
    assert rule in rules(BROKEN[rule])


def test_a_text_may_have_a_most_and_a_day_may_not():
    new = {"id": "noted", "title": {"zh": "备注", "en": "Note"}, "source": "market", "most": 9}

    def add(kind):
        return lambda d: d["register"]["columns"].append({**new, "type": kind})

    assert rules(add("text")) == []
    assert rules(add("date")) == ["register.limits"]


def test_a_text_without_a_most_and_a_number_without_one_have_limits_too():
    def free(data):
        column(data, "points").pop("most")
        column(data, "points").update(least=1)

    assert rules(free) == []


def test_findings_of_several_parts_are_told_at_once():
    def spoil(data):
        data["requires"].append("nowhere")
        column(data, "points").update(source="nobody")
        data["conditions"]["registered_here"].update(when="in_town")

    assert {"ref.condition", "ref.source", "cel.unknown"} <= {*rules(spoil)}


def test_policies_of_one_group_agree(tmp_path):
    for file in FOLDER.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    points = tmp_path / f"{POINTS}.yaml"
    text = points.read_text(encoding="utf-8")
    points.write_text(text.replace("id: innovation_grade", "id: yearly_award"), encoding="utf-8")
    assert [one.rule for one in load_policies(tmp_path)[1]] == ["group.rule"]
    now = text.replace("id: innovation_grade", "id: yearly_award").replace(
        "rule: difference", "rule: highest_only"
    )
    points.write_text(now, encoding="utf-8")
    (found,) = load_policies(tmp_path)[1]
    assert found.rule == "group.period"
    assert found.mark is not None and found.mark.file == str(points)
    copied = (tmp_path / f"{AWARD}.yaml").read_text(encoding="utf-8")
    (tmp_path / "second.yaml").write_text(copied, encoding="utf-8")
    points.write_text(text, encoding="utf-8")
    assert [one.rule for one in load_policies(tmp_path)[1]] == ["policy.duplicate_id"]


def test_a_policy_of_no_group_is_paid_beside_everything(tmp_path):
    one = variant(lambda d: d.pop("group"))
    assert one.policy.group is None


def test_a_broken_file_is_told_with_its_place_and_hides_no_other(tmp_path):
    for file in FOLDER.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    file = tmp_path / f"{AWARD}.yaml"
    file.write_text("policy: [", encoding="utf-8")
    resolved, findings = load_policies(tmp_path)
    assert {one.policy.policy.id for one in resolved} == {GRADED, POINTS}
    assert findings and findings[0].mark.file == str(file)
    with pytest.raises(BrokenDefinition):
        load_policy(file)
    assert not is_policy(file)
    file.write_text("- one", encoding="utf-8")
    with pytest.raises(BrokenDefinition) as broken:
        load_policy(file)
    assert [one.rule for one in broken.value.findings] == ["schema.type"]
    (tmp_path / "shared.yaml").write_text("laws: [", encoding="utf-8")
    assert {one.mark.file for one in load_policies(tmp_path)[1]} == {
        str(file), str(tmp_path / "shared.yaml"),
    }  # fmt: skip
    assert is_policy(tmp_path / f"{POINTS}.yaml")


def test_a_file_that_shares_nothing_must_say_everything(tmp_path):
    file = tmp_path / "alone.yaml"
    file.write_bytes((FOLDER / f"{AWARD}.yaml").read_bytes())
    with pytest.raises(BrokenDefinition) as broken:
        load_policy(file)
    assert {one.rule for one in broken.value.findings} == {"schema.missing"}


def test_a_condition_that_cannot_be_read_hides_nothing_of_what_excludes():
    found = rules(lambda d: d["conditions"]["barred_by_the_office"].update(when="party_barred &&"))
    assert found == ["cel.syntax"]


def test_an_edition_is_made_again_from_what_was_published():
    one = shipped_policies()[AWARD]
    again = policy_edition(one.content, one.digest)
    assert (again.policy, again.id) == (one.policy, AWARD)


def test_policies_without_a_group_agree_with_everybody(tmp_path):
    for file in FOLDER.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(_without_group(text), encoding="utf-8")
    resolved, findings = load_policies(tmp_path)
    assert findings == ()
    assert [one.policy.group for one in resolved] == [None, None, None]


def _without_group(text: str) -> str:
    head, found, rest = text.partition("\ngroup:\n")
    return head + "\n" + rest.partition("\n\n")[2] if found else text


RULE = re.compile(
    r"(cel|duty|exclusion|grade|group|policy|ref|register|sample|schema|steps)\.[a-z_]+"
)


def written() -> set[str]:
    """Every rule of policies that is named in the source."""
    found = set()
    for file in Path(policies.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if RULE.fullmatch(node.value) else set()
    return found


def test_every_rule_was_broken_above_and_is_explained_in_the_how_to():
    of_several = {"group.rule", "group.period", "policy.duplicate_id", "schema.type"}
    assert written() <= {*BROKEN, *of_several}
    guide = Path(__file__).parents[2] / "docs" / "how-to" / "pay-entitlements.md"
    text = guide.read_text(encoding="utf-8")
    assert not [rule for rule in sorted(written()) if f"`{rule}`" not in text]
