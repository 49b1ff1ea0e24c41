"""The family of shared data: what other offices answered."""

from datetime import date, datetime

from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds
from permits.casework.parts import SharedAnswer, SharedOutcome


class SharedDataAnswered(Event, frozen=True):
    """Another office was asked for the data of a material, and answered or did not. The answer is
    kept as a file (`sha256`, `size`), with a salt in it, so that the digest gives nothing away.
    `title` is the source's in both languages, `as_of` the day of which the data speaks."""

    material: str
    source: str
    title: dict[str, str]
    outcome: SharedOutcome
    asked_at: datetime
    as_of: date | None
    sha256: str
    size: int


def _answered(case: Case, e: SharedDataAnswered, _at: Envelope) -> Case:
    answer = SharedAnswer(
        e.material, e.source, e.title, e.outcome, e.asked_at, e.as_of, e.sha256, e.size
    )
    return replace(case, shared={**case.shared, e.material: answer})


FOLDS: Folds = {
    SharedDataAnswered: _answered,
}
