from typer.testing import CliRunner

from permits import __version__
from permits.cli.main import app


def test_version_is_printed():
    result = CliRunner().invoke(app, ["version"])
    assert result.exit_code == 0
    assert result.stdout.strip() == __version__
