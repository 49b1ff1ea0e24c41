"""Cases of before: told in a stream of their own, and withdrawn as a whole file."""

from datetime import UTC, date, datetime

import pytest

from permits.casework.envelope import Envelope, Event, Strayed
from permits.casework.families.calendar import YearPublished
from permits.casework.families.history import (
    STREAM,
    PastCaseRecorded,
    PastCasesWithdrawn,
    past_imports,
)
from tests.kit import years


def past(source: str, number: str) -> PastCaseRecorded:
    return PastCaseRecorded(
        source=source,
        line=2,
        number=number,
        permit="plan_exempt",
        track="ordinary",
        received_on=date(2019, 3, 1),
        accepted_on=None,
        decided_on=date(2019, 3, 8),
        result="granted",
    )


def told(*events: Event) -> list[tuple[Envelope, Event]]:
    return [
        (
            Envelope(
                id=str(seq),
                stream=STREAM,
                seq=seq,
                type=type(event).__name__,
                schema=1,
                definition="",
                recorded_at=datetime(2022, 6, 9, tzinfo=UTC),
                effective_at=date(2022, 6, 9),
                actor="setup",
                role="",
                office="",
                department="",
                command="c",
            ),
            event,
        )
        for seq, event in enumerate(events, start=1)
    ]


def test_a_file_counts_from_its_import_until_it_is_withdrawn():
    events = [past("a", "1"), past("a", "2"), past("b", "3"), PastCasesWithdrawn(source="a")]
    first = past_imports(told(*events[:3]))
    assert [(one.source, len(one.cases), one.imported_on) for one in first] == [
        ("a", 2, date(2022, 6, 9)),
        ("b", 1, date(2022, 6, 9)),
    ]
    assert [one.source for one in past_imports(told(*events))] == ["b"]
    again = past_imports(told(*events, past("a", "1")))
    assert [(one.source, len(one.cases)) for one in again] == [("b", 1), ("a", 1)]


def test_nothing_else_stands_in_the_stream():
    with pytest.raises(Strayed, match=r"\(YearPublished\): no event of this stream"):
        past_imports(told(YearPublished(year=years()[0], digest=years()[0].digest)))
