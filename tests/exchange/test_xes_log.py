"""A log in XES: traces and events wherever they are named, and no entity is ever expanded."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.exchange.log import BadLog, How
from tests.exchange.made import HERE, of_xes, told, trace, xes

NOON, ONE = "2022-06-09T12:00:00+08:00", "2022-06-09T13:00:00.123+08:00"


def test_events_come_trace_by_trace():
    events, odd = of_xes(
        xes(trace("1", [("受理", NOON), ("办结", ONE)]), trace("2", [("a", NOON)]))
    )
    assert [(one.case, one.activity) for one in events] == [
        ("1", "受理"),
        ("1", "办结"),
        ("2", "a"),
    ]
    assert events[1].at.microsecond == 123_000
    assert odd.total == 0


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_elements_are_known_with_and_without_a_namespace(prefix):
    text = (
        f'<{prefix}log xmlns:x="http://www.xes-standard.org/"><{prefix}trace>'
        f'<{prefix}event><{prefix}string key="concept:name" value="a"/>'
        f'<{prefix}date key="time:timestamp" value="{NOON}"/></{prefix}event>'
        f'<{prefix}string key="concept:name" value="1"/></{prefix}trace></{prefix}log>'
    )
    events, _odd = of_xes(text)
    assert [(one.case, one.activity) for one in events] == [("1", "a")]


def test_what_stands_inside_of_attributes_or_in_globals_names_nothing():
    nested = '<list key="x"><values><string key="concept:name" value="no"/></values></list>'
    before = '<global scope="event"><string key="concept:name" value="UNKNOWN"/></global>'
    inner = '<string key="org:x" value="y"><string key="concept:name" value="no"/></string>'
    text = xes(before, nested, trace("1", [("a", NOON)], more=nested + inner))
    events, odd = of_xes(text)
    assert [(one.case, one.activity) for one in events] == [("1", "a")]
    assert odd.total == 0


def test_oddities_are_told_by_line():
    text = xes(
        trace(None, [("a", NOON)]),
        trace("1", [("", NOON), ("b", "x")]),
        trace("2", [("a", ONE), ("b", NOON)]),
        trace("1", [("c", NOON)]),
    )
    events, odd = of_xes(text)
    assert [(one.case, one.activity) for one in events] == [("2", "a"), ("2", "b"), ("1", "c")]
    assert told(odd) == [
        ("no_case", 3),
        ("no_activity", 7),
        ("bad_time", 8),
        ("out_of_order", 12),
        ("case_again", 14),
    ]


def test_an_event_outside_of_every_trace_is_told_and_left_out():
    events, odd = of_xes(xes(trace("1", [("a", NOON)]), "<event></event>"))
    assert len(events) == 1
    assert told(odd) == [("no_case", 6)]


def test_other_attributes_can_be_the_case_the_activity_and_the_time():
    text = xes(
        '<trace><string key="id" value="9"/><event><string key="step" value="s"/>'
        f'<date key="when" value="{NOON}"/></event></trace>'
    )
    events, _odd = of_xes(text, How(case="id", activity="step", time="when"))
    assert [(one.case, one.activity) for one in events] == [("9", "s")]


def test_a_time_without_an_offset_needs_a_zone():
    text = xes(trace("1", [("a", "2022-06-09T12:00:00")]))
    with pytest.raises(BadLog, match="no_zone"):
        of_xes(text)
    events, _odd = of_xes(text, HERE)
    assert events[0].at.isoformat() == NOON


def test_another_encoding_is_read_if_it_is_named():
    raw = xes(trace("1", [("受理", NOON)])).replace("UTF-8", "GB18030").encode("gb18030")
    with pytest.raises(BadLog, match="encoding"):
        of_xes(raw)
    events, _odd = of_xes(raw, How(encoding="gb18030"))
    assert events[0].activity == "受理"


LAUGHS = '<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ELSEWHERE = '<!DOCTYPE log SYSTEM "http://127.0.0.1:9/log.dtd">'


@pytest.mark.parametrize("before", [LAUGHS, OUTSIDE, ELSEWHERE])
def test_no_document_type_is_let_in(before):
    with pytest.raises(BadLog, match="entities"):
        of_xes(xes(trace("1", [("&a;", NOON)]), before=before))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("<log><trace>", "xml"),
        ("<html></html>", "no_log"),
        ("", "xml"),
        ("<log><trace>&a;</trace></log>", "xml"),
        ("<log/><log/>", "xml"),
    ],
)
def test_what_is_no_log_is_refused(text, wrong):
    with pytest.raises(BadLog, match=wrong):
        of_xes(text)


def test_a_log_without_traces_has_no_events():
    assert of_xes(xes())[0] == []


@given(st.binary(max_size=60))
def test_whatever_bytes_come_they_are_read_or_refused(raw):
    with suppress(BadLog):
        of_xes(b"<log><trace>" + raw, HERE)
