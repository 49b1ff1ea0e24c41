"""`permits simulate` and `permits back-test` as they are used: what they print, and refuse."""

import json

import pytest
from typer.testing import CliRunner

from permits.analytics import moved_cases
from permits.cli.main import app
from permits.services.demonstration.clock import Hands
from permits.services.office import Office
from permits.services.requests import OpinionIn
from permits.settings import Settings, shipped
from tests.services.conftest import BEGINS, GAS, real_time, settled

DEFINITION = shipped("workflows") / "plan_exempt.yaml"
NOON = "T12:00:00+08:00"


def decided(bureau, days):
    """Ordinary cases that were accepted on Thursday 9 June 2022 and granted on these days."""
    cases = []
    for _day in days:
        cases.append(bureau.people.file(GAS, "ordinary"))
        bureau.people.act("window", cases[-1], "accept")
    for day, case in sorted(zip(days, cases, strict=True)):
        bureau.at(day)
        opinion = OpinionIn(recommends="grant", opinion="符合要求。")
        bureau.people.act("examiner", case, "examine", opinion)
        bureau.people.act("leader", case, "grant")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Five ordinary cases that took 1, 1, 2, 3 and 3 working days, and two on commitment."""
    data = tmp_path_factory.mktemp("simulated") / "office"
    hands = Hands(real_time)
    hands.set(BEGINS)
    opened = Office(Settings(data=data, database=f"sqlite:///{data / 'permits.db'}"), hands)
    bureau = settled(opened, hands)
    for _ in range(2):
        case = bureau.people.file(GAS, "commitment")
        bureau.people.act("window", case, "accept")
        bureau.people.act("window", case, "grant_on_the_spot")
    decided(bureau, ["2022-06-10", "2022-06-10", "2022-06-13", "2022-06-14", "2022-06-14"])
    opened.close()
    return data


@pytest.fixture
def run(office, monkeypatch):
    monkeypatch.setenv("PERMITS_DATA", str(office))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    return lambda *words: CliRunner().invoke(app, [*map(str, words)])


def test_what_the_cases_would_have_saved_as_json(run):
    done = run("simulate", "plan_exempt", "--samples", 200, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    figures = told["result"]["figures"]
    assert figures["days_saved"]["mean"] == 2
    assert figures["materials_saved"]["total"] == 25
    assert figures["acts_saved"]["mean"] == 1
    assert told["plan"] == {"share": 100, "seed": 1, "samples": 200, "ahead": 0}
    assert told["result"]["breaches"] is None
    assert run("simulate", "plan_exempt", "--samples", 200, "--json").stdout == done.stdout


def test_what_the_cases_would_have_saved_in_words(run):
    told = run("simulate", "plan_exempt", "--samples", 200, "--lang", "en").stdout
    assert "Working days saved: 2 (" in told
    assert "Steps on the ordinary track: examiner: 1 (1 to 1)" in told
    assert "Fewer than 30 cases" in told
    assert "No commitment was ever checked" in told
    assert "节约工作日：" in run("simulate", "plan_exempt", "--samples", 200).stdout.replace(
        ": ", "："
    )


def test_older_cases_than_are_read_at_once_are_told(run, monkeypatch):
    monkeypatch.setattr(moved_cases, "MOST", 2)
    told = run("simulate", "plan_exempt", "--lang", "en").stdout
    assert "Left out: 3 decided earlier than those that are read at once" in told
    assert "Fewer than 5 cases" in told
    assert "Working days saved: 3 (–)" in told


def test_where_nothing_was_decided_nothing_is_told_of_savings(run):
    done = run("simulate", "plan_exempt", "--from", "2023-01-01", "--lang", "en")
    assert "nothing is told of savings" in done.stdout
    assert "Working days saved" not in done.stdout


def test_the_prediction_stands_beside_what_happened(run):
    # Both commitment cases saved five materials and took no day; the ordinary ones took 2 on the
    # average.
    told = run("back-test", "--samples", 200, "--lang", "en").stdout
    assert "plan_exempt: 5 ordinary cases, 2 on commitment" in told
    assert "Materials saved: predicted 5 (5 to 5), happened 5: covered" in told
    assert ", happened 2: covered" in told
    [found] = json.loads(run("back-test", "--samples", 200, "--json").stdout)
    assert found["days"]["happened"] == 2


def test_an_outside_log_gives_days_and_the_rules_give_materials(run, tmp_path):
    log = tmp_path / "log.csv"
    rows = [f"{n},a,2022-06-09{NOON}\n{n},b,2022-06-{day}{NOON}\n" for n, day in
            enumerate(("10", "10", "13", "14", "14"))]  # fmt: skip
    log.write_text("case_id,activity,timestamp\n" + "".join(rows), encoding="utf-8")
    words = ("simulate", DEFINITION, "--log", log, "--samples", 200)
    told = run(*words, "--lang", "en").stdout
    assert "Working days saved: 2 (" in told
    assert "Of the rules, not of cases: the ordinary track always asks for 5 materials" in told
    plain = json.loads(run(*words, "--json").stdout)
    assert plain["figures"]["days_ordinary"]["total"] == 10
    assert plain["rule_book"]["materials_ordinary"] == 5
    assert plain["left_out"] == {"unended": 0, "unreckoned": 0}


def test_of_a_log_whose_mapping_fits_no_case_nothing_is_told(run, tmp_path):
    log, mapping = tmp_path / "log.csv", tmp_path / "mapping.yaml"
    log.write_text(
        f"case_id,activity,timestamp\n1,a,2022-06-09{NOON}\n2,b,2098-06-09{NOON}\n"
        f"2,c,2098-06-19{NOON}\n",
        encoding="utf-8",
    )
    mapping.write_text("activities: {b: {action: accept}, c: {action: grant}}\n", encoding="utf-8")
    words = ("simulate", DEFINITION, "--log", log, "--mapping", mapping, "--lang", "en")
    told = run(*words).stdout
    assert "Left out: 1 without a beginning or an end in the log" in told
    assert "Left out: 1 in years that are not published" in told
    assert "nothing is told of savings" in told


def test_what_cannot_be_done_is_said_in_a_line(run, tmp_path):
    for words, says in (
        (("bakery",), "there is no permit type bakery"),
        (("plan_exempt", "--from", "2022-07-01", "--to", "2022-06-01"), "--to lies before --from"),
        (("plan_exempt", "--mapping", tmp_path / "x"), "--mapping goes with --log"),
        ((DEFINITION, "--log", tmp_path / "gone"), "cannot be read"),
        (("plan_exempt", "--log", tmp_path / "gone", "--share", "3"), "leave out --from"),
    ):
        done = run("simulate", *words)
        assert (done.exit_code, says in done.stderr) == (2, True), done.output
