"""What closed sets are called: roles, causes, grounds, kinds of treatment and of defect."""

from collections.abc import Callable
from typing import Literal, Protocol

from permits.casework.afterwards import Body
from permits.casework.due_explained import Reason as DayReason
from permits.casework.heard import Excepted, HearingStage, View
from permits.casework.parts import Result
from permits.casework.rows import Turn
from permits.definitions.permit import Measure
from permits.definitions.procedure import (
    DeregistrationGround,
    Milestone,
    RevocationGround,
    Role,
    Settled,
    SpecialCause,
    WithdrawalGround,
    WorksStage,
)
from permits.definitions.tracks import Treatment
from permits.text.words import Language, words


class InBoth(Protocol):
    """A text in both languages."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


def said(text: InBoth, language: Language) -> str:
    """A text of a definition or of the calendar in the reader's language."""
    return text.en if language == "en" else text.zh


def role(value: Role | str, language: Language) -> str:
    """What people of a role are called."""
    _ = words(language).gettext
    match Role(value):
        case Role.APPLICANT:
            return _("applicant")
        case Role.WINDOW:
            return _("reception window")
        case Role.EXAMINER:
            return _("examiner")
        case Role.LEADER:
            return _("head of the office")
        case Role.INSPECTOR:
            return _("inspector")
        case Role.SUPERVISOR:
            return _("supervisor")
        case Role.AUDITOR:
            return _("auditor")
        case Role.ADMINISTRATOR:
            return _("administrator")
        case Role.TIMER:
            return _("system")


def cause(value: SpecialCause | str, language: Language) -> str:
    """A special procedure whose time does not count."""
    _ = words(language).gettext
    match SpecialCause(value):
        case SpecialCause.HEARING:
            return _("hearing")
        case SpecialCause.TENDER:
            return _("call for tenders")
        case SpecialCause.AUCTION:
            return _("auction")
        case SpecialCause.INSPECTION:
            return _("inspection of goods or equipment")
        case SpecialCause.TESTING:
            return _("testing")
        case SpecialCause.QUARANTINE:
            return _("quarantine")
        case SpecialCause.APPRAISAL:
            return _("appraisal")
        case SpecialCause.EXPERT_REVIEW:
            return _("expert review")


def stage(value: WorksStage | str, language: Language) -> str:
    """A stage of the works; whatever is none stands as it is."""
    _ = words(language).gettext
    match value:
        case WorksStage.PIT:
            return _("pit support and excavation")
        case WorksStage.BASEMENT:
            return _("basement and foundations")
        case WorksStage.SUPERSTRUCTURE:
            return _("above ground (±0.000 and up)")
        case _:
            return value


def settled(value: Settled | str, language: Language) -> str:
    """What one case of a project settles for the others; whatever is none stands as it is."""
    _ = words(language).gettext
    match value:
        case Settled.DESIGN_SCHEME:
            return _("design scheme (granted with the land)")
        case _:
            return value


def revocation(value: RevocationGround | str, language: Language) -> str:
    """Why a decision is revoked, in the words of the law."""
    _ = words(language).gettext
    match RevocationGround(value):
        case RevocationGround.ABUSE_OF_OFFICE:
            return _("officials abused or neglected their office")
        case RevocationGround.BEYOND_POWERS:
            return _("the decision was beyond the office's powers")
        case RevocationGround.PROCEDURE_BREACHED:
            return _("the procedure of the law was breached")
        case RevocationGround.NOT_QUALIFIED:
            return _("the applicant was not qualified or did not meet the conditions")
        case RevocationGround.OTHER:
            return _("another case in which the law allows revocation")
        case RevocationGround.DECEIT_OR_BRIBERY:
            return _("the permit was obtained by deceit, bribery or other improper means")


def grant_withdrawal(value: WithdrawalGround | str, language: Language) -> str:
    """Why a lawful grant is withdrawn."""
    _ = words(language).gettext
    match WithdrawalGround(value):
        case WithdrawalGround.LAW_CHANGED:
            return _("the law it rested on was changed or repealed")
        case WithdrawalGround.CIRCUMSTANCES_CHANGED:
            return _("the circumstances it rested on have changed gravely")


