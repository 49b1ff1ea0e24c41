"""A drawing can be read: no line runs through a box or upon another, no text leaves its box."""

import itertools
import xml.etree.ElementTree as Xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permits.definitions.diagram import svg
from permits.definitions.drawing.boxes import PAD, text_width, wrapped
from permits.definitions.drawing.layers import crossings, layered, uncross
from permits.definitions.drawing.places import spread
from permits.definitions.drawing.sheet import laid_out
from tests.definitions.charts import AWKWARD, moves, part, region
from tests.definitions.shipped import definition

SVG = "{http://www.w3.org/2000/svg}"
INSIDE = part(
    {
        "states": {
            "regions": {"a": region("one", "two", "three"), "b": region("only", "end")},
            "done": "over",
        },
        "over": {},
        "aside": {},
    },
    {
        "on_now": moves("states.a.one > states.a.two", "states.a.two > states.a.three"),
        "skip": moves("states.a.one > states.a.three"),
        "back": moves("states.a.two > states.a.one"),
        "finish": moves("states.b.only > states.b.end"),
        "leave": moves("states.b.only > aside", "aside over > states"),
        "again": moves("over > over"),
    },
)


def pieces(arrow):
    """The straight pieces of an arrow's lines."""
    for path in arrow.paths:
        for (x, y), (a, b) in itertools.pairwise(path):
            yield min(x, a), min(y, b), max(x, a), max(y, b)


def through_boxes(sheet):
    """Pieces of lines that run through the inside of a box."""
    for arrow in sheet.arrows:
        for x, y, a, b in pieces(arrow):
            for box, (left, top) in sheet.boxes:
                beside = a <= left or left + box.width <= x
                if not (beside or b <= top or top + box.height <= y):
                    yield arrow.numbers, box.name


def upon_each_other(sheet):
    """Pieces of two arrows that lie on one line."""
    for one, other in itertools.combinations(sheet.arrows, 2):
        for (x, y, a, b), (c, d, e, f) in itertools.product(pieces(one), pieces(other)):
            upright = x == a == c == e and max(y, d) < min(b, f)
            level = y == b == d == f and max(x, c) < min(a, e)
            if upright or level:
                yield one.numbers, other.numbers


def boxes_apart(sheet):
    return all(
        l1 + b1.width < l2 or l2 + b2.width < l1 or t1 + b1.height < t2 or t2 + b2.height < t1
        for (b1, (l1, t1)), (b2, (l2, t2)) in itertools.combinations(sheet.boxes, 2)
    )


CHARTS = {"shipped": definition().chart, "awkward": AWKWARD, "inside": INSIDE}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_runs_through_a_box_or_upon_another(chart, language):
    sheet = laid_out(chart, language)
    assert list(through_boxes(sheet)) == []
    assert list(upon_each_other(sheet)) == []
    assert boxes_apart(sheet)


@st.composite
def charts(draw):
    """Some states, some with regions, and arrows wherever they fall."""
    names = [f"s{n}" for n in range(draw(st.integers(2, 9)))]
    names[0] = "states"
    inner = {name: draw(st.integers(0, 3)) for name in names[1:-1]}
    states = {
        name: {
            "regions": {f"r{n}": region("begin", "end") for n in range(count)},
            "done": names[-1],
        }
        if count
        else {}
        for name, count in {**dict.fromkeys(names, 0), **inner}.items()
    }
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names))
    arrows = draw(st.lists(pairs, min_size=1, max_size=24))
    actions = {f"a{n}": moves(f"{source} > {to}") for n, (source, to) in enumerate(arrows)}
    return part(states, actions)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(charts())
def test_whatever_the_chart_boxes_are_apart_and_lines_keep_out_of_them(chart):
    sheet = laid_out(chart, "en")
    assert list(through_boxes(sheet)) == []
    assert list(upon_each_other(sheet)) == []
    assert boxes_apart(sheet)
    drawn = {number for arrow in sheet.arrows for number in arrow.numbers}
    assert drawn == {str(n) for n in range(1, len(chart.actions) + 1)}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(charts(), st.randoms(use_true_random=False))
def test_ordering_the_layers_never_adds_a_crossing(chart, pick):
    layers = layered(chart)
    for row in layers.rows:
        pick.shuffle(row)
    before = crossings(layers)
    uncross(layers)
    assert crossings(layers) <= before


def test_the_initial_state_stands_on_top_and_ends_below_what_leads_to_them():
    rows = layered(definition().chart).rows
    assert rows[0] == ["received"]
    at = {name: number for number, row in enumerate(rows) for name in row}
    assert at["received"] < at["examining"] < at["proposed"] < at["granted"] < at["in_force"]


