"""What the dated facts of a case are called, and why a day counts or does not."""

from collections.abc import Callable

from permits.casework.due_explained import Reason as DayReason
from permits.definitions.procedure import (
    Milestone,
)
from permits.text.words import Language, words


def day_reason(value: DayReason, language: Language) -> str:
    """Why a day counts towards a term or does not."""
    _ = words(language).gettext
    match value:
        case DayReason.START_DAY:
            return _("The day it starts is not counted")
        case DayReason.COUNTED:
            return _("Counted")
        case DayReason.MAKE_UP_DAY:
            return _("Make-up working day, counted")
        case DayReason.WEEKEND:
            return _("Weekend, not counted")
        case DayReason.HOLIDAY:
            return _("Public holiday, not counted")
        case DayReason.PAUSED:
            return _("Time limit suspended, not counted")
        case DayReason.ROLLED_OVER:
            return _("A rest day: the term cannot end here")
        case DayReason.LAST_DAY:
            return _("The working day to which the end moved")
        case DayReason.YEAR_NOT_PUBLISHED:
            return _("Calendar not yet published: taken as if Monday to Friday were worked")


def milestone(value: Milestone | str, language: Language) -> str:  # noqa: PLR0915 - one arm for each
    """A dated fact of the case."""
    _ = words(language).gettext
    match Milestone(value):
        case Milestone.RECEIVED:
            return _("receipt")
        case Milestone.CORRECTION_ISSUED:
            return _("correction notice")
        case Milestone.CORRECTIONS_SUPPLIED:
            return _("receipt of the corrections")
        case Milestone.TRACK_SWITCHED:
            return _("switch to the ordinary procedure")
        case Milestone.ACCEPTED:
            return _("acceptance")
        case Milestone.TOLERATED:
            return _("acceptance with materials still to come")
        case Milestone.SUPPLEMENTED:
            return _("receipt of what was still to come")
        case Milestone.UNSUPPLIED:
            return _("finding that it did not come in time")
        case Milestone.NOT_ACCEPTED:
            return _("refusal to accept")
        case Milestone.WITHDRAWN:
            return _("withdrawal")
        case Milestone.SUSPENDED:
            return _("start of the special procedure")
        case Milestone.RESUMED:
            return _("end of the special procedure")
        case Milestone.HEARING_HELD:
            return _("record of the hearing")
        case Milestone.EXAMINED:
            return _("examiner's opinion")
        case Milestone.EXTENDED:
            return _("extension")
        case Milestone.DECIDED:
            return _("decision")
        case Milestone.GRANTED:
            return _("decision to grant")
        case Milestone.REFUSED:
            return _("decision to refuse")
        case Milestone.DELIVERED:
            return _("delivery")
        case Milestone.PUBLISHED:
            return _("publication")
        case Milestone.REVOCATION_NOTICED:
            return _("notice of intended revocation")
        case Milestone.STATEMENT_MADE:
            return _("the holder's statement")
        case Milestone.REVOCATION_DROPPED:
            return _("decision not to revoke")
        case Milestone.GRANT_WITHDRAWN:
            return _("withdrawal of the grant")
        case Milestone.DOCUMENT_CORRECTED:
            return _("erratum")
        case Milestone.REVOKED:
            return _("revocation")
        case Milestone.DUTY_EXTENDED:
            return _("decision to put a date off")
        case Milestone.DUTY_NOT_EXTENDED:
            return _("decision not to put a date off")
        case Milestone.VOIDED:
            return _("void by law")
        case Milestone.RENEWED:
            return _("renewal")
        case Milestone.NOT_RENEWED:
            return _("decision not to renew")
        case Milestone.EXPIRED:
            return _("end of the term")
        case Milestone.ANNULLED:
            return _("annulment on review")
        case Milestone.REOPENED:
            return _("reopening after an annulment")
        case Milestone.AMENDED:
            return _("change of the grant")
        case Milestone.NOT_AMENDED:
            return _("decision not to change the grant")
        case Milestone.DEREGISTERED:
            return _("deregistration")
        case Milestone.CONCLUDED:
            return _("closing of the file")
        case Milestone.WORKS_STARTED:
            return _("start of the works")
        case Milestone.PERMANENT_WORKS_STARTED:
            return _("Permanent works started")
        case Milestone.CONSTRUCTION_PERMIT:
            return _("construction permit")
        case Milestone.JOINT_ACCEPTANCE_APPLIED:
            return _("application for joint acceptance")
        case Milestone.JOINT_ACCEPTANCE:
            return _("joint acceptance")
        case Milestone.PRODUCTION_REACHED:
            return _("full production")
        case Milestone.WORKS_COMPLETED:
            return _("completion of the works")


NAMED: dict[str, Callable[..., str]] = {
    "day_reason": day_reason,
    "milestone": milestone,
}
"""Every name by the filter that gives it."""
