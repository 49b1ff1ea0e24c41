"""What a party is told of a command in one of its cases: that its standing was looked at, that a
breach is to be looked at, that a penalty is to be reviewed.

Nothing is entered here, and nothing is fined: people do that, or do not.
"""

from collections.abc import Iterator

from permits.casework.case import Case
from permits.casework.decide.desk import Desk
from permits.casework.decide.minutes import Noted, ToldParty
from permits.casework.decide.party_minutes import PartyMinutes
from permits.casework.envelope import Event
from permits.casework.families import annulments, deciding, fees, obligations, tolerance
from permits.casework.families.bars import BarFell, ReviewOpened, TolerantTrackBarred
from permits.casework.families.credit import EntryDrafted
from permits.casework.party import BreachKind, Party
from permits.definitions.procedure import RevocationGround
from permits.definitions.schema import TrackName

OF_THE_HOLDER = frozenset({RevocationGround.NOT_QUALIFIED, RevocationGround.OTHER})
"""Grounds for which a grant on a commitment is revoked when the commitment was not kept."""

_SAME = frozenset({"deceit", "commitment", "unrectified"})
"""Breaches that are one breach, found out step by step."""


def told(noted: Noted, desk: Desk) -> Noted:
    """The same, with what the party is told. A party that is told nothing is among it too if the
    decision was taken in view of its standing, or of who may act for it."""
    if desk.party is None or not noted.facts:
        return noted
    minutes = PartyMinutes(desk.party, desk, noted.role, desk.edition.digest)
    for fact in noted.facts:
        _tell(minutes, noted.case, fact.event, desk)
    acted_for = bool(desk.actor.party) or desk.brought is not None
    if not (minutes.facts or acted_for):
        return noted
    signed_with = (one for one in desk.co_signers.values() if one.code != desk.party.code)
    return noted._replace(parties=(minutes.told(), *(ToldParty(one, ()) for one in signed_with)))


def _tell(minutes: PartyMinutes, case: Case, event: Event, desk: Desk) -> None:
    for kind, about in _breaches(case, event, desk):
        if not _known(minutes.party, case.id, kind):
            minutes.note(
                EntryDrafted(
                    entry=f"entry_{len(minutes.party.entries) + 1}",
                    kind=kind,
                    about=about,
                    case=case.id,
                    number=case.number,
                    permit=case.permit,
                    office=case.authority,
                    department=case.department,
                )
            )
    if isinstance(event, tolerance.UndertakingBroken):
        _bar(minutes, case, event, desk)
    elif isinstance(event, annulments.DecisionAnnulled):
        _free(minutes, case)
    if isinstance(event, deciding.Revoked) and _broken(case, event.ground):
        minutes.note(
            ReviewOpened(
                review=f"review_{len(minutes.party.reviews) + 1}",
                case=case.id,
                number=case.number,
                permit=case.permit,
                office=case.authority,
                department=case.department,
            )
        )


def _bar(
    minutes: PartyMinutes, case: Case, event: tolerance.UndertakingBroken, desk: Desk
) -> None:
    """Whoever did not keep an undertaking is barred from the tolerant track, as it said."""
    undertaking = desk.edition.definition.undertaking
    minutes.note(
        TolerantTrackBarred(
            bar=f"bar_{len(minutes.party.bars) + 1}",
            case=case.id,
            number=case.number,
            permit=case.permit,
            office=case.authority,
            department=case.department,
            within=undertaking.bars if undertaking is not None else "",
            until=event.barred_until,
        )
    )


def _free(minutes: PartyMinutes, case: Case) -> None:
    """What followed from a decision that is annulled falls with it."""
    for bar in minutes.party.bars.values():
        if bar.case == case.id and bar.lifted_on is None:
            minutes.note(BarFell(bar=bar.name))


def _breaches(case: Case, event: Event, desk: Desk) -> Iterator[tuple[BreachKind, str]]:
    match event:
        case deciding.Revoked(ground=ground) if ground == RevocationGround.DECEIT_OR_BRIBERY:
            yield "deceit", ground
        case deciding.Revoked(ground=ground) if _broken(case, ground):
            yield "commitment", ground
        case tolerance.UndertakingBroken():
            yield "undertaking", ""
        case obligations.ObligationOverdue(obligation=name):
            if desk.edition.definition.obligations[name].settled_by == "payment":
                yield "fee", name
            elif case.obligations[name].ordered:
                yield "unrectified", name
        case obligations.ObligationVerified(obligation=name) if case.obligations[name].still_wrong:
            yield "unrectified", name
        case fees.FeeOverdue(fee=name) if case.fees[name].lost:
            yield "fee", name
        case _:
            return


def _broken(case: Case, ground: str) -> bool:
    """Whether a grant that rested on a commitment is revoked because of it."""
    of_holder = ground in OF_THE_HOLDER or ground == RevocationGround.DECEIT_OR_BRIBERY
    return of_holder and case.track == TrackName.COMMITMENT


def _known(party: Party, case: str, kind: BreachKind) -> bool:
    """Whether the breach is on the record already, or on its way there: none counts twice."""
    return any(
        one.case == case
        and one.status != "dropped"
        and (one.kind == kind or {one.kind, kind} <= _SAME)
        for one in party.entries.values()
    )
