"""Characters beyond the basic plane and rare ones come through whole: typed, kept, found, shown
on pages and papers, sent as CSV and JSON, on each kind of database."""

import pytest
from msgspec.structs import replace

from permits.services.accounts import BadAccount, NewAccount
from permits.services.requests import Service
from permits.store import tables
from permits.web.app import create_app
from tests.kit import OTHER_PARTY
from tests.services.conftest import GAS, PASSWORD
from tests.web.browsing import Browser

RARE = "𬭎㛃䶮㙦"


@pytest.fixture
def case(bureau) -> str:
    """A case of rare names, published; its party bears one too."""
    bureau.office.accounts.register_party(OTHER_PARTY, f"{RARE}公司", actor="setup")
    typed = {**GAS.facts, "contact_name": RARE}
    works = replace(GAS, party="stranger", name=f"{RARE}工程", place=f"{RARE}路", facts=typed)
    case, people = bureau.people.file(works, "commitment"), bureau.people
    people.act("window", case, "accept")
    people.act("window", case, "grant_on_the_spot")
    people.act("window", case, "deliver", Service(on=bureau.hands().date(), means="online"))
    people.act("window", case, "publish")
    return case


def browser(bureau, who: str) -> Browser:
    found = Browser(
        create_app(bureau.office), base_url="https://localhost", follow_redirects=False
    )
    if who:
        found.sign_in(who, PASSWORD)
    return found


def test_a_rare_name_comes_through_everything_whole(bureau, case):
    (row,) = bureau.rows(tables.case_row)
    assert (row["title"], row["place"]) == (f"{RARE}工程", f"{RARE}路")
    record = bureau.people.record("stranger", case)
    assert RARE in record.values.values()
    assert record.party_name == f"{RARE}公司"
    home = f"/cases/{case.removeprefix('case/')}"
    theirs = browser(bureau, "stranger")
    assert f"{RARE}工程" in theirs.get(home).text
    paper = theirs.get(f"{home}/documents/{len(record.case.documents)}").text
    assert f"{RARE}公司" in paper
    public = browser(bureau, "")
    assert f"{RARE}工程" in public.get("/register").text
    assert f"{RARE}工程" in public.get(f"/register/{record.case.number}").text
    assert f"{RARE}工程" in public.get(f"/register?number={record.case.number}").text
    window = browser(bureau, "window")
    assert f"{RARE}工程" in window.get(f"/review?q={record.case.number}").text
    shown = window.get(f"/review{home}").text
    assert "𬭎*" in shown, "its first character is one, wherever it stands in Unicode"
    assert public.get(f"/api/v1/register/{record.case.number}").json()["title"] == f"{RARE}工程"


@pytest.mark.parametrize("name", ["窗\u202e口", "窗\u200b口", "窗\n口", "窗\u3164口"])
def test_a_name_nobody_can_read_is_refused(bureau, name):
    with pytest.raises(BadAccount, match="cannot be shown"):
        bureau.office.accounts.register_party(OTHER_PARTY, name, actor="setup")
    new = NewAccount("somebody", name, PASSWORD, frozenset({"auditor"}))
    with pytest.raises(BadAccount, match="cannot be shown"):
        bureau.office.accounts.open(new, actor="setup")
