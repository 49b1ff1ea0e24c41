"""The gate family: what a case found open in its project when it went on."""

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds


class GatesPassed(Event, frozen=True):
    """The gates and stages of the project that were looked at, what was found settled there and by
    the case of which number, and the version of the project's stream they were read from, so that
    the decision can be replayed."""

    project: str
    version: int
    gates: tuple[str, ...]
    stages: tuple[str, ...]
    settled: dict[str, str]


def _passed(case: Case, _e: GatesPassed, _at: Envelope) -> Case:
    """What was found open changes nothing in the case itself."""
    return case


FOLDS: Folds = {GatesPassed: _passed}