def texts(chart, language):
    for box, _corner in laid_out(chart, language).boxes:
        yield box.lines, box.width
        for one in box.regions:
            lanes = max((arrow.lane for arrow in one.arrows), default=0)
            for leaf in one.leaves:
                yield leaf.lines, one.width - 2 * PAD - 24 * lanes


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_title_fits_into_its_box(language):
    for lines, width in texts(definition().chart, language):
        assert max(text_width(line) for line in lines) <= width - PAD


def test_a_title_is_broken_at_blanks_or_between_chinese_characters():
    assert wrapped("Withdrawn after acceptance", 130) == ("Withdrawn after", "acceptance")
    assert wrapped("不受理（无需许可）", 80) == ("不受理（无", "需许可）")
    assert wrapped("Short") == ("Short",)
    assert wrapped("Unbreakable", 10) == ("Unbreakable",)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.floats(-500, 500), min_size=1, max_size=8), st.integers(1, 50))
def test_places_keep_their_order_and_their_distance(wanted, apart):
    found = spread(wanted, [1.0] * len(wanted), [apart] * (len(wanted) - 1))
    assert all(b - a >= apart - 1e-6 for a, b in itertools.pairwise(found))
    if all(b - a >= apart for a, b in itertools.pairwise(wanted)):
        assert found == pytest.approx(wanted)


def read(text):
    return Xml.fromstring(text)  # noqa: S314 - it is our own


def picture(language="en", here=(), been=(), of=None):
    return read(svg(of or definition(), language, here, been))


def test_the_picture_has_a_name_and_a_description():
    root = picture()
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root[0].text == "Exemption from the planning permit for municipal works"
    assert root[1].text.startswith("Flow chart of 21 states and 23 actions.")
    assert picture("zh")[1].text.startswith("办理流程图：21个状态，23种操作。")


def test_the_picture_holds_nothing_a_strict_policy_forbids():
    plain = {SVG + name for name in ("svg", "title", "desc", "g", "rect", "path", "text")}
    for element in picture().iter():
        assert element.tag in plain
        assert not {name for name in element.attrib if name.startswith("on")} | (
            {"style", "href"} & element.attrib.keys()
        )


def words(root):
    return [element.text for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_and_every_action_is_written_out(language):
    written = " ".join(words(picture(language)))
    chart = definition().chart
    for action in chart.actions.values():
        assert action.title.in_(language) in written
    for state in chart.states.values():
        for line in wrapped(state.title.in_(language)):
            assert line in written


def marked(root, mark):
    return [
        " ".join(text.text for text in group.findall(f"{SVG}text") if text.get("class") == "title")
        for group in root.iter(f"{SVG}g")
        if group.get("class") in (f"state {mark}", f"leaf {mark}")
    ]


def test_where_a_case_stands_and_has_been_is_marked_and_explained():
    here = ("granted.delivery.delivered", "granted.publication.to_publish")
    root = picture(here=here, been=("received", "examining", "granted.delivery.to_deliver"))
    assert marked(root, "here") == ["Granted", "Delivered", "To be published"]
    assert marked(root, "been") == ["Received", "Under examination", "To be delivered"]
    assert "where the case stands now" in words(root)
    assert "where it has been" in words(root)


def test_without_a_case_nothing_is_marked():
    root = picture()
    assert marked(root, "here") == marked(root, "been") == []
    assert "where the case stands now" not in words(root)


def test_an_arrow_says_what_it_stands_for():
    titles = [
        group[0].text for group in picture().iter(f"{SVG}g") if group.get("class") == "arrow"
    ]
    assert "Accept, Accepted by silence" in titles
    assert "by itself, when everything inside is done" in titles


def test_arrows_beside_the_states_of_a_region_are_drawn_on_lanes():
    changed = definition().model_copy(update={"chart": INSIDE})
    paths = [path.get("d") for path in picture(of=changed).iter(f"{SVG}path")]
    assert sum(d.count("L") == 3 for d in paths) == 3  # skip, back, and again from over to over
    assert "by itself, when everything inside is done" in words(picture(of=changed))


def test_a_chart_in_which_nothing_happens_by_itself_does_not_explain_it():
    plain = part({"states": {}, "over": {}}, {"go": moves("states > over")})
    changed = definition().model_copy(update={"chart": plain})
    assert "by itself, when everything inside is done" not in words(picture(of=changed))


def test_a_title_with_marks_of_its_own_stays_a_text():
    changed = definition().model_copy(deep=True)
    title = changed.chart.states["received"].title
    object.__setattr__(title, "en", 'A & B <script> "c"')
    assert "A & B <script>" in " ".join(words(picture(of=changed)))
