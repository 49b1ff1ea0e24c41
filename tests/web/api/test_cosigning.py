"""Units that sign with an applicant are invited and sign through programs, each for itself."""

import pytest

from permits.services.demonstration.sites import drawings
from tests.web.api.program import V1, Programs, refused
from tests.web.housing import Housing
from tests.web.signing import open_account
from tests.web.sites import choose, hand_in, publish, write

NAME = "drawing_review"
SURVEYOR, DESIGNER = "drawings_comply.surveyor", "drawings_comply.designer"


@pytest.fixture
def draft(housing: Housing) -> str:
    """An application whose track is chosen and whose materials are there; its address."""
    publish(housing, NAME)
    browser = housing.browser("fire")
    address = write(browser, housing, drawings(0, "2022-08-01"))
    choose(browser, address, "commitment")
    hand_in(browser, address, "drawings", "survey_report", "fire_drawings")
    held = housing.draft(address)
    definition = housing.office.filing.edition(held).definition
    for role in ("surveyor", "designer"):
        unit = definition.signers[role].unit
        open_account(housing, held.answers[unit], role)
    return f"{V1}{address}"


def standing(shown: dict) -> dict[str, str]:
    return {one["signature"]: one["standing"] for one in shown["items"]}


def test_a_unit_is_invited_reads_the_whole_and_signs(programs: Programs, draft: str) -> None:
    fire, surveyor = programs["fire"], programs["surveyor"]
    assert standing(fire.read(f"{draft}/signers")) == {
        SURVEYOR: "not_invited", DESIGNER: "not_invited",
    }  # fmt: skip
    for _ in range(2):
        shown = fire.must(f"{draft}/invitations", {"signature": SURVEYOR})
    assert standing(shown)[SURVEYOR] == "invited"
    (listed,) = surveyor.read(f"{V1}/co-signing")["items"]
    whole = surveyor.read(listed["href"])
    assert whole["notice"]
    assert "contact_phone" not in {one["question"]["name"] for one in whole["answers"]}
    given = {"text_digest": whole["text_digest"], "version": whole["version"]}
    signed = surveyor.must(f"{listed['href']}/signature", given)
    assert signed["signed_at"]
    again = surveyor.must(f"{listed['href']}/signature", given)
    assert again["signed_at"] == signed["signed_at"]
    assert standing(fire.read(f"{draft}/signers"))[SURVEYOR] == "signed"


def test_what_was_not_read_as_it_stands_is_not_signed(programs: Programs, draft: str) -> None:
    programs["fire"].must(f"{draft}/invitations", {"signature": DESIGNER})
    designer = programs["designer"]
    (listed,) = designer.read(f"{V1}/co-signing")["items"]
    whole = designer.read(listed["href"])
    stale = {"text_digest": whole["text_digest"], "version": whole["version"] + 1}
    refused(designer.order(f"{listed['href']}/signature", stale), 409, "overtaken")
    other = {"text_digest": "0" * 64, "version": whole["version"]}
    assert designer.order(f"{listed['href']}/signature", other).status_code in (409, 422)


def test_a_unit_may_decline_and_still_sign(programs: Programs, draft: str) -> None:
    fire, surveyor = programs["fire"], programs["surveyor"]
    fire.must(f"{draft}/invitations", {"signature": SURVEYOR})
    (listed,) = surveyor.read(f"{V1}/co-signing")["items"]
    assert surveyor.must(f"{listed['href']}/decline")["declined_at"]
    assert standing(fire.read(f"{draft}/signers"))[SURVEYOR] == "declined"
    given = {"text_digest": surveyor.read(listed["href"])["text_digest"], "version": 0}
    refused(surveyor.order(f"{listed['href']}/signature", given), 422, "unfit")


def test_an_invitation_is_its_unit_s_alone_and_of_those_who_sign(
    housing: Housing, programs: Programs, draft: str
) -> None:
    programs["fire"].must(f"{draft}/invitations", {"signature": SURVEYOR})
    (listed,) = programs["surveyor"].read(f"{V1}/co-signing")["items"]
    refused(programs["designer"].get(listed["href"]), 404, "not_found")
    assert programs["builder"].read(f"{V1}/co-signing") == {"items": []}
    unknown = programs["fire"].order(f"{draft}/invitations", {"signature": "drawings_comply.cook"})
    refused(unknown, 422, "commitment_unsigned")
    overtaken = programs["fire"].order(
        f"{draft}/invitations", {"signature": DESIGNER}, **{"if-match": '"99"'}
    )
    refused(overtaken, 409, "overtaken")
