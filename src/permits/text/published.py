"""What a published decision is worth, and whether a document holds, in words."""

from permits.casework.published import Holds, Worth
from permits.text.words import Language, words


def worths(language: Language) -> dict[str, str]:
    """What has become of published decisions, in the order in which it is chosen from."""
    return {str(one): worth(one, language) for one in Worth}


def worth(value: Worth, language: Language) -> str:
    """What has become of a published decision."""
    _ = words(language).gettext
    match value:
        case Worth.IN_FORCE:
            return _("In force")
        case Worth.REFUSED:
            return _("Refused")
        case Worth.REVOKED:
            return _("Revoked")
        case Worth.ENDED:
            return _("No longer in force")


def holds(value: Holds, language: Language) -> str:
    """Whether a document of the office holds."""
    _ = words(language).gettext
    match value:
        case Holds.HOLDS:
            return _("This document is genuine and holds.")
        case Holds.VOID:
            return _("This document is genuine, but it was undone as a clerk's mistake.")
        case Holds.CORRECTED:
            return _("This document is genuine; a later document corrects a clerical error in it.")
        case Holds.REVOKED:
            return _("This document is genuine, but the decision was revoked.")
        case Holds.WITHDRAWN:
            return _("This document is genuine, but the office withdrew the permit.")
        case Holds.ANNULLED:
            return _("This document is genuine, but the decision was annulled on review.")
        case Holds.VOIDED:
            return _("This document is genuine, but the permit is void by law.")
        case Holds.EXPIRED:
            return _("This document is genuine, but the term of the permit has ended.")
        case Holds.DEREGISTERED:
            return _("This document is genuine, but the permit was deregistered.")
