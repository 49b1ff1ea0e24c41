import pytest

from permits.definitions.shelf import read_bytes, read_file, read_shelf
from permits.definitions.yaml_reader import MOST_BYTES
from permits.settings import shipped


def shelf(folder, **files):
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.yaml").write_bytes(raw)
    return read_shelf(folder)


def test_fragments_are_known_by_the_name_they_give_themselves(tmp_path):
    found = shelf(tmp_path, one="fragment: laws\nlaws: {}\n", two="fragment: base\nclocks: {}\n")
    assert set(found.fragments) == {"laws", "base"}
    assert found.findings == ()
    assert found.fragments["laws"].data["laws"] == {}


def test_a_folder_that_is_not_there_has_no_fragments(tmp_path):
    assert read_shelf(tmp_path / "shared").fragments == {}


def test_a_file_that_is_no_fragment_is_left_alone_however_broken(tmp_path):
    found = shelf(
        tmp_path,
        calendar="calendar: cn\nyears: [\n",
        notes="# this is no fragment\nnotes: {a: b}\n",
        rows="# nor is this a fragment\n- a\n",
    )
    assert (found.fragments, found.findings) == ({}, ())


def test_the_shipped_calendar_is_not_taken_for_a_fragment():
    found = read_shelf(shipped("workflows") / "shared")
    assert found.findings == ()
    assert "base_procedure" in found.fragments
    assert all("calendar" not in d.file for d in found.fragments.values())


def test_what_is_wrong_inside_a_fragment_stays_with_it(tmp_path):
    found = shelf(tmp_path, laws="fragment: laws\nclocs: {}\nlaws: {a: on}\n")
    rules = [f.rule for f in found.fragments["laws"].findings]
    assert rules == ["yaml.ambiguous", "fragment.part"]


@pytest.mark.parametrize("line", ["fragment: laws", '"fragment": laws', "fragment : 'laws'"])
def test_a_fragment_broken_further_down_is_still_known_by_name(tmp_path, line):
    found = shelf(tmp_path, laws=f"# laws\n{line}\nlaws: {{a: [\n")
    assert found.findings == ()
    assert found.fragments["laws"].data is None
    assert [f.rule for f in found.fragments["laws"].findings] == ["yaml.syntax"]


def test_a_file_whose_name_cannot_be_read_is_told_as_it_may_be_a_fragment(tmp_path):
    found = shelf(tmp_path, laws="laws: {a: [\n# fragment\n", roads=b"fragment\xff: roads\n")
    assert found.fragments == {}
    assert [(f.rule, f.mark.line) for f in found.findings] == [
        ("yaml.syntax", 3),
        ("yaml.unreadable", 1),
    ]


@pytest.mark.parametrize("name", ["[laws]", "7"])
def test_a_fragments_name_is_a_word(tmp_path, name):
    (finding,) = shelf(tmp_path, laws=f"laws: {{}}\nfragment: {name}\n").findings
    assert (finding.rule, finding.mark.line) == ("fragment.name", 2)


def test_a_fragment_with_no_name_is_told(tmp_path):
    assert [f.rule for f in shelf(tmp_path, laws="laws: {}\nfragment:\n").findings] == [
        "yaml.ambiguous",
        "fragment.name",
    ]


def test_two_fragments_of_one_name_are_told_with_the_other_file(tmp_path):
    found = shelf(tmp_path, one="fragment: laws\n", two="laws: {}\nfragment: laws\n")
    (finding,) = found.findings
    assert finding.rule == "fragment.name"
    assert finding.says.startswith(f"`laws` is in {tmp_path / 'one.yaml'} too")
    assert (finding.mark.file, finding.mark.line) == (str(tmp_path / "two.yaml"), 2)


def test_a_second_fragment_of_one_name_that_is_broken_is_told_at_its_first_line(tmp_path):
    found = shelf(tmp_path, one="fragment: laws\n", two="laws: {}\nfragment: laws\na: [\n")
    assert [(f.rule, f.mark.line) for f in found.findings] == [
        ("yaml.syntax", 4),
        ("fragment.name", 1),
    ]


def test_a_byte_order_mark_is_taken_off(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: b\n")
    assert read_file(tmp_path / "a.yaml").data == {"a": "b"}


def test_bytes_that_are_no_utf8_are_told_with_their_place(tmp_path):
    (tmp_path / "a.yaml").write_bytes("a: b\nc: 许".encode("gb18030"))
    (finding,) = read_file(tmp_path / "a.yaml").findings
    assert finding.says.startswith("the byte 0xd0 is not UTF-8")
    assert (finding.mark.line, finding.mark.column) == (2, 4)


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"fragment: " + b"x" * MOST_BYTES)
    assert [f.rule for f in read_file(tmp_path / "a.yaml").findings] == ["yaml.too_large"]
    assert [f.rule for f in read_shelf(tmp_path).findings] == ["yaml.too_large"]


def test_a_file_that_cannot_be_opened_is_told(tmp_path):
    (tmp_path / "a.yaml").mkdir()
    for finding in (*read_file(tmp_path / "a.yaml").findings, *read_shelf(tmp_path).findings):
        assert finding.rule == "yaml.unreadable"
        assert "Is a directory" in finding.says
    assert "No such file" in read_file(tmp_path / "b.yaml").findings[0].says


def test_what_somebody_sends_is_read_as_a_file_is_and_no_further_than_one():
    assert read_bytes(b"a: b", "sent.yaml").data == {"a": "b"}
    (finding,) = read_bytes(b"#" * (MOST_BYTES + 1), "sent.yaml").findings
    assert finding.mark.file == "sent.yaml"