def deregistration(value: DeregistrationGround | str, language: Language) -> str:
    """Why a decision is deregistered, in the words of the law."""
    _ = words(language).gettext
    match DeregistrationGround(value):
        case DeregistrationGround.EXPIRED:
            return _("the term expired and was not renewed")
        case DeregistrationGround.HOLDER_DIED:
            return _("the holder died or lost legal capacity")
        case DeregistrationGround.HOLDER_ENDED:
            return _("the organisation that held it has ended")
        case DeregistrationGround.REVOKED:
            return _("the decision was revoked or withdrawn, or the licence taken away")
        case DeregistrationGround.FORCE_MAJEURE:
            return _("force majeure made the permitted matter impossible")
        case DeregistrationGround.OTHER:
            return _("another case named by law")


def treatment(value: Treatment | str, language: Language) -> str:
    """What a track does with a material."""
    _ = words(language).gettext
    match Treatment(value):
        case Treatment.SUPPLIED:
            return _("hand in")
        case Treatment.SHARED:
            return _("obtained by the office")
        case Treatment.COMMITTED:
            return _("replaced by the commitment")
        case Treatment.DEFERRED:
            return _("hand in later")
        case Treatment.EXEMPT:
            return _("not needed")


def measure(value: Measure | str, language: Language) -> str:
    """The kind of relief a permit type gives."""
    _ = words(language).gettext
    match Measure(value):
        case Measure.DEFERRED:
            return _("Payment or material deferred")
        case Measure.COMMITTED:
            return _("Decided on commitment")
        case Measure.EXEMPTED:
            return _("Exempt from the permit")
        case Measure.STAGED:
            return _("Permitted in stages")
        case Measure.FILING:
            return _("Filing only")
        case Measure.ENTITLEMENT:
            return _("Granted without application")
        case Measure.JOINT:
            return _("Joint review")


def turn(value: Turn, language: Language) -> str:
    """Who has to act next."""
    _ = words(language).gettext
    match value:
        case "office":
            return _("With the office")
        case "applicant":
            return _("Your turn")
        case "outside":
            return _("Special procedure")
        case "nobody":
            return _("Closed")


def office_turn(value: Turn, language: Language) -> str:
    """Who has to act next, told to the office."""
    _ = words(language).gettext
    match value:
        case "office":
            return _("With the office")
        case "applicant":
            return _("With the applicant")
        case "outside":
            return _("Special procedure")
        case "nobody":
            return _("Closed")


def defect(
    value: Literal["missing", "not_in_form", "unclear", "not_matching"], language: Language
) -> str:
    """What is wrong with a material or an answer."""
    _ = words(language).gettext
    match value:
        case "missing":
            return _("missing")
        case "not_in_form":
            return _("not in the legal form")
        case "unclear":
            return _("unclear")
        case "not_matching":
            return _("does not match")


def means(value: Literal["online", "counter", "post"], language: Language) -> str:
    """How a decision was delivered."""
    _ = words(language).gettext
    match value:
        case "online":
            return _("online")
        case "counter":
            return _("at the counter")
        case "post":
            return _("by post")


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
    "role": role,
    "cause": cause,
    "revocation": revocation,
    "grant_withdrawal": grant_withdrawal,
    "deregistration": deregistration,
    "treatment": treatment,
    "measure": measure,
    "turn": turn,
    "office_turn": office_turn,
    "defect": defect,
    "means": means,
    "day_reason": day_reason,
    "milestone": milestone,
}
"""Every name by the filter that gives it."""


def view(value: View, language: Language) -> str:
    """What a department that was asked says."""
    _ = words(language).gettext
    match value:
        case "agree":
            return _("agrees")
        case "conditions":
            return _("agrees on conditions")
        case "object":
            return _("objects")


def excepted(value: Excepted, language: Language) -> str:
    """Why a hearing is not public."""
    _ = words(language).gettext
    match value:
        case "":
            return _("public")
        case "state_secret":
            return _("not public: state secrets")
        case "business_secret":
            return _("not public: business secrets")
        case "privacy":
            return _("not public: personal privacy")


def hearing_stage(value: HearingStage, language: Language) -> str:
    """How far a hearing has come."""
    _ = words(language).gettext
    match value:
        case "told":
            return _("may be asked for")
        case "awaited":
            return _("to be called")
        case "called":
            return _("called")
        case "held":
            return _("held")
        case "waived":
            return _("not wanted")
        case "lapsed":
            return _("not asked for in time")
        case "closed":
            return _("no longer needed")


def body(value: Body, language: Language) -> str:
    """Who annulled a decision."""
    _ = words(language).gettext
    match value:
        case "reconsideration":
            return _("body of administrative reconsideration")
        case "court":
            return _("court")


def decided(value: Result, language: Language) -> str:
    """What the office decided."""
    _ = words(language).gettext
    match value:
        case "granted":
            return _("Granted")
        case "refused":
            return _("Refused")
