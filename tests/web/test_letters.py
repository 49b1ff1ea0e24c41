"""What the office writes about a case can be read on a page, with or without mail."""

import html

import pytest

from permits.services.case_letters import written
from permits.services.post import deliver
from tests.web.housing import Browser, Housing


class Kept(list):
    """A mail server that keeps what it is given."""

    def send(self, letter) -> None:
        self.append(letter)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_letter_stands_on_the_page_the_newest_first(
    housing: Housing, applicant: Browser, language: str
) -> None:
    case = housing.granted()
    applicant.get(f"/language/{language}")
    record = housing.office.cases.recorded(f"case/{case}")
    assert record
    letters = written(housing.office, record, language)
    assert [letter.at for letter in letters] == sorted((one.at for one in letters), reverse=True)
    page = html.unescape(applicant.get(f"/cases/{case}/letters").text)
    for letter in letters:
        assert letter.subject in page
        assert letter.text.splitlines()[0] in page
    assert f'href="/cases/{case}/letters"' in applicant.get(f"/cases/{case}").text


def test_they_are_the_letters_that_are_sent(housing: Housing) -> None:
    case, post = housing.granted(), Kept()
    deliver(housing.office, post)
    record = housing.office.cases.recorded(f"case/{case}")
    assert record
    subjects = {letter.subject for letter in written(housing.office, record, "zh")}
    assert len(subjects) >= 3
    for letter in post:
        assert letter.subject.split(" / ")[0] in subjects


def test_nobody_else_reads_them(housing: Housing) -> None:
    case = housing.granted()
    assert housing.browser("builder").get(f"/cases/{case}/letters").status_code == 404
    assert housing.browser("window").get(f"/cases/{case}/letters").status_code == 403
