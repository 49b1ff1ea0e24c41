"""The only table from reasons to status codes."""

from permits.casework.refusals import Reason
from permits.text.uploads import Unfit


def status_of(reason: Reason) -> int:
    """The status code of a refusal."""
    match reason:
        case (
            Reason.NO_SUCH_CASE
            | Reason.NO_SUCH_PERMIT
            | Reason.NO_SUCH_ACTION
            | Reason.NO_SUCH_TRACK
            | Reason.NO_SUCH_CLOCK
            | Reason.NO_SUCH_OBLIGATION
            | Reason.NO_SUCH_FEE
            | Reason.NO_SUCH_ENTRY
            | Reason.NO_SUCH_VISIT
            | Reason.NO_SUCH_MATERIAL
            | Reason.NO_SUCH_FIELD
            | Reason.NO_SUCH_MILESTONE
            | Reason.NO_SUCH_DOCUMENT
            | Reason.NO_SUCH_DEPARTMENT
            | Reason.NO_SUCH_THIRD_PARTY
            | Reason.NO_SUCH_PARTY
            | Reason.NO_SUCH_CREDIT_ENTRY
            | Reason.NO_SUCH_BAR
            | Reason.NO_SUCH_REVIEW
            | Reason.NOT_TO_SERVE
            | Reason.NO_SUCH_POLICY
            | Reason.NO_SUCH_ROUND
            | Reason.NO_SUCH_CLAIM
            | Reason.NO_SUCH_BATCH
            | Reason.NO_SUCH_ENTERPRISE
            | Reason.NO_SUCH_OBJECTION
        ):
            return 404
        case (
            Reason.NOT_YOURS
            | Reason.SAME_PERSON
            | Reason.RECUSED
            | Reason.NOT_AUTHORISED
            | Reason.PROPOSED_BY_SAME
            | Reason.ACTED_FOR_APPLICANT
        ):
            return 403
        case (
            Reason.NOT_NOW
            | Reason.CONDITION_UNMET
            | Reason.OVERTAKEN
            | Reason.KEY_REUSED
            | Reason.EXCLUDED
            | Reason.NOT_ON_LIST
            | Reason.NOT_ADMITTED
            | Reason.TRACK_SHUT
            | Reason.NOT_IN_FORCE
            | Reason.NOTICE_CHANGED
            | Reason.MATERIALS_MISSING
            | Reason.CORRECTED_BEFORE
            | Reason.CLOCK_NOT_RUNNING
            | Reason.NOT_EXTENSIBLE
            | Reason.EXTENDED_BEFORE
            | Reason.NOT_YET_DUE
            | Reason.DATE_PROVISIONAL
            | Reason.SILENCE_ACCEPTED
            | Reason.STILL_OPEN
            | Reason.FORBIDDEN_YET
            | Reason.OBLIGATION_NOT_OPEN
            | Reason.NOTHING_TO_SIGN
            | Reason.REPORTED_BEFORE
            | Reason.NOT_REVERSIBLE
            | Reason.NOT_LATE
            | Reason.NO_RATE
            | Reason.NOT_NOTICED
            | Reason.SUPPLY_ENDED
            | Reason.BARRED
            | Reason.GATE_SHUT
            | Reason.STAGE_SKIPPED
            | Reason.STAGE_COVERED
            | Reason.NOT_ALIKE
            | Reason.NOT_SETTLED
            | Reason.PROJECT_OF_ANOTHER
            | Reason.FEE_UNPAID
            | Reason.FEE_NOT_OPEN
            | Reason.GIVEN_BACK
            | Reason.RECEIPT_ENTERED
            | Reason.NOT_IN_PROCEDURE
            | Reason.NOT_EXAMINED
            | Reason.ASKED_BEFORE
            | Reason.NO_CHANGES_WANTED
            | Reason.NOT_ASKED
            | Reason.OPINION_GIVEN
            | Reason.NO_OPINION
            | Reason.OPINIONS_MISSING
            | Reason.OPINIONS_NOT_JOINED
            | Reason.JOINED_BEFORE
            | Reason.HEARING_PENDING
            | Reason.HEARING_DEMANDED
            | Reason.NO_HEARING
            | Reason.THIRD_PARTY_TO_TELL
            | Reason.THIRD_PARTY_TO_SPEAK
            | Reason.NO_RECUSAL_ASKED
            | Reason.PARTY_MERGED
            | Reason.PERMIT_BARRED
            | Reason.TRACK_LOST
            | Reason.SIGNER_LOST
            | Reason.ENTRY_NOT_THERE
            | Reason.OBJECTION_ENDED
            | Reason.MAY_STILL_OBJECT
            | Reason.TERM_PROVISIONAL
            | Reason.REPAIR_NOT_OPEN
            | Reason.NOT_SERVED
            | Reason.NOT_THERE
            | Reason.ASKED_TOO_LATE
            | Reason.NOTHING_ASKED
            | Reason.TERM_ENDED
            | Reason.NO_REGISTER
            | Reason.ROUND_OPEN
            | Reason.LIST_EMPTY
            | Reason.OFFERS_OPEN
            | Reason.NOTICE_OVER
            | Reason.NOTICE_RUNNING
            | Reason.OBJECTIONS_OPEN
            | Reason.NOT_LISTED
            | Reason.ALREADY_LISTED
            | Reason.ENTITLED_ALREADY
            | Reason.GROUP_PAID
            | Reason.PAID_BEFORE
            | Reason.NOTHING_TO_PAY
            | Reason.INSPECTORS_UNDRAWN
            | Reason.TOO_FEW_INSPECTORS
            | Reason.DRAWN_BEFORE
        ):
            return 409
        case (
            Reason.WRONG_INPUT
            | Reason.BAD_ANSWERS
            | Reason.COMMITMENT_UNSIGNED
            | Reason.SIGNED_UNASKED
            | Reason.MATERIAL_NOT_ASKED
            | Reason.NOTHING_TO_CORRECT
            | Reason.CORRECTIONS_INCOMPLETE
            | Reason.REASON_WANTED
            | Reason.EVIDENCE_WANTED
            | Reason.NOTICE_WANTED
            | Reason.CAUSE_NOT_LAWFUL
            | Reason.TERM_NOT_LAWFUL
            | Reason.DATE_NOT_LAWFUL
            | Reason.AMOUNT_NOT_LAWFUL
            | Reason.INSPECTORS_WANTED
            | Reason.NOT_DRAWN
            | Reason.GROUND_NOT_TRUE
            | Reason.GROUND_NOT_LAWFUL
            | Reason.GROUND_NOT_NOTICED
            | Reason.NO_SUCH_OFFICER
            | Reason.HEARING_TOO_SOON
            | Reason.HEARING_TOO_LATE
            | Reason.CHAIR_EXAMINES
            | Reason.CHAIR_ACTED
            | Reason.RECORD_INCOMPLETE
            | Reason.NO_SUCH_PERSON
            | Reason.BAR_NOT_LAWFUL
            | Reason.NAME_NOT_NEW
            | Reason.BRINGER_WANTED
            | Reason.SCAN_WANTED
            | Reason.PROOF_WANTED
            | Reason.TERM_TOO_LONG
            | Reason.NOT_AMENDABLE
            | Reason.NOTHING_CHANGED
            | Reason.PERIOD_NOT_LAWFUL
            | Reason.GRADE_WANTED
            | Reason.STATEMENT_UNSIGNED
            | Reason.ACCOUNT_WANTED
        ):
            return 422
        case Reason.UNAVAILABLE:
            return 503


def status_of_file(why: Unfit) -> int:
    """The status code for a file that is not taken."""
    match why:
        case Unfit.TOO_LARGE:
            return 413
        case (
            Unfit.EMPTY
            | Unfit.KIND
            | Unfit.LOCKED
            | Unfit.ACTIVE
            | Unfit.BROKEN
            | Unfit.TOO_DETAILED
            | Unfit.EXPANDS
            | Unfit.INFECTED
        ):
            return 422
        case Unfit.TOO_MANY | Unfit.PLACE_FULL | Unfit.DAY_FULL:
            return 409
        case Unfit.UNCHECKED:
            return 503
