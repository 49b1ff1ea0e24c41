"""The files of an office are compared with their hashes, in a folder and in a bucket alike."""

import hashlib
import io
import uuid
from collections.abc import Callable, Iterator

import pytest
from click.testing import Result
from typer.testing import CliRunner

from permits.casework.access import Actor
from permits.cli import opening
from permits.cli.main import app
from permits.definitions.procedure import Role
from permits.outside.store_bucket import StoreBucket
from permits.outside.store_folder import StoreFolder
from permits.outside.stores import Store
from permits.services.demonstration.paper import pdf
from tests.outside import buckets

ME = Actor(id="somebody", roles=frozenset({Role.APPLICANT}), party="somebody's")
HASHES = {name: hashlib.sha256(pdf(name)).hexdigest() for name in ("one", "two", "three")}


@pytest.fixture(scope="module")
def bucket_service() -> Iterator[str]:
    with buckets.serving() as endpoint:
        yield endpoint


@pytest.fixture(params=["folder", "bucket"])
def run(request, tmp_path, monkeypatch) -> Callable[[], Result]:
    """Type the command for an office that keeps its files here or there."""
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    for name, value in buckets.KEYS.items():
        monkeypatch.setenv(name, value)
    if request.param == "bucket":
        endpoint = request.getfixturevalue("bucket_service")
        monkeypatch.setenv("PERMITS_S3_ENDPOINT", endpoint)
        monkeypatch.setenv("PERMITS_FILES", buckets.bucket(endpoint, uuid.uuid4().hex))
    return lambda: CliRunner().invoke(app, ["files", "check"])


@pytest.fixture
def store(run) -> Iterator[Store]:
    """The store of an office to which three files were uploaded."""
    with opening.office() as office:
        for name in HASHES:
            source = io.BytesIO(pdf(name))
            office.uploading.upload(f"case/{name}", "land_title", "a.pdf", source, ME)
        yield office.files.store


def test_an_office_without_files_has_none_amiss(run):
    result = run()
    assert (result.exit_code, result.stdout) == (0, "0 files, 0 bytes: none missing or altered\n")


def test_files_that_are_whole_are_counted(run, store):
    result = run()
    assert result.exit_code == 0
    size = sum(len(pdf(name)) for name in HASHES)
    assert result.stdout == f"3 files, {size} bytes: none missing or altered\n"


def test_what_is_missing_or_altered_is_named_with_the_case_it_is_of(run, store):
    overwrite(store, HASHES["one"], None)
    overwrite(store, HASHES["two"], pdf("owt"))
    result = run()
    assert result.exit_code == 1
    assert f"{HASHES['one']}  missing  case/one\n" in result.stdout
    assert f"{HASHES['two']}  altered  case/two\n" in result.stdout
    assert HASHES["three"] not in result.stdout
    assert "2 missing or altered" in result.stdout


def overwrite(store: Store, sha256: str, content: bytes | None) -> None:
    """Do to a file what nobody should."""
    if isinstance(store, StoreFolder):
        path = store.part(sha256) / sha256
        path.unlink()
        if content is not None:
            path.write_bytes(content)
    elif isinstance(store, StoreBucket):
        store.take_away(store._key(sha256))
        if content is not None:
            store._s3.put_object(Bucket=store.bucket, Key=store._key(sha256), Body=content)
