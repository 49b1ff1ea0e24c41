"""A case whose record somebody altered, so that it tells of what cannot have happened: its pages
say so in the reader's language, and everything else goes on."""

import pytest

from tests.services.altering import slip_in
from tests.services.evidence.test_unfollowed import SLIPPED_IN
from tests.web.housing import Housing


@pytest.fixture(params=["of_no_check", "that_leads_nowhere", "that_cannot_be_read"])
def altered(request: pytest.FixtureRequest, housing: Housing) -> str:
    case = housing.filed()
    slip_in(housing.office.database, f"case/{case}", SLIPPED_IN[request.param][0])
    return case


def test_whose_it_is_is_told_and_everybody_else_sees_nothing(housing: Housing, altered: str):
    other = housing.filed()
    for who, path in (("fire", "cases"), ("examiner", "review/cases"), ("auditor", "audit/cases")):
        browser = housing.browser(who)
        for language, says in (("en", "This record is damaged"), ("zh", "此记录已损坏")):
            browser.get(f"/language/{language}")
            page = browser.get(f"/{path}/{altered}")
            assert page.status_code == 409
            assert says in page.text
            assert "Traceback" not in page.text
        assert browser.get(f"/{path}/{other}").status_code == 200
    nobody = housing.browser("builder")
    assert nobody.get(f"/cases/{altered}").status_code == nobody.get("/cases/x").status_code == 404
