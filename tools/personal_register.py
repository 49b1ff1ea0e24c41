"""Writes docs/reference/personal-data.md: the register of personal fields that are shipped.

Usage: python -m tools.personal_register

It comes from the definitions alone. A test compares what is committed with what this would write.
"""

from pathlib import Path

from permits.definitions.loader import load_folder
from permits.services.persons.register_told import as_page
from permits.settings import shipped

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "personal-data.md"


def page() -> str:
    """The page as it is to be."""
    resolved, _findings = load_folder(shipped("workflows"))
    return as_page([one.definition for one in resolved])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
