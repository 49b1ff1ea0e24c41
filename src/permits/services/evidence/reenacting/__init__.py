"""Goes through a case again, command by command, from its events and the rules alone.

What people typed is taken from the events; what follows from it is not believed but found anew:
where an action leads and who may take it, what a milestone brings about, every date, number and
amount. Whatever stands otherwise in the log is told. Somebody who changes the record, and chains
and signs it anew, has to have all of this agree.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.following import IMPOSSIBLE
from permits.evidence.findings import Amiss, Finding
from permits.services.evidence.reenacting.books import Books
from permits.services.evidence.reenacting.step import Step

__all__ = ["Books", "Reenacted", "reenact"]

Entry = tuple[Envelope, Event]


class Reenacted(NamedTuple):
    """The case as its events leave it, as far as they could be followed, and what is amiss."""

    case: Case
    findings: tuple[Finding, ...]


def reenact(case_id: str, entries: Iterable[Entry], books: Books) -> Reenacted:
    """Go through a case. What cannot be followed ends it there."""
    case, findings = Case(id=case_id), list[Finding]()
    for command in _commands(entries):
        first = command[0][0]
        edition = books.editions.get(first.definition)
        if edition is None:
            findings.append(
                Finding(Amiss.DEFINITION_MISSING, case_id, first.seq, (first.definition,))
            )
            break
        try:
            step = Step(case, command, edition, books)
            case = step.taken()
            findings.extend(step.findings)
        except IMPOSSIBLE as error:
            said = f"{type(error).__name__}: {error}"
            findings.append(Finding(Amiss.CANNOT_FOLLOW, case_id, first.seq, (said,)))
            break
    return Reenacted(case, tuple(findings))


def _commands(entries: Iterable[Entry]) -> Iterator[Sequence[Entry]]:
    """The events of each command, in order."""
    for _command, of_command in groupby(entries, key=lambda entry: entry[0].command):
        yield tuple(of_command)
