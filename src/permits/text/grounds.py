"""Why a procedure stands still, and why a decision is revoked, withdrawn or deregistered."""

from collections.abc import Callable

from permits.definitions.procedure import (
    DeregistrationGround,
    RevocationGround,
    SpecialCause,
    WithdrawalGround,
)
from permits.text.words import Language, words


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


NAMED: dict[str, Callable[..., str]] = {
    "cause": cause,
    "revocation": revocation,
    "grant_withdrawal": grant_withdrawal,
    "deregistration": deregistration,
}
"""Every name by the filter that gives it."""
