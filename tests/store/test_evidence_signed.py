"""What was signed of the log is read back as it was kept: checkpoints, anchors, keys."""

from permits.casework.dates import as_text
from permits.store import evidence_signed
from permits.store.evidence_signed import Anchor, Signed
from tests.kit import beijing


def checkpoint(origin, size, at):
    return Signed(origin, size, bytes([size]) * 32, f"{origin} {size}", at, 0)


def test_the_newest_checkpoint_is_that_of_the_largest_tree(database):
    some = [
        checkpoint("a.cn", 3, "2022-06-09T01"),
        checkpoint("a.cn", 5, "2022-06-09T02"),
        checkpoint("b.cn", 7, "2022-06-09T03"),
        checkpoint("b.cn", 4, "2022-06-09T04"),
    ]
    with database.write() as connection:
        assert evidence_signed.newest(connection) is None
        for one in some:
            evidence_signed.keep_checkpoint(connection, one)
        assert evidence_signed.newest(connection) == some[2]
        assert evidence_signed.newest(connection, "a.cn") == some[1]
        assert evidence_signed.newest(connection, "c.cn") is None
        assert [one.size for one in evidence_signed.checkpoints(connection)] == [3, 4, 5, 7]
        assert evidence_signed.checkpoints_of(connection, "a.cn", 3) == [some[0]]
        assert evidence_signed.checkpoints_of(connection, "a.cn", 7) == []


def test_anchors_and_keys_are_kept_and_a_key_once(database):
    anchors = [
        Anchor(str(n), "a.cn", 3, "file", b"x", at)
        for n, at in enumerate(("2022-06-10", "2022-06-09"))
    ]
    first, later = beijing("2022-06-09"), beijing("2022-06-10")
    with database.write() as connection:
        for one in anchors:
            evidence_signed.keep_anchor(connection, one)
        assert evidence_signed.anchors(connection) == anchors[::-1]
        evidence_signed.keep_key(connection, "a.cn+1", "log", first)
        evidence_signed.keep_key(connection, "a.cn+1", "log", later)
        evidence_signed.keep_key(connection, "a.cn+2", "receipts", later)
        assert evidence_signed.keys(connection) == {
            "a.cn+1": ("log", as_text(first)),
            "a.cn+2": ("receipts", as_text(later)),
        }
