"""What an office lacks before it may stand on a network, and why `permits serve` ends."""

import json
import os
from dataclasses import replace
from ipaddress import IPv4Network
from pathlib import Path

import pytest
from typer.testing import CliRunner

from permits.cli.main import app
from permits.environment import from_environment
from permits.services.readiness import lacks, weak
from permits.settings import BadSetting, Settings, Tls
from tests.cli.serving import Served

DRAWN = "wq8Zk2Vn5Rt7Lx3Bc9Hd4Mf6Gs1Jp0Ya"


@pytest.fixture
def ready(tmp_path: Path) -> Settings:
    """An office that lacks nothing."""
    folder = tmp_path / "office"
    folder.mkdir(mode=0o700)
    return Settings(
        data=folder,
        database=f"sqlite:///{folder / 'permits.db'}",
        address="https://permits.example",
        proxies=(IPv4Network("10.0.0.5"),),
    )


def lacking(settings: Settings, *, demonstration: bool = False, **environment: str) -> set[str]:
    return {one.setting for one in lacks(settings, environment, demonstration=demonstration)}


def test_an_office_that_is_set_up_lacks_nothing(ready: Settings) -> None:
    assert lacking(ready) == set()


@pytest.mark.parametrize(
    ("changed", "about"),
    [
        ({"https": False}, "PERMITS_HTTPS"),
        ({"address": ""}, "PERMITS_ADDRESS"),
        ({"address": "http://permits.example"}, "PERMITS_ADDRESS"),
        ({"database": "postgresql://permits:postgres@db/permits"}, "PERMITS_DATABASE"),
        ({"database": "postgresql://permits:aaaaaaaaaaaaaaaa@db/permits"}, "PERMITS_DATABASE"),
        ({"mail": "smtp://permits:changeme@mail.example"}, "PERMITS_MAIL"),
        ({"database": f"postgresql://permits:{DRAWN}@db/permits"}, "PERMITS_DATABASE"),
        ({"database": f"postgresql://permits:{DRAWN}@db/p?sslmode=prefer"}, "PERMITS_DATABASE"),
        ({"mail": "smtp://mail.example"}, "PERMITS_MAIL"),
        ({"proxies": ()}, "PERMITS_PROXIES"),
        ({"host": "192.0.2.1"}, "PERMITS_TLS_CERTIFICATE"),
        ({"host": "0.0.0.0"}, "PERMITS_TLS_CERTIFICATE"),  # noqa: S104 - what is refused
        ({"s3_endpoint": "http://s3.example"}, "PERMITS_S3_ENDPOINT"),
    ],
)
def test_each_setting_that_is_missing_is_named(
    ready: Settings, changed: dict[str, object], about: str
) -> None:
    assert lacking(replace(ready, **changed)) == {about}


@pytest.mark.parametrize(
    "changed",
    [
        {"database": f"postgresql://permits:{DRAWN}@db/permits?sslmode=verify-full"},
        {"database": f"postgresql://permits:{DRAWN}@localhost/permits"},
        {"database": f"postgresql://permits:{DRAWN}@/permits?host=/run/postgresql"},
        {"mail": "smtps://mail.example"},
        {"mail": f"smtp://permits:{DRAWN}@mail.example"},
        {"mail": "smtp://localhost"},
        {"host": "::1"},
        {"host": "192.0.2.1", "tls": Tls(Path("office.pem"), Path("office.key"))},
        {"s3_endpoint": "https://s3.example"},
        {"s3_endpoint": "http://127.0.0.2:9000"},
    ],
)
def test_what_goes_to_other_machines_goes_over_tls(
    ready: Settings, changed: dict[str, object]
) -> None:
    assert lacking(replace(ready, **changed)) == set()


def test_services_of_other_offices_are_asked_over_tls(ready: Settings) -> None:
    described = {
        "id": "land",
        "title": {"zh": "土地", "en": "Land"},
        "gives": ["early_start/land_document"],
        "fresh_days": 30,
    }
    for url, lack in (
        ("http://land.example/records", {"PERMITS_SHARED_DATA"}),
        ("https://land.example/records", set()),
        ("http://localhost:8080/records", set()),
    ):
        ready.sources.write_text(json.dumps({"sources": [{**described, "url": url}]}))
        assert lacking(ready) == lack


