"""The page that teaches to write a permit type: its example works, its findings are the real ones,
and what it promises of a new file comes true."""

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from permits.cli.main import app
from permits.definitions import loader
from permits.services.office import Office
from permits.settings import shipped
from tests.kit import years
from tests.web.housing import Clock, at, settings_in

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "write-a-permit-type.md").read_text(
    encoding="utf-8"
)
EXAMPLE = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
FINDINGS = re.findall(r"```\n(workflows/.*?)\n```", PAGE, re.DOTALL)[0]


@pytest.fixture
def file(tmp_path: Path, monkeypatch) -> Path:
    """The example, written to a folder with the shared fragments."""
    shutil.copytree(shipped("workflows") / "shared", tmp_path / "workflows" / "shared")
    monkeypatch.chdir(tmp_path)
    path = Path("workflows") / "temporary_building.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def check(file: Path) -> tuple[int, str]:
    answer = CliRunner().invoke(app, ["check", str(file)])
    return answer.exit_code, answer.output.strip()


def test_the_example_is_proved(file: Path) -> None:
    code, says = check(file)
    assert code == 0, says
    assert says.endswith("0 findings")


def test_the_findings_are_those_of_the_mistakes_it_names(file: Path) -> None:
    broken = (
        EXAMPLE.replace("admits: stands_briefly", "admits: stands_shortly")
        .replace("opens: granted", "opens: refused")
        .replace("<= 12", "<= twelve")
    )
    file.write_text(broken, encoding="utf-8")
    assert check(file) == (1, FINDINGS)


def test_a_new_file_is_a_new_permit_type(file: Path, tmp_path: Path) -> None:
    clock = Clock()
    clock.now = at(2022, 6, 9)
    office = Office(settings_in(tmp_path), clock)
    try:
        office.shelf.load_years(years(), actor="setup", now=clock())
        office.shelf.publish(loader.load(file), actor="setup", now=clock())
        assert [one.permit for one in office.shelf.permits] == ["temporary_building"]
    finally:
        office.close()
