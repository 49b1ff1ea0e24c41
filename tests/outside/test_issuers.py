"""The file of issuers: read whole or refused, with what is wrong in it."""

import json

import pytest

from permits.outside.issuers import BadIssuers, read_issuers
from permits.settings import now

ONE = {
    "id": "province",
    "title": {"zh": "省统一身份认证", "en": "Unified sign-in of the province"},
    "issuer": "https://id.example",
    "client": "permits",
    "secret_file": "secret.txt",
}


@pytest.fixture
def file(tmp_path):
    (tmp_path / "secret.txt").write_text(" s3cret\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    return tmp_path / "issuers.json"


def described(file, *issuers):
    file.write_text(json.dumps({"issuers": issuers}), encoding="utf-8")
    return read_issuers(file, now)


def test_there_need_be_no_file(file):
    assert read_issuers(file, now) == {}


def test_an_issuer_is_for_everybody_and_proves_a_password_unless_it_says_more(file):
    about = described(file, ONE)["province"].about
    assert (about.for_, about.second_factor) == (("staff", "applicants"), ())
    assert (about.title.in_("zh-CN"), about.title.in_("en")) == tuple(ONE["title"].values())
    more = {**ONE, "for": ["staff"], "second_factor": ["otp", "hwk"]}
    assert described(file, more)["province"].about.second_factor == ("otp", "hwk")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"id": "a/b"}, "an id has"),
        ({"id": ""}, "an id has"),
        ({"issuer": "http://id.example"}, "https"),
        ({"client": ""}, "no client"),
        ({"for": []}, "for nobody"),
        ({"for": ["guests"]}, "guests"),
        ({"secret": "s"}, "secret"),
        ({"secret_file": "nowhere.txt"}, "cannot be read"),
        ({"secret_file": "empty.txt"}, "is empty"),
        ({"title": {"zh": "省"}}, "en"),
    ],
)
def test_what_is_wrong_is_said(file, changed, why):
    with pytest.raises(BadIssuers, match=why):
        described(file, {**ONE, **changed})


@pytest.mark.parametrize("other", [{}, {"id": "another"}, {"issuer": "https://other.example"}])
def test_no_issuer_is_described_twice(file, other):
    with pytest.raises(BadIssuers, match="given twice"):
        described(file, ONE, {**ONE, **other})


@pytest.mark.parametrize("raw", [b"", b"\xff", b"[]"])
def test_what_is_no_such_file_is_refused(file, raw):
    file.write_bytes(raw)
    with pytest.raises(BadIssuers, match=r"issuers\.json"):
        read_issuers(file, now)


def test_a_file_that_cannot_be_read_is_refused(file):
    file.mkdir()
    with pytest.raises(BadIssuers, match="cannot be read"):
        read_issuers(file, now)
