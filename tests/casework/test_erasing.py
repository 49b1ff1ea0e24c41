"""What was erased is told in a stream of its own, and read back as it was told."""

import msgspec

from permits.casework.envelope import Envelope
from permits.casework.families.erasing import ValuesErased, stream_of
from permits.casework.streams import read_event
from tests.kit import beijing


def test_what_was_erased_of_a_case_is_told_beside_its_stream():
    now = beijing("2027-06-10")
    told = ValuesErased(
        of="case/1", cause="asked", basis="第47条", seals={"6f": "contact_name"}, files={}
    )
    envelope = Envelope(
        id="1", stream=stream_of("case/1"), seq=1, type="ValuesErased", schema=1, definition="",
        recorded_at=now, effective_at=now.date(), actor="setup", role="", office="",
        department="", command="1",
    )  # fmt: skip
    assert envelope.stream == "erasing/case/1"
    assert read_event(envelope, msgspec.json.encode(told)) == told
