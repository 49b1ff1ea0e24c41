"""What holds for an office as a whole, whatever it is given."""

import io
import re
from datetime import date, datetime

import pytest
from sqlalchemy import select

from permits.casework.dates import BEIJING
from permits.casework.envelope import open_record
from permits.services.demonstration.clock import at
from permits.services.demonstration.paper import pdf
from permits.services.office import Office
from permits.services.rebuild import check
from permits.services.sessions import Client
from permits.services.timers import lapse_due
from permits.settings import Settings
from permits.store import tables
from tests.definitions.shipped import resolved
from tests.kit import PLAIN_SIGN_IN, years
from tests.services.conftest import GAS, PASSWORD, Bureau, settled


class BeijingHands:
    """A clock that shows the time of Beijing, as an office's own might."""

    def __init__(self) -> None:
        self.at = at(date(2022, 6, 1), 8)

    def __call__(self) -> datetime:
        return self.at

    def set(self, to: datetime) -> None:
        self.at = to.astimezone(BEIJING)


@pytest.fixture
def beijing_office(database_url, tmp_path):
    hands = BeijingHands()
    settings = Settings(data=tmp_path / "data", database=database_url, sign_in=PLAIN_SIGN_IN)
    office = Office(settings, hands)
    office.shelf.load_years(years(), actor="setup", now=hands())
    office.shelf.publish(resolved(), actor="setup", now=hands())
    yield settled(office, hands)
    office.close()


INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
INSTANTS = [
    c for table in tables.metadata.sorted_tables for c in table.c if c.name.endswith("_at")
]


def test_every_instant_that_is_kept_is_of_one_zone_and_width(beijing_office: Bureau):
    """Whether a command line, a page or the writer keeps it, whatever zone the clock is of: so
    they sort as text, a whole second among its fractions."""
    bureau, office = beijing_office, beijing_office.office
    signed = office.entry.sign_in("window", PASSWORD, Client("10.0.0.1"))
    bureau.hands.set(bureau.hands().replace(minute=30))
    office.sessions.of(signed.token)
    case = bureau.people.file(GAS, "ordinary", leave_out=("land_title",))
    office.uploading.upload(
        case, "land_title", "a.pdf", io.BytesIO(pdf("x")), signed.account.actor
    )
    bureau.at("2022-06-17")
    lapse_due(office.database, office.queue.submit, office.now())
    office.filing.begin("plan_exempt", bureau.actors["applicant"])
    kept = set()
    with office.database.read() as connection:
        for column in INSTANTS:
            for value in connection.execute(select(column).where(column.is_not(None))).scalars():
                assert INSTANT.fullmatch(value), f"{column.table}.{column.name}: {value}"
                kept.add(str(column))
        for record in connection.execute(select(tables.event.c.record)).scalars():
            assert open_record(bytes(record))[0].recorded_at.utcoffset().total_seconds() == 0
    assert check(office.database) == ()
    assert {"version.published_at", "session.seen_at", "upload.uploaded_at"} <= kept
    assert {"outbox.run_at", "case_row.updated_at", "idempotency.recorded_at"} <= kept
