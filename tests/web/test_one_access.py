"""Who may see or do what is asked of `casework.access` and its kin, never worked out elsewhere."""

import re
from pathlib import Path

import pytest

from permits.settings import shipped

SOURCE = Path(__file__).parents[2] / "src" / "permits"

OF_ITS_OWN = re.compile(
    r"\.roles\s*[&|^]|[&|]\s*\w*\.?roles\b|Role\.[A-Z_]+\s+(not\s+)?in\b"
    r"|\bin\s+(\w+\.)*roles\b|(\w+\.)*party\s*[!=]=\s*(\w+\.)*actor\.party"
    r"|actor\.party\s*[!=]=|actor\.office,\s*(\w+\.)*actor\.department\)\s*[!=]="
)
"""Roles, parties and departments that are compared by hand."""

SAID_OF_DEFINITIONS = {"Role.APPLICANT in offer.by", "Role.APPLICANT in rule.warned"}
"""What a definition says of a role, whoever asks."""


@pytest.mark.parametrize("part", ["web", "services", "analytics", "text"])
def test_no_page_and_no_service_decides_by_roles_itself(part: str) -> None:
    found = []
    for file in sorted((SOURCE / part).rglob("*.py")):
        if "demonstration" in file.parts:
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            said = any(one in line for one in SAID_OF_DEFINITIONS)
            if OF_ITS_OWN.search(line) and not said:
                found.append(f"{file.relative_to(SOURCE)}:{number}: {line.strip()}")
    assert not found


def test_no_template_decides_by_roles_itself() -> None:
    found = [
        f"{file.name}: {line.strip()}"
        for file in sorted(shipped("templates").rglob("*.html"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if OF_ITS_OWN.search(line)
    ]
    assert not found
