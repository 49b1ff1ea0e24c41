"""Clerical errors in issued documents: another document, with a number of its own, says what is
right and names the first. What was decided stays as it was."""

from permits.casework import commands as c
from permits.casework.case import Case, Drawn
from permits.casework.decide.consequences import follow
from permits.casework.decide.minutes import Minutes
from permits.casework.families.documents import DocumentCorrected
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Milestone


def correctable(case: Case) -> tuple[Drawn, ...]:
    """The documents in which an error can be put right: those that hold, and are no erratum."""
    erratum = Milestone.DOCUMENT_CORRECTED
    return tuple(d for d in case.documents if not d.void and d.milestone != erratum)


def correct(minutes: Minutes, command: c.CorrectDocument) -> Refused | None:
    """Issue an erratum for the document of that number."""
    found = next((d for d in correctable(minutes.case) if d.number == command.number), None)
    if found is None:
        return Refused(Reason.NO_SUCH_DOCUMENT, (command.number,))
    if command.correction is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(
        DocumentCorrected(
            document=found.document, number=found.number, correction=command.correction
        )
    )
    follow(minutes, (Milestone.DOCUMENT_CORRECTED,), minutes.desk.today)
    return None
