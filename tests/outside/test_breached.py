"""Passwords that were in breaches are found in a sorted file of hashes, wherever they stand."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permits.outside.breached import BadList, Breached


def listed(file: Path, passwords: set[str], *, ends: str = "\r\n") -> Breached:
    lines = sorted(
        f"{hashlib.sha1(one.encode()).hexdigest().upper()}:{place % 4000 + 1}"  # noqa: S324
        for place, one in enumerate(passwords)
    )
    file.write_bytes("".join(line + ends for line in lines).encode())
    return Breached(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(known=st.sets(st.text(min_size=1, max_size=12), min_size=1), others=st.sets(st.text()))
def test_what_is_listed_is_found_and_nothing_else(tmp_path: Path, known, others) -> None:
    for ends in ("\n", "\r\n"):
        breached = listed(tmp_path / "list", known, ends=ends)
        assert all(one in breached for one in known)
        assert not any(one in breached for one in others - known)


def test_a_list_without_an_end_of_line_at_its_end_is_read_to_its_end(tmp_path: Path) -> None:
    breached = listed(tmp_path / "list", {f"known {number}" for number in range(500)})
    file = tmp_path / "list"
    file.write_bytes(file.read_bytes().rstrip(b"\r\n").lower())
    assert all(f"known {number}" in breached for number in range(500))
    assert not any(f"other {number}" in breached for number in range(500))


@pytest.mark.parametrize("content", [b"", b"password\n", b"0123:4\n", b"x" * 500])
def test_a_file_that_is_no_such_list_is_refused_with_its_name(tmp_path: Path, content) -> None:
    file = tmp_path / "list"
    file.write_bytes(content)
    with pytest.raises(BadList, match="list is no list of breached passwords"):
        Breached(file)


def test_a_list_that_went_away_is_an_alarm_and_no_answer(tmp_path: Path) -> None:
    breached = listed(tmp_path / "list", {"known"})
    (tmp_path / "list").unlink()
    with pytest.raises(FileNotFoundError):
        "known" in breached  # noqa: B015
