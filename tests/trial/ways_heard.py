"""What those who are heard might do next, and whoever hears them: departments, interested parties,
at a hearing, and of officers who should not act."""

from collections.abc import Iterator
from datetime import timedelta

from permits.casework import commands_heard as h
from permits.casework.heard import Attendance
from permits.definitions.procedure import Phase, Role
from tests.kit import SEAL
from tests.trial.people import applicant_of, holding
from tests.trial.ways_after import Draw, Way
from tests.trial.world import Kept, World


def heard(world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    """Everybody who is heard, where the permit type hears anybody."""
    if one.edition.definition.joint_review is None and one.edition.definition.hearing is None:
        return
    if one.edition.chart.state(one.case.leaves)[1].phase not in (
        Phase.EXAMINATION,
        Phase.SUSPENDED,
    ):
        return
    yield from _asking(one, draw)
    yield from _asking(one, draw)
    yield from _hearing(world, one, draw)
    if draw((False, True)):
        yield draw(holding(Role.EXAMINER)), h.TellThirdParty(SEAL, SEAL, SEAL)
    for key in one.case.third_parties:
        yield draw(holding(Role.EXAMINER)), h.HearThirdParty(key, SEAL)
        yield draw(holding(Role.EXAMINER)), h.RecordHearingAsked(key)


def recusing(_world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    if one.edition.chart.state(one.case.leaves)[1].phase is Phase.ENDED:
        return
    undecided = [who for who, asked in one.case.recusals.items() if asked.recused is None]
    for officer in undecided:
        yield draw(holding(Role.LEADER)), h.DecideRecusal(officer, draw((True, True, False)), SEAL)
    if not undecided:
        asked = draw(("examiner", "inspector", "leader", "window", "third"))
        yield applicant_of(one.case.party), h.AskRecusal(asked, SEAL)
        yield draw(("examiner2", "supervisor2", "third")), h.DeclareRecusal(SEAL)


def _asking(one: Kept, draw: Draw) -> Iterator[Way]:
    review = one.edition.definition.joint_review
    if review is None:
        return
    examiner = draw(holding(Role.EXAMINER))
    names = [*review.departments]
    yield examiner, h.AskOpinions(tuple(names[: draw((1, len(names)))]))
    yield examiner, h.AskOpinions((draw(names),))
    for name, request in one.case.latest_requests.items():
        view = draw(("agree", "agree", "conditions", "object"))
        if request.waiting:
            yield name, h.GiveOpinion(name, view, SEAL)
            yield name, h.GiveOpinion(name, view, SEAL)
        elif request.given is not None and draw((False, False, True)):
            yield name, h.RevokeOpinion(name, SEAL)
    yield examiner, h.JoinOpinions(SEAL)


def _hearing(world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    held = one.case.hearing
    leader = draw(holding(Role.LEADER))
    if held is None or not held.waits:
        if draw((False, True)):
            yield leader, h.OfferHearing()
            yield leader, h.AnnounceHearing(SEAL)
        return
    if held.stage == "told":
        yield from ((applicant_of(one.case.party), h.AskForHearing()),) * 6
    yield applicant_of(one.case.party), h.WaiveHearing()
    chair = draw(("supervisor", "supervisor2", "examiner2", "examiner"))
    days = draw((9, 13, 18))
    call = h.CallHearing(world.today + timedelta(days=days), chair, SEAL)
    yield from ((leader, call),) * (4 if held.stage == "awaited" else 1)
    if held.day is not None:
        parties = (Attendance(key, "absent") for key in one.case.third_parties)
        sign = draw(("signed", "refused"))
        came = (Attendance("office", "signed", SEAL), Attendance("applicant", sign, SEAL, SEAL))
        record = h.RecordHearing(held.day, "window", (*came, *parties), SEAL)
        yield from ((held.chair, record),) * 6
