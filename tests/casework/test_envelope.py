"""Bytes that are kept are canonical, open again as what they were, and are chained."""

import hashlib
import json
from datetime import UTC, date, datetime

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from permits.casework import streams
from permits.casework.dates import as_text
from permits.casework.envelope import (
    GENESIS,
    CannotFollow,
    Envelope,
    Strayed,
    canonical,
    chained,
    only,
    open_record,
    seal_record,
)
from permits.casework.families.calendar import YearPublished
from permits.casework.families.deciding import Published
from permits.casework.fold import EVENTS
from permits.casework.streams import read_event
from tests.kit import Play, beijing

names = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=("Cs",)))
integers = st.integers(-(2**53) + 1, 2**53 - 1)
values = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(names, values))
def test_canonical_bytes_are_those_of_rfc_8785(value):
    assert canonical(value) == rfc8785.dumps(value)


@given(st.dictionaries(names, values))
def test_canonical_bytes_round_trip(value):
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_no_two_events_are_kept_under_one_name():
    kinds = [*EVENTS.values(), *streams.BESIDE_CASES]
    assert sorted(streams.EVENTS) == sorted(kind.__name__ for kind in kinds)


def an_envelope(**changes):
    values = {
        "id": "0190-1",
        "stream": "case/1",
        "seq": 3,
        "type": "Published",
        "schema": 1,
        "definition": "d" * 64,
        "recorded_at": datetime(2022, 6, 9, 2, 30, tzinfo=UTC),
        "effective_at": date(2022, 6, 9),
        "actor": "window",
        "role": "window",
        "office": "planning_bureau",
        "department": "planning",
        "command": "c-1",
    }
    return Envelope(**{**values, **changes})


def test_a_record_reads_as_one_would_write_it_by_hand():
    record = seal_record(an_envelope(), Published(on=date(2022, 6, 10)))
    assert record.decode() == (
        '{"actor":"window","body":{"on":"2022-06-10"},"command":"c-1",'
        f'"definition":"{"d" * 64}","department":"planning","effective_at":"2022-06-09",'
        '"id":"0190-1","office":"planning_bureau","recorded_at":"2022-06-09T02:30:00Z",'
        '"role":"window","schema":1,"seq":3,"stream":"case/1","type":"Published"}'
    )


def test_a_record_opens_as_what_was_put_in():
    event = Published(on=date(2022, 6, 10))
    envelope, body = open_record(seal_record(an_envelope(), event))
    assert envelope == an_envelope()
    assert read_event(envelope, body) == event


@pytest.mark.parametrize("bad", [b"", b"{}", b'{"actor":1}', b"\xff"])
def test_bytes_that_are_no_record_are_refused(bad):
    with pytest.raises(msgspec.DecodeError):
        open_record(bad)


def test_every_event_of_a_whole_case_round_trips_to_the_same_bytes():
    play = Play().served("2022-06-09")
    for envelope, event in play.log:
        record = seal_record(envelope, event)
        again, body = open_record(record)
        assert seal_record(again, read_event(again, body)) == record
        assert rfc8785.dumps(json.loads(record)) == record


def test_the_hash_is_a_merkle_leaf_over_the_previous_hash_and_the_record():
    assert (
        chained(GENESIS, b"record") == hashlib.sha256(b"\x00" + b"\x00" * 32 + b"record").digest()
    )


def test_an_event_of_unknown_type_is_an_error():
    with pytest.raises(CannotFollow, match="there is no such event"):
        read_event(an_envelope(type="NeverHappened"), b"{}")


def test_events_are_kept_under_their_own_names():
    assert all(name == kind.__name__ for name, kind in EVENTS.items())


def test_an_older_shape_is_lifted_on_the_way_in_and_a_newer_one_is_refused(monkeypatch):
    """Twice changed: first the day was called `day`, then it had a name of the place beside it."""
    lifts = {
        ("Published", 1): lambda body: {"day": body["day"], "place": "web"},
        ("Published", 2): lambda body: {"on": body["day"]},
    }
    monkeypatch.setattr(streams, "LIFTS", lifts)
    assert streams.schema_of("Published") == 3
    event = Published(on=date(2022, 6, 10))
    oldest = read_event(an_envelope(schema=1), b'{"day":"2022-06-10"}')
    older = read_event(an_envelope(schema=2), b'{"day":"2022-06-10","place":"web"}')
    assert oldest == older == read_event(an_envelope(schema=3), canonical(event)) == event
    with pytest.raises(CannotFollow, match="shape 4 is not known"):
        read_event(an_envelope(schema=4), b"{}")


def test_a_stream_of_one_kind_of_event_holds_no_other():
    told = [(an_envelope(), Published(on=date(2022, 6, 9)))]
    assert list(only(Published, told)) == told
    with pytest.raises(Strayed, match=r"case/1, event 3 \(Published\): no event of this stream"):
        list(only(YearPublished, told))


def test_an_instant_is_kept_as_text_of_one_width_that_sorts_as_time_does():
    moments = [beijing("2022-06-09", 8), datetime(2022, 6, 9, 0, 0, 0, 1, tzinfo=UTC)]
    texts = [as_text(moment) for moment in moments]
    assert texts == ["2022-06-09T00:00:00.000000Z", "2022-06-09T00:00:00.000001Z"]