@pytest.mark.parametrize("name", ["PERMITS_DATABASE", "PERMITS_MAIL", "PERMITS_SECRET_KEY"])
def test_a_setting_that_holds_a_secret_may_be_a_file_which_nobody_else_may_read(
    ready: Settings, tmp_path: Path, name: str
) -> None:
    secret = {
        "PERMITS_DATABASE": f"postgresql://permits:{DRAWN}@localhost/permits",
        "PERMITS_MAIL": f"smtps://permits:{DRAWN}@mail.example",
        "PERMITS_SECRET_KEY": DRAWN,
    }[name]
    file = tmp_path / "given"
    file.write_text(f"{secret}\n")
    given = from_environment({f"{name}_FILE": str(file)})
    assert secret in (given.database, given.mail, given.secret_keys)
    file.chmod(0o644)
    assert lacking(ready, **{f"{name}_FILE": str(file)}) == {f"{name}_FILE"}
    file.chmod(0o600)
    assert lacking(ready, **{f"{name}_FILE": str(file)}) == set()
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(BadSetting, match=f"{name}_FILE cannot be read"):
        from_environment({f"{name}_FILE": str(file)})


def test_a_certificate_comes_with_its_key(tmp_path: Path) -> None:
    names = {
        "PERMITS_TLS_CERTIFICATE": tmp_path / "office.pem",
        "PERMITS_TLS_KEY_FILE": tmp_path / "office.key",
    }
    for file in names.values():
        file.touch()
    given = {name: str(file) for name, file in names.items()}
    assert from_environment(given).tls == Tls(*names.values())
    for name, file in given.items():
        with pytest.raises(BadSetting, match="are set together or not at all"):
            from_environment({name: file})


def test_secrets_of_every_kind_are_looked_at_by_their_names(ready: Settings) -> None:
    assert lacking(ready, PERMITS_VAULT_KEY="changeme") == {"PERMITS_VAULT_KEY"}
    assert lacking(ready, PERMITS_FILES_SECRET="short") == {"PERMITS_FILES_SECRET"}
    assert lacking(ready, PERMITS_VAULT_KEY=DRAWN, PERMITS_PASSWORD="correct horse") == set()
    assert lacking(ready, PERMITS_FILES_KEY_ID="office", OTHER_KEY="secret") == set()


@pytest.mark.parametrize(
    ("secret", "guessed"),
    [
        ("change-me", True),
        ("Password123!", True),
        ("demonstration", True),
        ("a" * 40, True),
        ("0123456789", True),
        (DRAWN, False),
    ],
)
def test_a_secret_that_comes_with_a_program_or_is_short_can_be_guessed(
    secret: str, *, guessed: bool
) -> None:
    assert weak(secret, 32) is guessed


def test_nobody_else_on_the_machine_may_read_the_folder(ready: Settings) -> None:
    ready.data.chmod(0o755)
    assert lacking(ready) == {"PERMITS_DATA"}
    ready.data.chmod(0o750)
    assert lacking(ready) == set()


def test_nobody_else_on_the_machine_may_read_a_key(ready: Settings, tmp_path: Path) -> None:
    key = tmp_path / "vault.key"
    key.write_text(DRAWN, encoding="utf-8")
    key.chmod(0o644)
    assert lacking(ready, PERMITS_VAULT_KEY_FILE=str(key)) == {"PERMITS_VAULT_KEY_FILE"}
    key.chmod(0o600)
    assert lacking(ready, PERMITS_VAULT_KEY_FILE=str(key)) == set()
    assert lacking(ready, PERMITS_VAULT_KEY_FILE=str(tmp_path / "none")) == set()


def test_nobody_else_may_read_the_token_of_another_office(ready: Settings) -> None:
    ready.sources.write_text(
        '{"sources": [{"id": "land", "title": {"zh": "土地", "en": "Land"}, "gives": ["a/b"],'
        ' "fresh_days": 3, "url": "https://land.example", "token_file": "land.token"}]}',
        encoding="utf-8",
    )
    token = ready.data / "land.token"
    token.write_text(DRAWN, encoding="utf-8")
    token.chmod(0o604)
    assert lacking(ready) == {"PERMITS_SHARED_DATA"}
    ready.sources.write_text("no JSON", encoding="utf-8")
    assert lacking(ready) == set()


def test_nobody_else_may_read_what_an_issuer_is_asked_with(ready: Settings) -> None:
    ready.issuers_file.write_text(
        '{"issuers": [{"id": "province", "title": {"zh": "省", "en": "Province"}, "client": "c",'
        ' "issuer": "https://province.example", "secret_file": "province.secret"}]}',
        encoding="utf-8",
    )
    secret = ready.data / "province.secret"
    secret.write_text(DRAWN, encoding="utf-8")
    secret.chmod(0o604)
    assert lacking(ready) == {"PERMITS_ISSUERS"}
    secret.chmod(0o600)
    assert lacking(ready) == set()
    ready.issuers_file.write_text("no JSON", encoding="utf-8")
    assert lacking(ready) == set()


