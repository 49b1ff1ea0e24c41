"""What tables are to hold of a case after a command."""

from permits.casework import (
    asked_rows,
    check_rows,
    figures,
    ledger_rows,
    measured_rows,
    rows,
    waiting_rows,
)
from permits.casework.case import Case
from permits.casework.published import document_rows
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition
from permits.store.caseload import CaseRows, Measured


def rows_after(
    before: Case,
    case: Case,
    edition: Edition,
    calendar: WorkingDays,
    earlier: CaseRows | None,
) -> CaseRows:
    """The rows of a case that was `before` and is now `case`. `earlier` are those of commands of
    the same transaction, which are not written yet: what they added is kept."""
    stays = rows.stays(before, case)
    asked = case.requests or before.requests or (earlier and earlier.opinions is not None)
    checked = check_rows.has_checks(case) or check_rows.has_checks(before)
    checked = checked or (earlier is not None and earlier.checks is not None)
    measured = _measured(before, case, edition, earlier)
    counted = earlier.counted if earlier else figures.result_on(before) is not None
    return CaseRows(
        row=rows.case_row(case, edition),
        facts=figures.facts_row(case, edition, calendar),
        dues=rows.due_rows(case, edition),
        waiting=waiting_rows.waiting_rows(case, edition),
        stays=(*earlier.stays, *stays) if earlier else stays,
        opinions=asked_rows.opinion_rows(case) if asked else None,
        fees=ledger_rows.fee_rows(case) if case.fees != before.fees or earlier else (),
        checks=check_rows.check_rows(case) if checked else None,
        documents=document_rows(case) if case.documents != before.documents or earlier else (),
        measured=measured,
        counted=counted,
        was=_was(before, edition, earlier) if counted and measured is not None else None,
    )


def _measured(
    before: Case, case: Case, edition: Edition, earlier: CaseRows | None
) -> Measured | None:
    """What figures count of time limits, duties and fees, if any of it may have changed, or counts
    elsewhere from now on."""
    same = (
        case.clocks is before.clocks
        and case.obligations is before.obligations
        and case.fees is before.fees
        and case.definition == before.definition
        and case.track == before.track
        and figures.result_on(case) == figures.result_on(before)
    )
    if same and (earlier is None or earlier.measured is None):
        return None
    return _of(case, edition)


def _was(before: Case, edition: Edition, earlier: CaseRows | None) -> Measured | None:
    """The same as it stood before the transaction; under another edition only tables can tell."""
    if earlier is not None and earlier.measured is not None:
        return earlier.was
    return _of(before, edition) if before.definition == edition.digest else None


def _of(case: Case, edition: Edition) -> Measured:
    return Measured(
        measured_rows.term_rows(case, edition),
        measured_rows.duty_rows(case, edition),
        measured_rows.fee_fact_rows(case, edition),
    )
