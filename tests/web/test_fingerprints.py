"""A fingerprint is broken between groups of eight, wherever it stands, and copied whole."""

import re
from pathlib import Path

import pytest

from permits.settings import shipped
from tests.web.browsing import PDF, fingerprint
from tests.web.housing import Browser, Housing

PAGES = sorted(shipped("templates").rglob("*.html"))

BARE = re.compile(r">[^<>]*\{\{ *(?:\w+\.)*(sha256|digest|came|(?<=\.)head) *\}\}")
"""A fingerprint that is written out as text; attributes of forms have it as it is."""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('<dd class="mono">{{ chain.head }}</dd>', ["head"]),
        ("<span>SHA-256 {{ upload.sha256 }}</span>", ["sha256"]),
        ('<input name="digest" value="{{ digest }}">', []),
        ('<dd title="{{ digest }}">{{ digest[:12] }}</dd>', []),
        ("<dd>{{ marks.fingerprint(chain.head) }}</dd>", []),
    ],
)
def test_one_that_is_written_out_would_be_found(line: str, found: list[str]) -> None:
    assert BARE.findall(line) == found


@pytest.mark.parametrize("page", PAGES, ids=lambda file: file.name)
def test_every_page_shows_it_in_the_one_way(page: Path) -> None:
    assert not BARE.search(page.read_text(encoding="utf-8"))


def test_it_is_shown_in_groups_and_is_whole_without_them(
    housing: Housing, applicant: Browser
) -> None:
    draft = housing.written("ordinary")
    materials = f"{draft}/materials"
    applicant.attach(materials, f"{materials}/land_title/files", "证.pdf", PDF)
    [kept] = housing.office.uploading.uploads(housing.draft(draft).id)
    for page in (materials, f"{draft}/check"):
        html = applicant.get(page).text
        shown = fingerprint(kept.sha256)
        assert shown.count("<wbr>") == 7
        assert f'<span class="fingerprint mono"><span>{shown}</span></span>' in html
        assert kept.sha256 in html.replace("<wbr>", "")
