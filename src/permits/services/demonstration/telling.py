"""Tells all stories side by side, in the order in which their steps happen, up to today."""

import heapq
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from permits.casework.dates import day_of
from permits.services.demonstration import after_stories, joint, noted
from permits.services.demonstration.chance import chance_of
from permits.services.demonstration.clock import Hands, at, working_day
from permits.services.demonstration.counter_stories import at_counter
from permits.services.demonstration.deferrals import deferrals
from permits.services.demonstration.desk import People
from permits.services.demonstration.entitled import entitlements
from permits.services.demonstration.following import supplied, unsupplied, waiting
from permits.services.demonstration.neighbour_stories import neighbours
from permits.services.demonstration.people import settle
from permits.services.demonstration.plot_stories import plots
from permits.services.demonstration.project_stories import projects
from permits.services.demonstration.records import deliver
from permits.services.demonstration.site_stories import ON_SITES
from permits.services.demonstration.standing_stories import standings
from permits.services.demonstration.stories import (
    BEFORE,
    MADE_UP,
    Story,
    Teller,
    exempted,
)
from permits.services.demonstration.voice_stories import voices
from permits.services.demonstration.works import GAS, POLES, made_up
from permits.services.office import Office
from permits.services.timers import lapse_due

SEED = 20220609
MANY = 110
BEGINS = at(date(2022, 6, 1), 8)
"""When the demonstration's office opens: before the two real works of June 2022."""


def tell(office: Office, hands: Hands, today: date) -> int:
    """Fill an empty office with cases up to `today`; how many steps were told.

    The same day gives the same cases, but for what is drawn by lot. Stories end with the last
    published year: in a year without a calendar nothing happens by itself. The clock is let go
    at the end. That it was begun is noted first and that all was told last, so that it is known
    if it was interrupted.
    """
    noted.note(office.database, noted.BEGUN)
    today = min(today, date(office.shelf.calendar.years[-1].year, 12, 31))
    chance = chance_of(SEED)
    hands.set(BEGINS)
    actors = settle(office)
    deliver(office)
    teller = Teller(People(office, actors), office.shelf.calendar, chance)
    stories = [
        *_real(teller),
        *_made_up(teller, today),
        *_joint(teller, today),
        *_on_sites(teller, today),
        *_following(teller, today),
        *projects(teller, today),
        *_after(teller, today),
        *deferrals(teller, today),
        *standings(teller, today),
        _at_counter(teller, today),
        *plots(teller, today, SEED + 2),
        *entitlements(teller, today),
        *_voices(teller, today),
        *_neighbours(teller, today),
    ]
    steps = _told(office, hands, stories, at(today, 8, 30))
    hands.let_go()
    noted.note(office.database, noted.TOLD)
    return steps


def _real(teller: Teller) -> Iterator[Story]:
    """The two works of June 2022."""
    yield exempted(teller, date(2022, 6, 9), GAS, completes=30)
    yield exempted(teller, date(2022, 6, 16), POLES, completes=12)


def _joint(teller: Teller, today: date) -> Iterator[Story]:
    """Joint reviews, with a source of chance of their own: they leave the others as they are."""
    chance = chance_of(SEED)
    yield from joint.stories(Teller(teller.people, teller.calendar, chance), today)


def _after(teller: Teller, today: date) -> Iterator[Story]:
    """What comes after decisions; of a chance of their own."""
    chance = chance_of(SEED + 2)
    yield from after_stories.stories(Teller(teller.people, teller.calendar, chance), today)


def _made_up(teller: Teller, today: date) -> Iterator[Story]:
    tellings = [telling for telling, often in MADE_UP for _ in range(often)]
    for number in range(MANY):
        telling = tellings[number % len(tellings)]
        ago = int(BEFORE.days * (1 - (number / MANY)) ** 1.5) + teller.chance.randrange(2)
        day = working_day(teller.calendar, today - timedelta(days=ago))
        starts = (day + timedelta(days=20)).isoformat()
        listed = telling.__name__ in ("exempted", "breached", "switched")
        works = made_up(teller.chance, starts, unlisted=not listed)
        yield telling(teller, day, works)


def _following(teller: Teller, today: date) -> Iterator[Story]:
    """Tolerant acceptances: one supplied in time, one that was refused and bars its builder, one
    that waits, one whose draft waits to be confirmed."""
    for telling, ago in ((supplied, 60), (unsupplied, 40), (waiting, 4), (waiting, 16)):
        party = "builder_c" if telling is unsupplied else "builder_a"
        day = working_day(teller.calendar, today - timedelta(days=ago))
        starts = (day + timedelta(days=40)).isoformat()
        works = made_up(teller.chance, starts, unlisted=True)
        yield telling(teller, day, replace(works, party=party))


def _at_counter(teller: Teller, today: date) -> Story:
    """A case on paper, with a source of chance of its own."""
    chance = chance_of(SEED + 2)
    return at_counter(Teller(teller.people, teller.calendar, chance), today)


def _voices(teller: Teller, today: date) -> Iterator[Story]:
    """What is said about cases; of a chance of their own."""
    yield from voices(Teller(teller.people, teller.calendar, chance_of(SEED + 3)), today)


def _neighbours(teller: Teller, today: date) -> Iterator[Story]:
    """Neighbours who are told and heard; of a chance of their own."""
    chance = chance_of(SEED + 4)
    yield from neighbours(Teller(teller.people, teller.calendar, chance), today)


def _on_sites(teller: Teller, today: date) -> Iterator[Story]:
    """Drawings on commitment and early starts; of a chance of their own."""
    chance = chance_of(SEED + 1)
    another = Teller(teller.people, teller.calendar, chance)
    for number, (telling, ago) in enumerate(ON_SITES):
        day = working_day(teller.calendar, today - timedelta(days=ago))
        yield telling(another, day, number)


def _told(office: Office, hands: Hands, stories: list[Story], until: datetime) -> int:
    """Take the steps in their order. Before the first step of a day the timer looks, as it would
    have done; what would happen after `until` has not happened yet."""
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        first = next(story, None)
        if first is not None:
            heapq.heappush(waiting, (first, number, story))
    steps = 0
    seen = date.min
    while waiting and waiting[0][0] <= until:
        moment, number, story = heapq.heappop(waiting)
        if day_of(moment) > seen:
            seen = day_of(moment)
            hands.set(at(seen, 0, 5))
            lapse_due(office.database, office.queue.submit, hands())
        hands.set(moment)
        following = next(story, None)
        steps += 1
        if following is not None:
            heapq.heappush(waiting, (max(following, moment), number, story))
    hands.set(until)
    lapse_due(office.database, office.queue.submit, until)
    return steps
