import hashlib
import json
import shutil

import pytest

from permits.definitions import loader
from permits.definitions.findings import BrokenDefinition, Marks
from permits.definitions.yaml_reader import LARGEST_NUMBER
from tests.definitions.shipped import alone, data, resolved

OWN = "plan_exempt.yaml"
BASE = "shared/base_procedure.yaml"
LAWS = "shared/laws.yaml"


@pytest.fixture
def folder(tmp_path):
    """The shipped definitions in a folder of their own, to be spoiled."""
    return alone(tmp_path / "workflows")


def spoil(folder, file, old, new):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def findings(folder, file=OWN):
    with pytest.raises(BrokenDefinition) as broken:
        loader.load(folder / file)
    return broken.value.findings


def seen(folder, found):
    """Findings as file and rule, with the words written at the place they point to."""
    told = []
    for finding in found:
        lines = (folder / finding.mark.file).read_text(encoding="utf-8").splitlines()
        line = lines[finding.mark.line - 1].strip()
        told.append((finding.mark.file.removeprefix(f"{folder}/"), finding.rule, line))
    return told


def test_a_shipped_definition_loads_with_its_digest():
    one = resolved()
    assert one.definition.permit.id == "plan_exempt"
    assert one.digest == hashlib.sha256(one.content).hexdigest()
    assert loader.from_content(one.content) == one.definition


def test_the_digest_is_of_the_resolved_whole(folder):
    before = loader.load(folder / OWN).digest
    spoil(folder, OWN, "# 建设工程", "# a comment more\n# 建设工程")
    assert loader.load(folder / OWN).digest == before
    spoil(folder, BASE, "title: {zh: 受理, en: Accept}", "title: {zh: 受理, en: Take in}")
    assert loader.load(folder / OWN).digest != before


def test_every_fault_of_a_file_and_of_its_fragments_is_told_at_once(folder):
    spoil(folder, OWN, "  visits: 0", "  visits: many")
    spoil(folder, OWN, "on_the_spot: true", "on_the_spot: on")
    spoil(folder, OWN, "kind: A", "kind: A\n    kind: B")
    spoil(folder, BASE, "public_reason: true", "publik_reason: true")
    spoil(folder, BASE, "code: 9", "code: 09")
    spoil(folder, LAWS, "cited: 2019年修正", "cited: 2019")
    assert seen(folder, findings(folder)) == [
        (OWN, "schema.type", "visits: many"),
        (OWN, "yaml.ambiguous", "on_the_spot: on"),
        (OWN, "yaml.duplicate_key", "kind: B"),
        (BASE, "schema.unknown_key", "publik_reason: true"),
        (BASE, "yaml.ambiguous", "code: 09"),
        (LAWS, "schema.type", "cited: 2019"),
    ]


def test_rules_across_parts_are_asked_even_when_a_key_is_written_twice(folder):
    spoil(folder, OWN, "kind: A", "kind: A\n    kind: B")
    spoil(folder, BASE, "act: suspend", "act: resume")
    rules = [rule for _file, rule, _line in seen(folder, findings(folder))]
    assert "yaml.duplicate_key" in rules
    assert "act.repeated" in rules


def test_rules_across_parts_are_not_asked_of_parts_that_could_not_be_read(folder):
    spoil(folder, BASE, "  decided_on_the_spot:", "  on:")
    assert {f.rule for f in findings(folder)} == {"yaml.ambiguous"}


def test_a_finding_inside_a_fragment_points_into_the_fragment(folder):
    spoil(folder, BASE, "stops: [resumed, withdrawn, track_switched]", "stops: [concluded]")
    told = seen(folder, findings(folder))
    assert (BASE, "closed.never", "special_procedure:") in told


def test_a_broken_fragment_is_told_without_a_word_on_what_it_would_have_held(folder):
    spoil(folder, LAWS, "laws:", "laws: [")
    assert [rule for _, rule, _ in seen(folder, findings(folder))] == ["yaml.syntax"]


def test_a_fragment_so_broken_that_it_has_no_name_is_told_with_the_name_that_is_missed(folder):
    spoil(folder, LAWS, "fragment: laws\nlaws:", "# the fragment\nlaws: [")
    (folder / "shared/calendar.yaml").write_text("calendar: [\n", encoding="utf-8")
    assert [(file, rule) for file, rule, _ in seen(folder, findings(folder))] == [
        (OWN, "ref.fragment"),
        (LAWS, "yaml.syntax"),
    ]


