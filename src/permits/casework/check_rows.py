"""What tables hold of checks whose inspectors were drawn: for the pile of each of them."""

from datetime import date

import msgspec

from permits.casework.case import Case


class CheckRow(msgspec.Struct, frozen=True):
    """One row for each officer who is to make a check that is open; `sort_on` is the due date, or
    the last day there is."""

    case_id: str
    obligation: str
    officer: str
    due_on: date | None
    sort_on: date
    warn_on: date | None


def check_rows(case: Case) -> tuple[CheckRow, ...]:
    """The rows of a case. Who is recused has nothing to do in it any more."""
    return tuple(
        CheckRow(case.id, name, officer, held.due, held.due or date.max, held.warn_on)
        for name, held in case.obligations.items()
        if held.status == "open"
        for officer in held.inspectors
        if not case.recused(officer)
    )
