"""What is compared with an engine that spreads rows: everything, and what differs is found."""

from pathlib import Path

import pytest

from permits.analytics.measures import RULES, By
from permits.store.measured_tables import case_facts
from tests.distributed import comparing


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[comparing.Asking]:
    folder = tmp_path_factory.mktemp("distributed")
    (folder / "large").mkdir()
    return [*comparing.small(folder, 1), *comparing.large(folder / "large", 30)]


def answered(asked: list[comparing.Asking]) -> dict:
    """Answers of an engine that is right."""
    return {"folders": [{"rows": comparing.ours(one)[0], "seconds": 0.1} for one in asked]}


def test_every_figure_is_asked_and_each_of_facts_in_every_way(asked) -> None:
    small, large, *_overviews = asked
    assert {name.partition(" by ")[0] for name in small.queries} >= {str(m) for m in RULES}
    ways = {f"{m} by {by}" for m, r in RULES.items() if r.rows is case_facts for by in r.ways}
    assert set(large.queries) == {one for one in ways if not one.endswith(By.DISTRICT)}
    assert [len(one.queries) for one in asked[2:]] == [6, 6]


def test_answers_that_are_the_same_in_any_order_are_and_one_row_that_is_not_is_found(
    asked, capsys
) -> None:
    told = answered(asked)
    for folder in told["folders"]:
        folder["rows"] = [rows[::-1] for rows in folder["rows"]]
    same, wrong = comparing.compared(asked, told)
    assert (same, wrong) == (sum(len(one.queries) for one in asked), [])
    overview = told["folders"][2]["rows"][0]
    overview[0][-1] += 1
    overview = told["folders"][1]["rows"][0]
    overview.pop()
    same_then, wrong = comparing.compared(asked, told)
    assert (same - same_then, len(wrong)) == (2, 2)
    assert "the overview: overview 0" in wrong[1]
    assert "DuckDB" in capsys.readouterr().out


def test_without_a_runtime_nothing_passes(monkeypatch, capsys) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(comparing.shutil, "which", lambda _name: None)
    assert comparing.main("python", 1, 1) == 2
    assert "default-jre-headless" in capsys.readouterr().err


def test_the_lock_names_what_is_run_with_hashes() -> None:
    lock = Path(comparing.__file__).with_name("spark.lock").read_text(encoding="utf-8")
    assert lock.count("--hash=sha256:") == lock.count("==") == 2
