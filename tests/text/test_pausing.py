"""Why nothing goes out is told in the reader's language, unless a person gave the reason."""

from permits.text.pausing import RESTORED, reason


def test_a_restored_office_says_so_in_both_languages():
    noted = f"{RESTORED}2026-11-28T08:00:00Z"
    assert reason(noted, "en") == (
        "this office was restored from the backup of 2026-11-28T08:00:00Z (UTC)"
    )
    assert reason(noted, "zh") == "本系统由 2026-11-28T08:00:00Z（UTC）的备份恢复而来"


def test_what_a_person_typed_stands_as_it_was_typed():
    assert reason("搬迁机房", "en") == "搬迁机房"
    assert reason("", "zh") == ""
