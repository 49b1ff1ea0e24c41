import pytest

from permits.definitions.diagram import mermaid
from tests.definitions.shipped import definition


def lines(language="en"):
    return [line.strip() for line in mermaid(definition(), language).splitlines()]


def test_mermaid_text_begins_with_its_kind_and_ends_with_a_line_break():
    text = mermaid(definition(), "en")
    assert text.startswith("stateDiagram-v2\n")
    assert text.endswith("\n")


def test_every_state_is_declared_with_its_title():
    assert 'state "Under examination" as examining' in lines()
    assert 'state "审查中" as examining' in lines("zh")


def test_arrows_between_the_same_states_share_a_line():
    assert "received --> examining : Accept / Accepted by silence" in lines()
    assert "received --> examining : 受理 / 逾期视为受理" in lines("zh")


def test_the_chart_begins_and_ends():
    assert "[*] --> received" in lines()
    assert "deregistered --> [*]" in lines()
    assert "concluded --> [*]" not in lines()


def test_regions_stand_side_by_side_inside_their_state():
    text = lines()
    begin = text.index("state granted {")
    inside = text[begin : text.index("}", begin)]
    assert inside.count("--") == 1
    assert "[*] --> granted__delivery__to_deliver" in inside
    assert "granted__delivery__to_deliver --> granted__delivery__delivered : Record delivery" in (
        inside
    )
    assert "granted__publication__published --> [*]" in inside


def test_what_happens_by_itself_has_no_label():
    assert "granted --> in_force" in lines()


@pytest.mark.parametrize("mark", ['"', ":", ";", "#"])
def test_marks_that_mermaid_reads_as_its_own_are_replaced(mark):
    changed = definition().model_copy(deep=True)
    object.__setattr__(changed.chart.actions["accept"].title, "en", f"Take{mark}in")
    text = mermaid(changed, "en")
    assert f"Take{mark}in" not in text
    assert "received --> examining : Take" in text
