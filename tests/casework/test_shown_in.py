"""With a signature stands the language in which the text was shown, where that is known."""

import msgspec
import pytest
from msgspec.structs import replace

from permits.casework.envelope import canonical
from permits.casework.streams import read_event
from tests.kit import Play, brought, filing, plan_exempt


def filed(track: str = "commitment", **how: object) -> Play:
    """Filed with what was signed on an English page."""
    signed = filing(plan_exempt(), track).signed
    shown = tuple(replace(one, shown_in="en") for one in signed)
    return Play().file("2022-06-09", track, signed=shown, **how)


def test_who_signs_with_an_account_has_read_it_in_one_of_the_two():
    assert [one.shown_in for one in filed().case.commitments] == ["en"]
    assert filed("tolerant").case.undertaking.shown_in == "en"


def test_in_which_language_a_paper_was_read_nobody_knows():
    how = {"channel": "counter", "brought": brought("2022-06-09")}
    assert [one.shown_in for one in filed(**how).case.commitments] == [""]
    assert filed("tolerant", **how).case.undertaking.shown_in == ""


@pytest.mark.parametrize("track", ["commitment", "tolerant"])
def test_events_that_were_written_before_do_not_say_and_are_read_as_they_are(track):
    signed = [(at, e) for at, e in filed(track).log if "Signed" in at.type]
    assert len(signed) == 1
    for envelope, event in signed:
        body = msgspec.json.decode(canonical(event))
        assert body.pop("shown_in") == "en"
        assert read_event(envelope, canonical(body)) == replace(event, shown_in="")
