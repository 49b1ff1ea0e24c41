"""What programs are told in words: every trouble, and every place that does not fit."""

import pytest
from pydantic import BaseModel, ValidationError

from permits.services.requests import REQUEST_OF, Report, Verify
from permits.settings import Limits
from permits.text import shapes, troubles
from permits.text.troubles import Trouble
from permits.text.words import LANGUAGES, preferred


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_a_sentence_in_both_languages(trouble: Trouble) -> None:
    zh, en = (troubles.sentence(trouble, one, Limits()) for one in LANGUAGES)
    assert zh != en
    assert en.isascii()
    assert zh.endswith("。")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503])
def test_every_status_code_has_a_title(status: int) -> None:
    assert troubles.title(status, "zh") != troubles.title(status, "en")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("EN", "en"),
        ("zh-CN, en;q=0.9", "zh"),
        ("fr, en;q=0.2, zh;q=0.1", "en"),
        ("en;q=0.5, zh-Hans;q=0.5", "zh"),
        ("fr", "zh"),
        ("*", "zh"),
        ("en;q=0", "zh"),
        ("en;q=much, zh;q=0.1", "zh"),
        ("en;level=1", "zh"),
        ("en;q=2", "zh"),
        (";;,,=", "zh"),
    ],
)
def test_the_language_that_is_liked_best_is_spoken(header: str, language: str) -> None:
    assert preferred(header) == language


MODELS = (*dict.fromkeys(REQUEST_OF.values()), Report, Verify)
WRONG = ('{"x": 1}', "[]", "{}", '{"on": 5, "means": "bird", "obligation": 1, "passed": "no"}')


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("raw", WRONG)
def test_what_does_not_fit_is_told_in_words(model: type[BaseModel], raw: str) -> None:
    try:
        model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        for one in error.errors():
            told = shapes.sentence(one["type"], one.get("ctx", {}), "en")
            assert told != shapes.sentence("unheard_of", {}, "en"), one
            assert "%" not in told
            assert told != shapes.sentence(one["type"], one.get("ctx", {}), "zh")


def test_a_choice_names_what_can_be_chosen() -> None:
    context = {"expected": "'online', 'counter' or 'post'"}
    told = shapes.sentence("literal_error", context, "en")
    assert told == "Write one of: online, counter, post"
