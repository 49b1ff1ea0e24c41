"""A file is the log that its first bytes say, whatever its name is."""

import gzip

import pytest

from permits.exchange.log import BadLog, How, Oddities
from permits.exchange.reading import read_log
from tests.exchange.made import HEAD, trace, xes

NOON = "2022-06-09T12:00:00+08:00"
CSV = (HEAD + f"1,a,{NOON}\n").encode()
XES = xes(trace("1", [("a", NOON)])).encode()


def packed(content: bytes) -> bytes:
    """Packed the same at any time of day: the names of tests are made of it."""
    return gzip.compress(content, mtime=0)


@pytest.mark.parametrize(
    "content",
    [CSV, XES, b"\xef\xbb\xbf" + XES, b"\n " + XES[38:], packed(CSV), packed(XES)],
)
def test_a_file_is_read_as_what_it_is(content, tmp_path):
    path = tmp_path / "log.dat"
    path.write_bytes(content)
    assert [one.case for one in read_log(path, How(), Oddities())] == ["1"]


@pytest.mark.parametrize("content", [packed(XES)[:-12], packed(CSV)[:9] + b"xxxxxx"])
def test_a_packed_file_that_is_damaged_is_refused(content, tmp_path):
    path = tmp_path / "log.gz"
    path.write_bytes(content)
    with pytest.raises(BadLog, match="gzip"):
        list(read_log(path, How(), Oddities()))


def test_a_file_that_is_empty_is_refused(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(b"")
    with pytest.raises(BadLog, match="empty"):
        list(read_log(path, How(), Oddities()))
