"""What the counter's closed sets are called: what people come for, in which capacity."""

from permits.casework.afterwards import (
    AMENDMENT_EVIDENCE,
    EXTENSION_EVIDENCE,
    RENEWAL_EVIDENCE,
)
from permits.casework.check_rows import EVIDENCE
from permits.casework.counter import AUTHORISATION, PAPER, PROOF, Capacity, Purpose
from permits.text.words import Language, words


def purpose(value: Purpose | str, language: Language) -> str:
    """What somebody came to the counter for."""
    _ = words(language).gettext
    match Purpose(value):
        case Purpose.FILING:
            return _("to file the application")
        case Purpose.CORRECTION:
            return _("to bring corrections")
        case Purpose.SUPPLY:
            return _("to bring materials that were still to come")
        case Purpose.REPORT:
            return _("to report on a duty")
        case Purpose.PAYMENT:
            return _("to pay, or to show a payment")
        case Purpose.STATEMENT:
            return _("to state their case")
        case Purpose.HEARING:
            return _("about a hearing")
        case Purpose.REQUEST:
            return _("to ask for more time, a renewal or a change")
        case Purpose.WITHDRAWAL:
            return _("to take something back")
        case Purpose.COLLECTION:
            return _("to collect the decision")
        case Purpose.ENQUIRY:
            return _("to ask something")
        case Purpose.OTHER:
            return _("for something else")


def capacity(value: Capacity, language: Language) -> str:
    """In which capacity somebody acts at the counter."""
    _ = words(language).gettext
    match value:
        case "holder":
            return _("the applicant in person")
        case "agent":
            return _("an agent with written authorisation")


def scan(name: str, language: Language) -> str:
    """What a file is that is no material: a scan of the counter's, or what shows why something is
    asked for; the name itself if it is neither."""
    _ = words(language).gettext
    titles = {
        PAPER: _("The signed paper"),
        AUTHORISATION: _("The written authorisation"),
        PROOF: _("Proof of service"),
        EVIDENCE: _("What a check found, in pictures"),
        AMENDMENT_EVIDENCE: _("What shows why it is changed"),
        EXTENSION_EVIDENCE: _("What shows why more time is needed"),
        RENEWAL_EVIDENCE: _("What shows that the conditions still hold"),
    }
    return titles.get(name, name)
