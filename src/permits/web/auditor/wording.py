"""What the cases behind a figure are called."""

from permits.analytics.choosing import Which
from permits.text.words import Language, words


def titles(language: Language) -> dict[Which, str]:
    """Every choice of cases, in the order in which it is offered."""
    _ = words(language).gettext
    return {
        Which.ALL: _("All cases with a result"),
        Which.DECIDED: _("Decided"),
        Which.GRANTED: _("Granted, and the grant stands"),
        Which.REFUSED: _("Refused"),
        Which.REVOKED: _("Granted, revoked since"),
        Which.WITHDRAWN: _("Withdrawn by the applicant"),
        Which.NOT_ACCEPTED: _("Not accepted"),
        Which.EXEMPT: _("Granted with materials that were not needed"),
        Which.SHARED: _("Granted with materials the office obtained itself"),
        Which.COMMITTED: _("Granted with materials replaced by a commitment"),
        Which.DEFERRED: _("Granted with materials that are to follow"),
        Which.SLOWER: _("Granted later than the ordinary procedure promises"),
        Which.SUSPENDED: _("Decided, with days suspended"),
        Which.ON_TIME: _("Decided, no time limit overrun"),
        Which.LATE: _("Decided, a time limit overrun"),
        Which.CORRECTED: _("With a correction notice"),
        Which.UNRECKONED: _("Decided, days not reckoned"),
    }
