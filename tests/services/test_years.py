"""A new calendar is followed to the end, whatever happens between its publication and that."""

from datetime import date, timedelta

import pytest

from permits.casework import commands as c
from permits.casework.due_dates import Length, reckon
from permits.casework.working_days import Notice, PublishedYear, SpecialDay, Text
from permits.services.office import Office
from permits.services.rebuild import check
from permits.services.shelf import Shelf
from permits.services.timers import lapse_due
from permits.services.writer import Order, Writer
from permits.services.years import MARGIN, Loaded, catch_up, load
from permits.settings import Settings
from permits.store import tables
from permits.worker import Worker
from tests.kit import beijing
from tests.services.conftest import GAS

NOTICE = Notice("a notice")


def year(*january):
    """The year 2027 with these days of January off; the year that is not published yet."""
    off = (SpecialDay(date(2027, 1, day), Text("元旦", "New Year"), NOTICE) for day in january)
    return PublishedYear(2027, (NOTICE,), tuple(off))


def statutory(bureau, case_id):
    return bureau.office.cases.recorded(case_id).case.clocks["statutory"]


def publication(bureau, case_id):
    return bureau.office.cases.recorded(case_id).case.clocks["publication"]


def figures(bureau, case_id):
    rows = bureau.rows(tables.case_facts)
    return next(row["used_wd"] for row in rows if row["case_id"] == case_id)


@pytest.fixture
def examined(bureau):
    """A case in examination whose limit falls in the year that is not published yet."""
    bureau.at("2026-12-21")
    case = bureau.people.file(GAS, "ordinary")
    bureau.people.act("window", case, "accept")
    assert statutory(bureau, case).provisional
    return case


@pytest.fixture
def granted(bureau):
    """A case granted in the year that is not published yet."""
    bureau.at("2026-12-31")
    case = bureau.people.file(GAS, "commitment")
    bureau.people.act("window", case, "accept")
    bureau.at("2027-01-05")
    bureau.people.act("window", case, "grant_on_the_spot")
    assert figures(bureau, case) is None
    return case


def published_only(bureau, *years):
    """As far as a command line comes that is killed once the years are published."""
    bureau.office.shelf.load_years(years, actor="clerk", now=bureau.hands())


def test_loading_again_does_what_an_interrupted_time_left(bureau, examined, granted):
    published_only(bureau, year(1))
    again = load(bureau.office, (year(1),), actor="clerk")
    assert again == Loaded(years=(), recomputed=2, figures=1)
    assert not statutory(bureau, examined).provisional
    assert figures(bureau, granted) == 2
    assert check(bureau.office.database) == ()
    assert load(bureau.office, (year(1),), actor="clerk") == Loaded((), 0, 0)


def test_the_worker_does_what_an_interrupted_time_left(bureau, examined, granted):
    published_only(bureau, year(1))
    catch_up(bureau.office, 0)
    assert not statutory(bureau, examined).provisional
    assert figures(bureau, granted) == 2
    assert check(bureau.office.database) == ()
    bureau.at("2027-03-01")
    while lapse_due(bureau.office.database, bureau.office.queue.submit, bureau.hands()):
        pass
    assert statutory(bureau, examined).lapsed


def changed_under(bureau, case):
    """A year that was published before says something else, and nobody comes further."""
    load(bureau.office, (year(1),), actor="clerk")
    assert figures(bureau, case) == 2
    bureau.hands.set(bureau.hands() + MARGIN * 2)
    published_only(bureau, year(1, 4))


def test_figures_follow_a_year_that_is_changed_in_the_same_run(bureau, granted):
    load(bureau.office, (year(1),), actor="clerk")
    assert load(bureau.office, (year(1, 4),), actor="clerk").figures == 1
    assert figures(bureau, granted) == 1
    assert check(bureau.office.database) == ()


def test_the_worker_makes_figures_anew_when_changing_a_year_was_interrupted(bureau, granted):
    """They had been made under the year as it was; nobody needs to load it again."""
    changed_under(bureau, granted)
    assert figures(bureau, granted) == 2
    catch_up(bureau.office, 0)
    assert figures(bureau, granted) == 1
    assert check(bureau.office.database) == ()


def test_loading_another_year_makes_up_for_the_one_that_was_interrupted(bureau, granted):
    changed_under(bureau, granted)
    following = PublishedYear(2028, (NOTICE,), ())
    assert load(bureau.office, (following,), actor="clerk").figures == 1
    assert figures(bureau, granted) == 1
    assert check(bureau.office.database) == ()


def test_figures_are_gone_through_once_for_each_calendar(bureau, granted, monkeypatch):
    from permits.services import years

    changed_under(bureau, granted)
    gone_through = []
    made_anew = years._made_anew

    def counted(office, case_ids):
        gone_through.extend(case_ids)
        return made_anew(office, case_ids)

    monkeypatch.setattr(years, "_made_anew", counted)
    for _ in range(3):
        catch_up(bureau.office, 0)
    assert gone_through == [granted]


def test_the_worker_follows_the_calendar_by_itself(bureau, examined):
    published_only(bureau, year(1))
    bureau.hands.set(bureau.hands() + MARGIN * 2)
    worker = Worker(bureau.office, every=600)
    worker.close()
    assert not statutory(bureau, examined).provisional


