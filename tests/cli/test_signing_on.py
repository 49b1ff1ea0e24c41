"""Accounts linked with issuers by an administrator, as it is typed."""

import json

import pytest
from typer.testing import CliRunner

from permits.cli.main import app
from tests.cli.test_administer import OFFICER

ISSUER = "https://id.example"


@pytest.fixture
def office(tmp_path, monkeypatch):
    """The data folder of an office with one issuer and one officer."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "secret").write_text("s", encoding="utf-8")
    one = {
        "id": "province",
        "title": {"zh": "省", "en": "Province"},
        "issuer": ISSUER,
        "client": "permits",
        "secret_file": "secret",
    }
    (folder / "issuers.json").write_text(json.dumps({"issuers": [one]}), encoding="utf-8")
    monkeypatch.setenv("PERMITS_DATA", str(folder))
    monkeypatch.setenv("PERMITS_PASSWORD", "long enough")
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    assert run("open", "window", *OFFICER, "--department", "planning").exit_code == 0
    return folder


def run(*words):
    return CliRunner().invoke(app, ["account", *words])


def test_an_identity_is_linked_with_one_account_until_it_is_unlinked(office):
    assert run("link", "window", "province", "s-1").stdout == "window signs in with province\n"
    assert run("open", "second", *OFFICER, "--department", "planning").exit_code == 0
    taken = run("link", "second", "province", "s-1")
    assert (taken.exit_code, "linked with an account already" in taken.stderr) == (2, True)
    assert run("unlink", "window", ISSUER).exit_code == 0
    assert run("link", "second", "province", "s-1").exit_code == 0
    assert run("unlink", "second", "province").exit_code == 0
    refused = run("unlink", "second", "province")
    assert (refused.exit_code, refused.stderr) == (2, "second is not linked with province\n")


def test_what_cannot_be_linked_is_said(office):
    refused = run("link", "window", "another", "s-1")
    assert refused.stderr == "there is no issuer another for window; known: ['province']\n"
    assert run("link", "nobody", "province", "s-1").stderr == "there is no account nobody\n"
    (office / "issuers.json").write_text("{}", encoding="utf-8")
    broken = run("link", "window", "province", "s-1")
    assert (broken.exit_code, "issuers.json" in broken.stderr) == (2, True)
