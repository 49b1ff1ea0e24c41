"""What the standing of a party shuts for it: a track, a permit, or everything.

Exclusions come first, then the standing, then the applicant's free choice. The ordinary track is
never shut by an entry, only a bar shuts that, and only for one permit.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from permits.casework import commands as c
from permits.casework.case import Case
from permits.casework.commands_after import RecordAnnulment
from permits.casework.party import Party
from permits.casework.refusals import Reason, Refused
from permits.definitions.conditions import Answer
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


def signing(edition: Edition, track: str, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """The credit codes of those who sign for a track beside the applicant, as answers say."""
    definition = edition.definition
    chosen = definition.tracks.get(TrackName(track)) if track in definition.tracks else None
    roles = (
        role
        for name in (chosen.commitments if chosen is not None else ())
        for role in definition.commitments[name].signers[1:]
    )
    units = (definition.signers[role].unit for role in roles)
    return tuple(dict.fromkeys(str(answers[u]) for u in units if u is not None and u in answers))


def signers(edition: Edition, case: Case, command: c.Asked) -> tuple[str, ...]:
    """The codes of those whose standing a decision looks at because they sign: at the filing, and
    if corrections name another."""
    match command:
        case c.File(track=track, answers=answers):
            return signing(edition, track, answers)
        case (
            c.TakeAction(given=c.Supplement(answers=answers))
            | c.CorrectOnTheSpot(given=c.Supplement(answers=answers))
        ):
            before = signing(edition, case.track, case.answers)
            return tuple(n for n in signing(edition, case.track, answers) if n not in before)
        case c.ActForApplicant(does=theirs):
            return signers(edition, case, theirs)
        case _:
            return ()


def signer_lost(signers: Iterable[Party], today: date) -> Refused | None:
    """Why nobody of these may commit: an entry stands against one of them. Of its case the
    applicant is told nothing."""
    for party in signers:
        standing = party.standing(today)
        if standing:
            return Refused(Reason.SIGNER_LOST, (str(standing[-1].until), party.code))
    return None


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
