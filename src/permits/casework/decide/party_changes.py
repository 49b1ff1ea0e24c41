"""What becomes of a party itself: another name, who may act for it, a merger."""

from msgspec.structs import replace

from permits.casework import party_commands as c
from permits.casework.decide.party_desk import PartyDesk
from permits.casework.decide.party_minutes import PartyMinutes
from permits.casework.families.parties import (
    AuthorisationEnded,
    PartyMerged,
    PartyRenamed,
    PartySucceeded,
    PersonAuthorised,
)
from permits.casework.party import Party
from permits.casework.refusals import Reason, Refused


def carry_out(minutes: PartyMinutes, command: c.OfChange, desk: PartyDesk) -> Refused | None:
    """Record what became of the party, or say why not."""
    match command:
        case c.RenameParty():
            return _rename(minutes, command)
        case c.AuthorisePerson():
            return _authorise(minutes, command, desk)
        case c.EndAuthorisation():
            return _end(minutes, command)
        case c.MergeParty():
            return _merge(minutes, command, desk)


def _rename(minutes: PartyMinutes, command: c.RenameParty) -> Refused | None:
    """Record another registered name; the code and everything under it stay."""
    name = command.name.strip()
    if not name or name == minutes.party.name:
        return Refused(Reason.NAME_NOT_NEW)
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(PartyRenamed(name=name, reason=command.reason))
    return None


def _authorise(
    minutes: PartyMinutes, command: c.AuthorisePerson, desk: PartyDesk
) -> Refused | None:
    """Record who may act for the party. From the first one on, only they may sign."""
    known = command.account in desk.accounts
    if known == (command.name is not None) or (command.account and not known):
        return Refused(Reason.NO_SUCH_PERSON)
    if command.until is not None and command.until < command.since:
        return Refused(Reason.DATE_NOT_LAWFUL, (command.until.isoformat(),))
    if command.letter is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(
        PersonAuthorised(
            account=command.account or _unnamed(minutes.party),
            power=command.power,
            since=command.since,
            until=command.until,
            letter=command.letter,
            name=command.name or "",
        )
    )
    return None


def _unnamed(party: Party) -> str:
    """What somebody without an account is called in the record."""
    return f"person_{1 + sum(1 for one in party.authorised.values() if one.name)}"


def _end(minutes: PartyMinutes, command: c.EndAuthorisation) -> Refused | None:
    """End an authorisation that has not ended yet; from today on the person may act no more."""
    held = minutes.party.authorised.get(command.account)
    if held is None or (held.until is not None and held.until < minutes.desk.today):
        return Refused(Reason.NO_SUCH_PERSON)
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(AuthorisationEnded(account=command.account, reason=command.reason))
    return None


def _merge(minutes: PartyMinutes, command: c.MergeParty, desk: PartyDesk) -> Refused | None:
    """The other party takes over the record; the cases follow one by one, each in its own log."""
    party, other = minutes.party, desk.others.get(command.into)
    if other is None or not other.version or other.successor or other.code == party.code:
        return Refused(Reason.NO_SUCH_PARTY, (command.into,))
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(PartyMerged(into=other.code, reason=command.reason))
    taken = PartyMinutes(other, desk, minutes.role)
    taken.note(_taken_over(party, other))
    minutes.others.append(taken.told())
    return None


def _taken_over(party: Party, other: Party) -> PartySucceeded:
    """Everything of the party under names that are free in the other."""
    entries, bars, reviews = (len(held) for held in (other.entries, other.bars, other.reviews))
    return PartySucceeded(
        of=party.code,
        entries=tuple(
            replace(one, name=f"entry_{entries + n}")
            for n, one in enumerate(party.entries.values(), 1)
        ),
        bars=tuple(
            replace(one, name=f"bar_{bars + n}") for n, one in enumerate(party.bars.values(), 1)
        ),
        reviews=tuple(
            replace(one, name=f"review_{reviews + n}")
            for n, one in enumerate(party.reviews.values(), 1)
        ),
    )
