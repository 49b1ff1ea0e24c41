"""A log held against a definition: which cases fit, and where the others leave it."""

import gzip
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from permits.definitions.loader import load
from permits.exchange.declared import BadDeclaration
from permits.exchange.log import How, LogEvent, Oddities
from permits.exchange.mapping import named_alike, read_mapping
from permits.exchange.reading import read_log
from permits.exchange.replay import Player, Trace, replay
from tests.definitions.shipped import resolved

RECEIPT = Path(__file__).parents[2] / "examples" / "receipt"
START = datetime(2022, 6, 9, tzinfo=UTC)
CONFIRMED, CHECKED = "Confirmation of receipt", "T02 Check confirmation of receipt"
DETERMINED = "T04 Determine confirmation of receipt"
SENT = "T05 Print and send confirmation of receipt"
CONSIDERED = "T06 Determine necessity of stop advice"


@cache
def player() -> Player:
    definition = load(RECEIPT / "receipt_phase.yaml").definition
    text = (RECEIPT / "mapping.yaml").read_text(encoding="utf-8")
    return Player(definition, read_mapping(text, "mapping.yaml", definition))


@cache
def receipt() -> tuple[LogEvent, ...]:
    return tuple(read_log(RECEIPT / "receipt.xes.gz", How(), Oddities()))


def traces() -> dict[str, Trace]:
    cases = defaultdict(list)
    for event in receipt():
        cases[event.case].append((event.at, event.activity))
    ordered = {case: sorted(events, key=lambda e: e[0]) for case, events in cases.items()}
    return {case: tuple(activity for _at, activity in events) for case, events in ordered.items()}


def fitting() -> list[Trace]:
    """Those that fit and have a middle."""
    return [t for t in traces().values() if len(t) > 2 and player().misfit(t) is None]


def test_the_definition_explains_the_log_it_was_written_for():
    found = replay(receipt(), player())
    assert (found.cases, found.fitting) == (1434, 1406)
    assert found.fitting / found.cases >= 0.98
    assert sum(found.whys.values()) == len(found.refused) == 28


def test_what_is_out_of_order_is_refused():
    chance, tried, refused = random.Random(20_220_609), 0, 0
    for trace in fitting():
        shuffled = list(trace)
        chance.shuffle(shuffled)
        if tuple(shuffled) != trace:
            tried += 1
            refused += player().misfit(tuple(shuffled)) is not None
    assert tried > 1_000
    assert refused / tried >= 0.95


def test_what_lacks_an_event_in_its_middle_is_refused():
    chance, refused = random.Random(20_220_609), 0
    for trace in fitting():
        gone = chance.randrange(1, len(trace) - 1)
        refused += player().misfit(trace[:gone] + trace[gone + 1 :]) is not None
    assert refused / len(fitting()) >= 0.95


@pytest.mark.parametrize(
    ("trace", "event", "why"),
    [
        ((CHECKED,), 0, "shut"),
        ((CONFIRMED, CONFIRMED), 1, "shut"),
        ((CONFIRMED, CHECKED, SENT), 2, "shut"),
        ((CONFIRMED, "lunch", CHECKED), 1, "unknown_activity"),
        ((CONFIRMED, CHECKED, DETERMINED), 2, "unfinished"),
    ],
)
def test_the_first_event_that_does_not_fit_is_told(trace, event, why):
    misfit = player().misfit(trace)
    assert misfit is not None
    assert (misfit.event, misfit.activity, misfit.why) == (event, trace[event], why)


@pytest.mark.parametrize(
    "trace",
    [
        (CONFIRMED,),
        (CONFIRMED, CHECKED, DETERMINED, SENT),
        (CONFIRMED, CONSIDERED, CHECKED),
        (
            CONFIRMED,
            CHECKED,
            CONSIDERED,
            DETERMINED,
            SENT,
            "T10 Determine necessity to stop indication",
        ),
    ],
)
def test_a_case_that_goes_one_of_the_ways_fits(trace):
    assert player().misfit(trace) is None


def test_a_refused_case_is_told_with_its_place_and_what_was_open():
    events = [
        LogEvent("7", activity, START + timedelta(hours=n), 10 + n)
        for n, activity in enumerate((CONFIRMED, CHECKED, SENT))
    ]
    found = replay(reversed(events), player())
    (one,) = found.refused
    assert (one.case, one.event, one.place, one.why) == ("7", 3, 12, "shut")
    assert one.stands == ("checked_open",)
    assert one.open == ("examine", "return_to_examiner", "withdraw", "withdraw_commitment")


def test_activities_that_are_named_as_actions_need_no_mapping():
    definition = resolved().definition
    alike = Player(definition, named_alike(definition))
    assert alike.misfit(("accept", "examine", "grant", "deliver", "publish")) is None
    assert alike.misfit(("受理", "Give the examiner's opinion", "准予")) is None
    misfit = alike.misfit(("accept", "grant"))
    assert misfit is not None
    assert misfit.event == 1


def test_what_is_ignored_is_passed_over():
    definition = resolved().definition
    text = "activities:\n  in: {action: accept}\nignored: [tea]\n"
    found = Player(definition, read_mapping(text, "m.yaml", definition))
    assert found.misfit(("tea", "in", "tea")) is None
    assert found.misfit(("in", "in")) is not None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("activities: [", "m.yaml:"),
        ("actions: {}\n", "m.yaml:1: "),
        ("activities:\n  a: {act: accept}\n", "m.yaml:2: activities.a"),
        (
            "activities:\n  a:\n    action: dance\n",
            "m.yaml:3: activities.a.action: there is no action `dance`",
        ),
        (
            "activities:\n  a: {action: accept, to: moon*}\n",
            "m.yaml:2: activities.a.to: no place of the definition is called `moon*`",
        ),
        ("activities:\n  a: {action: accept}\nignored: [a]\n", "ignored and mean something"),
        ("activities: {}\nunfinished: [moon]\n", "m.yaml:2: unfinished: no place"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_where_and_why(text, says):
    with pytest.raises(BadDeclaration) as caught:
        read_mapping(text, "m.yaml", resolved().definition)
    assert says in str(caught.value)


def test_the_log_that_ships_is_the_one_that_was_published():
    with gzip.open(RECEIPT / "receipt.xes.gz", "rt", encoding="utf-8") as source:
        head = source.read(60_000)
    assert 'key="meta_3TU:rights" value="Public"' in head
    assert "10.4121/uuid:a07386a5-7be3-4367-9535-70bc9e77dbe6" in head
