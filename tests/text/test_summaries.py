"""Each entry of the list of what is wrong is named by its field."""

import pytest
from markupsafe import Markup, escape

from permits.text import summaries
from permits.text.words import Language

FIELD = "area"


def page(says: str, called: str, language: Language = "en", about: str = "") -> str:
    """What the list says of one field that comes after it."""
    listed = escape(summaries.entry(says, FIELD))
    below = summaries.label(called, FIELD, about, language=language)
    made = summaries.named(f'<li>{listed}</li>{below}<input id="{FIELD}">', language)
    return made.removesuffix(f'<input id="{FIELD}">')


def test_an_entry_is_named_by_a_field_that_comes_after_it() -> None:
    assert page("Write a number", "Floor area") == "<li>Floor area: Write a number</li>"
    assert page("请填写此项", "建筑面积", "zh") == "<li>建筑面积：请填写此项</li>"


@pytest.mark.parametrize(
    "says",
    [
        "Fill in: Floor area",
        "Floor area: at least 1 m²",
        "Building 2: Floor area: at least 1 m²",
    ],
)
def test_what_names_its_field_already_is_left_as_it_is(says: str) -> None:
    assert page(says, "Floor area") == f"<li>{says}</li>"


def test_a_name_that_only_occurs_in_the_middle_is_said_all_the_same() -> None:
    assert page("日期应在1990年至2100年之间", "至", "zh").startswith("<li>至：")


def test_a_question_is_followed_by_what_is_wrong_with_it() -> None:
    assert (
        page("Choose one of these", "Do you sign?") == "<li>Do you sign? Choose one of these</li>"
    )
    assert page("请选择一项", "是否签字？", "zh") == "<li>是否签字？请选择一项</li>"


def test_that_a_field_may_be_left_empty_is_no_part_of_its_name() -> None:
    assert page("Write a number", "Floor area (optional)") == "<li>Floor area: Write a number</li>"
    assert page("请填写数字", "建筑面积（选填）", "zh") == "<li>建筑面积：请填写数字</li>"


def test_of_several_fields_with_one_name_each_says_what_it_is_about() -> None:
    assert page("Choose one of these", "Signature", about="The applicant") == (
        "<li>The applicant: Signature: Choose one of these</li>"
    )


def test_an_entry_without_a_field_on_the_page_stands_by_itself() -> None:
    listed = summaries.entry("Choose a file", "file")
    assert summaries.named(f"<li>{listed}</li>", "en") == "<li>Choose a file</li>"


def test_an_entry_leads_to_its_field_only_where_that_is_on_the_page() -> None:
    listed = f'<li><a href="#file">{summaries.entry("Choose a file", "file")}</a></li>'
    assert summaries.named(listed, "en") == "<li>Choose a file</li>"
    field = '<input id="file">'
    led = f'<li><a href="#file">Choose a file</a></li>{field}'
    assert summaries.named(listed + field, "en") == led


def test_of_fields_that_are_not_on_the_page_the_same_is_said_once() -> None:
    one, other = (summaries.entry("请选择一项", name) for name in ("capacity", "in_person"))
    listed = f'<li><a href="#capacity">{one}</a></li>\n<li><a href="#in_person">{other}</a></li>'
    assert summaries.named(listed, "zh") == "<li>请选择一项</li>\n"
    both = listed + '<input id="capacity"><input id="in_person">'
    assert summaries.named(both, "zh").count("请选择一项") == 2


def test_names_are_escaped_once() -> None:
    assert page("“<b>”?", "A & B") == "<li>A &amp; B: “&lt;b&gt;”?</li>"
    assert page("no", str(Markup("A & B"))) == "<li>A &amp; B: no</li>"
    assert page("no", Markup("A &amp; B")) == "<li>A &amp; B: no</li>"
