"""What the standing of a party shuts for it: a track, a permit, or everything.

Exclusions come first, then the standing, then the applicant's free choice. The ordinary track is
never shut by an entry, only a bar shuts that, and only for one permit.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.access import Actor
from permits.casework.case import Case
from permits.casework.commands_after import RecordAnnulment
from permits.casework.party import Party, Power
from permits.casework.refusals import Reason, Refused
from permits.definitions.conditions import Answer
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
        case (
            c.FlagOverdue()
            | c.VerifyObligation()
            | c.FlagFeeOverdue()
            | c.TakeOver()
            | c.ActForApplicant()
            | RecordAnnulment()
        ):
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
    """The codes of those who sign with the applicant by a command, whose records its decision
    looks at: they sign an application, and corrections that are committed to anew."""
    match command:
        case c.File(track=track, answers=answers):
            return signing(edition, track, answers)
        case (
            c.TakeAction(given=i.Supplement(answers=answers, signed=signed))
            | c.CorrectOnTheSpot(given=i.Supplement(answers=answers, signed=signed))
        ):
            return signing(edition, case.track, answers) if signed else ()
        case c.ActForApplicant(does=theirs):
            return signers(edition, case, theirs)
        case _:
            return ()


def signer_lost(
    co_signers: Mapping[str, Party], named: Iterable[str], today: date
) -> Refused | None:
    """Why nobody of those named may commit: an entry stands against one of them. Of its case the
    applicant is told nothing."""
    for party in (co_signers[code] for code in named if code in co_signers):
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


def lacking(party: Party, account: str, power: Power, on: date, who: str = "") -> Refused | None:
    """Why somebody may not sign or act for a party on a day. `who` says whom that is about, if
    not whoever asks: somebody named on paper, or for a unit with this code."""
    found = party.lacking(account, power, on)
    if found is None:
        return None
    day = found.on.isoformat() if found.on is not None else ""
    return Refused(Reason.NOT_AUTHORISED, (found.what, day, who))
