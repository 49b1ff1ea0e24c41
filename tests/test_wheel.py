"""The program as it is installed elsewhere: everything it ships with is in the wheel."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT]
    subprocess.run(list(map(str, build)), check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> dict[str, str]:
    """The environment of a program that was installed far from the repository."""
    target = tmp_path_factory.mktemp("elsewhere")
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run([sys.executable, *install], check=True, capture_output=True)
    return {**os.environ, "PYTHONPATH": str(target), "PERMITS_DATA": str(target / "office")}


def run(installed, *words):
    return subprocess.run(
        [sys.executable, "-m", *words],
        env=installed,
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_the_wheel_holds_workflows_templates_static_files_and_words(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for wanted in (
        "permits/shipped/workflows/plan_exempt.yaml",
        "permits/shipped/workflows/shared/calendar.yaml",
        "permits/shipped/templates/layouts/base.html",
        "permits/shipped/static/permits.css",
        "permits/shipped/locale/zh_Hans_CN/LC_MESSAGES/permits.po",
        "permits/store/migrations/versions/0001_first.py",
        "permits/store/migrations/first/cases.py",
        "permits/web/api/answers.json",
        "permits/py.typed",
    ):
        assert wanted in names
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


def test_it_is_the_installed_program_that_runs(installed):
    where = subprocess.run(
        [sys.executable, "-c", "import permits; print(permits.__file__)"],
        env=installed,
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert where.startswith(installed["PYTHONPATH"])


def test_it_reckons_a_date_and_checks_its_definitions(installed):
    assert "2022-10-13" in run(installed, "permits", "due", "2022-09-29", "7wd")
    assert "plan_exempt" in run(installed, "permits", "check")


def test_it_serves_the_demonstration(installed):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "permits", "serve", "--demo", "--port", str(port)]
    process = subprocess.Popen(words, env=installed, cwd="/", stderr=subprocess.DEVNULL)
    try:
        page = ""
        for _ in range(1_800):  # as long as tests of the command line wait for a server
            assert process.poll() is None
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                    page = answer.read().decode()
                break
            except OSError:
                time.sleep(0.1)
        assert "规划许可证免办" in page
    finally:
        process.terminate()
        process.wait(20)
