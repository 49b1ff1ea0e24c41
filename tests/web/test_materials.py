"""Files: taken, refused with a reason, replaced, removed, and given back unopened."""

import hashlib

import pytest

from permits.outside.files import MOST_BYTES
from permits.services import filing as filing_module
from permits.services.demonstration.desk import answers
from permits.services.demonstration.works import GAS
from permits.store.drafts import Upload
from permits.web.security import MOST_UPLOAD
from tests.web.housing import PDF, Browser, Housing


@pytest.fixture
def draft(housing: Housing) -> str:
    filing, actor = housing.office.filing, housing.people.actors["fire"]
    begun = filing.save(filing.begin("plan_exempt", actor), answers(GAS))
    filing.choose(begun, "ordinary")
    return f"/drafts/{begun.id}"


def uploads(housing: Housing, draft: str) -> list[Upload]:
    return housing.office.filing.uploads(draft.rsplit("/", 1)[1])


def attach(browser: Browser, draft: str, name: str, content: bytes):
    action = f"{draft}/materials/land_title/files"
    return browser.attach(f"{draft}/materials", action, name, content)


def test_every_material_of_the_track_is_asked_for(applicant: Browser, draft: str) -> None:
    page = applicant.get(f"{draft}/materials").text
    assert page.count('type="file"') == 5
    assert page.count("未提交") == 5
    assert "修建性详细规划" in page


def test_a_file_is_kept_with_its_fingerprint(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    answer = attach(applicant, draft, "土地权属证明.pdf", PDF)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{draft}/materials#land_title"
    page = applicant.get(f"{draft}/materials").text
    assert "土地权属证明.pdf" in page
    assert hashlib.sha256(PDF).hexdigest() in page
    assert [u.material for u in uploads(housing, draft)] == ["land_title"]


def test_a_later_file_takes_the_place_of_the_earlier(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    attach(applicant, draft, "a.pdf", PDF)
    attach(applicant, draft, "b.pdf", PDF + b"2")
    assert [u.filename for u in uploads(housing, draft)] == ["b.pdf"]


def test_a_file_is_removed(housing: Housing, applicant: Browser, draft: str) -> None:
    attach(applicant, draft, "a.pdf", PDF)
    [kept] = uploads(housing, draft)
    answer = applicant.fill(f"{draft}/materials", f"{draft}/uploads/{kept.id}/remove")
    assert answer.status_code == 303
    assert uploads(housing, draft) == []


@pytest.mark.parametrize(
    ("content", "status", "why"),
    [
        (b"", 422, "请选择一个非空文件"),
        (b"MZ\x90 program", 422, "不是PDF、PNG或JPEG格式"),
        (b"<html><script>alert(1)</script>", 422, "不是PDF、PNG或JPEG格式"),
        (b"%PDF-" + b"0" * MOST_BYTES, 413, "文件超过20 MB"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_reason(
    housing: Housing, applicant: Browser, draft: str, content: bytes, status: int, why: str
) -> None:
    answer = attach(applicant, draft, "x.pdf", content)
    assert answer.status_code == status
    assert why in answer.text
    assert 'href="#land_title"' in answer.text
    assert uploads(housing, draft) == []


def test_more_than_a_file_can_be_is_not_even_read(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    answer = attach(applicant, draft, "x.pdf", b"%PDF-" + b"0" * MOST_UPLOAD)
    assert answer.status_code == 413
    assert "内容过大" in answer.text
    assert uploads(housing, draft) == []


def test_choosing_no_file_is_said(applicant: Browser, draft: str) -> None:
    action = f"{draft}/materials/land_title/files"
    fields = applicant.hidden(f"{draft}/materials", action)
    assert applicant.post(action, data=fields).status_code == 422
    assert attach(applicant, draft, "", b"").status_code == 422


def test_there_is_an_end_to_uploading(applicant: Browser, draft: str, monkeypatch) -> None:
    monkeypatch.setattr(filing_module, "MOST_UPLOADS", 0)
    answer = attach(applicant, draft, "x.pdf", PDF)
    assert answer.status_code == 409
    assert "文件数量已达上限" in answer.text


def test_what_is_not_asked_for_is_not_taken(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    fields = applicant.hidden(f"{draft}/materials", f"{draft}/materials/land_title/files")
    files = {"file": ("x.pdf", PDF, "application/pdf")}
    path = f"{draft}/materials/passport/files"
    assert applicant.post(path, data=fields, files=files).status_code == 404
    assert uploads(housing, draft) == []


def test_two_files_at_once_are_no_form_of_ours(applicant: Browser, draft: str) -> None:
    action = f"{draft}/materials/land_title/files"
    fields = applicant.hidden(f"{draft}/materials", action)
    files = [("file", ("a.pdf", PDF)), ("file", ("b.pdf", PDF))]
    assert applicant.post(action, data=fields, files=files).status_code == 400


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\\b.pdf", "证明\r\nX-Evil: 1.pdf", "a" * 400]
)
def test_a_file_comes_back_to_be_saved_and_never_shown(
    housing: Housing, applicant: Browser, draft: str, name: str
) -> None:
    attach(applicant, draft, name, PDF)
    [kept] = uploads(housing, draft)
    answer = applicant.get(f"{draft}/uploads/{kept.id}")
    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert "/" not in answer.headers["content-disposition"].split("''")[1]
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert "x-evil" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_a_file_that_is_gone_is_not_found(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    attach(applicant, draft, "a.pdf", PDF)
    [kept] = uploads(housing, draft)
    (housing.office.files.folder / kept.sha256[:2] / kept.sha256).unlink()
    assert applicant.get(f"{draft}/uploads/{kept.id}").status_code == 404
    assert applicant.get(f"{draft}/uploads/unknown").status_code == 404
