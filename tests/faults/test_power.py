"""What a disk may hold after a loss of power: what was written through, and of the rest anything
that the folder knows of."""

import random

from tests.faults.disk import Asked, Does
from tests.faults.power import Platter, done, some, torn

FILE = "office.db"


def write(at, content, file=FILE):
    return Asked(Does.WRITE, file, at, content)


def sync(file=FILE):
    return Asked(Does.SYNC, file)


def images(platter, seed=1):
    return list(platter.images(random.Random(seed)))


def test_what_was_written_through_is_there_and_the_rest_may_be():
    platter = Platter({FILE: b"aaaa"})
    for asked in (write(0, b"bb"), sync(), write(2, b"cc")):
        platter.take(asked)
    first, whole, *others = images(platter)
    assert first == {FILE: b"bbaa"}
    assert whole == {FILE: b"bbcc"}
    assert all(one in (first, whole) for one in others)


def test_a_file_that_was_never_written_through_may_be_missing():
    platter = Platter({})
    platter.take(write(0, b"bb"))
    assert images(platter)[:2] == [{}, {FILE: b"bb"}]


def test_a_removal_counts_once_the_folder_was_written_through():
    for through, left in ((0, {FILE: b"aa"}), (1, {})):
        platter = Platter({FILE: b"aa"})
        platter.take(Asked(Does.REMOVE, FILE, through))
        assert images(platter)[0] == left


def test_what_follows_a_removal_lies_in_another_file():
    """Either the old file is there as it was, or the new one; never the one written into the
    other."""
    waiting = [Asked(Does.REMOVE, FILE, 0), write(0, b"b")]
    found = {
        bytes(done(bytearray(b"aa"), some(waiting, random.Random(n))) or b"") for n in range(50)
    }
    assert found == {b"aa", b"b", b""}


def test_a_piece_that_is_torn_ends_at_the_end_of_a_sector():
    sizes = {
        len(piece[-1].content)
        for seed in range(50)
        if (piece := torn([write(0, bytes(2048))], random.Random(seed)))
    }
    assert sizes <= {512, 1024, 1536, 2048}
    assert len(sizes) > 1


def test_a_file_that_is_cut_is_shorter():
    assert done(bytearray(b"abcd"), [Asked(Does.CUT, FILE, 2)]) == b"ab"
