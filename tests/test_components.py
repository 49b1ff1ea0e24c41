"""What the program is made of: licences on the list, and a bill of materials that is current."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools.components import (
    BESIDE_THE_LOCK,
    BILL,
    LOCK,
    ROOT,
    allowed,
    findings,
    licence_of,
    licences,
    pinned,
)

COMPONENTS = list(pinned(LOCK.read_text(encoding="utf-8")))


def test_every_package_of_the_lock_has_a_licence_that_is_on_the_list():
    found = licences(COMPONENTS)
    assert len(found) > 50
    assert findings(found) == []


def test_every_package_is_pinned_with_the_hashes_of_its_files():
    assert all(one.hashes for one in COMPONENTS)
    names = [one.name for one in COMPONENTS]
    assert len(names) == len(set(names))


def test_the_bill_of_materials_lists_what_is_pinned_and_what_stands_beside():
    bill = json.loads(BILL.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    listed = {(one["name"], one["version"]) for one in bill["components"]}
    beside = {(name, version) for name, version, _licence, _purl in BESIDE_THE_LOCK}
    assert listed == {(one.name, one.version) for one in COMPONENTS} | beside
    assert len({one["purl"] for one in bill["components"]}) == len(bill["components"])


def test_what_stands_beside_the_lock_is_of_the_version_that_is_listed():
    names = {file.name for file in (ROOT / "static" / "vendor").iterdir()}
    for name, version, _licence, _purl in BESIDE_THE_LOCK:
        assert f"{name.removesuffix('-dist')}-{version}.css" in names


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("(MIT AND Apache-2.0) OR GPL-2.0-only", True),
        ("MIT AND GPL-3.0-or-later", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", False),
        ("AGPL-3.0-only", False),
        ("Proprietary", False),
        ("not installed", False),
        ("", False),
    ],
)
def test_of_several_licences_one_may_be_chosen_and_all_of_a_row_bind(expression, *, fits):
    assert allowed(expression) is fits


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        ({"License-Expression": ["MIT"], "Classifier": ["License :: Other"]}, "MIT"),
        ({"Classifier": ["License :: OSI Approved :: MIT License"]}, "MIT"),
        (
            {"Classifier": ["License :: OSI Approved"], "License": ["Apache 2.0"]},
            "Apache-2.0",
        ),
        ({"License": ["Beer-ware"]}, "Beer-ware"),
        ({}, ""),
    ],
)
def test_a_licence_is_said_in_one_of_three_ways(said, licence):
    assert licence_of(said) == licence


def test_a_lock_that_cannot_be_read_is_no_lock_without_findings():
    with pytest.raises(ValueError, match="cannot be read"):
        list(pinned("what is this\nand==1.0 \\\n    --hash=sha256:" + "0" * 64))


def test_a_package_under_the_gpl_stops_the_check(tmp_path: Path):
    planted = tmp_path / "copyleft-1.0.dist-info"
    planted.mkdir()
    (planted / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: copyleft\nVersion: 1.0\n"
        "Classifier: License :: OSI Approved :: GNU General Public License v3 (GPLv3)\n",
        encoding="utf-8",
    )
    lock = tmp_path / "planted.lock"
    lock.write_text(
        LOCK.read_text(encoding="utf-8") + "copyleft==1.0 \\\n    --hash=sha256:" + "0" * 64,
        encoding="utf-8",
    )
    told = subprocess.run(
        [sys.executable, "-m", "tools.components", "--check", "--lock", str(lock)],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "copyleft: GNU General Public License v3 (GPLv3)" in told.stderr
