"""Events are taken over one after the other, to the first with which that cannot go on."""

import pytest

from permits.casework.envelope import CannotFollow, Envelope
from permits.casework.following import OutOfOrder, followed, why
from permits.casework.streams import read_event
from tests.kit import Play

GRANTED = Play().granted("2022-06-09").log


def told(number: int) -> Envelope:
    return GRANTED[number][0]


def taken(held: tuple[str, ...], event: str | Exception, _at: Envelope) -> tuple[str, ...]:
    if isinstance(event, Exception):
        raise event
    return (*held, event)


def test_what_can_be_followed_is_what_its_events_leave():
    assert followed(taken, (), [(told(0), "one"), (told(1), "two")]) == ("one", "two")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OutOfOrder("there is no hearing"), "there is no hearing"),
        (KeyError("report_completion"), "there is no report_completion"),
        (IndexError("tuple index out of range"), "IndexError: tuple index out of range"),
        (ZeroDivisionError("division by zero"), "ZeroDivisionError: division by zero"),
    ],
)
def test_what_cannot_be_is_told_with_its_event(error, says):
    assert why(error) == says
    with pytest.raises(CannotFollow) as found:
        followed(taken, (), [(told(0), "one"), (told(1), error), (told(2), "three")])
    assert (found.value.stream, found.value.seq) == (told(1).stream, told(1).seq)
    assert says in str(found.value)


def test_a_fault_of_the_machine_is_no_event_that_cannot_be():
    with pytest.raises(MemoryError):
        followed(taken, (), [(told(0), MemoryError())])


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"unheard": 1}'])
def test_a_body_that_is_none_of_its_event_is_told_with_it(body):
    with pytest.raises(CannotFollow) as found:
        read_event(told(0), body)
    assert (found.value.stream, found.value.seq) == (told(0).stream, told(0).seq)
