"""A party that takes another one's place in words."""

from permits.casework.families import succession
from permits.text.told.teller import Says, Teller


def _changed(t: Teller, e: succession.PartyChanged) -> list[str]:
    _ = t._
    filled = {"was": e.was, "now": e.now}
    return [_("The applicant %(was)s was merged into %(now)s, which takes its place") % filled]


SAYS: Says = {succession.PartyChanged: _changed}
