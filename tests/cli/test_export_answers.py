"""What applications answered, handed out by whoever runs the office."""

import pytest
from typer.testing import CliRunner

from permits.cli.main import app
from tests.cli.test_export_parquet import run

__all__ = ["run"]


def test_tables_are_written_into_a_folder_and_name_nobody(run, tmp_path) -> None:
    folder = tmp_path / "answers"
    done = run("export", "answers", "plan_exempt", folder, "--english", "--from", "2022-06-01")
    assert done.exit_code == 0, done.output
    assert [path.name for path in folder.iterdir()] == ["answers.csv"]
    head, row, *rest = (folder / "answers.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (head.split(",")[0], rest) == ("Case number", [])
    assert "特勤大队燃气工程" in row and "****" in row and ",150," in row
    run("export", "answers", "plan_exempt", folder, "--to", "2022-01-01")
    (head,) = (folder / "answers.csv").read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("办件编号")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("none", "x"), "there is no permit type none; choose one of plan_exempt"),
        (("plan_exempt", "x", "--from", "2022-02-01", "--to", "2022-01-01"), "--to lies before"),
        (("plan_exempt", "/dev/null/x"), "cannot be made"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(run, words, says: str) -> None:
    done = run("export", "answers", *words)
    assert done.exit_code == 2
    assert says in done.stderr


def test_it_stands_in_the_access_log(run, tmp_path) -> None:
    run("export", "answers", "plan_exempt", tmp_path / "answers")
    noted = CliRunner().invoke(app, ["audit", "access"]).output
    assert "export answers" in noted
