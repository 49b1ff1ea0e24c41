"""A log in CSV: what is taken over, what is told and left out, and what stops the reading."""

import csv
import io
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.exchange.log import MOST_TOLD, BadLog, How
from tests.exchange.made import HEAD, HERE, of_csv, told

NOON = "2022-06-09T12:00:00+08:00"


def test_an_event_has_its_case_activity_time_and_line():
    events, odd = of_csv(HEAD + f"7,受理,{NOON}\n")
    (event,) = events
    assert (event.case, event.activity, event.place) == ("7", "受理", 2)
    assert event.at == datetime(2022, 6, 9, 4, tzinfo=UTC)
    assert odd.total == 0


@pytest.mark.parametrize("written", ["NA", "INF", "T", "1.0", "001", "null", "1e5", "=1+1", "-0"])
def test_ids_stay_the_text_they_are(written):
    events, odd = of_csv(HEAD + f"{written},{written},{NOON}\n")
    assert [(one.case, one.activity) for one in events] == [(written, written)]
    assert odd.total == 0


def test_a_mark_of_the_encoding_is_not_part_of_the_first_name():
    events, _odd = of_csv(b"\xef\xbb\xbf" + (HEAD + f"7,a,{NOON}\n").encode())
    assert len(events) == 1


def test_lines_are_counted_through_quoted_ends_of_lines():
    text = 'case_id,remark,activity,timestamp\n1,"two\nlines",a,{0}\n2,,b,{0}\n,,c,{0}\n'
    events, odd = of_csv(text.format(NOON))
    assert [(one.case, one.place) for one in events] == [("1", 2), ("2", 4)]
    assert told(odd) == [("no_case", 5)]


@pytest.mark.parametrize(
    ("row", "odd"),
    [
        (f",a,{NOON}", "no_case"),
        (f"  ,a,{NOON}", "no_case"),
        (f"1,,{NOON}", "no_activity"),
        ("1,a,", "no_time"),
        ("1,a", "no_time"),
        ("1,a,09/06/2022 12:00", "bad_time"),
        ("1,a,1654747200", "bad_time"),
        ("1,a,2022-02-30T12:00:00Z", "bad_time"),
        ("1,a,0001-01-01T00:00:00+08:00", "bad_time"),
        (f"1,a,{NOON},more", "long_row"),
    ],
)
def test_what_is_not_usable_is_told_by_its_line_and_left_out(row, odd):
    events, found = of_csv(HEAD + f"0,a,{NOON}\n{row}\n2,b,{NOON}\n", HERE)
    assert [one.case for one in events] == ["0", "2"]
    assert (odd, 3) in told(found)


def test_a_row_that_lost_empty_cells_at_its_end_is_told_and_kept():
    events, odd = of_csv(f"case_id,activity,timestamp,remark\n1,a,{NOON}\n2,b,{NOON},,\n")
    assert [one.case for one in events] == ["1", "2"]
    assert told(odd) == [("short_row", 2)]


def test_empty_lines_say_nothing():
    events, odd = of_csv(HEAD + f"\n1,a,{NOON}\n\n\n2,a,{NOON}\n")
    assert [one.place for one in events] == [3, 6]
    assert odd.total == 0


@pytest.mark.parametrize(
    "head",
    [
        "case:concept:name,concept:name,time:timestamp",
        "Case ID;Activity;Complete Timestamp",
        "CASE_ID\tACTIVITY\tTIMESTAMP",
        "办件编号,环节,办理时间",
    ],
)
def test_columns_are_known_by_name_and_parted_by_what_parts_the_head(head):
    by = next(mark for mark in ";\t," if mark in head)
    events, _odd = of_csv(head + "\n" + by.join(("1", "a", NOON)))
    assert len(events) == 1


def test_columns_can_be_named():
    how = How(case="Zaak", activity="Stap", time="Tijd")
    events, _odd = of_csv(f"Tijd,Stap,Zaak\n{NOON},a,1\n", how)
    assert [(one.case, one.activity) for one in events] == [("1", "a")]


@pytest.mark.parametrize(
    ("text", "how", "wrong", "place", "about"),
    [
        ("", How(), "empty", 1, ""),
        ("\n1,a\n", How(), "empty", 1, ""),
        (f"who,activity,timestamp\n1,a,{NOON}", How(), "no_column", 1, "case"),
        (HEAD, How(activity="Stap"), "no_column", 1, "activity: Stap"),
        (f"case_id,activity,activity,time\n1,a,b,{NOON}", How(), "column_twice", 1, "activity"),
        (HEAD + "1,a,2022-06-09 12:00:00\n", How(), "no_zone", 2, "2022-06-09 12:00:00"),
        (HEAD + "1,a,2022-06-09\n", How(), "no_zone", 2, "2022-06-09"),
        ((HEAD + f"1,受理,{NOON}").encode("gb18030"), How(), "encoding", 2, "GB18030"),
        ((HEAD + f"1,a,{NOON}").encode("utf-16"), How(), "encoding", 1, "UTF-16"),
        (HEAD.encode() + b"1,\xff\xff\xff,x", How(), "encoding", 2, ""),
        (HEAD + '1,"' + "x" * 200_000, How(), "csv", 2, "field larger than field limit (131072)"),
    ],
)
def test_what_stops_the_reading_says_why_and_where(text, how, wrong, place, about):
    with pytest.raises(BadLog) as caught:
        of_csv(text, how)
    assert (caught.value.wrong, caught.value.place, caught.value.about) == (wrong, place, about)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_another_encoding_is_read_if_it_is_named(encoding):
    text = (HEAD + f"1,受理,{NOON}").encode(encoding)
    events, _odd = of_csv(text, How(encoding=encoding))
    assert events[0].activity == "受理"


def test_a_column_that_is_there_twice_is_no_matter_if_it_is_not_needed():
    events, _odd = of_csv(f"case_id,x,x,activity,timestamp\n1,,,a,{NOON}\n")
    assert len(events) == 1


def test_of_many_oddities_all_are_counted_and_the_first_kept():
    _events, odd = of_csv(HEAD + ",a,x\n" * (MOST_TOLD + 5))
    assert odd.counts == {"no_case": MOST_TOLD + 5}
    assert len(odd.first) == MOST_TOLD


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1)
WORD = TEXT.filter(str.strip)
WHEN = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - the zone comes with the next argument
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(st.lists(st.tuples(WORD, WORD, WHEN), max_size=8))
def test_what_was_written_is_read(rows):
    body = io.StringIO()
    writer = csv.writer(body)
    writer.writerow(("case_id", "activity", "timestamp"))
    writer.writerows((case, activity, at.isoformat()) for case, activity, at in rows)
    events, odd = of_csv(body.getvalue())
    assert [(one.case, one.activity, one.at) for one in events] == rows
    assert odd.total == 0


@given(st.binary(max_size=60))
def test_whatever_bytes_come_they_are_read_or_refused(raw):
    with suppress(BadLog):
        of_csv(HEAD.encode() + raw, HERE)
