"""A breach reported as put right by a program of its holder."""

import pytest

from tests.papers import PDF
from tests.web.api.program import V1, Programs, refused
from tests.web.housing import Housing

DUTY = "check_after_completion"
WORDS = "已改建到承诺的长度。"


@pytest.fixture
def home(housing: Housing, programs: Programs) -> str:
    """A check of 23 June 2022 found a breach, to be put right by 7 July; it is 30 June."""
    case = housing.found_breached()
    programs.later(2022, 6, 30)
    return f"{V1}/cases/{case}"


def test_it_is_reported_once_with_words_and_then_waits_for_the_check(
    programs: Programs, home: str
) -> None:
    holder = programs["fire"]
    (offered,) = [one for one in holder.read(home)["beside"] if one["command"] == "report"]
    assert (offered["what"]["name"], offered["href"]) == (DUTY, f"{home}/report")
    given = {"obligation": DUTY, "on": "2022-06-30", "words": WORDS}
    refused(holder.order(f"{home}/report", {**given, "words": ""}), 422, "reason_wanted")
    holder.must(f"{home}/report", given)
    refused(holder.order(f"{home}/report", given), 409, "reported_before")
    (duty,) = [one for one in holder.read(home)["obligations"] if one["name"] == DUTY]
    assert (duty["status"], duty["put_right_on"]) == ("open", "2022-06-30")
    (row,) = programs["inspector"].read(f"{V1}/cases")["items"]
    assert row["next_date"]["put_right_on"] == "2022-06-30"


def test_a_file_can_be_kept_for_it(programs: Programs, home: str) -> None:
    kept = programs["fire"].hand_in(f"{home}/files?for={DUTY}", PDF)
    assert kept.status_code == 201, kept.text
    given = {"obligation": DUTY, "on": "2022-06-30", "words": WORDS}
    programs["fire"].must(f"{home}/report", {**given, "uploads": [kept.json()["id"]]})
