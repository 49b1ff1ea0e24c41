"""A folder and a bucket keep files alike: by their hash, never changed, whole or not at all."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from permits.outside.store_bucket import StoreBucket
from permits.outside.store_folder import COMING
from permits.outside.stores import Away, Brought, Damaged, Store, parts

CONTENT = b"what somebody handed in"
BEFORE = datetime(2020, 1, 1, tzinfo=UTC)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def coming(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir(exist_ok=True)
    return folder


def brought(store: Store, coming: Path, content: bytes = CONTENT, sha256: str = SHA256) -> Brought:
    file = coming / f"{COMING}{hashlib.sha256(content).hexdigest()[:8]}"
    file.write_bytes(content)
    return store.bring(file, sha256)


def read(store: Store, sha256: str = SHA256) -> bytes:
    with store.open(sha256) as source:
        return b"".join(parts(source))


def test_what_has_settled_can_be_read(store, coming):
    brought(store, coming).settle()
    assert read(store) == CONTENT
    assert list(coming.glob(f"{COMING}*")) == []


def test_what_has_not_settled_is_not_there(store, coming):
    brought(store, coming)
    with pytest.raises(FileNotFoundError):
        store.open(SHA256)


def test_what_is_dropped_leaves_nothing(store, coming):
    brought(store, coming).drop()
    assert store.sweep(LATER) == 0
    assert list(coming.glob(f"{COMING}*")) == []


def test_settling_and_dropping_may_be_repeated(store, coming):
    one = brought(store, coming)
    one.settle()
    one.settle()
    one.drop()
    one.drop()
    assert read(store) == CONTENT


def test_the_same_content_twice_is_one_file(store, coming):
    for _ in range(2):
        brought(store, coming).settle()
    assert read(store) == CONTENT


@pytest.mark.parametrize(
    "altered", [bytes(len(CONTENT)), CONTENT[:-1]], ids=["other bytes", "cut short"]
)
def test_what_is_kept_is_never_written_over(store, coming, altered):
    """What stands under a hash and has another one is left for whoever looks into it; nobody is
    told that their file was kept there."""
    put(store, SHA256, altered)
    with pytest.raises(Damaged):
        brought(store, coming)
    assert read(store) == altered


def test_what_never_settled_is_swept_up_after_a_time(store, coming):
    brought(store, coming)
    assert store.sweep(BEFORE) == 0
    assert store.sweep(LATER) == 1
    assert store.sweep(LATER) == 0


def test_sweeping_leaves_what_has_settled(store, coming):
    brought(store, coming).settle()
    assert store.sweep(LATER) == 0
    assert read(store) == CONTENT


def test_what_has_settled_is_listed_by_its_hash(store, coming):
    brought(store, coming).settle()
    other = b"never settled"
    brought(store, coming, other, hashlib.sha256(other).hexdigest())
    put(store, "not-a-hash", b"somebody else's")
    assert list(store.kept(LATER)) == [SHA256]
    assert list(store.kept(BEFORE)) == []


def test_a_file_is_removed_for_good_unless_it_came_in_a_moment_ago(store, coming):
    brought(store, coming).settle()
    assert not store.remove(SHA256, BEFORE)
    assert read(store) == CONTENT
    assert store.remove(SHA256, LATER)
    with pytest.raises(FileNotFoundError):
        store.open(SHA256)
    assert store.remove(SHA256, LATER), "what is not there is removed already"


def test_a_large_file_is_read_bit_by_bit(store, coming):
    large = bytes(3_000_000)
    digest = hashlib.sha256(large).hexdigest()
    brought(store, coming, large, digest).settle()
    with store.open(digest) as source:
        sizes = [len(part) for part in parts(source)]
    assert sum(sizes) == len(large)
    assert max(sizes) <= 1 << 20


def test_what_was_changed_on_its_way_into_a_bucket_is_not_kept(bucket, bucket_service, coming):
    store = StoreBucket(bucket, bucket_service)
    with pytest.raises(Damaged):
        brought(store, coming, b"what somebody handed on")
    assert store.sweep(LATER) == 0


def test_a_bucket_that_does_not_answer_is_no_empty_bucket(bucket, bucket_service):
    store = StoreBucket("s3://there-is-none/office", bucket_service)
    with pytest.raises(Away):
        store.open(SHA256)


def test_a_service_that_is_away_is_said_to_be(bucket, coming):
    store = StoreBucket(bucket, "http://127.0.0.1:9")
    with pytest.raises(Away):
        brought(store, coming)


def put(store: Store, sha256: str, content: bytes) -> None:
    """Put something under a hash behind the store's back."""
    if isinstance(store, StoreBucket):
        store._s3.put_object(Bucket=store.bucket, Key=store._key(sha256), Body=content)
    else:
        (store.part(sha256) / sha256).write_bytes(content)
