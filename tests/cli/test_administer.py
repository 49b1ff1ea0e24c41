"""The commands of whoever runs an office, as they are typed."""

import re
import shutil

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from permits.cli.main import app
from permits.settings import shipped
from permits.store.database import open_database
from tests.services.altering import NEVER_CHECKED, slip_in

PARTY = "91350100M000100Y43"
OTHER = "924101720000000011"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Type a command for an office in a folder of its own."""
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path / "office"))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    monkeypatch.setenv("PERMITS_PASSWORD", "long enough")
    return lambda *words: CliRunner().invoke(app, [*map(str, words)])


OFFICER = ("--name", "窗口", "--role", "window", "--office", "planning_bureau")


def test_accounts_are_opened_listed_and_closed(run):
    opened = run("account", "open", "window", *OFFICER, "--department", "planning")
    assert (opened.exit_code, opened.stdout) == (0, "opened window\n")
    assert "window  window  planning_bureau/planning" in run("account", "list").stdout
    roles = ("--role", "leader", "--office", "planning_bureau", "--department", "planning")
    assert run("account", "roles", "window", *roles).stdout == "window: leader\n"
    assert run("account", "roles", "window", "--role", "applicant").exit_code == 2
    assert run("account", "close", "window").exit_code == 0
    assert "closed" in run("account", "list").stdout
    for again in (("roles", "window", *roles), ("close", "window")):
        refused = run("account", *again)
        assert refused.exit_code == 2
        assert refused.stderr == "the account window is closed for good; open another\n"


def test_an_account_that_cannot_be_is_refused_in_one_line(run):
    refused = run("account", "open", "window", *OFFICER)
    assert refused.exit_code == 2
    assert refused.stderr == "an officer belongs to an office and a department\n"
    assert run("account", "close", "nobody").stderr == "there is no account nobody\n"


def test_a_password_is_asked_for_where_none_is_given(run, monkeypatch):
    monkeypatch.delenv("PERMITS_PASSWORD")
    words = ["account", "open", "w", *OFFICER, "--department", "planning"]
    asked = CliRunner().invoke(app, words, input="long enough\nlong enough\n")
    assert asked.exit_code == 0, asked.output


def test_organisations_are_registered_under_a_right_code(run):
    assert run("account", "party", PARTY, "示例单位").exit_code == 0
    wrong = run("account", "party", PARTY[:-1] + "4", "示例单位")
    assert (wrong.exit_code, "GB 32100" in wrong.stderr) == (2, True)


def test_calendar_years_are_loaded_once_and_listed_with_their_notices(run):
    file = shipped("workflows") / "shared" / "calendar.yaml"
    assert "2026" in run("calendar", "load", file).stdout
    assert "nothing new" in run("calendar", "load", file).stdout
    listed = run("calendar", "list").stdout
    assert re.search(r"2022  .*国办发明电〔2021〕11号", listed)


def test_a_calendar_file_that_is_wrong_is_told_with_its_lines(run, tmp_path):
    broken = tmp_path / "calendar.yaml"
    broken.write_text("calendar: cn\nyears: maybe\n", encoding="utf-8")
    refused = run("calendar", "load", broken)
    assert refused.exit_code == 2
    assert str(broken) in refused.stderr
    assert "Traceback" not in refused.stderr
    missing = run("calendar", "load", tmp_path / "none.yaml")
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (2, True)


def test_messages_that_were_given_up_are_listed_and_begun_with_anew(run, tmp_path):
    assert run("undelivered").stdout == "0 messages and documents were given up\n"
    from sqlalchemy import insert

    from permits.store import outbox, tables
    from permits.store.database import open_database

    database = open_database(f"sqlite:///{tmp_path / 'office' / 'permits.db'}")
    row = {"id": "1/granted/applicant/", "kind": "mail", "stream": "case/1", "seq": 1,
           "payload": b"{}", "run_at": "2022-06-09", "attempts": outbox.MOST_ATTEMPTS,
           "error": "no way to the server"}  # fmt: skip
    with database.write() as connection:
        connection.execute(insert(tables.outbox), [row])
    database.close()
    listed = "1/granted/applicant/: no way to the server\n1 messages and documents "
    assert run("undelivered").stdout == f"{listed}were given up\n"
    assert run("undelivered", "--again").stdout == f"{listed}will be tried again\n"
    assert run("undelivered").stdout == "0 messages and documents were given up\n"


def test_definitions_are_published_once_and_only_without_findings(run, tmp_path):
    file = shipped("workflows") / "plan_exempt.yaml"
    assert run("publish", file).stdout.startswith("published plan_exempt ")
    assert "newest version already" in run("publish", file).stdout
    broken = tmp_path / "broken.yaml"
    broken.write_text("vocabulary: 2\n", encoding="utf-8")
    refused = run("publish", broken)
    assert (refused.exit_code, "schema." in refused.stderr) == (1, True)
    assert run("publish", tmp_path / "none.yaml").exit_code == 2


def test_an_edition_for_later_is_published_with_the_day_it_holds_from(run, tmp_path):
    shipped_file = shipped("workflows") / "plan_exempt.yaml"
    run("publish", shipped_file)
    text = shipped_file.read_text(encoding="utf-8")
    shutil.copytree(shipped("workflows") / "shared", tmp_path / "shared")
    later = tmp_path / "plan_exempt.yaml"
    first = "effective_from: 2022-06-01"
    assert first in text
    later.write_text(text.replace(first, "effective_from: 2999-01-01"), encoding="utf-8")
    told = run("publish", later)
    assert told.stdout.endswith("; it holds from 2999-01-01\n"), told.output


def test_a_rebuild_finds_nothing_in_a_fresh_office_and_mends_what_is_wrong(run, tmp_path):
    run("account", "party", PARTY, "示例单位")
    assert run("rebuild", "--check").stdout == "0 differences\n"
    from sqlalchemy import update

    from permits.store import people_tables
    from permits.store.database import open_database

    database = open_database(f"sqlite:///{tmp_path / 'office' / 'permits.db'}")
    with database.write() as connection:
        connection.execute(update(people_tables.party).values(name="改过的名称"))
    database.close()
    checked = run("rebuild", "--check")
    assert checked.exit_code == 1
    assert "party 91350100M000100Y43: name" in checked.stdout
    assert run("rebuild").stdout.endswith("1 differences mended\n")
    assert run("rebuild").stdout == "everything as the log says\n"


def test_a_log_that_was_changed_is_told(run, tmp_path):
    run("account", "party", PARTY, "示例单位")
    from sqlalchemy import text

    from permits.store.database import open_database

    database = open_database(f"sqlite:///{tmp_path / 'office' / 'permits.db'}")
    with database.write() as connection:
        connection.execute(text("DROP TRIGGER event_no_update"))
        connection.execute(text("UPDATE event SET hash = x'00'"))
    database.close()
    found = run("rebuild")
    assert (found.exit_code, "not whole" in found.stderr) == (1, True)


def test_a_record_of_what_cannot_have_happened_is_told_with_its_event(run, tmp_path):
    """Every hash fits, and only whoever follows it finds it; the other party is still compared."""
    run("account", "party", PARTY, "示例单位")
    run("account", "party", OTHER, "另一单位")
    database = open_database(f"sqlite:///{tmp_path / 'office' / 'permits.db'}")
    slip_in(database, f"party/{PARTY}", NEVER_CHECKED)
    with database.write() as connection:
        connection.execute(
            text("UPDATE party SET name = 'x' WHERE code = :other"), {"other": OTHER}
        )
    database.close()
    first, second, last = run("rebuild", "--check").stdout.splitlines()
    assert first.startswith(f"party/{PARTY}, event 2: there is no ")
    assert second.startswith(f"party {OTHER}: name is 'x'")
    assert last == "2 differences"
    again = run("rebuild")
    assert (again.exit_code, "nothing was made anew" in again.stderr) == (1, True)
    exported = run("account", "list")
    assert exported.exit_code == 0, exported.output


def test_a_calendar_that_cannot_be_read_ends_in_one_line(run, tmp_path):
    run("calendar", "load", shipped("workflows") / "shared" / "calendar.yaml")
    database = open_database(f"sqlite:///{tmp_path / 'office' / 'permits.db'}")
    slip_in(database, "calendar", b"nothing")
    database.close()
    for words in (("rebuild", "--check"), ("rebuild",), ("audit", "log")):
        told = run(*words)
        assert told.exit_code == 1, (words, told.output)
        assert "Traceback" not in told.output
        assert "calendar" in told.output


def test_what_was_changed_and_cannot_be_mended_is_told(run, tmp_path):
    """A value beside the log, then the definition everything was decided by."""
    from sqlalchemy import insert, text

    from permits.store import tables
    from permits.store.database import open_database

    run("publish", shipped("workflows") / "plan_exempt.yaml")
    database = open_database(f"sqlite:///{tmp_path / 'office' / 'permits.db'}")
    value = {"seal": "s", "stream": "case/1", "field": "name", "salt": b"", "value": "张三"}
    with database.write() as connection:
        connection.execute(insert(tables.sealed_value), [value])
    told = run("rebuild")
    assert told.exit_code == 1
    assert told.stdout.startswith("sealed_value s: name of case/1 is not what was sealed\n")
    assert told.stderr == "1 values or texts are not what was sealed or signed\n"
    assert "张三" not in told.output
    assert run("rebuild", "--check").stdout.endswith("1 differences\n")
    with database.write() as connection:
        connection.execute(text("DROP TRIGGER definition_no_update"))
        connection.execute(text("UPDATE definition SET content = x'7b7d'"))
    database.close()
    told = run("rebuild", "--check")
    assert (told.exit_code, "was changed after it was published" in told.stderr) == (1, True)
    refused = run("account", "list")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("the office cannot be opened: the definition ")


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("PERMITS_PORT", "eighty", "1 to 65535"),
        ("PERMITS_PROCESSES", "0", "1 to 64"),
        ("PERMITS_PROCESSES", "many", "1 to 64"),
        ("PERMITS_HTTPS", "yes", "true or false"),
        ("PERMITS_KEEP_DONE", "0", "days from 1 to"),
        ("PERMITS_KEEP_DONE", "for ever", "days from 1 to"),
        ("PERMITS_DATABASE", "mysql://x", "sqlite:///path or postgresql://"),
        ("PERMITS_MAIL", "mail.example.org", "smtp:// or smtp+starttls:// or smtps://host"),
        (
            "PERMITS_MAIL",
            "smtp://mail.example.org:mail",
            "smtp:// or smtp+starttls:// or smtps://host",
        ),
        ("PERMITS_MAIL", "smtp://", "smtp:// or smtp+starttls:// or smtps://host"),
        ("PERMITS_ADDRESS", "permits.example.org", "https:// or http://host"),
        ("PERMITS_CREDIT_TERMS", "nowhere.yaml", "a file that is there"),
        ("PERMITS_SESSION_IDLE", "0", "minutes from 1 to 1440"),
        ("PERMITS_STAFF_SESSION_LONGEST", "for ever", "minutes from 1 to 1440"),
        ("PERMITS_PASSWORD_SHORTEST", "7", "from 8 to 64"),
        ("PERMITS_PASSWORDS", "weak", "asvs or dengbao3"),
        ("PERMITS_CODE_DRIFT", "2", "0 or 1"),
        ("PERMITS_BREACHED_PASSWORDS", "nowhere.txt", "a file that is there"),
        ("PERMITS_TLS_CERTIFICATE", "nowhere.pem", "a file that is there"),
        ("PERMITS_LOG_TO", "syslog://logs.example", "syslog+tls://host"),
        ("PERMITS_LOG_CA", "nowhere.pem", "a file that is there"),
        ("PERMITS_DATABASE_FILE", "nowhere.url", "a file that is there"),
        ("PERMITS_STAFF_SECOND_FACTOR", "perhaps", "true or false"),
        ("PERMITS_STEP_UP", "1", "true or false"),
        ("PERMITS_PROXIES", "my proxy", "addresses or networks"),
        ("PERMITS_SECRET_KEY", "short", "32 bytes in base64"),
        ("PERMITS_SECRET_KEY_FILE", "nowhere.key", "a file that is there"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(run, monkeypatch, name, value, wanted):
    monkeypatch.setenv(name, value)
    refused = run("account", "list")
    assert refused.exit_code == 2
    assert name in refused.stderr
    assert wanted in refused.stderr


def test_terms_that_cannot_be_used_are_told_with_every_reason(run, monkeypatch, tmp_path):
    shipped_terms = shipped("workflows") / "shared" / "credit.yaml"
    file = tmp_path / "terms.yaml"
    monkeypatch.setenv("PERMITS_CREDIT_TERMS", str(file))
    file.write_text(shipped_terms.read_text(encoding="utf-8"), encoding="utf-8")
    assert run("account", "list").exit_code == 0
    file.write_text("credit: other\nlaws: {}\nterms: []\n", encoding="utf-8")
    refused = run("account", "list")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("the office cannot be opened: PERMITS_CREDIT_TERMS: ")
    assert "terms.yaml: credit:" in refused.stderr
    assert "terms.yaml: terms:" in refused.stderr


def test_a_setting_with_a_password_is_not_repeated(run, monkeypatch):
    monkeypatch.setenv("PERMITS_MAIL", "ftp://office:secret@mail.example.org")
    assert "secret" not in run("account", "list").output


def test_a_database_that_cannot_be_reached_is_told_in_one_line(run, monkeypatch):
    monkeypatch.setenv("PERMITS_DATABASE", "postgresql://nobody@127.0.0.1:1/none")
    refused = run("account", "list")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("the office cannot be opened: ")
    assert refused.stderr.count("\n") == 1
