"""What is published is seen by everybody soon, whole and once; what is for later holds later."""

import threading
from datetime import date

import pytest

from permits.casework.working_days import WorkingDays
from permits.definitions import loader
from permits.definitions.findings import Marks
from permits.services import shelf as shelf_module
from permits.services.shelf import Shelf
from permits.store import published_tables
from tests.definitions.shipped import resolved
from tests.kit import beijing, content, years
from tests.services.conftest import at_once


def edition_from(day: str, until: str | None = None) -> loader.Resolved:
    """The shipped permit type with other dates, and another limit to tell it by."""
    data = content()
    data["permit"]["effective_from"] = day
    if until is not None:
        data["permit"]["effective_until"] = until
    data["tracks"]["ordinary"]["promised"] = "3wd"
    built, findings = loader.build(data, Marks())
    assert built is not None
    assert not findings
    return built


@pytest.fixture
def shelf(bureau) -> Shelf:
    return bureau.office.shelf


@pytest.fixture
def another(bureau, monkeypatch) -> Shelf:
    """The shelf of another process, which looks whenever it is asked."""
    other = Shelf(bureau.office.database, bureau.hands)
    monkeypatch.setattr(shelf_module, "LOOK_AGAIN", -1)
    return other


def publish(bureau, definition):
    return bureau.office.shelf.publish(definition, actor="setup", now=bureau.hands())


def test_an_edition_for_next_year_leaves_the_one_of_today_in_force(bureau, shelf):
    today = shelf.current("plan_exempt")
    later = edition_from("2023-01-01")
    assert publish(bureau, later)
    assert shelf.current("plan_exempt") is today
    assert shelf.permits == (today,)
    assert shelf.coming("plan_exempt").digest == later.digest
    assert shelf.current("plan_exempt", date(2023, 1, 1)).digest == later.digest
    bureau.at("2022-12-31", 23)
    assert shelf.current("plan_exempt") is today
    bureau.at("2023-01-01", 0)
    assert shelf.current("plan_exempt").digest == later.digest
    assert shelf.coming("plan_exempt") is None


def test_a_permit_type_nobody_published_has_no_edition(shelf):
    assert shelf.current("bakery") is None
    assert shelf.coming("bakery") is None


def test_what_another_process_published_is_seen(bureau, another):
    later = edition_from("2022-06-01")
    publish(bureau, later)
    assert another.current("plan_exempt").digest == later.digest
    assert [one.digest for one in another.permits] == [later.digest]
    assert another.calendar.digest == bureau.office.shelf.calendar.digest


def test_looks_are_not_taken_for_every_question(bureau, monkeypatch):
    other = Shelf(bureau.office.database, bureau.hands)
    monkeypatch.setattr(shelf_module, "LOOK_AGAIN", 3600)
    before = other.current("plan_exempt")
    publish(bureau, edition_from("2022-06-01"))
    assert other.current("plan_exempt") is before
    other.look()
    assert other.current("plan_exempt") is not before


def test_years_are_published_once_however_stale_the_publisher_is(bureau, another, monkeypatch):
    """Compared is what stands in the database, not what was seen of it."""
    monkeypatch.setattr(shelf_module, "LOOK_AGAIN", 3600)
    new = WorkingDays(years()).years[-1]
    changed = type(new)(new.year + 1, new.notices)
    events = bureau.events()
    assert bureau.office.shelf.load_years((changed,), actor="x", now=bureau.hands()) == (2027,)
    assert another.load_years((changed,), actor="x", now=bureau.hands()) == ()
    assert bureau.events() == events + 1


def test_two_who_publish_the_same_at_once_publish_it_once(bureau, another):
    later, new = edition_from("2023-01-01"), WorkingDays(years()).years[-1]
    changed = type(new)(new.year + 1, new.notices)
    events = bureau.events()

    def act(shelf):
        shelf.publish(later, actor="x", now=bureau.hands())
        shelf.load_years((changed,), actor="x", now=bureau.hands())

    assert at_once(lambda: act(bureau.office.shelf), lambda: act(another)) == []
    assert bureau.events() == events + 2
    places = sorted(row["place"] for row in bureau.rows(published_tables.version))
    assert places == [1, 2]


def test_nobody_who_asks_while_another_looks_sees_half_of_it(bureau, another):
    """A version is on the shelf when it is compiled, not before."""
    definitions = [edition_from("2022-06-01", f"20{n}-12-31") for n in range(30, 38)]
    done = threading.Event()
    seen = set()

    def ask():
        while not done.is_set():
            seen.add(another.current("plan_exempt").digest)

    def put():
        try:
            for one in definitions:
                publish(bureau, one)
        finally:
            done.set()

    assert at_once(put, ask, ask) == []
    assert seen <= {resolved().digest, *(one.digest for one in definitions)}


def test_the_first_definitions_of_an_office_are_published_together_or_not_at_all(database):
    """An office that was stopped in between would lack a permit type for good."""
    shelf = Shelf(database, lambda: beijing("2022-06-09"))
    second = edition_from("2022-06-01", "2030-12-31")

    def furnish(*definitions):
        shelf.furnish(definitions, actor="setup", now=beijing("2022-06-09"))

    with pytest.raises(AttributeError):
        furnish(resolved(), None)
    assert shelf.permits == ()
    furnish(resolved())
    furnish(second)
    assert [one.digest for one in shelf.permits] == [resolved().digest]
