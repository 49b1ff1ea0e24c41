"""The sentence of each reason, with places for what it speaks of."""

from permits.casework.refusals import Reason, Refused
from permits.text import entitlement_refusals, heard_refusals, party_refusals
from permits.text.words import Language, words


def says(refused: Refused, language: Language) -> str:  # noqa: PLR0915 - one arm for each reason
    """The sentence for a refusal, not filled in yet."""
    _ = words(language).gettext
    match refused.reason:
        case Reason.NO_SUCH_CASE:
            return _("There is no such case, or it is not yours to see.")
        case Reason.NO_SUCH_PERMIT:
            return _("There is no such permit type. Choose one from the home page.")
        case Reason.NO_SUCH_ACTION | Reason.NO_SUCH_TRACK | Reason.NO_SUCH_CLOCK:
            return _("This procedure has nothing called “%(what)s”.")
        case (
            Reason.NO_SUCH_OBLIGATION
            | Reason.NO_SUCH_FIELD
            | Reason.NO_SUCH_MILESTONE
            | Reason.NO_SUCH_FEE
        ):
            return _("This case has nothing called “%(what)s”.")
        case Reason.NO_SUCH_DOCUMENT:
            return _("This case has no document “%(what)s” that could be corrected.")
        case Reason.NOT_NOTICED:
            return _(
                "First give the holder notice of the intended revocation with its ground, and time"
                " to be heard."
            )
        case Reason.GROUND_NOT_NOTICED:
            return _(
                "The holder was heard on another ground. Revoke on the one stated in the notice,"
                " or let the grant stand and give notice anew."
            )
        case Reason.NO_SUCH_MATERIAL:
            return _("The file or material “%(what)s” is not there. Upload it again.")
        case Reason.NOT_YOURS:
            if refused.about:
                return _("This is for somebody else to do: %(what)s.")
            return _("This is not yours to do.")
        case Reason.NOT_NOW:
            return _(
                "“%(what)s” is not possible where the case now stands. Look at it again: it may"
                " have moved on."
            )
        case Reason.CONDITION_UNMET:
            return _("This would need: %(what)s.")
        case Reason.WRONG_INPUT:
            return _("What was sent does not belong to “%(what)s”. Open the page again.")
        case Reason.OVERTAKEN:
            return _(
                "Somebody changed this meanwhile, so nothing was done. Look at it as it now"
                " stands, then decide again."
            )
        case Reason.KEY_REUSED:
            return _(
                "This form was sent before with other contents. Open the page again and send it"
                " once more."
            )
        case Reason.BAD_ANSWERS:
            return _("These answers do not fit: %(what)s. Correct them and send again.")
        case Reason.EXCLUDED:
            return _("Not open: %(what)s.")
        case Reason.NOT_ON_LIST:
            return _("Not open: the works are on no row of the list.")
        case Reason.NOT_ADMITTED:
            return _("Not open: the row “%(first)s” asks for: %(then)s.")
        case Reason.TRACK_SHUT:
            return _("Not open: it would need: %(what)s.")
        case Reason.NOT_IN_FORCE:
            return _("Applications open on %(day)s, or are no longer taken.")
        case Reason.COMMITMENT_UNSIGNED:
            return _("Read and sign first: %(what)s.")
        case Reason.NOTICE_CHANGED:
            return _("The text of “%(what)s” has changed. Read it again, then sign.")
        case Reason.SIGNED_UNASKED:
            return _("Nobody asks to sign here: %(what)s. Leave it out.")
        case Reason.MATERIALS_MISSING:
            return _("These materials are missing: %(what)s.")
        case Reason.MATERIAL_NOT_ASKED:
            return _("This track does not ask for: %(what)s. Remove it.")
        case Reason.NOTHING_TO_CORRECT:
            return _("Name at least one thing to correct.")
        case Reason.CORRECTED_BEFORE:
            return _("The one correction notice the law allows has been given already.")
        case Reason.CORRECTIONS_INCOMPLETE:
            return _("The notice also asks for: %(what)s. Upload it, then send.")
        case Reason.REASON_WANTED:
            return _("Give the reason in writing.")
        case Reason.SAME_PERSON:
            return _("Whoever gave the opinion cannot also decide. Ask another person in charge.")
        case Reason.NOTICE_WANTED:
            return _("Tell the applicant in writing how long it will take, then record it.")
        case Reason.CAUSE_NOT_LAWFUL:
            return _("The law does not let the time limit stop for this: %(what)s.")
        case Reason.TERM_NOT_LAWFUL:
            return _("“%(what)s” is no length of time. Write it as 10wd or 30d.")
        case Reason.DATE_NOT_LAWFUL:
            return _("The date %(day)s cannot be right. Check when it happened.")
        case Reason.CLOCK_NOT_RUNNING:
            return _("“%(what)s” is not running.")
        case Reason.NOT_EXTENSIBLE:
            return _("“%(what)s” cannot be extended.")
        case Reason.EXTENDED_BEFORE:
            return _("“%(what)s” was extended before; the law allows no more.")
        case Reason.NOT_YET_DUE:
            return _("“%(what)s” is not due yet.")
        case Reason.DATE_PROVISIONAL:
            return _(
                "The date of “%(what)s” is provisional, because the holidays of its year are not"
                " published. Nothing may follow from it yet."
            )
        case Reason.SILENCE_ACCEPTED:
            return _(
                "The time for this ended on %(day)s. The law takes the application as accepted:"
                " examine it, then decide."
            )
        case Reason.GROUND_NOT_LAWFUL:
            return _(
                "This ground does not fit the case: what was revoked, has expired or is void is"
                " deregistered as such."
            )
        case Reason.FORBIDDEN_YET:
            return _("This must wait: as long as “%(what)s” is open it is not allowed.")
        case Reason.EVIDENCE_WANTED:
            return _("Hand in “%(what)s” with the report.")
        case Reason.STILL_OPEN:
            return _("Still open: %(what)s.")
        case Reason.REPORTED_BEFORE:
            return _("“%(what)s” was reported as put right already. It is checked again.")
        case Reason.OBLIGATION_NOT_OPEN:
            return _("“%(what)s” is not open, or was done already.")
        case Reason.INSPECTORS_WANTED:
            return _(
                "A check needs at least %(what)s officers, the one who records it among them."
            )
        case Reason.NOTHING_TO_SIGN:
            return _("No record of a check waits for your signature: %(what)s.")
        case Reason.INSPECTORS_UNDRAWN:
            return _("Who checks “%(what)s” must be drawn by lot first.")
        case Reason.TOO_FEW_INSPECTORS:
            return _(
                "Fewer than %(what)s inspectors of the department are fit to be drawn: the others"
                " are recused, examined or decided the case, or were drawn before."
            )
        case Reason.NOT_DRAWN:
            return _("“%(what)s” is checked by those who were drawn by lot, and by no others.")
        case Reason.DRAWN_BEFORE:
            return _(
                "Who checks “%(what)s” was drawn already. Another is drawn only instead of one who"
                " is hindered."
            )
        case Reason.GROUND_NOT_TRUE:
            return _("“Recused” is the ground if, and only if, a recusal was decided.")
        case Reason.NOT_REVERSIBLE:
            return _("The last step cannot be undone: something followed it, or it is final.")
        case Reason.NOT_LATE:
            return _("“%(what)s” was not overrun, so there is nothing to explain.")
        case Reason.SUPPLY_ENDED:
            return _(
                "The time to supply what was missing ended on %(day)s. The office now decides; you"
                " may withdraw the application and apply again."
            )
        case Reason.BARRED:
            return _(
                "Not open until %(day)s has passed: an earlier undertaking to supply materials in"
                " time was not kept. Use the ordinary procedure."
            )
        case Reason.NO_RATE:
            return _("There is no rate for “%(what)s” on this day. The office sets one.")
        case Reason.GATE_SHUT:
            return _("“%(first)s” must wait: %(then)s.")
        case Reason.STAGE_SKIPPED:
            return _(
                "Stages are permitted in their order, and none is passed over. In this project"
                " these are not permitted yet: %(what)s. Apply for them first, or together."
            )
        case Reason.STAGE_COVERED:
            return _("In this project “%(first)s” was permitted already, by case %(then)s.")
        case Reason.NOT_ALIKE:
            return _(
                "“%(first)s” is not what case %(then)s of this project says. It must be the same"
                " for all stages: correct it here, or have the permit of the earlier stage changed"
                " first."
            )
        case Reason.NOT_SETTLED:
            return _(
                "No case of this project has settled this: %(what)s. The plot must be admitted"
                " first; check the project code, or answer that the land came without a design"
                " scheme."
            )
        case Reason.PROJECT_OF_ANOTHER:
            return _(
                "The project %(what)s is another developer's. Check the project code; if it is"
                " right, ask the office."
            )
        case Reason.FEE_UNPAID:
            return _(
                "“%(first)s” comes first: %(money)s of it is still unpaid. Once the window has"
                " recorded the payment, this is open."
            )
        case Reason.FEE_NOT_OPEN:
            return _("On “%(what)s” nothing is open: there is nothing to enter.")
        case Reason.GIVEN_BACK:
            return _(
                "What was given back of “%(what)s” rests on this payment. Take back the refund"
                " first, if it was entered by mistake."
            )
        case Reason.RECEIPT_ENTERED:
            return _(
                "The treasury's number was entered before: it stands in the ledger of case"
                " %(what)s. Check the number; if the other entry is wrong, take that back first."
            )
        case Reason.AMOUNT_NOT_LAWFUL:
            return _("The amount must be more than nothing, and at most what is open: %(money)s.")
        case Reason.NO_SUCH_ENTRY:
            return _(
                "“%(first)s” has no payment or refund %(then)s that stands. Look at its ledger."
            )
        case Reason.NO_SUCH_VISIT:
            return _("No such visit is recorded that still counts.")
        case (
            Reason.RECUSED
            | Reason.NO_SUCH_DEPARTMENT
            | Reason.NO_SUCH_THIRD_PARTY
            | Reason.NO_SUCH_OFFICER
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
            | Reason.HEARING_TOO_SOON
            | Reason.HEARING_TOO_LATE
            | Reason.CHAIR_EXAMINES
            | Reason.CHAIR_ACTED
            | Reason.RECORD_INCOMPLETE
            | Reason.THIRD_PARTY_TO_TELL
            | Reason.THIRD_PARTY_TO_SPEAK
            | Reason.NO_RECUSAL_ASKED
        ) as reason:
            return heard_refusals.says(reason, language)
        case (
            Reason.NO_SUCH_PARTY
            | Reason.NO_SUCH_CREDIT_ENTRY
            | Reason.NO_SUCH_BAR
            | Reason.NO_SUCH_REVIEW
            | Reason.NO_SUCH_PERSON
            | Reason.NOT_AUTHORISED
            | Reason.PROPOSED_BY_SAME
            | Reason.PARTY_MERGED
            | Reason.PERMIT_BARRED
            | Reason.TRACK_LOST
            | Reason.SIGNER_LOST
            | Reason.ENTRY_NOT_THERE
            | Reason.OBJECTION_ENDED
            | Reason.MAY_STILL_OBJECT
            | Reason.TERM_PROVISIONAL
            | Reason.REPAIR_NOT_OPEN
            | Reason.BAR_NOT_LAWFUL
            | Reason.NAME_NOT_NEW
        ):
            return party_refusals.sentence(refused, language)
        case Reason.ACTED_FOR_APPLICANT:
            return _(
                "Whoever acted for the applicant in this case neither examines nor checks nor"
                " decides it: somebody else does."
            )
        case Reason.BRINGER_WANTED:
            return _("Write down who brought or sent the paper.")
        case Reason.SCAN_WANTED:
            return _("Scan and upload: %(what)s.")
        case Reason.NOT_TO_SERVE:
            return _(
                "“%(what)s” is no document of this case whose service can be recorded now: there"
                " is none, it is void, or it is recorded. A decision is delivered first."
            )
        case Reason.PROOF_WANTED:
            return _("Scan the signed receipt or, for what was posted, write down its number.")
        case Reason.NOT_THERE:
            return _("Only with whoever stands at the counter are errors put right on the spot.")
        case Reason.NOT_SERVED:
            return _("The time counts from service. First record when this was served: %(what)s.")
        case Reason.ASKED_TOO_LATE:
            return _("The last day to ask for this was %(day)s.")
        case Reason.NOTHING_ASKED:
            return _("Nobody has asked for this, or it was decided already.")
        case Reason.TERM_TOO_LONG:
            return _("At most %(term)s can be given at once.")
        case Reason.TERM_ENDED:
            return _(
                "The term ended on %(day)s. What the law made of it stands, and no decision"
                " changes it any more."
            )
        case Reason.NOT_AMENDABLE:
            return _("Not changed after the grant: %(what)s. Apply anew for that.")
        case Reason.NOTHING_CHANGED:
            return _("Nothing is changed: everything is as it stands already.")
        case (
            Reason.NO_SUCH_POLICY
            | Reason.NO_SUCH_ROUND
            | Reason.NO_SUCH_CLAIM
            | Reason.NO_SUCH_BATCH
            | Reason.NO_SUCH_ENTERPRISE
            | Reason.NO_SUCH_OBJECTION
            | Reason.NO_REGISTER
            | Reason.PERIOD_NOT_LAWFUL
            | Reason.ROUND_OPEN
            | Reason.LIST_EMPTY
            | Reason.OFFERS_OPEN
            | Reason.NOTICE_OVER
            | Reason.NOTICE_RUNNING
            | Reason.OBJECTIONS_OPEN
            | Reason.NOT_LISTED
            | Reason.ALREADY_LISTED
            | Reason.GRADE_WANTED
            | Reason.ENTITLED_ALREADY
            | Reason.GROUP_PAID
            | Reason.STATEMENT_UNSIGNED
            | Reason.ACCOUNT_WANTED
            | Reason.PAID_BEFORE
            | Reason.NOTHING_TO_PAY
        ) as reason:
            return entitlement_refusals.says(reason, language)
        case Reason.UNAVAILABLE:
            return _("Something this needs cannot be reached now. Try again later.")
