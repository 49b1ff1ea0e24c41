"""What the outside sets of uploads is read once, and said plainly if it cannot be used."""

import pytest

from permits.environment import from_environment
from permits.outside.clamd import Clamd
from permits.outside.files import files_of
from permits.outside.store_bucket import StoreBucket
from permits.outside.store_folder import StoreFolder
from permits.settings import BadSetting, Limits
from tests.outside import buckets


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("PERMITS_FILE_MB", "0", "a number from 1 to"),
        ("PERMITS_PLACE_FILES", "many", "a number from 1 to"),
        ("PERMITS_PLACE_MB", "-5", "a number from 1 to"),
        ("PERMITS_PARTY_DAY_MB", "٥", "a number from 1 to"),
        ("PERMITS_FILES", "/srv/files", "s3://bucket"),
        ("PERMITS_FILES", "s3://", "s3://bucket"),
        ("PERMITS_S3_ENDPOINT", "s3.example", "https://"),
        ("PERMITS_CLAMD", "localhost", "host:port or the path of a socket"),
        ("PERMITS_CLAMD", "localhost:clamd", "host:port or the path of a socket"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_is_wanted(name, value, wanted):
    with pytest.raises(BadSetting) as bad:
        from_environment({name: value})
    assert name in str(bad.value)
    assert wanted in str(bad.value)


def test_without_settings_files_lie_in_a_folder_and_nobody_scans(tmp_path):
    settings = from_environment({"PERMITS_DATA": str(tmp_path)})
    files = files_of(settings)
    assert settings.limits == Limits(20, 50, 200, 500)
    assert isinstance(files.store, StoreFolder)
    assert files.clamd is None


def test_with_settings_they_lie_in_a_bucket_and_are_scanned(tmp_path, monkeypatch):
    for name, value in buckets.KEYS.items():
        monkeypatch.setenv(name, value)
    given = {
        "PERMITS_DATA": str(tmp_path),
        "PERMITS_FILES": "s3://permits/office/",
        "PERMITS_S3_ENDPOINT": "https://s3.example",
        "PERMITS_CLAMD": "/run/clamd.sock",
        "PERMITS_FILE_MB": "5",
        "PERMITS_PLACE_FILES": "6",
        "PERMITS_PLACE_MB": "7",
        "PERMITS_PARTY_DAY_MB": "8",
    }
    settings = from_environment(given)
    files = files_of(settings)
    assert settings.limits == Limits(5, 6, 7, 8)
    assert isinstance(files.store, StoreBucket)
    assert (files.store.bucket, files.store.prefix) == ("permits", "office/")
    assert isinstance(files.clamd, Clamd)
    assert files.clamd.at == "/run/clamd.sock"
