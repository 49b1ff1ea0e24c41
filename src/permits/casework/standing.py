"""What the standing of a party shuts for it: a track, a permit, or everything.

Exclusions come first, then the standing, then the applicant's free choice. The ordinary track is
never shut by an entry, only a bar shuts that, and only for one permit.
"""

from datetime import date

from permits.casework import commands as c
from permits.casework.case import Case
from permits.casework.commands_after import RecordAnnulment
from permits.casework.party import Party
from permits.casework.refusals import Reason, Refused
from permits.definitions.edition import Edition
from permits.definitions.procedure import Act
from permits.definitions.schema import TrackName

BREACHING = frozenset({Act.REVOKE, Act.REFUSE_UNSUPPLIED, Act.DEEM_WITHDRAWN})
"""What may confirm a breach."""


def looked_at(edition: Edition, case: Case, command: c.Command) -> str:
    """The code of the party whose record a decision looks at; empty if it looks at none."""
    match command:
        case c.File(party=party):
            return party
        case c.FlagOverdue() | c.FlagFeeOverdue() | c.TakeOver() | RecordAnnulment():
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


def barred(track: TrackName, party: Party | None, today: date) -> Refused | None:
    """Why whoever did not keep an undertaking may not use the tolerant track today."""
    if party is None or track is not TrackName.TOLERANT:
        return None
    bar = party.track_bar(today)
    return Refused(Reason.BARRED, (str(bar.until),)) if bar is not None else None


def unsigned_for(party: Party | None, account: str, today: date) -> Refused | None:
    """Why an account may not sign and file for its party."""
    if party is None or party.may_sign(account, today):
        return None
    return Refused(Reason.NOT_AUTHORISED)
