"""Each rule is provoked alone: one change of a shipped definition, or one file, and one rule."""

import ast
import re
import shutil
from pathlib import Path

import pytest
from tools.checker_reference import RULES

import permits.definitions
from permits.definitions import checker, loader
from permits.definitions.fitting import whole
from tests.definitions import broken_fees
from tests.definitions.broken_afterwards import AFTERWARDS
from tests.definitions.broken_afterwards import TOGETHER as AFTERWARDS_TOGETHER
from tests.definitions.broken_heard import HEARD
from tests.definitions.broken_projects import SOUND
from tests.definitions.broken_rules import CHECKER, SAMPLES
from tests.definitions.broken_tolerance import TOGETHER as TOLERANCE_TOGETHER
from tests.definitions.changes import BOTH, A, S, actions, both, fee, popped, without_samples
from tests.definitions.shipped import GONE, alone, data, definition, rules

TOGETHER = [
    # What these rules forbid always breaks another as well.
    ("act.timer", {"clock.missing"}, {"clocks.completeness.lapse": {"task": BOTH}}),
    (
        "chart.initial",
        {"act.code", "procedure.demanded", "procedure.second_notice"},
        {f"{S}.received.code": 7},
    ),
    (
        "chart.done",
        {
            "chart.dead_move",
            "chart.stuck",
            "chart.unreachable",
            "procedure.demanded",
            "procedure.only_revocation",
        },
        {f"{S}.granted.done": GONE},
    ),
    ("chart.leaves_end", {"chart.final"}, {f"{S}.granted.final": True}),
    ("clock.silence", {"act.role"}, {f"{A}.accept_by_silence.by": ["window"]}),
    ("chart.stuck", {"chart.unreachable"}, lambda d: actions(d)["publish"]["moves"].pop()),
    (
        "permit.measure",
        {"track.no_commitment"},
        both(
            {"permit.measure": "committed"},
            popped("tracks.commitment.commitments", "commitments"),
        ),
    ),
    *TOLERANCE_TOGETHER,
]

SCHEMA = [
    ("schema.type", {"permit.visits": "0"}),
    ("schema.choice", {"permit.measure": "waived"}),
    ("schema.pattern", {"permit.id": "Plan"}),
    ("schema.too_long", {"permit.id": "a" * 41}),
    ("schema.limit", {"permit.visits": 10}),
    ("schema.empty", {"permit.guide": []}),
    ("schema.value", {"permit.effective_from": "tomorrow"}),
    ("schema.missing", {"permit.summary": GONE}),
    ("schema.unknown_key", {"permit.colour": "red"}),
    ("text.language_missing", {"permit.title.en": GONE}),
]


def named(table):
    return [pytest.param(*row, id=f"{row[0]}-{n}") for n, row in enumerate(table)]


def numbered(table):
    return [pytest.param(*row, id=f"{row[1]}-{n}") for n, row in enumerate(table)]


@pytest.mark.parametrize(("rule", "change"), named([*CHECKER, *SCHEMA]))
def test_each_rule_is_broken_alone(rule, change):
    assert rules(both(without_samples, change)) == [rule]


@pytest.mark.parametrize(("rule", "change"), named(HEARD))
def test_each_rule_about_who_is_heard_is_broken_alone(rule, change):
    assert rules(change, "joint_review") == [rule]


@pytest.mark.parametrize(("rule", "change"), named(SAMPLES))
def test_each_rule_of_samples_is_broken_alone(rule, change):
    assert rules(change) == [rule]


@pytest.mark.parametrize(("rule", "change"), named(broken_fees.FEES))
def test_each_rule_of_fees_is_broken_alone(rule, change):
    assert rules(both(without_samples, change), broken_fees.NAME) == [rule]


@pytest.mark.parametrize(("rule", "change"), named(broken_fees.SAMPLES))
def test_each_rule_of_what_samples_are_charged_is_broken_alone(rule, change):
    assert rules(change, broken_fees.NAME) == [rule]


@pytest.mark.parametrize(("rule", "others", "change"), named(broken_fees.TOGETHER))
def test_a_rule_of_fees_that_is_never_broken_alone(rule, others, change):
    assert set(rules(both(without_samples, change), broken_fees.NAME)) == {rule, *others}


@pytest.mark.parametrize(("rule", "others", "change"), named(TOGETHER))
def test_a_rule_that_is_never_broken_alone(rule, others, change):
    assert set(rules(both(without_samples, change))) == {rule, *others}


@pytest.mark.parametrize(("name", "rule", "change"), numbered(AFTERWARDS))
def test_each_rule_about_the_time_after_a_grant_is_broken_alone(name, rule, change):
    assert rules(both(without_samples, change), name) == [rule]


@pytest.mark.parametrize(("name", "rule", "others", "change"), numbered(AFTERWARDS_TOGETHER))
def test_a_rule_about_the_time_after_a_grant_that_is_never_broken_alone(
    name, rule, others, change
):
    assert set(rules(both(without_samples, change), name)) == {rule, *others}


