"""What tables hold of checks: for the pile of each inspector."""

from datetime import date

import msgspec

from permits.casework.case import Case, Obligation
from permits.casework.parts import room_of

EVIDENCE = "check.evidence"
"""What a file is of that shows what a check found. No material is called so: its name holds no
dot."""


class CheckRow(msgspec.Struct, frozen=True):
    """One row for each officer who was drawn to make a check that is open, or has still to sign
    the record of one. A breach that was found is checked again: if nobody was drawn, `officer` is
    the room whose inspectors may, as `room_of` writes it. `sort_on` is the due date, or the last
    day there is; `rectifies` says that until then the breach is to be put right, `put_right_on`
    that its holder says it was."""

    case_id: str
    obligation: str
    officer: str
    due_on: date | None
    sort_on: date
    warn_on: date | None
    rectifies: bool
    put_right_on: date | None


def check_rows(case: Case) -> tuple[CheckRow, ...]:
    """The rows of a case. Who is recused has nothing to do in it any more."""
    return tuple(
        CheckRow(
            case_id=case.id,
            obligation=name,
            officer=officer,
            due_on=held.due,
            sort_on=held.due or date.max,
            warn_on=held.warn_on,
            rectifies=held.ordered,
            put_right_on=held.put_right_on,
        )
        for name, held in case.obligations.items()
        if held.status == "open"
        for officer in _who(case, held)
    )


def _who(case: Case, held: Obligation) -> tuple[str, ...]:
    if held.record is not None:
        return tuple(one for one in held.record.unsigned if not case.recused(one))
    if held.inspectors or not (held.ordered and held.failed):
        return tuple(one for one in held.inspectors if not case.recused(one))
    return (room_of(case.authority, case.department),)


def has_checks(case: Case) -> bool:
    """Whether a case has, or had, checks in the piles of inspectors."""
    duties = case.obligations.values()
    return any(one.inspectors or one.ordered or one.record is not None for one in duties)
