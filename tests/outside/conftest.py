"""Where files are kept: a folder, and a bucket."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from permits.outside.store_bucket import StoreBucket
from permits.outside.store_folder import StoreFolder, made
from permits.outside.stores import Store
from tests.outside import buckets


@pytest.fixture(scope="session")
def bucket_service() -> Iterator[str]:
    with buckets.serving() as endpoint:
        yield endpoint


@pytest.fixture
def bucket(bucket_service: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a new bucket."""
    for name, value in buckets.KEYS.items():
        monkeypatch.setenv(name, value)
    return buckets.bucket(bucket_service, uuid.uuid4().hex)


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return StoreFolder(made(tmp_path / "files"))
    at = request.getfixturevalue("bucket")
    return StoreBucket(at, request.getfixturevalue("bucket_service"))
