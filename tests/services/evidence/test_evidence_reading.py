"""What is read of the record to prove it is what is kept of it, of the case that is meant."""

from itertools import pairwise

from permits.casework.envelope import GENESIS, chained, open_record
from permits.store import evidence_reading as reading
from permits.store.event_log import EventLog
from tests.services.conftest import GAS


def test_a_case_is_read_by_its_number_or_its_id_with_what_is_kept_of_it(scene, granted):
    other = scene.bureau.people.file(GAS, "commitment")
    case = scene.bureau.office.cases.recorded(granted).case
    open_case = scene.bureau.office.cases.recorded(other).case
    with scene.database.read() as connection:
        for named in (granted, case.number):
            assert reading.case_of(connection, named) == granted
        assert reading.case_of(connection, open_case.number) == other
        assert reading.case_of(connection, "GXGH-1") is None
        assert reading.numbers_of_cases(connection) == {case.number, open_case.number}
        figures = reading.figures_of(connection, granted)
        assert (figures["case_id"], figures["result"]) == (granted, "granted")
        assert reading.figures_of(connection, "case/none") == {}
        (due,) = reading.dues_of(connection, other)
        assert (due["case_id"], due["name"]) == (other, "completeness")
        assert reading.dues_of(connection, "case/none") == ()


def test_every_event_is_read_with_the_hash_before_it(scene, granted):
    with scene.database.read() as connection:
        shown = reading.records(connection, granted)
        heads = reading.heads(connection)
        rows = list(reading.all_events(connection))
        assert reading.first_record(connection, granted) == shown[0].record
        assert reading.first_record(connection, "case/none") is None
        assert heads.keys() == set(EventLog(connection.dialect).streams(connection, ""))
    assert [one.seq for one in shown] == list(range(1, len(shown) + 1))
    assert shown[0].previous == GENESIS
    for one, following in pairwise(shown):
        assert following.previous == chained(one.previous, one.record)
    assert heads[granted] == (len(shown), chained(shown[-1].previous, shown[-1].record))
    assert len(rows) == scene.bureau.events()
    assert [(one.stream, one.seq) for one in rows] == sorted((r.stream, r.seq) for r in rows)
    for one in rows:
        envelope, _ = open_record(one.record)
        assert (envelope.stream, envelope.seq, envelope.id) == (one.stream, one.seq, one.id)
    mine = [one for one in rows if one.stream == granted]
    assert [(one.record, one.hash) for one in mine[-1:]] == [(shown[-1].record, heads[granted][1])]
