"""The demonstration does what the law says, for it is what people learn the office from."""

import random

from permits.casework.families.deciding import Revoked
from permits.casework.families.obligations import RectificationOrdered
from permits.casework.streams import read_event
from permits.definitions.procedure import RevocationGround
from permits.services.demonstration import stories
from permits.store import tables
from permits.store.event_log import EventLog
from tests.services.conftest import GAS

NEVER_PUT_RIGHT = 0
"""With this seed what was ordered to be put right is not."""


def test_a_breach_that_is_not_put_right_is_revoked_because_the_conditions_are_not_met(bureau):
    """行政许可法 art. 69 (1) item 4. Paragraph 2 is for what was obtained by deceit or bribery;
    a check that fails shows neither."""
    chance = random.Random(NEVER_PUT_RIGHT)
    teller = stories.Teller(bureau.people, bureau.office.shelf.calendar, chance)
    for moment in stories.breached(teller, bureau.hands().date(), GAS):
        bureau.hands.set(moment)
    (case,) = bureau.rows(tables.case_row)
    log = EventLog(bureau.office.database.dialect)
    with bureau.office.database.read() as connection:
        events = [read_event(*entry) for entry in log.read(connection, case["case_id"])]
    kinds = [type(event) for event in events]
    assert kinds.index(RectificationOrdered) < kinds.index(Revoked)
    revoked = next(event for event in events if isinstance(event, Revoked))
    assert revoked.ground == RevocationGround.NOT_QUALIFIED