def test_a_fragment_nobody_uses_spoils_no_definition_but_is_told_of_the_folder(folder):
    (folder / "shared/other.yaml").write_text("fragment: other\nclocs: {}\n", encoding="utf-8")
    assert loader.load(folder / OWN).definition.permit.id == "plan_exempt"
    definitions, found = loader.load_folder(folder)
    assert len(definitions) == 1
    assert [f.rule for f in found] == ["fragment.part"]


def test_a_folder_gives_every_definition_and_every_finding_once(folder):
    for name in ("second", "third"):
        shutil.copy(folder / OWN, folder / f"{name}.yaml")
    spoil(folder, "second.yaml", "id: plan_exempt", "id: second")
    spoil(folder, "third.yaml", "  visits: 0", "  visits: -1")
    definitions, found = loader.load_folder(folder)
    assert [d.definition.permit.id for d in definitions] == ["plan_exempt", "second"]
    assert [(f.rule, f.mark.file) for f in found] == [("schema.limit", str(folder / "third.yaml"))]


def test_a_fault_in_a_shared_fragment_is_told_once_for_all(folder):
    shutil.copy(folder / OWN, folder / "second.yaml")
    spoil(folder, LAWS, "cited: 2019年修正", "cited: 010")
    _definitions, found = loader.load_folder(folder)
    assert [f.rule for f in found] == ["yaml.ambiguous"]


def test_two_files_of_one_permit_id_are_told(folder):
    shutil.copy(folder / OWN, folder / "second.yaml")
    _definitions, (finding,) = loader.load_folder(folder)
    assert finding.rule == "permit.duplicate_id"
    assert f"is used in {folder / OWN} too" in finding.says
    assert finding.mark.file == str(folder / "second.yaml")


@pytest.mark.parametrize(
    ("text", "rule", "says"),
    [
        ("- a\n", "schema.type", "found a list"),
        ("just words\n", "schema.type", "found the text `just words`"),
        ("", "yaml.empty", "the file is empty"),
        ("~\n", "yaml.ambiguous", "no value"),
    ],
)
def test_a_file_that_is_no_mapping_is_told_in_one_finding(folder, text, rule, says):
    (folder / OWN).write_text(text, encoding="utf-8")
    (finding,) = findings(folder)
    assert finding.rule == rule
    assert says in finding.says
    assert finding.mark.line == 1


def test_a_key_that_is_missing_is_told_of_a_file_that_can_be_read(folder):
    spoil(folder, OWN, "  visits: 0", "  visit: 0")
    spoil(folder, LAWS, "title: {zh: 中华人民共和国民法典, en: Civil Code}", "titel: {}")
    told = [(rule, line) for _file, rule, line in seen(folder, findings(folder))]
    assert told == [
        ("schema.missing", "permit:"),
        ("schema.unknown_key", "visit: 0"),
        ("schema.missing", "civil_code:"),
        ("schema.unknown_key", "titel: {}"),
    ]


def test_a_fragment_is_no_permit_type(folder):
    (finding,) = findings(folder, LAWS)
    assert finding.says.startswith("a permit type is wanted; this is a fragment")


@pytest.mark.parametrize("name", ["other.yml", "shared/other.yml"])
def test_a_file_that_would_not_be_read_for_its_name_is_told(folder, name):
    (folder / name).write_text("fragment: other\n", encoding="utf-8")
    definitions, (finding,) = loader.load_folder(folder)
    assert len(definitions) == 1
    assert (finding.rule, finding.mark.file) == ("yaml.name", str(folder / name))


def test_a_file_that_is_not_there_is_told(folder):
    assert findings(folder, "nowhere.yaml")[0].rule == "yaml.unreadable"


@pytest.mark.parametrize("value", [None, [], "text", 3])
def test_data_that_is_no_mapping_is_no_definition(value):
    built, (finding,) = loader.build(value, Marks())
    assert built is None
    assert finding.rule == "schema.type"


def test_the_largest_number_the_reader_takes_can_be_published():
    changed = data()
    changed["form"]["sections"][2]["fields"][0]["most"] = LARGEST_NUMBER
    built, found = loader.build(changed, Marks())
    assert found == ()
    assert json.loads(built.content)["form"]["sections"][2]["fields"][0]["most"] == 2**53 - 1


def test_what_only_a_fragment_that_cannot_be_read_would_give_is_not_missed(folder):
    """The clocks of both fragments are gone; that the definition lacks them is no news."""
    for name in (BASE, "shared/tolerant.yaml"):
        spoil(folder, name, "fragment: ", "fragmant: ")
    rules = {finding.rule for finding in findings(folder)}
    assert "schema.missing" not in rules
    assert rules
