"""A scanner for viruses is asked in its own words; what it did not look through is not taken."""

import io
import logging
import tempfile
from pathlib import Path

import pytest

from permits.outside.clamd import Clamd
from permits.outside.files import Files
from permits.text.uploads import Unfit
from tests.outside import clamds
from tests.papers import PDF, PNG


@pytest.mark.parametrize(
    ("behaviour", "content", "unfit"),
    [
        (clamds.scans, PDF, None),
        (clamds.scans, PDF + clamds.EICAR, Unfit.INFECTED),
        (clamds.fails, PDF, Unfit.UNCHECKED),
        (clamds.closes_early, PDF, Unfit.UNCHECKED),
        (clamds.hangs, PDF, Unfit.UNCHECKED),
    ],
)
def test_only_what_is_found_clean_is_taken(behaviour, content, unfit):
    with clamds.listening(behaviour) as address:
        assert Clamd(address, patience=0.3).scan(io.BytesIO(content)) is unfit


def test_a_scanner_may_listen_in_the_file_system():
    with (
        tempfile.TemporaryDirectory() as short,  # a socket's path has at most 107 characters
        clamds.listening(clamds.scans, Path(short, "clamd.sock")) as address,
    ):
        assert Clamd(address).scan(io.BytesIO(PDF)) is None


def test_a_large_file_is_sent_whole(tmp_path):
    large = bytes(3_000_000) + clamds.EICAR
    with clamds.listening(clamds.scans) as address:
        assert Clamd(address).scan(io.BytesIO(large)) is Unfit.INFECTED


@pytest.mark.parametrize("address", ["127.0.0.1:9", "/there/is/none.sock"])
def test_where_nobody_listens_nothing_is_taken(address, caplog):
    caplog.set_level(logging.WARNING)
    assert Clamd(address, patience=0.3).scan(io.BytesIO(PDF)) is Unfit.UNCHECKED
    assert "clamd cannot be asked" in caplog.text


@pytest.mark.parametrize("behaviour", [clamds.scans, clamds.fails])
def test_of_a_file_that_is_not_taken_nothing_is_left(tmp_path, behaviour):
    files = Files(tmp_path / "files")
    infected = PNG + clamds.EICAR
    with clamds.listening(behaviour) as address:
        files.clamd = Clamd(address)
        with files.incoming(io.BytesIO(infected)) as arrived:
            assert arrived in (Unfit.INFECTED, Unfit.UNCHECKED)
    assert [one for one in (tmp_path / "files").rglob("*") if one.is_file()] == []
