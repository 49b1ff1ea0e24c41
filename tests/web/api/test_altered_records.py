"""A case whose record somebody altered: a program is told a problem that no repetition mends, and
goes on with every other case."""

from tests.services.altering import NEVER_CHECKED, slip_in
from tests.web.api.program import V1, Programs, refused
from tests.web.housing import Housing


def test_a_program_is_told_which_kind_of_problem_it_is(
    housing: Housing, programs: Programs
) -> None:
    altered, other = housing.filed(), housing.filed()
    slip_in(housing.office.database, f"case/{altered}", NEVER_CHECKED)
    window = programs["window"]
    for asked in (
        window.get(f"{V1}/cases/{altered}"),
        window.order(f"{V1}/cases/{altered}/actions/accept"),
    ):
        refused(asked, 409, "record_amiss")
    assert programs["builder"].get(f"{V1}/cases/{altered}").status_code == 404
    window.read(f"{V1}/cases/{other}")
    listed = window.read(f"{V1}/cases")["items"]
    assert {one["id"] for one in listed} >= {altered, other}
