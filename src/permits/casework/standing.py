"""What the standing of a party shuts for it: a track, a permit, or everything.

Exclusions come first, then the standing, then the applicant's free choice. The ordinary track is
never shut by an entry, only a bar shuts that, and only for one permit.
"""

from datetime import date

from permits.casework import commands as c
from permits.casework.access import Actor
from permits.casework.case import Case
from permits.casework.party import Party, Power
from permits.casework.refusals import Reason, Refused
from permits.definitions.edition import Edition
from permits.definitions.procedure import Act
from permits.definitions.schema import TrackName

BREACHING = frozenset({Act.REVOKE, Act.REFUSE_UNSUPPLIED, Act.DEEM_WITHDRAWN})
"""What may confirm a breach."""


def looked_at(edition: Edition, case: Case, command: c.Command, actor: Actor) -> str:
    """The code of the party whose record a decision looks at; empty if it looks at none. Of
    whoever acts for a party it is asked whether they may."""
    if actor.party and not isinstance(command, c.File):
        return case.party
    match command:
        case c.File(party=party):
            return party
        case c.FlagOverdue() | c.FlagFeeOverdue() | c.TakeOver() | c.ActForApplicant():
            return case.party
        case c.TakeAction(action=name):
            action = edition.definition.chart.actions.get(name)
            return case.party if action is not None and action.act in BREACHING else ""
        case _:
            return ""


def closed(party: Party | None, permit: str, today: date) -> Refused | None:
    """Why a party can file no application for a permit today, on whatever track."""
    if party is None:
        return None
    if party.successor:
        return Refused(Reason.PARTY_MERGED, (party.successor,))
    bar = party.bar(permit, today)
    return Refused(Reason.PERMIT_BARRED, (str(bar.until), bar.ground)) if bar else None


def lost(track: TrackName, party: Party | None, today: date) -> Refused | None:
    """Why a track of trust is shut: an entry that stands and is not repaired
    (河南省社会信用条例 art. 32)."""
    if party is None or track is TrackName.ORDINARY:
        return None
    standing = party.standing(today)
    if not standing:
        return None
    last = standing[-1]
    return Refused(Reason.TRACK_LOST, (str(last.until), last.number))


def lacking(party: Party, account: str, power: Power, on: date, who: str = "") -> Refused | None:
    """Why somebody may not sign or act for a party on a day. `who` says whom that is about, if
    not whoever asks: somebody named on paper, or for a unit with this code."""
    found = party.lacking(account, power, on)
    if found is None:
        return None
    day = found.on.isoformat() if found.on is not None else ""
    return Refused(Reason.NOT_AUTHORISED, (found.what, day, who))
