"""What a condition may hold, and what is told of one that holds more."""

import pytest

from permits.definitions.checker.shape import Comparison, Unfit, comparisons


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("new_land", ()),
        ("!new_land && !(with_road || underground)", ()),
        ("area_m2 <= 500", (Comparison("area_m2", (500,), ordered=True),)),
        ("500 >= area_m2", (Comparison("area_m2", (500,), ordered=True),)),
        ("voltage != 'a(b&&c'", (Comparison("voltage", ("a(b&&c",)),)),
        ('works == "it\'s"', (Comparison("works", ("it's",)),)),
        ("new_land == true", (Comparison("new_land", (True,)),)),
        ("!(a < b)", (Comparison("a", other="b", ordered=True),)),
        ("a in ['x', 'y',]", (Comparison("a", ("x", "y")),)),
        ("(a == 1) || ((b))", (Comparison("a", (1,)),)),
        ("1 == 1", ()),
    ],
)
def test_what_is_compared_is_found(source, found):
    assert comparisons(source) == found


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("1000 / (area_m2 * 2 - 600) >= 0", "/"),
        ("area_m2 % 1000 != 777", "%"),
        ("area_m2 > -1", "-"),
        ("size(works) < 100", "size("),
        ("works.size() < 100", "."),
        ("works.matches('(a+)+$')", "."),
        ("timestamp(starts_on) < 5", "timestamp("),
        ("a ? b : c", "?"),
        ("(a) < 5", "<"),
        ("a == b == c", "=="),
        ("!a == b", "=="),
        ("!a in ['x']", "in"),
        ("a in b", "b"),
        ("a in ['x', b]", "b"),
        ("'x' in a", "in"),
        ("a in [1][0]", "["),
        ("a == null", "null"),
        ("a == {'b': 1}", "{"),
        ("[a] == b", "["),
        ("a == 'it\\'s'", "'"),
        ("a == r'x'", "'x'"),
        ("a == '''x'''", "'x'"),
        ("a // b", "/"),
        ("a < 5 // more than five", "/"),
    ],
)
def test_anything_else_is_refused_by_what_is_written(source, written):
    with pytest.raises(Unfit) as unfit:
        comparisons(source)
    assert unfit.value.rule == "cel.shape"
    assert str(unfit.value).startswith(f"`{written}` is more than a condition may hold")


@pytest.mark.parametrize("number", ["1.5", ".5", "1e3", "5u", "0x1F"])
def test_a_number_is_whole_and_decimal(number):
    with pytest.raises(Unfit) as unfit:
        comparisons(f"a > {number}")
    assert unfit.value.rule == "cel.decimal"
    assert f"`{number}`" in str(unfit.value)
