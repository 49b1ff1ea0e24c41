"""Files given back: to whoever may see them, to be saved, never to be run or shown."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from permits.outside.store_bucket import StoreBucket
from permits.store.drafts import Upload
from tests.outside import buckets
from tests.papers import ANOTHER_PDF, JPEG, PNG
from tests.web.housing import PDF, Browser, Housing


@pytest.fixture
def case(housing: Housing) -> str:
    return housing.filed("ordinary")


@pytest.fixture
def held(housing: Housing, case: str) -> Upload:
    return housing.record(case).uploads[0]


def address(case: str, upload: Upload) -> str:
    return f"/cases/{case}/files/{upload.id}"


def attach(browser: Browser, draft: str, name: str, content: bytes):
    action = f"{draft}/materials/land_title/files"
    return browser.attach(f"{draft}/materials", action, name, content)


def uploaded(housing: Housing, draft: str) -> Upload:
    [upload] = housing.office.uploading.uploads(draft.rsplit("/", 1)[1])
    return upload


def given(browser: Browser, draft: str, upload: Upload) -> str:
    """The name a browser saves an upload under."""
    answer = browser.get(f"{draft}/uploads/{upload.id}")
    assert answer.status_code == 200
    return unquote(answer.headers["content-disposition"].partition("''")[2])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("fire", 200),
        ("fire2", 200),
        ("window", 200),
        ("auditor", 200),
        ("builder", 404),
        ("", 303),
    ],
)
def test_whoever_sees_the_case_may_have_its_files(
    housing: Housing, case: str, held: Upload, who: str, status: int
) -> None:
    assert housing.browser(who).get(address(case, held)).status_code == status


def test_a_file_not_handed_in_yet_is_the_applicants_own(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.correcting()
    page = f"/cases/{case}/corrections"
    applicant.attach(page, f"{page}/land_title/files", "a.pdf", PDF)
    loose = next(u for u in housing.record(case).uploads if u.material == "land_title")
    assert applicant.get(address(case, loose)).status_code == 200
    assert housing.browser("fire2").get(address(case, loose)).status_code == 200
    assert housing.browser("window").get(address(case, loose)).status_code == 404
    applicant.fill(page)
    assert housing.browser("window").get(address(case, loose)).status_code == 200


def test_a_file_is_not_found_in_another_case(
    housing: Housing, applicant: Browser, case: str, held: Upload
) -> None:
    assert applicant.get(address(housing.filed(), held)).status_code == 404
    assert applicant.get(f"/cases/{case}/files/none").status_code == 404


def test_its_headers_keep_it_from_being_run(
    housing: Housing, applicant: Browser, case: str, held: Upload
) -> None:
    answer = applicant.get(address(case, held))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"
    assert int(answer.headers["content-length"]) == len(answer.content) == held.size
    assert applicant.head(address(case, held)).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PNG, "image/png"),
        ("a.png", JPEG, "image/jpeg"),
        ("a.exe", PDF, "application/pdf"),
        ("a", PDF, "application/pdf"),
    ],
)
def test_its_kind_is_what_it_is_and_not_what_it_is_called(
    housing: Housing, applicant: Browser, name: str, content: bytes, kind: str
) -> None:
    draft = housing.written("ordinary")
    attach(applicant, draft, name, content)
    upload = uploaded(housing, draft)
    answer = applicant.get(f"{draft}/uploads/{upload.id}")
    assert answer.headers["content-type"] == kind


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("土地权属证明.pdf", "土地权属证明.pdf"),
        ("𬭎㛃䶮.pdf", "𬭎㛃䶮.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..", "file.pdf"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("证明\u202efdp.exe", "证明fdp.exe.pdf"),
        ("证明\u2067\u2069.pdf", "证明.pdf"),
        ('a"; filename="b.html', "a%22; filename=%22b.html.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("<script>.pdf", "_script_.pdf"),
    ],
)
def test_its_name_is_the_one_it_was_given_without_tricks(
    housing: Housing, applicant: Browser, name: str, kept: str
) -> None:
    draft = housing.written("ordinary")
    assert attach(applicant, draft, name, PDF).status_code == 303
    upload = uploaded(housing, draft)
    assert upload.filename == kept
    assert given(applicant, draft, upload) == kept


def test_a_long_name_keeps_its_end(housing: Housing, applicant: Browser) -> None:
    draft = housing.written("ordinary")
    attach(applicant, draft, "长" * 400 + ".pdf", PDF)
    assert uploaded(housing, draft).filename == "长" * 66 + ".pdf"


def test_nobody_else_has_the_files_of_a_draft(housing: Housing, applicant: Browser) -> None:
    draft = housing.written("ordinary")
    attach(applicant, draft, "a.pdf", PDF)
    path = f"{draft}/uploads/{uploaded(housing, draft).id}"
    assert housing.browser("fire2").get(path).status_code == 200
    assert housing.browser("builder").get(path).status_code == 404
    assert housing.browser("window").get(path).status_code == 403


def test_of_a_person_who_was_forgotten_the_file_is_gone(
    housing: Housing, applicant: Browser, case: str, held: Upload
) -> None:
    (housing.office.files.folder / held.sha256[:2] / held.sha256).unlink()
    answer = applicant.get(address(case, held))
    assert answer.status_code == 404
    assert "content-disposition" not in answer.headers


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[StoreBucket]:
    for name, value in buckets.KEYS.items():
        monkeypatch.setenv(name, value)
    with buckets.serving() as endpoint:
        yield StoreBucket(buckets.bucket(endpoint, "permits"), endpoint)


def test_a_file_comes_back_from_a_bucket_as_from_a_folder(
    housing: Housing, applicant: Browser, bucket: StoreBucket
) -> None:
    housing.office.files.store = bucket
    draft = housing.written("ordinary")
    attach(applicant, draft, "证明.pdf", PDF)
    upload = uploaded(housing, draft)
    answer = applicant.get(f"{draft}/uploads/{upload.id}")
    assert answer.content == PDF
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert [one for one in housing.office.files.folder.rglob("*") if one.is_file()] == []
    bucket._s3.delete_object(Bucket="permits", Key=bucket._key(upload.sha256))
    assert applicant.get(f"{draft}/uploads/{upload.id}").status_code == 404
    housing.office.files.store = StoreBucket("s3://permits/office", "http://127.0.0.1:9")
    assert applicant.get(f"{draft}/uploads/{upload.id}").status_code == 503
    assert attach(applicant, draft, "b.pdf", ANOTHER_PDF).status_code == 503
    assert uploaded(housing, draft) == upload
