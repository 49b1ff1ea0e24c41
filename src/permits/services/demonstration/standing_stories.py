"""Stories of credit standing: an entry told beforehand and objected to, one that was made and bars
its builder from the track, one that was repaired."""

from collections.abc import Generator, Iterator
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from permits.services import party_requests as p
from permits.services.demonstration.chance import chance_of
from permits.services.demonstration.clock import later, working_day
from permits.services.demonstration.desk import Works
from permits.services.demonstration.stories import Story, Teller
from permits.services.demonstration.works import made_up

ENTRY = "entry_1"
GROUNDS = "现场长度超出承诺，责令限期整改后逾期未改正。"


def _unrectified(
    tell: Teller, day: date, works: Works
) -> Generator[datetime, None, tuple[str, date]]:
    """Built otherwise than committed, ordered to be put right, and not put right in time: the
    breach is drafted when the date has passed. Ends with the case and the day that came to."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.file(works, "commitment")
    yield tell.on(day, 0, 10)
    people.act("window", case, "accept")
    people.act("window", case, "grant_on_the_spot")
    yield from tell.finish(case, day)
    built = later(tell.calendar, day, 15)
    yield from tell.complete(works.party, case, built, passed=False)
    return case, later(tell.calendar, built, 20)


def objected(tell: Teller, day: date, works: Works) -> Story:
    """Told beforehand; the builder objects, and somebody else is to decide."""
    _case, on = yield from _unrectified(tell, day, works)
    yield from _noticed(tell, on, works)
    yield tell.on(on, 2, 11)
    says = "整改已按期完成，因天气原因现场复查推迟，请求核实整改日期。"
    tell.people.about(works.party, works.party, p.ObjectToEntry(entry=ENTRY, statement=says))


def entered(tell: Teller, day: date, works: Works) -> Story:
    """Nobody objects, and the entry is made: only the ordinary procedure is open from then on."""
    _case, on = yield from _unrectified(tell, day, works)
    yield from _noticed(tell, on, works)
    yield tell.on(on, 7, 10)
    tell.people.about("leader", works.party, p.MakeEntry(entry=ENTRY))
    yield tell.on(on, 16, 9)
    starts = (tell.on(on, 16) + timedelta(days=40)).date().isoformat()
    again = replace(made_up(tell.chance, starts, unlisted=True), party=works.party)
    case = tell.people.file(again, "ordinary")
    yield tell.on(on, 16, 14)
    tell.people.act("window", case, "accept")


def repaired(tell: Teller, day: date, works: Works) -> Story:
    """Entered and published; then put right, applied for, and taken off the list."""
    case, on = yield from _unrectified(tell, day, works)
    yield from _noticed(tell, on, works)
    yield tell.on(on, 7, 10)
    tell.people.about("leader", works.party, p.MakeEntry(entry=ENTRY))
    yield tell.on(on, 30, 9)
    tell.check(case, passed=True)
    yield tell.on(on, 31, 9)
    says = "已拆除超出部分并通过复查，申请信用修复。"
    tell.people.about(works.party, works.party, p.AskForRepair(entry=ENTRY, statement=says))
    yield tell.on(on, 31, 15)
    why = "复查结论为符合承诺，失信行为已纠正，准予修复。"
    given = p.DecideRepair(entry=ENTRY, granted=True, reason=why)
    tell.people.about("supervisor", works.party, given)


def _noticed(tell: Teller, on: date, works: Works) -> Story:
    yield tell.on(on, 0, 10)
    notice = p.NoticeEntry(entry=ENTRY, degree="breach", grounds=GROUNDS)
    tell.people.about("supervisor", works.party, notice)


TOLD = ((objected, "builder_d", 60), (entered, "builder_e", 120), (repaired, "builder_f", 150))
"""Each with its builder and how many days ago it began."""


def standings(teller: Teller, today: date) -> Iterator[Story]:
    """The stories, with a source of chance of their own: they leave the others as they are."""
    chance = chance_of(20220609)
    another = Teller(teller.people, teller.calendar, chance)
    for telling, party, ago in TOLD:
        day = working_day(teller.calendar, today - timedelta(days=ago))
        starts = (day + timedelta(days=20)).isoformat()
        works = made_up(chance, starts, unlisted=False)
        yield telling(another, day, replace(works, party=party))
