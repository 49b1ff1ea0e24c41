"""From when on a figure is worth a look: what is shipped is sound, what is not says why."""

from datetime import date

import pytest

from permits.definitions.board_thresholds import CARDS, BrokenThresholds, read_thresholds
from permits.environment import from_environment
from permits.services.board_thresholds import thresholds_of
from permits.settings import BadSetting, shipped

TEXT = (shipped("workflows") / "shared" / "board.yaml").read_text(encoding="utf-8")


def test_what_is_shipped_has_a_threshold_for_every_figure_and_marks_example_values():
    held = read_thresholds(TEXT).on(date(2022, 6, 9))
    assert set(held.cards) == set(CARDS)
    assert held.basis.example
    assert (held.week_days, held.cards["late"].look) == (7, 1)


def test_those_hold_that_began_last_and_the_first_before_any_has():
    later = TEXT.partition("\nthresholds:\n")[2]
    later = later.replace("2022-01-01", "2023-01-01").replace("week_days: 7", "week_days: 14")
    file = read_thresholds(TEXT + later)
    days = [file.on(date(year, 6, 1)).week_days for year in (2021, 2022, 2023)]
    assert days == [7, 7, 14]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("late: {look: 1, alarm: 5}", "late: {look: 5, alarm: 1}", "no earlier than a look"),
        ("      late: {look: 1, alarm: 5}\n", "", "no threshold for: late"),
        ("week_days: 7", "week_days: 0", "week_days"),
        ("board: thresholds", "board: something", "board"),
        (
            "example:\n        zh",
            "law: nowhere\n        article: '1'\n      x:\n        zh",
            "basis",
        ),
        ("thresholds:\n  -", "thresholds: [\n  -", "yaml"),
    ],
)
def test_a_file_that_cannot_be_used_says_every_reason(old, new, says):
    assert old in TEXT
    with pytest.raises(BrokenThresholds) as raised:
        read_thresholds(TEXT.replace(old, new, 1))
    assert raised.value.findings
    assert says in str(raised.value)


def test_thresholds_are_no_law_and_stand_in_the_order_of_their_days():
    head = TEXT.partition("    basis:\n")[0]
    with pytest.raises(BrokenThresholds, match="rest on practice"):
        read_thresholds(head + '    basis: {law: some_law, article: "1"}\n')
    again = TEXT.partition("\nthresholds:\n")[2]
    with pytest.raises(BrokenThresholds, match="in the order of their days"):
        read_thresholds(TEXT + again)
    with pytest.raises(BrokenThresholds):
        read_thresholds("- board\n")


def test_an_office_names_its_own_file(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(TEXT.replace("week_days: 7", "week_days: 10"), encoding="utf-8")
    settings = from_environment({"PERMITS_BOARD_THRESHOLDS": str(own)})
    assert thresholds_of(settings.board_thresholds).on(date(2022, 6, 9)).week_days == 10
    own.write_text("board: thresholds\n", encoding="utf-8")
    with pytest.raises(BadSetting, match="PERMITS_BOARD_THRESHOLDS"):
        thresholds_of(own)
