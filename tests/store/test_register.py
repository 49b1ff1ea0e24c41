"""The register is searched by whatever is known of a decision, and every search is whole."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, insert

from permits.casework.published import Worth, worth
from permits.definitions.procedure import Phase
from permits.store import register
from permits.store.lists import After
from permits.store.project_tables import project_case
from permits.store.register import Sought
from permits.store.tables import case_row
from tests.store.test_piles import TODAY, row

PATIENT = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PERMITS = ("plan", "works")
PROJECTS = ("2201-1", "2201-2")
DAYS = st.integers(-4, 3).map(lambda days: TODAY + timedelta(days=days))


@st.composite
def published(draw, number):
    """A case with whatever can be searched for, published or not."""
    return {
        **draw(row(number)),
        "permit": draw(st.sampled_from(PERMITS)),
        "phase": str(draw(st.sampled_from(Phase))),
        "code": draw(st.sampled_from((11, 13, 15))),
        "project": draw(st.sampled_from((*PROJECTS, ""))),
    }


@st.composite
def registers(draw):
    return [draw(published(number)) for number in range(draw(st.integers(0, 25)))]


SEARCHES = st.builds(
    Sought,
    number=st.sampled_from(("", "ZZ-", "ZZ-20220608")),
    project=st.sampled_from(("", *PROJECTS)),
    permit=st.sampled_from(("", *PERMITS)),
    authority=st.sampled_from(("", "bureau", "other")),
    worth=st.sampled_from(("", *Worth)),
    first=st.none() | DAYS,
    last=st.none() | DAYS,
)


def fits(one, sought):
    """What a search asks, said once more by itself."""
    on = one["published_on"]
    return bool(on) and all(
        (
            one["number"].startswith(sought.number),
            sought.project in ("", one["project"]),
            sought.permit in ("", one["permit"]),
            sought.authority in ("", one["authority"]),
            not sought.worth or worth(one["phase"], one["code"]) is sought.worth,
            sought.first is None or date.fromisoformat(on) >= sought.first,
            sought.last is None or date.fromisoformat(on) <= sought.last,
        )
    )


@PATIENT
@given(rows=registers(), sought=SEARCHES)
def test_a_search_finds_what_fits_page_by_page_and_nothing_else(database, rows, sought):
    put(database, rows)
    found, after = [], None
    with database.read() as connection:
        while page := register.found(connection, sought, after, 2):
            found += [one.row.case_id for one in page]
            last = page[-1].row
            after = After(last.number if sought.number else str(last.published_on), last.case_id)
    order = "number" if sought.number else "published_on"
    wanted = sorted(
        (one for one in rows if fits(one, sought)),
        key=lambda one: (one[order], one["case_id"]),
        reverse=True,
    )
    assert found == [one["case_id"] for one in wanted]


def test_a_search_is_one_query_whatever_it_asks(database):
    asked = []
    with database.read() as connection:
        event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
        register.found(connection, Sought("ZZ", "p", "x", "o", Worth.ENDED), None, 5)
    assert len(asked) == 1


def put(database, rows):
    with database.write() as connection:
        connection.execute(delete(case_row))
        connection.execute(delete(project_case))
        for one in rows:
            case = {name: value for name, value in one.items() if name != "project"}
            connection.execute(insert(case_row), [case])
            if one["project"]:
                belongs = {
                    "code": one["project"],
                    "case_id": one["case_id"],
                    "number": one["number"],
                    "permit": one["permit"],
                    "stages": "",
                    "stands": True,
                }
                connection.execute(insert(project_case), [belongs])
