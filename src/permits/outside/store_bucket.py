"""Files in a bucket that speaks the protocol of Amazon's S3, there or anywhere else.

Keys come from the environment as boto3 reads them (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY). A
file is brought under a name of its own, read back and compared, and only then copied to the name
of its hash, within the bucket.
"""

import io
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from permits.outside.stores import NAME, Away, Damaged, digest_of, verify

COMING = "incoming/"

_CONFIG = Config(
    connect_timeout=5,
    read_timeout=30,
    retries={"max_attempts": 3, "mode": "standard"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
"""Checksums beyond those of the first protocol are not understood everywhere; we have our own."""


class StoreBucket:
    """A bucket with files under `prefix`. `at` is `s3://bucket/prefix`, `endpoint` the address of
    the service, or empty for Amazon's."""

    def __init__(self, at: str, endpoint: str = "") -> None:
        parts_of = urlsplit(at)
        self.bucket = parts_of.netloc
        self.prefix = f"{parts_of.path.strip('/')}/".removeprefix("/")
        self._s3: Any = boto3.client("s3", endpoint_url=endpoint or None, config=_CONFIG)

    def bring(self, path: Path, sha256: str) -> "_Brought":
        verify(self, sha256)
        brought = _Brought(self, f"{self.prefix}{COMING}{secrets.token_hex(16)}", sha256)
        with path.open("rb") as source, _reached():
            self._s3.put_object(Bucket=self.bucket, Key=brought.key, Body=source)
        with self._opened(brought.key) as back:
            digest = digest_of(back)
        if digest != sha256:
            brought.drop()
            raise Damaged(sha256)
        path.unlink()
        return brought

    def open(self, sha256: str) -> BinaryIO:
        return self._opened(self._key(sha256))

    def remove(self, sha256: str, before: datetime) -> bool:
        key = self._key(sha256)
        with _reached():
            listed = self._s3.list_objects_v2(Bucket=self.bucket, Prefix=key)
            for one in listed.get("Contents", ()):
                if one["Key"] == key and one["LastModified"] >= before:
                    return False
            self._s3.delete_object(Bucket=self.bucket, Key=key)
        return True

    def kept(self, before: datetime) -> Iterator[str]:
        for key in self._older(self.prefix, before):
            name = key.rpartition("/")[2]
            if NAME.fullmatch(name):
                yield name

    def sweep(self, before: datetime) -> int:
        swept = 0
        for key in self._older(f"{self.prefix}{COMING}", before):
            self.take_away(key)
            swept += 1
        return swept

    def _older(self, prefix: str, before: datetime) -> Iterator[str]:
        """The keys that begin like this and were written before an instant."""
        pages = self._s3.get_paginator("list_objects_v2")
        with _reached():
            for page in pages.paginate(Bucket=self.bucket, Prefix=prefix):
                for one in page.get("Contents", ()):
                    if one["LastModified"] < before:
                        yield str(one["Key"])

    def settle(self, key: str, sha256: str) -> None:
        """Give what lies under `key` the name of its hash, unless something has it already."""
        if not self._has(self._key(sha256)):
            source = {"Bucket": self.bucket, "Key": key}
            with _reached():
                self._s3.copy_object(Bucket=self.bucket, Key=self._key(sha256), CopySource=source)
        self.take_away(key)

    def take_away(self, key: str) -> None:
        with _reached():
            self._s3.delete_object(Bucket=self.bucket, Key=key)

    def _key(self, sha256: str) -> str:
        return f"{self.prefix}{sha256[:2]}/{sha256}"

    def _has(self, key: str) -> bool:
        try:
            with _reached():
                self._s3.head_object(Bucket=self.bucket, Key=key)
        except FileNotFoundError:
            return False
        return True

    def _opened(self, key: str) -> BinaryIO:
        with _reached():
            body = self._s3.get_object(Bucket=self.bucket, Key=key)["Body"]
        return io.BufferedReader(_Stream(body))


class _Brought:
    def __init__(self, store: StoreBucket, key: str, sha256: str) -> None:
        self.key = key
        self._store = store
        self._sha256 = sha256
        self._there = True

    def settle(self) -> None:
        if self._there:
            self._store.settle(self.key, self._sha256)
            self._there = False

    def drop(self) -> None:
        if self._there:
            self._store.take_away(self.key)
            self._there = False


class _Stream(io.RawIOBase):
    """The body of an answer as a file to be read, and closed with its connection."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _reached():
            part: bytes = self._body.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        self._body.close()
        super().close()


@contextmanager
def _reached() -> Iterator[None]:
    """FileNotFoundError for what the bucket does not hold, Away for every other failure."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in _MISSING:
            raise FileNotFoundError(code) from None
        raise Away(code) from error
    except BotoCoreError as error:
        raise Away(type(error).__name__) from error


_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})
