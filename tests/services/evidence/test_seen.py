"""What an audit remembers of the events it has read, held against a plain dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from permits.services.evidence.seen import HASH, Seen

STREAMS = ("case/1", "case/2", "calendar")


@st.composite
def logs(draw):
    """Streams of events, some with gaps between their numbers, some with hashes that are none."""
    found = {}
    for stream in draw(st.sets(st.sampled_from(STREAMS))):
        for seq in sorted(draw(st.sets(st.integers(0, 8)))):
            length = draw(st.sampled_from((HASH, HASH, HASH, 0, HASH + 1)))
            found[stream, seq] = draw(st.binary(min_size=length, max_size=length))
    return found


def seen_of(log) -> Seen:
    seen = Seen()
    for (stream, seq), found in log.items():
        seen.add(stream, seq, found)
    return seen


@given(logs(), st.lists(st.tuples(st.sampled_from((*STREAMS, "gone")), st.integers(-1, 10))))
def test_it_knows_what_a_dictionary_would_know(log, places):
    seen = seen_of(log)
    assert len(seen) == len(log)
    assert [seen.placed(*one) for one in places] == [log.get(one) for one in places]
    left = list(seen.unplaced())
    assert len(left) == len(set(left))
    assert set(left) == log.keys() - set(places)


def test_of_an_undamaged_stream_each_event_takes_a_byte_beside_its_hash():
    seen = seen_of({("case/1", seq): bytes([seq]) * HASH for seq in range(1, 101)})
    assert [len(kept) for kept in seen._streams.values()] == [100 * (HASH + 1)]
    assert not seen._odd
    assert seen.placed("case/1", 100) == b"d" * HASH
    assert seen.placed("case/1", 101) is None
    assert len(list(seen.unplaced())) == 99
