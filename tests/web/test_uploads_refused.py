"""What a browser is told of a file that is not taken, in both languages, with the limit in it."""

import random

import pytest

from permits.outside.clamd import Clamd
from permits.settings import Limits
from permits.store import tables
from tests.hostile import others
from tests.hostile.samples import SAMPLE, SAYS
from tests.outside import clamds
from tests.papers import JPEG, PNG, picture
from tests.web.browsing import fingerprint
from tests.web.housing import Browser, Housing


@pytest.fixture
def draft(housing: Housing) -> str:
    return housing.written("ordinary")


def attach(browser: Browser, draft: str, content: bytes, name: str = "x.pdf"):
    action = f"{draft}/materials/land_title/files"
    return browser.attach(f"{draft}/materials", action, name, content)


def files(housing: Housing) -> set[str]:
    folder = housing.office.settings.files
    return {one.name for one in folder.rglob("*") if one.is_file()}


def noted(housing: Housing) -> list[str]:
    with housing.office.database.read() as connection:
        return [row.sha256 for row in connection.execute(tables.upload.select())]


def test_a_page_says_why_a_file_is_not_taken(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    before = files(housing), noted(housing)
    for language in (0, 1):
        applicant.get(f"/language/{('zh', 'en')[language]}")
        for content, status, reason in SAMPLE.values():
            answer = attach(applicant, draft, content)
            assert answer.status_code == status, reason
            assert SAYS[reason][language] in answer.text
            assert 'href="#land_title"' in answer.text
    assert (files(housing), noted(housing)) == before


@pytest.mark.parametrize(
    ("limits", "status", "reason"),
    [
        (Limits(place_files=2), 409, "files_too_many"),
        (Limits(place_mb=1), 409, "files_too_large"),
        (Limits(party_day_mb=1), 409, "files_of_day_too_large"),
    ],
)
def test_a_page_says_how_much_may_be_uploaded(
    housing: Housing,
    applicant: Browser,
    draft: str,
    monkeypatch: pytest.MonkeyPatch,
    limits: Limits,
    status: int,
    reason: str,
) -> None:
    monkeypatch.setattr(housing.office.uploading, "limits", limits)
    large = picture("PNG", (400, 400), pixels=random_bytes(400 * 400 * 3))
    for material in ("land_title", "design_scheme"):
        action = f"{draft}/materials/{material}/files"
        applicant.attach(f"{draft}/materials", action, "x.png", large)
    before = files(housing), noted(housing)
    for language in (0, 1):
        applicant.get(f"/language/{('zh', 'en')[language]}")
        answer = attach(applicant, draft, large + bytes(language))
        assert answer.status_code == status
        assert SAYS[reason][language] in answer.text
    assert (files(housing), noted(housing)) == before


def random_bytes(count: int) -> bytes:
    return random.Random(1).randbytes(count)


@pytest.mark.parametrize(
    ("behaviour", "content", "status", "reason"),
    [
        (clamds.scans, JPEG + clamds.EICAR, 422, "file_infected"),
        (clamds.fails, JPEG, 503, "file_unchecked"),
    ],
)
def test_what_the_scanner_does_not_pass_is_not_taken(
    housing: Housing, applicant: Browser, draft: str, behaviour, content, status, reason
) -> None:
    with clamds.listening(behaviour) as address:
        housing.office.files.clamd = Clamd(address)
        answer = attach(applicant, draft, content)
    assert answer.status_code == status
    assert SAYS[reason][0] in answer.text
    assert files(housing) == set(noted(housing)) == set()


def test_of_a_picture_the_page_shows_both_fingerprints(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    attach(applicant, draft, PNG + others.SCRIPT, "照片.png")
    [kept] = housing.office.uploading.uploads(draft.rsplit("/", 1)[1])
    page = applicant.get(f"{draft}/materials").text
    assert fingerprint(kept.sha256) in page
    assert fingerprint(kept.came) in page
    assert "图片已按可见内容重新保存" in page
    given = applicant.get(f"{draft}/uploads/{kept.id}")
    assert others.SCRIPT not in given.content
    assert given.headers["content-type"] == "image/png"
    assert given.headers["x-content-type-options"] == "nosniff"