def test_a_calendar_that_is_put_back_is_reckoned_with_anew(bureau, examined):
    long_holiday = year(1, 4, 5, 6, 7, 8)
    dues = []
    for one in (year(1), long_holiday, year(1)):
        assert load(bureau.office, (one,), actor="clerk").recomputed == 1
        dues.append(statutory(bureau, examined).due)
    due = reckon(bureau.office.shelf.calendar, date(2026, 12, 21), Length.parse("30wd")).due
    assert dues == [due, dues[1], due]
    assert dues[1] > due


class Unmoved(Shelf):
    """What another process knows that looked before the years were published."""

    looked = False

    def refresh(self, connection):
        if not self.looked:
            super().refresh(connection)
        self.looked = True


def test_what_was_decided_meanwhile_under_the_earlier_calendar_is_made_up_for(bureau):
    """Somebody else has looked at the calendar before it was published, and writes after it."""
    bureau.at("2026-12-31")
    case = bureau.people.file(GAS, "commitment")
    bureau.people.act("window", case, "accept")
    bureau.at("2027-01-05")
    database = bureau.office.database
    late = Writer(database, Unmoved(database, bureau.hands), bureau.hands)
    assert load(bureau.office, (year(1),), actor="clerk").recomputed == 1
    grant = c.TakeAction("grant_on_the_spot")
    late.write([Order(case, grant, bureau.actors["window"], "1", b"")])
    assert publication(bureau, case).provisional
    assert figures(bureau, case) is None
    assert catch_up(bureau.office, 0) == 0, "somebody else may still be writing"
    assert not publication(bureau, case).provisional
    assert figures(bureau, case) == 2
    assert check(bureau.office.database) == ()
    bureau.hands.set(bureau.hands() + MARGIN + timedelta(minutes=1))
    settled = catch_up(bureau.office, 0)
    assert settled > 0, "now nobody is"
    before = bureau.events(), len(bureau.rows(tables.idempotency))
    assert catch_up(bureau.office, settled) == settled
    assert (bureau.events(), len(bureau.rows(tables.idempotency))) == before


def test_a_decision_under_the_year_as_it_was_before_is_reckoned_anew(bureau):
    """Its figures stand, and look whole; yet they are of the year before it was changed."""
    load(bureau.office, (year(1),), actor="clerk")
    bureau.at("2026-12-31")
    case = bureau.people.file(GAS, "commitment")
    bureau.people.act("window", case, "accept")
    bureau.at("2027-01-05")
    database = bureau.office.database
    late = Writer(database, Unmoved(database, bureau.hands), bureau.hands)
    load(bureau.office, (year(1, 4),), actor="clerk")
    grant = c.TakeAction("grant_on_the_spot")
    late.write([Order(case, grant, bureau.actors["window"], "1", b"")])
    assert figures(bureau, case) == 2
    catch_up(bureau.office, 0)
    assert figures(bureau, case) == 1
    assert check(bureau.office.database) == ()


def test_cases_decided_under_the_new_calendar_are_left_alone(bureau, examined):
    load(bureau.office, (year(1),), actor="clerk")
    bureau.hands.set(bureau.hands() + MARGIN * 2)
    later = bureau.people.file(GAS, "ordinary")
    catch_up(bureau.office, 0)
    asked = [row["key"] for row in bureau.rows(tables.idempotency) if "calendar/" in row["key"]]
    assert any(examined in key for key in asked)
    assert not any(later in key for key in asked)


def test_an_office_without_a_calendar_has_nothing_to_follow(database_url, tmp_path):
    office = Office(Settings(data=tmp_path, database=database_url), lambda: beijing("2026-12-21"))
    assert catch_up(office, 0) == 0
    office.close()


@pytest.mark.parametrize("settled_url", ["sqlite"], indirect=True)
def test_many_cases_are_gone_through_to_the_last(bureau, monkeypatch):
    from permits.services import years

    monkeypatch.setattr(years, "AT_ONCE", 2)
    bureau.at("2026-12-31")
    cases = [bureau.people.file(GAS, "commitment") for _ in range(5)]
    for case in cases:
        bureau.people.act("window", case, "accept")
    bureau.at("2027-01-05")
    for case in cases:
        bureau.people.act("window", case, "grant_on_the_spot")
    assert load(bureau.office, (year(1),), actor="clerk") == Loaded((2027,), 5, 5)
    assert {figures(bureau, case) for case in cases} == {2}


@pytest.mark.parametrize("settled_url", ["sqlite"], indirect=True)
def test_what_was_broken_off_is_gone_on_with_by_whoever_comes_next(bureau, monkeypatch):
    from permits.services import years

    class Enough(Exception):
        pass

    def enough(_took):
        raise Enough

    monkeypatch.setattr(years, "AT_ONCE", 1)
    bureau.at("2026-12-31")
    cases = [bureau.people.file(GAS, "commitment") for _ in range(3)]
    for case in cases:
        bureau.people.act("window", case, "accept")
    bureau.at("2027-01-05")
    for case in cases:
        bureau.people.act("window", case, "grant_on_the_spot")
    bureau.office.shelf.load_years((year(1),), actor="clerk", now=bureau.hands())
    for _ in range(2):
        with pytest.raises(Enough):
            catch_up(bureau.office, 0, enough)
    catch_up(bureau.office, 0)
    assert {figures(bureau, case) for case in cases} == {2}
