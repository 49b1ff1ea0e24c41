"""A commitment is signed by somebody who has just proved who they are, on a network."""

from collections.abc import Callable
from datetime import timedelta

from permits.casework.sessions import FRESH
from permits.casework.tracks import notice_digest
from permits.sign_in_rules import STRICT
from tests.web.housing import PASSWORD, Housing
from tests.web.proving import hidden, prove

LETTER = "commitments/true_declaration"


def test_a_signature_asks_who_it_is_and_goes_on_with_what_was_ticked(
    make_housing: Callable[..., Housing],
) -> None:
    strict = make_housing(sign_in=STRICT)
    draft = strict.written()
    filing = strict.office.filing
    filing.choose(strict.draft(draft), "commitment")
    applicant = strict.browser("fire")
    strict.clock.now += FRESH + timedelta(seconds=1)
    page = f"{draft}/{LETTER}"
    asked = applicant.fill(page, agreed="yes")
    assert asked.status_code == 403
    assert strict.draft(draft).signed == {}
    assert hidden(asked.text)["agreed"] == "yes"
    assert prove(applicant, asked, proof_password="wrong").status_code == 422
    assert prove(applicant, asked, proof_password=PASSWORD).headers["location"] == draft
    text = filing.edition(strict.draft(draft)).definition.commitments["true_declaration"]
    assert strict.draft(draft).signed == {"true_declaration": notice_digest(text)}
