"""Words about signing in."""

import pytest

from permits.casework.password_rules import Weakness
from permits.sign_in_rules import STRICT
from permits.text.sign_in import browser, duration, weakness

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (CHROME, "Windows上的Chrome浏览器"),
        (f"{CHROME} Edg/150.0", "Windows上的Edge浏览器"),
        (f"{CHROME} QQBrowser/19", "Windows上的QQ浏览器"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/20 Safari/605",
            "macOS上的Safari浏览器",
        ),
        (
            "Mozilla/5.0 (Phone; OpenHarmony 5.0) Chrome/150 HuaweiBrowser/6",
            "HarmonyOS上的Huawei浏览器",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/150 MicroMessenger/8", "Android上的微信浏览器"),
        ("curl/8.0", "未知程序"),
        ("Mozilla/5.0 (X11; Linux x86_64)", "Linux"),
        ("", "未知程序"),
    ],
)
def test_a_browser_is_told_in_words(agent: str, said: str) -> None:
    assert browser(agent, "zh") == said


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (1, "1秒", "1 second"),
        (60, "60秒", "60 seconds"),
        (61, "2分钟", "2 minutes"),
        (900, "15分钟", "15 minutes"),
    ],
)
def test_a_time_to_wait_is_told_in_words(seconds: int, zh: str, en: str) -> None:
    assert (duration(seconds, "zh"), duration(seconds, "en")) == (zh, en)


@pytest.mark.parametrize("one", Weakness)
def test_each_weakness_is_told_in_both_languages(one: Weakness) -> None:
    zh, en = weakness(one, STRICT, "zh"), weakness(one, STRICT, "en")
    assert zh != en
    assert "%" not in zh + en
