import pytest

from permits.definitions.fragments import misplaced, resolve
from permits.definitions.yaml_reader import read_yaml


def document(text, file="permit.yaml"):
    read = read_yaml(text, file)
    assert read.findings == ()
    return read


def merged(own, **fragments):
    shelf = {name: document(text, f"{name}.yaml") for name, text in fragments.items()}
    return resolve(document(own), shelf)


def only(own, **fragments):
    (finding,) = merged(own, **fragments).findings
    return finding


BASE = """\
fragment: base
authority: {id: bureau}
clocks:
  promise: {title: of the base}
chart:
  initial: received
  states:
    received: {code: 1}
  actions:
    accept: {by: [window]}
"""


def test_a_definition_without_fragments_is_what_it_says():
    result = merged("permit: {id: x}\n")
    assert result.data == {"permit": {"id": "x"}}
    assert (result.findings, result.used, result.missing) == ((), (), ())


def test_entries_of_fragments_stand_beside_the_definitions_own():
    own = "uses: [base]\nclocks: {delivery: {title: own}}\nchart: {states: {done: {code: 11}}}\n"
    result = merged(own, base=BASE)
    assert result.findings == ()
    assert list(result.data["clocks"]) == ["delivery", "promise"]
    assert list(result.data["chart"]["states"]) == ["done", "received"]
    assert result.data["chart"]["initial"] == "received"
    assert result.data["authority"] == {"id": "bureau"}
    assert "uses" not in result.data
    assert "fragment" not in result.data


def test_merging_changes_neither_the_file_nor_the_fragment():
    own = document("uses: [base]\nclocks: {own: {title: x}}\nchart: {states: {own: {code: 2}}}\n")
    shelf = {"base": document(BASE, "base.yaml")}
    before = repr((own.data, shelf["base"].data))
    first, second = resolve(own, shelf), resolve(own, shelf)
    assert repr((own.data, shelf["base"].data)) == before
    assert first == second


def test_every_part_knows_the_file_it_came_from():
    marks = merged("uses: [base]\nclocks:\n  own: {title: x}\n", base=BASE).marks
    assert marks.of(("clocks", "own", "title")).file == "permit.yaml"
    assert marks.of(("clocks", "promise", "title")).file == "base.yaml"
    assert marks.of(("clocks",)).file == "permit.yaml"
    assert marks.of(("chart",)).file == "base.yaml"
    assert marks.of(("chart", "states", "received", "code")).line == 8


def test_an_entry_of_two_files_is_told_where_the_first_stands():
    finding = only("uses: [base]\nclocks:\n  promise: {title: own}\n", base=BASE)
    assert (finding.rule, finding.where) == ("fragment.collision", "clocks.promise")
    assert (finding.mark.file, finding.mark.line) == ("permit.yaml", 3)
    assert "fragment `base` has this too" in finding.says


def test_a_single_value_of_two_files_is_told():
    own = "uses: [base]\nauthority: {id: other}\n"
    assert only(own, base=BASE).where == "authority"


def test_two_fragments_with_the_same_entry_are_told():
    other = "fragment: other\nclocks:\n  promise: {title: other}\n"
    finding = only("uses: [base, other]\n", base=BASE, other=other)
    assert "fragment `other` has this too" in finding.says
    assert finding.mark.file == "base.yaml"


def test_an_entry_is_replaced_only_when_the_definition_says_so():
    own = (
        "uses: [base]\nreplaces: {clocks: [promise], chart: [initial]}\n"
        "clocks: {promise: {title: own}}\nchart: {initial: filed}\n"
    )
    result = merged(own, base=BASE)
    assert result.findings == ()
    assert result.data["clocks"]["promise"] == {"title": "own"}
    assert result.data["chart"]["initial"] == "filed"


def test_what_is_replaced_must_be_there_to_replace():
    finding = only("uses: [base]\nreplaces: {chart.actions: [grant]}\n", base=BASE)
    assert (finding.rule, finding.where) == ("ref.replaced", "replaces.chart.actions")
    assert "`chart.actions.grant`" in finding.says


def test_a_fragment_nobody_wrote_is_told_with_those_there_are():
    result = merged("uses: [laws, base]\nreplaces: {laws: [roads]}\n", base=BASE)
    (finding,) = result.findings
    assert (finding.rule, finding.where) == ("ref.fragment", "uses[0]")
    assert finding.says == "there is no fragment `laws`; known: base"
    assert (result.used, result.missing) == (("base",), ("laws",))
    assert "known: none" in only("uses: [base]\n").says


@pytest.mark.parametrize(
    ("uses", "where", "says"),
    [
        ("base", "uses", "found the text `base`"),
        ("{base: 1}", "uses", "found a mapping"),
        ("[1]", "uses[0]", "found the number 1"),
        ("[base, base]", "uses[1]", "named twice"),
    ],
)
def test_fragments_are_named_in_a_list_each_once(uses, where, says):
    finding = only(f"uses: {uses}\n", base=BASE)
    assert (finding.rule, finding.where) == ("fragment.uses", where)
    assert says in finding.says


@pytest.mark.parametrize(
    ("replaces", "where", "says"),
    [
        ("[promise]", "replaces", "maps parts to lists"),
        ("{permit: [id]}", "replaces.permit", "has no entries to replace"),
        ("{clocks: promise}", "replaces.clocks", "a list of names"),
        ("{clocks: [1]}", "replaces.clocks", "a list of names"),
    ],
)
def test_what_is_replaced_is_named_by_part(replaces, where, says):
    finding = only(f"uses: [base]\nreplaces: {replaces}\n", base=BASE)
    assert (finding.rule, finding.where) == ("fragment.replaces", where)
    assert says in finding.says


@pytest.mark.parametrize(
    "own", ["uses: [base]\nclocks: []\n", "uses: [base]\nchart: {states: 1}\n"]
)
def test_a_part_that_is_no_mapping_is_left_for_the_schema_to_tell(own):
    result = merged(own, base=BASE)
    assert result.findings == ()
    assert result.data["chart"]["actions"] == {"accept": {"by": ["window"]}}


def test_a_document_that_is_no_mapping_counts_as_empty():
    assert resolve(document("- a\n"), {}).data == {}


def test_a_fragment_that_could_not_be_read_adds_nothing():
    broken = read_yaml("fragment: base\nclocks: [\n", "base.yaml")
    result = resolve(document("uses: [base]\n"), {"base": broken})
    assert (result.data, result.used) == ({}, ("base",))


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("fragment: x\nclocs: {}\n", "clocs", "a fragment has no `clocs`"),
        (
            "fragment: x\nform: {sections: []}\n",
            "form",
            "it may hold annulment, authority, chart, clocks",
        ),
        ("fragment: x\nuses: [laws]\n", "uses", "a fragment has no `uses`"),
        ("fragment: x\nclocks: [a]\n", "clocks", "found a list"),
        ("fragment: x\nchart: a\n", "chart", "found the text `a`"),
        ("fragment: x\nchart: {states: 1}\n", "chart.states", "found the number 1"),
        (
            "fragment: x\nchart: {moves: {}}\n",
            "chart.moves",
            "it may hold actions, initial, states",
        ),
    ],
)
def test_what_no_definition_would_take_over_is_told(text, where, says):
    (finding,) = misplaced(document(text, "x.yaml"))
    assert (finding.rule, finding.where, finding.mark.line) == ("fragment.part", where, 2)
    assert says in finding.says


def test_a_fragment_in_order_is_left_alone():
    assert list(misplaced(document(BASE))) == []
    assert list(misplaced(document("- a\n"))) == []
