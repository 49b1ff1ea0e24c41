"""What somebody might do next about the credit of a party: an entry on its way, a bar, a review of
a penalty; how a case goes wrong, so that something follows; who files when something ends."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework import party_commands as p
from permits.casework.party import BarGround, Concern, Entry, ReviewOutcome
from permits.definitions.procedure import Act, Milestone, RevocationGround, Role
from permits.definitions.schema import TrackName
from tests.kit import SEAL
from tests.trial import kinds, rules, ways
from tests.trial.parties import ACCOUNTS, Draw
from tests.trial.people import applicant_of, holding
from tests.trial.ways import Way
from tests.trial.world import Kept, World

PartyWay = tuple[str, p.PartyCommand]

WRONG = frozenset({
    Act.REFUSE, Act.REFUSE_ACCEPTANCE, Act.REVOKE, Act.REFUSE_UNSUPPLIED, Act.DEEM_WITHDRAWN,
})  # fmt: skip
"""Acts from which something may follow for the party."""


def entry_ways(entry: Entry, account: str, draw: Draw) -> Iterator[PartyWay]:
    """The step an entry waits for, the more often for being lawful."""
    officer, name = draw(("leader", "supervisor", "supervisor2")), entry.name
    upheld, dropped = draw((True, False)), draw((True, False, False, False))
    drop = ((officer, p.DropEntry(name, SEAL)),) if dropped else ()
    decides = draw((officer, entry.proposed_by or officer))
    steps: dict[str, tuple[PartyWay, ...]] = {
        "drafted": (
            (officer, p.NoticeEntry(name, draw(("breach", "serious")), SEAL)),
            *drop,
        ),
        "noticed": (
            (officer, p.MakeEntry(name)),
            (account, p.ObjectToEntry(name, SEAL)),
            *drop,
        ),
        "objected": (
            (decides, p.DecideObjection(name, upheld, SEAL)),
            (officer, p.CheckObjection(name, SEAL)),
        ),
        "rejected": ((officer, p.MakeEntry(name)),),
        "entered": (
            (account, p.AskForRepair(name, SEAL)),
            (officer, p.DecideRepair(name, upheld, SEAL)),
        ),
    }
    yield from steps.get(entry.status, ())


def bar_ways(world: World, code: str, draw: Draw) -> Iterator[PartyWay]:
    """A bar for a case from which one may follow, mostly; now and then one is lifted."""
    officer = draw(("leader",) * 5 + ("examining_leader", "supervisor"))
    seal = draw((SEAL,) * 7 + (None,))
    anything = draw((False,) * 7 + (True,))
    known = {bar.case for bar in world.registry.parties[code].bars.values()}
    for one in world.cases:
        fits = grounds(one)
        new = fits and one.case.id not in known
        if one.case.party == code and (new or anything):
            ground = draw(fits * 5 + get_args(BarGround))
            yield officer, p.ImposeBar(ground, one.case.id, draw(get_args(Concern)), seal)
    for name in world.registry.parties[code].bars:
        if draw((False,) * 9 + (True,)):
            yield officer, p.LiftBar(name, seal)


def grounds(one: Kept) -> tuple[BarGround, ...]:
    """For what the law bars because of a case, as its log tells."""
    if one.case.revoked_for == RevocationGround.DECEIT_OR_BRIBERY:
        return ("deceit",)
    turned_down = Milestone.REFUSED in one.case.milestones or one.case.not_accepted_for
    return ("false_materials",) if turned_down else ()


def review_ways(world: World, code: str, draw: Draw) -> Iterator[PartyWay]:
    """A person says what became of a review; now and then of one that is concluded."""
    officer, seal = draw(("leader", "supervisor", "window")), draw((SEAL,) * 7 + (None,))
    for review in world.registry.parties[code].reviews.values():
        if review.outcome is None or draw((False, False, False, True)):
            yield officer, p.ConcludeReview(review.name, draw(get_args(ReviewOutcome)), seal)


def credit_ways(world: World, code: str, draw: Draw) -> list[PartyWay]:
    """Something about the credit of a party; an entry if it has one, every other time."""
    entries = world.registry.parties[code].entries.values()
    found = [
        [way for entry in entries for way in entry_ways(entry, ACCOUNTS[code], draw)],
        [*bar_ways(world, code, draw)],
        [*review_ways(world, code, draw)],
    ]
    some = [one for one in found if one]
    return draw((some[0], *some)) if some else []


def wrong_ways(world: World, one: Kept, draw: Draw) -> list[Way]:
    """What leads a case to where something follows for its party: it is turned down, or a grant is
    to be revoked; before that, whoever examines recommends to refuse it."""
    lawful = ways.lawful(world, one)
    found = [way for way in lawful if ways.act_told(one, way) in WRONG]
    if found:
        return [ways.told_with(world, one, draw(found), draw)]
    if rules.phase_of(one, one.case) in ways.IN_FORCE and one.case.intended is None:
        ground = draw((RevocationGround.OTHER, RevocationGround.DECEIT_OR_BRIBERY))
        return [(draw(holding(Role.LEADER)), c.NoticeRevocation(ground, SEAL))]
    examine = [
        action for action in ways.open_actions(one) if ways.act_of(one, action) is Act.EXAMINE
    ]
    if examine and draw((True, False)):
        told = c.TakeAction(draw(examine), i.Opinion("refuse", SEAL))
        return [(draw(ways.holders(one, told.action)), told)]
    return []


def days_of(world: World) -> list[tuple[date, str]]:
    """The days on which something of a record ends or is waited for, with whose it is, the next
    one first."""
    found: list[tuple[date | None, str]] = []
    for code, party in world.registry.parties.items():
        for entry in party.entries.values():
            found += [(entry.until, code)] if entry.status == "entered" else []
            found += [(wait.due, code) for wait in (entry.waits, entry.publication) if wait]
        found += [(bar.until, code) for bar in party.bars.values() if bar.lifted_on is None]
    return sorted((on, code) for on, code in found if on is not None and on >= world.today)


def waits_of(world: World, code: str) -> list[date]:
    """The days until which the next step of an entry is waited for."""
    entries = world.registry.parties[code].entries.values()
    return [entry.waits.due for entry in entries if entry.waits and entry.waits.due]


def filing_of(one: Kept, code: str, draw: Draw) -> Way:
    """An application in order of a party, mostly on a track of trust."""
    found = kinds.openings(one.edition.permit)
    of_trust = [sampled for sampled in found if sampled.track != TrackName.ORDINARY]
    track, sample = draw(draw((of_trust, of_trust, found)) or found)
    said = kinds.sample(one.edition.permit, sample)
    return applicant_of(code), kinds.application(one.edition, track, said, party=code)