def test_a_database_elsewhere_is_looked_at_too(ready: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    elsewhere.touch(mode=0o644)
    elsewhere.chmod(0o644)
    settings = replace(ready, database=f"sqlite:///{elsewhere}")
    assert lacking(settings) == {"PERMITS_DATABASE"}


def test_accounts_whose_password_everybody_knows_are_no_office(ready: Settings) -> None:
    assert lacking(ready, demonstration=True) == {"PERMITS_DATA"}


def test_what_is_for_development_is_left_out(ready: Settings) -> None:
    assert lacking(ready, PYTHONASYNCIODEBUG="1") == {"PYTHONDEVMODE"}


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office for which nothing is set."""
    for name in [one for one in os.environ if one.startswith("PERMITS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path / "office"))
    return tmp_path / "office"


def test_the_doctor_tells_everything_at_once(bare: Path, monkeypatch) -> None:
    told = CliRunner().invoke(app, ["doctor"])
    assert told.exit_code == 1
    assert told.stdout.splitlines()[0].startswith("wanted  PERMITS_ADDRESS: is not the address")
    assert told.stdout.endswith("1 wanted, 1 advised\n")
    assert not bare.exists()
    monkeypatch.setenv("PERMITS_ADDRESS", "https://permits.example")
    monkeypatch.setenv("PERMITS_PROXIES", "127.0.0.1")
    told = CliRunner().invoke(app, ["doctor"])
    assert (told.exit_code, told.stdout) == (0, "0 wanted, 0 advised\n")


def test_an_office_is_not_served_until_nothing_is_wanted(bare: Path, monkeypatch) -> None:
    monkeypatch.setenv("PERMITS_HTTPS", "false")
    monkeypatch.setenv("PERMITS_VAULT_KEY", "changeme")
    served = Served(bare)
    told = served.ended()
    assert served.process.returncode == 2
    assert told.startswith("this office cannot stand on a network:\n")
    for name in ("PERMITS_HTTPS", "PERMITS_ADDRESS", "PERMITS_VAULT_KEY"):
        assert f"\n{name}: " in told
    assert "changeme" not in told
    assert not bare.exists()


def test_a_trial_is_for_this_machine_alone(bare: Path, monkeypatch) -> None:
    monkeypatch.setenv("PERMITS_TRIAL", "true")
    monkeypatch.setenv("PERMITS_HOST", "192.0.2.1")
    assert "is for this machine alone" in Served(bare).ended()


def test_a_folder_that_is_made_is_nobody_elses(bare: Path, monkeypatch) -> None:
    monkeypatch.setenv("PERMITS_TRIAL", "true")
    assert CliRunner().invoke(app, ["account", "list"]).exit_code == 0
    assert bare.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PERMITS_PROXIES", "front.example", "addresses or networks"),
        ("PERMITS_PROXIES", "10.0.0.5/24", "addresses or networks"),
        ("PERMITS_PROXIES", "0.0.0.0/0", "which is everybody"),
        ("PERMITS_MOST_REQUESTS", "0", "from 1 to 10000"),
        ("PERMITS_TRIAL", "yes", "true or false"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(bare, monkeypatch, name, value, says) -> None:
    monkeypatch.setenv(name, value)
    told = CliRunner().invoke(app, ["doctor"])
    assert told.exit_code == 2
    assert told.stderr.startswith(name)
    assert says in told.stderr


def test_the_access_log_is_listed_with_what_was_done_at_the_command_line(
    bare: Path, monkeypatch
) -> None:
    monkeypatch.setenv("PERMITS_TRIAL", "true")
    monkeypatch.setenv("PERMITS_PASSWORD", "long enough for anybody")
    run = CliRunner().invoke
    opened = ["account", "open", "chen", "--name", "陈", "--role", "auditor"]
    assert run(app, opened).exit_code == 0
    assert run(app, ["undelivered", "--again"]).exit_code == 0
    told = run(app, ["audit", "access"]).stdout.splitlines()
    assert [line.split("  ")[1:3] for line in reversed(told)] == [
        ["chen", "AccountOpened"],
        ["setup", "CommandRun"],
    ]
    assert "command=undelivered --again" in told[0]
    only = run(app, ["audit", "access", "--kind", "CommandRun", "--json"]).stdout
    assert '"operator":"' in only
    assert len(only.splitlines()) == 1
    of_one = run(app, ["audit", "access", "--account", "chen"]).stdout
    assert len(of_one.splitlines()) == 1
    assert run(app, ["audit", "access", "--until", "2001-01-01"]).stdout == ""
    assert run(app, ["audit", "access", "--since", "2001-01-01"]).stdout != ""
    assert run(app, ["audit", "access", "--account", "nobody"]).exit_code == 2
