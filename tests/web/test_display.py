"""How pages look is for whoever reads them to say: a cookie says it, the server writes it."""

import gzip

import pytest

from permits.web import packing
from tests.web.housing import Browser, Housing

LARGE = '<html lang="zh-CN" class="large-text">'
PLAIN = '<html lang="zh-CN">'


def test_large_text_is_switched_on_and_off_without_an_account(anyone: Browser) -> None:
    assert PLAIN in anyone.get("/").text
    chosen = anyone.get("/display/large-text/on?next=/register%3Fq%3Dx")
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/register?q=x")
    page = anyone.get("/lookup").text
    assert LARGE in page
    assert "/display/large-text/off?next=/lookup" in page
    anyone.get("/display/large-text/off")
    assert PLAIN in anyone.get("/").text


def test_both_can_be_had_and_stay_after_signing_in(housing: Housing) -> None:
    browser = housing.browser("fire")
    for what in ("large-text", "high-contrast"):
        browser.get(f"/display/{what}/on")
    assert 'class="large-text high-contrast"' in browser.get("/applications").text
    assert 'class="large-text high-contrast"' in browser.get("/no-such-page").text


@pytest.mark.parametrize("path", ["/display/huge/on", "/display/large-text/maybe"])
def test_what_there_is_not_is_not_found(anyone: Browser, path: str) -> None:
    assert anyone.get(path).status_code == 404


def test_nobody_is_led_elsewhere_and_no_other_value_comes_into_the_page(anyone: Browser) -> None:
    away = anyone.get("/display/large-text/on?next=https://example.org/")
    assert away.headers["location"] == "/"
    anyone.cookies.set("high-contrast", '"><script>')
    assert "<script>" not in anyone.get("/").text


def test_pages_are_packed_for_whoever_takes_that(anyone: Browser) -> None:
    packed = anyone.get("/", headers={"accept-encoding": "gzip"})
    plain = anyone.get("/", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in plain.headers
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.text == plain.text


def test_how_long_a_packed_page_is_says_nothing_of_what_is_in_it() -> None:
    page = b"<p>the same</p>" * 1_000
    found = [packing.packed(page, {"accept-encoding": "gzip, br"}) for _ in range(200)]
    assert {gzip.decompress(one or b"") for one in found} == {page}
    assert len({len(one or b"") for one in found}) > 50


def test_a_page_that_is_short_is_sent_as_it_is() -> None:
    assert packing.packed(b"short", {"accept-encoding": "gzip"}) is None
