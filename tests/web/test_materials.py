"""Files: taken, refused with a reason, replaced, removed, and given back unopened."""

import hashlib

import pytest

from permits.settings import MEGABYTE, Limits
from permits.store.drafts import Upload
from tests.papers import ANOTHER_PDF
from tests.web.browsing import fingerprint
from tests.web.housing import PDF, Browser, Housing


@pytest.fixture
def draft(housing: Housing) -> str:
    return housing.written("ordinary")


def uploads(housing: Housing, draft: str) -> list[Upload]:
    return housing.office.uploading.uploads(draft.rsplit("/", 1)[1])


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
    assert fingerprint(hashlib.sha256(PDF).hexdigest()) in page
    assert [u.material for u in uploads(housing, draft)] == ["land_title"]


def test_a_later_file_takes_the_place_of_the_earlier(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    attach(applicant, draft, "a.pdf", PDF)
    attach(applicant, draft, "b.pdf", ANOTHER_PDF)
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
        (b"%PDF-" + b"0" * (20 * MEGABYTE), 413, "文件超过20 MB"),
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
    answer = attach(applicant, draft, "x.pdf", b"%PDF-" + b"0" * (21 * MEGABYTE))
    assert answer.status_code == 413
    assert "内容过大" in answer.text
    assert uploads(housing, draft) == []


def test_choosing_no_file_is_said(applicant: Browser, draft: str) -> None:
    action = f"{draft}/materials/land_title/files"
    fields = applicant.hidden(f"{draft}/materials", action)
    assert applicant.post(action, data=fields).status_code == 422
    assert attach(applicant, draft, "", b"").status_code == 422


def test_there_is_an_end_to_uploading(
    housing: Housing, applicant: Browser, draft: str, monkeypatch
) -> None:
    monkeypatch.setattr(housing.office.uploading, "limits", Limits(place_files=0))
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


def test_sending_a_file_twice_keeps_one(housing: Housing, applicant: Browser, draft: str) -> None:
    action = f"{draft}/materials/land_title/files"
    fields = applicant.hidden(f"{draft}/materials", action)
    for _ in range(2):
        files = {"file": ("a.pdf", PDF, "application/pdf")}
        assert applicant.post(action, data=fields, files=files).status_code == 303
    assert len(uploads(housing, draft)) == 1


def test_removing_twice_is_as_removing_once(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    attach(applicant, draft, "a.pdf", PDF)
    [kept] = uploads(housing, draft)
    removing = f"{draft}/uploads/{kept.id}/remove"
    fields = applicant.hidden(f"{draft}/materials", removing)
    applicant.post(removing, data=fields)
    with housing.unchanged():
        assert applicant.post(removing, data=fields).status_code == 303


@pytest.mark.parametrize(("who", "status"), [("builder", 404), ("window", 403), ("", 303)])
def test_nobody_else_hands_in_or_removes(
    housing: Housing, applicant: Browser, draft: str, who: str, status: int
) -> None:
    attach(applicant, draft, "a.pdf", PDF)
    [kept] = uploads(housing, draft)
    browser = housing.browser(who)
    token = browser.hidden("/", "/sign-out")["csrf"] if who else browser.hidden("/sign-in")["csrf"]
    files = {"file": ("x.pdf", PDF, "application/pdf")}
    sent = {"csrf": token}
    with housing.unchanged():
        assert browser.get(f"{draft}/materials").status_code == status
        adding = browser.post(f"{draft}/materials/land_title/files", data=sent, files=files)
        removing = browser.post(f"{draft}/uploads/{kept.id}/remove", data=sent)
    assert adding.status_code == removing.status_code == status


def test_a_colleague_may_hand_in_and_remove(housing: Housing, draft: str) -> None:
    colleague = housing.browser("fire2")
    attach(colleague, draft, "a.pdf", PDF)
    [kept] = uploads(housing, draft)
    colleague.fill(f"{draft}/materials", f"{draft}/uploads/{kept.id}/remove")
    assert uploads(housing, draft) == []


def test_a_file_of_another_draft_is_not_removed_from_here(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    attach(applicant, draft, "a.pdf", PDF)
    [kept] = uploads(housing, draft)
    other = housing.written("ordinary")
    token = applicant.hidden("/", "/sign-out")["csrf"]
    with housing.unchanged():
        applicant.post(f"{other}/uploads/{kept.id}/remove", data={"csrf": token})


def test_after_filing_the_draft_takes_no_more_files(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    action = f"{draft}/materials/land_title/files"
    fields = applicant.hidden(f"{draft}/materials", action)
    receipt = applicant.fill(f"{draft}/check").headers["location"]
    with housing.unchanged():
        files = {"file": ("a.pdf", PDF, "application/pdf")}
        answer = applicant.post(action, data=fields, files=files)
    assert answer.headers["location"] == f"{receipt}?before=1"


def test_without_a_track_nothing_is_asked_for(housing: Housing, applicant: Browser) -> None:
    draft, commitment = housing.written(), housing.written("commitment")
    assert f'href="{draft}/track">选择办理方式' in applicant.get(f"{draft}/materials").text
    assert "所选办理方式无需提交材料" in applicant.get(f"{commitment}/materials").text
    token = applicant.hidden("/", "/sign-out")["csrf"]
    with housing.unchanged():
        for one in (draft, commitment):
            action = f"{one}/materials/land_title/files"
            files = {"file": ("a.pdf", PDF, "application/pdf")}
            assert applicant.post(action, data={"csrf": token}, files=files).status_code == 404


def test_in_english_too(applicant: Browser, draft: str) -> None:
    applicant.get("/language/en")
    assert "Choose a file that is not empty" in attach(applicant, draft, "x.pdf", b"").text
    assert "no PDF, PNG or JPEG" in attach(applicant, draft, "x.pdf", b"MZ").text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_receipt_with_the_fingerprint_can_be_kept(
    housing: Housing, applicant: Browser, draft: str, language: str
) -> None:
    applicant.get(f"/language/{language}")
    attach(applicant, draft, "土地权属证明.pdf", PDF)
    one = uploads(housing, draft)[0]
    address = f"{draft}/uploads/{one.id}/receipt"
    assert f'href="{address}"' in applicant.get(f"{draft}/materials").text
    answer = applicant.get(address)
    assert answer.headers["content-type"].startswith("text/plain")
    assert "attachment" in answer.headers["content-disposition"]
    assert hashlib.sha256(PDF).hexdigest() in answer.text
    assert f"{len(PDF)}" in answer.text
    assert {"zh": "文件接收凭证", "en": "Receipt for a file"}[language] in answer.text
    assert housing.browser("builder").get(address).status_code == 404


def test_the_receipt_of_a_file_stays_with_the_case(housing: Housing, applicant: Browser) -> None:
    case = housing.filed("ordinary")
    found = housing.office.uploading.uploads(f"case/{case}")
    assert found
    address = f"/cases/{case}/files/{found[0].id}/receipt"
    assert found[0].sha256 in applicant.get(address).text
    assert f'href="{address}"' in applicant.get(f"/cases/{case}").text
