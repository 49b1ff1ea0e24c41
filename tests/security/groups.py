"""What mistakes are made in: who may do what, what is decided, how the log is kept."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tests.security.mutants import path_of


class Group(NamedTuple):
    """Modules, packages with all that lies in them, and the tests that are asked about both."""

    modules: tuple[str, ...]
    packages: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def every(self) -> list[str]:
        """All modules by their names."""
        return [*self.modules, *(one for package in self.packages for one in _within(package))]


CORE = ("tests/casework",)

GROUPS = {
    "access": Group(
        modules=("permits.casework.access", "permits.casework.party_access"),
        packages=(),
        tests=CORE,
    ),
    "decisions": Group(
        modules=(
            "permits.casework.case",
            "permits.casework.due_dates",
            "permits.casework.ledger",
            "permits.casework.party",
            "permits.casework.project",
            "permits.casework.sampling",
            "permits.casework.standing",
            "permits.casework.standings",
            "permits.casework.tracks",
            "permits.casework.working_days",
            "permits.definitions.chart",
            "permits.definitions.kernel",
        ),
        packages=("permits.casework.decide", "permits.casework.families"),
        tests=(
            *CORE,
            "tests/definitions/test_chart.py",
            "tests/definitions/test_chart_traps.py",
            "tests/definitions/test_kernel.py",
            "tests/definitions/test_edition.py",
            "tests/workflows",
        ),
    ),
    "log": Group(
        modules=(
            "permits.casework.envelope",
            "permits.casework.fold",
            "permits.casework.party_fold",
            "permits.casework.seals",
            "permits.casework.streams",
            "permits.store.event_log",
            "permits.store.evidence_log",
            "permits.store.evidence_reading",
            "permits.store.evidence_signed",
            "permits.services.appending",
            "permits.services.records",
            "permits.services.writer",
        ),
        packages=("permits.evidence",),
        tests=(
            "tests/evidence",
            "tests/casework/test_envelope.py",
            "tests/casework/test_fold.py",
            "tests/casework/test_mending.py",
            "tests/casework/test_seals.py",
            "tests/casework/test_substitutes.py",
            "tests/store/test_event_log.py",
            "tests/store/test_evidence_log.py",
            "tests/store/test_evidence_signed.py",
            "tests/store/test_database.py",
            "tests/services/test_appending.py",
            "tests/services/test_records.py",
            "tests/services/test_writer.py",
            "tests/services/test_parties.py",
            "tests/services/test_trying_again.py",
            "tests/services/test_trying_orders.py",
            "tests/services/evidence",
        ),
    ),
}


def _within(package: str) -> Iterator[str]:
    for file in sorted(path_of(package).parent.glob("*.py")):
        yield package if file.stem == "__init__" else f"{package}.{file.stem}"


def tests_of(names: Iterable[str]) -> list[str]:
    """The tests of some groups, each once."""
    return list(dict.fromkeys(test for name in names for test in GROUPS[name].tests))
