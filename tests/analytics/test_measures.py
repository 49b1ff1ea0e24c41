"""Every figure, told apart in every way, against a slow reckoning over the same rows, on each
database."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permits.analytics.choosing import Chosen
from permits.analytics.measures import OF_CASES, RULES, Measure
from permits.analytics.measuring import Asked, every, measured
from tests.analytics import measured as kit
from tests.analytics.facts import FIRST, PERMITS, TRACKS
from tests.kit import calendar

DAYS = st.none() | st.dates(FIRST, date(2022, 8, 31))
CHOICES = st.builds(
    Chosen,
    permit=st.sampled_from(("", *PERMITS)),
    track=st.sampled_from(("", *TRACKS)),
    first=DAYS,
    last=DAYS,
    department=st.sampled_from(("", "planning")),
    district=st.sampled_from(("", *kit.DISTRICTS)),
)
WAYS = {measure: st.sampled_from(rule.ways) for measure, rule in RULES.items()}


def test_every_figure_has_a_rule_and_a_slow_reckoning():
    assert set(RULES) == set(Measure) == set(kit.DEFINED)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(office=kit.offices(), chosen=CHOICES, data=st.data())
def test_a_figure_is_what_its_definition_says_of_every_row(database, office, chosen, data):
    days = calendar()
    with database.write() as connection:
        kit.fill(connection, office)
    with database.read() as connection:
        for measure, ways in WAYS.items():
            by = data.draw(ways, label=measure)
            found = measured(connection, measure, Asked(chosen, kit.TODAY, by), days)
            told = {kind: (one.spread, one.unreckoned) for kind, one in found.items()}
            assert told == kit.slow(office, measure, chosen, by, days), (measure, by)
            kept = Asked(chosen, kit.TODAY, by, kept=True)
            assert measured(connection, measure, kept, days) == found, (measure, by)
        by = data.draw(st.sampled_from(OF_CASES), label="all at once")
        everything = every(connection, Asked(chosen, kit.TODAY, by), days)
        assert every(connection, Asked(chosen, kit.TODAY, by, kept=True), days) == everything
        for measure, found in everything.items():
            told = {kind: (one.spread, one.unreckoned) for kind, one in found.items()}
            assert told == kit.slow(office, measure, chosen, by, days), (measure, by)