def test_a_lawful_fee_breaks_no_rule():
    assert rules(fee()) == []


@pytest.mark.parametrize("change", SOUND)
def test_a_lawful_tie_to_a_project_breaks_no_rule(change):
    assert rules(change) == []


def test_a_definition_may_go_without_samples():
    assert rules(without_samples) == []


FRAGMENT = "shared/odd.yaml"
FILES = [
    ("yaml.unreadable", "plan_exempt.yaml", b"\xff"),
    ("yaml.too_large", "plan_exempt.yaml", b"a: " + b"b" * 2_000_000),
    ("yaml.character", "plan_exempt.yaml", "a: b\u200b".encode()),
    ("yaml.syntax", "plan_exempt.yaml", b"a: ["),
    ("yaml.empty", "plan_exempt.yaml", b""),
    ("yaml.documents", "plan_exempt.yaml", b"a: b\n---\na: b"),
    ("yaml.key", FRAGMENT, b"fragment: odd\n? [a]\n: b"),
    ("yaml.duplicate_key", FRAGMENT, b"fragment: odd\nfragment: odd"),
    ("yaml.alias", FRAGMENT, b"fragment: &a odd"),
    ("yaml.tag", FRAGMENT, b"fragment: odd\nlaws: !a {}"),
    ("yaml.ambiguous", FRAGMENT, b"fragment: odd\nlaws: {no: {}}"),
    ("yaml.name", "shared/odd.yml", b"fragment: odd"),
    ("fragment.part", FRAGMENT, b"fragment: odd\nclocs: {}"),
    ("fragment.name", FRAGMENT, b"fragment: laws"),
]
LAW = "{title: {zh: a, en: a}, cited: a}"
OWN = [
    ("fragment.uses", "uses: [laws,", "uses: [laws, laws,"),
    ("fragment.replaces", "permit:\n", "replaces: []\npermit:\n"),
    ("ref.replaced", "permit:\n", "replaces: {clocks: [nowhere]}\npermit:\n"),
    ("ref.fragment", "uses: [laws,", "uses: [laws, nowhere,"),
    ("fragment.collision", "permit:\n", f"laws: {{roads: {LAW}}}\npermit:\n"),
]


@pytest.fixture
def folder(tmp_path):
    return alone(tmp_path / "workflows")


@pytest.mark.parametrize(("rule", "file", "content"), named(FILES))
def test_each_rule_of_files_is_broken_alone(folder, rule, file, content):
    (folder / file).write_bytes(content)
    assert [f.rule for f in loader.load_folder(folder)[1]] == [rule]


@pytest.mark.parametrize(("rule", "old", "new"), named(OWN))
def test_each_rule_of_fragments_is_broken_alone(folder, rule, old, new):
    text = (folder / "plan_exempt.yaml").read_text(encoding="utf-8")
    (folder / "plan_exempt.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    assert [f.rule for f in loader.load_folder(folder)[1]] == [rule]


def test_one_permit_id_in_two_files_breaks_a_rule(folder):
    shutil.copy(folder / "plan_exempt.yaml", folder / "second.yaml")
    assert [f.rule for f in loader.load_folder(folder)[1]] == ["permit.duplicate_id"]


def test_a_space_too_large_to_be_seen_whole_proves_nothing(monkeypatch):
    monkeypatch.setattr(checker, "MOST_NODES", 20)
    assert [f.rule for f in checker.check(whole(definition(), data()))] == ["chart.too_large"]


RULE = re.compile(
    r"(act|amendment|annulment|authority|cel|chart|clock|closed|commitment|document|fee|form|fragment"
    r"|gate|hearing|keep|list|material|obligation|opened|permit|procedure|project|rate|ref|review|sample"
    r"|schema|service|stage|term|text|third_parties|tolerance|track|yaml)\.[a-z_]+"
)


def written():
    """Every rule named in the source; those of policies have a test of their own, and what differs
    between versions is told by parts, which are called alike."""
    found = set()
    for file in Path(permits.definitions.__file__).parent.rglob("*.py"):
        if file.parent.name == "policies" or file.name == "differences.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if RULE.fullmatch(node.value) else set()
    return found


def test_every_rule_there_is_was_broken_above():
    of_fees = (*broken_fees.FEES, *broken_fees.SAMPLES, *broken_fees.TOGETHER)
    general = (*CHECKER, *HEARD, *SAMPLES, *TOGETHER, *SCHEMA, *FILES, *OWN)
    broken = {row[0] for row in (*general, *of_fees)}
    broken |= {row[1] for row in (*AFTERWARDS, *AFTERWARDS_TOGETHER)}
    assert written() == broken | {"permit.duplicate_id", "chart.too_large"}


def test_every_rule_is_explained_in_the_reference():
    assert written() == set(RULES)
