"""The commands about people's data, as they are typed."""

import json
import shutil

import pytest
from tools.personal_register import PAGE, page
from typer.testing import CliRunner

from permits.cli.main import app
from permits.services.office import Office
from permits.services.requests import Reasoned
from permits.settings import Settings
from tests.kit import beijing
from tests.services.conftest import BEGINS, GAS, Hands, at_work, real_time

BASIS = ("--basis", "个人信息保护法第47条")


@pytest.fixture
def run(tmp_path, monkeypatch, settled_on_sqlite):
    """Type a command for an office with a case that was withdrawn on 9 June 2022."""
    data, hands = tmp_path / "office", Hands(real_time)
    data.mkdir()
    shutil.copy(settled_on_sqlite, data / "permits.db")
    hands.set(BEGINS)
    office = Office(Settings(data=data, database=f"sqlite:///{data / 'permits.db'}"), hands)
    bureau = at_work(office, hands)
    case = bureau.people.file(GAS, "ordinary")
    bureau.people.act("applicant", case, "withdraw", Reasoned(reason="撤回"))
    office.close()
    monkeypatch.setenv("PERMITS_DATA", str(data))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    return lambda *words: CliRunner().invoke(app, [*map(str, words)])


def at(monkeypatch, day):
    monkeypatch.setattr("permits.settings.now", lambda: beijing(day))


def test_a_person_is_told_erased_and_then_not_found(run, tmp_path, monkeypatch):
    at(monkeypatch, "2022-06-10")
    told = tmp_path / "told.json"
    done = run("person", "export", "--value", "0371-00000000", "--to", told, "--by", "leader")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("2 values, written to ")
    assert told.stat().st_mode & 0o077 == 0, "for its owner alone"
    kept = json.loads(told.read_text(encoding="utf-8"))
    assert {one["value"] for one in kept["values"]} == {"经办人", "0371-00000000"}
    html = told.with_suffix(".html").read_text(encoding="utf-8")
    assert "联系电话 / Telephone" in html and "保存期限 / Kept for" in html
    refused = run("person", "erase", "--value", "0371-00000000", *BASIS)
    assert refused.exit_code == 1
    assert "kept until 2027-06-09" in refused.stderr and "nothing was erased" in refused.stderr
    at(monkeypatch, "2027-06-10")
    planned = run("person", "erase", "--value", "0371-00000000", *BASIS, "--dry-run")
    assert "2 fields would be erased" in planned.stdout
    erased = run("person", "erase", "--value", "0371-00000000", *BASIS, "--by", "leader")
    assert (erased.exit_code, erased.stdout.splitlines()[-1]) == (0, "2 fields were erased")
    assert "contact_name, contact_phone" in erased.stdout
    assert run("rebuild", "--check").stdout == "0 differences\n"
    assert (
        run("person", "export", "--value", "0371-00000000", "--to", told).stdout[:8] == "0 values"
    )


def test_an_account_is_told_with_its_sessions(run, tmp_path, monkeypatch):
    at(monkeypatch, "2022-06-10")
    told = tmp_path / "account.json"
    assert run("person", "export", "applicant", "--to", told).exit_code == 0
    kept = json.loads(told.read_text(encoding="utf-8"))
    assert kept["account"]["username"] == "applicant"
    assert "password" not in told.read_text(encoding="utf-8")
    assert run("person", "erase", "applicant", *BASIS).stderr.endswith("close it first\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("export", "--to", "x.json"), "name an account, or give --value"),
        (("export", "a", "--value", "bb", "--to", "x.json"), "name an account, or give --value"),
        (("export", "nobody", "--to", "x.json"), "there is no account nobody"),
        (("export", "--value", "x", "--to", "x.json"), "at least 2 characters"),
        (("export", "applicant", "--to", "/nowhere/x.json"), "cannot be written"),
        (("erase", "--value", "经办人", "--basis", "因经办人要求"), "names the person"),
        (("erase", "--value", "经办人", *BASIS, "--by", "nobody"), "no open account nobody"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run, monkeypatch, words, says):
    at(monkeypatch, "2027-06-10")
    refused = run("person", *words)
    assert refused.exit_code == 2
    assert says in refused.stderr and len(refused.stderr.splitlines()) == 1


def test_what_is_over_is_erased_by_a_run(run, monkeypatch):
    at(monkeypatch, "2027-06-10")
    planned = run("retention", "run", "--dry-run")
    assert "contact_name, contact_phone, 0 files" in planned.stdout
    assert "would be erased" in planned.stdout
    assert "were erased; 0 files swept" in run("retention", "run").stdout
    assert run("retention", "run").stdout.startswith("0 records, 0 drafts")
    assert run("rebuild", "--check").stdout == "0 differences\n"


def test_the_register_is_of_the_office_s_permit_types_in_both_languages(run):
    found = json.loads(run("person", "register", "--json").stdout)
    (name,) = [one for one in found["fields"] if one["field"] == "contact_name"]
    assert name["permit"] == "plan_exempt"
    assert name["title"] == {"zh": "联系人姓名", "en": "Name"}
    assert (name["keep"], name["mask"], name["example"]) == ("60m", "name", True)
    assert name["basis"]["zh"] == "《中华人民共和国个人信息保护法》第13条"
    assert name["seen_by"]["whole"] == ["applicant"]
    assert {one["permit"] for one in found["materials"]} == {"plan_exempt"}
    assert "| `plan_exempt` | `contact_name` |" in run("person", "register").stdout


def test_the_page_of_the_register_is_what_the_definitions_say():
    assert PAGE.read_text(encoding="utf-8") == page()
