"""Whatever can be odd or wrong about a log has its words in both languages."""

from typing import get_args

import pytest

from permits.exchange import replay_wording, wording
from permits.exchange.log import LEFT_OUT, BadLog, Odd, Oddities, Oddity, Wrong
from permits.exchange.replay import Refused, Replayed, Why
from permits.text.words import LANGUAGES, Language

EACH = pytest.mark.parametrize("language", LANGUAGES)


def chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@EACH
def test_every_oddity_is_told_with_its_place(language: Language):
    for odd in get_args(Odd):
        line = wording.oddity(Oddity(odd, 7, "x"), language)
        assert "7" in line
        assert "x" in line
        assert chinese(line) is (language == "zh")
        assert (("left out" in line) or ("未采用" in line)) is (odd in LEFT_OUT)
    assert "e1" in wording.oddity(Oddity("no_case", "e1"), language)


@EACH
def test_everything_that_stops_the_reading_is_told(language: Language):
    told = {wording.unreadable(BadLog(wrong, 3, "X"), language) for wrong in get_args(Wrong)}
    assert len(told) == len(get_args(Wrong))
    assert all("3" in line and chinese(line) is (language == "zh") for line in told)
    assert "--encoding" in wording.unreadable(BadLog("encoding"), language)


@EACH
def test_of_many_oddities_the_first_are_shown_and_the_rest_counted(language: Language):
    odd = Oddities()
    for line in range(wording.MOST_SHOWN + 3):
        odd("no_case", line, "")
    lines = list(wording.oddities(odd, language))
    assert len(lines) == wording.MOST_SHOWN + 2
    assert "3" in lines[-1]


@EACH
def test_every_refusal_is_told(language: Language):
    refused = tuple(
        Refused("c", 2, "a", 9, why, ("here", "there"), ("accept",)) for why in get_args(Why)
    )
    lines = list(replay_wording.told(Replayed(4, 1, refused), language))
    assert lines[0].startswith("1 of 4" if language == "en" else "4件案件中1件")
    assert len({line.split("c", 1)[-1] for line in lines[4:]}) == 3
