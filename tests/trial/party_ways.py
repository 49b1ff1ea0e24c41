"""What somebody might do next in the record of a party, and what must hold of it after."""

from collections.abc import Iterator
from datetime import timedelta

from permits.casework import party_commands as p
from permits.casework.families import parties
from permits.casework.party import Party
from permits.casework.party_fold import fold_all
from permits.definitions.procedure import Role
from tests.kit import OTHER_PARTY, PARTY, SEAL
from tests.trial import rules_credit, rules_entries
from tests.trial.credit_ways import entry_ways
from tests.trial.parties import ACCOUNTS, Draw
from tests.trial.people import holding
from tests.trial.world import PartyStep, World

Way = tuple[str, p.PartyCommand]

YEAR = 366


def ways(world: World, code: str, draw: Draw) -> Iterator[Way]:
    """What fits the record of a party as it stands; sometimes by somebody who should not."""
    party = world.registry.parties[code]
    steps = [way for e in party.entries.values() for way in entry_ways(e, ACCOUNTS[code], draw)]
    if steps and draw((True, True, False)):
        yield from steps
        return
    window = draw((*holding(Role.WINDOW), "examiner"))
    if draw((False, True)):
        yield (
            window,
            p.RenameParty(draw(("甲单位", "乙单位", party.name)), draw((SEAL, SEAL, None))),
        )
    yield from _authorising(world, code, window, draw)
    if draw((False,) * 7 + (True,)):
        into = draw((*sorted({PARTY, OTHER_PARTY} - {code}), code))
        yield draw(("leader", "supervisor", "window")), p.MergeParty(into, SEAL)


def _authorising(world: World, code: str, window: str, draw: Draw) -> Iterator[Way]:
    account, power = ACCOUNTS[code], draw(("sign", "sign", "act"))
    since = world.today - timedelta(days=draw((0, 3)))
    until = draw((None, None, since + timedelta(days=draw((5, 90))), since - timedelta(days=1)))
    if draw((False, True)):
        yield window, p.AuthorisePerson(account, power, since, until, SEAL)
    if world.registry.parties[code].authorised and draw((False, False, True)):
        yield window, p.EndAuthorisation(account, SEAL)


def keep(step: PartyStep) -> None:
    """Ask every rule of what became of a party."""
    a_name_changes_nothing_else(step)
    who_was_merged_is_left_alone(step)
    for rule in (*rules_credit.OF_PARTIES, *rules_entries.OF_PARTIES):
        rule(step)
    assert fold_all(Party(step.code), step.log) == step.after


def a_name_changes_nothing_else(step: PartyStep) -> None:
    if isinstance(step.command, p.RenameParty):
        before, after = step.before, step.after
        assert after.names[:-1] == before.names, "an earlier name is forgotten"
        assert (after.entries, after.bars, after.authorised) == (
            before.entries, before.bars, before.authorised,
        )  # fmt: skip


def who_was_merged_is_left_alone(step: PartyStep) -> None:
    """Nothing more happens in its record, and its successor has all of it."""
    assert not step.before.successor, "something happened in the record of a merged party"
    for _at, event in step.log[step.before.version :]:
        if isinstance(event, parties.PartyMerged):
            other, was = step.world.registry.parties[event.into], step.before
            assert not other.successor and step.code in other.predecessors
            taken = [
                e
                for e in other.entries.values()
                if e.case in {o.case for o in was.entries.values()}
            ]
            assert len(taken) >= len(was.entries), "an entry was lost in the merger"
