"""Programs of one office, and the document their answers are held against."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.api.program import Contract, Program, Programs, contract_of
from tests.web.housing import Housing


@pytest.fixture(scope="session")
def contract(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Contract:
    housing = Housing(founded, tmp_path_factory.mktemp("contract"))
    made = contract_of(housing.app)
    housing.close()
    return made


@pytest.fixture
def programs(housing: Housing, contract: Contract) -> Iterator[Programs]:
    made = Programs(housing, contract)
    yield made
    made.close()


@pytest.fixture
def anyone(programs: Programs) -> Program:
    return programs.anyone


@pytest.fixture
def fire(programs: Programs) -> Program:
    """The fire brigade's program."""
    return programs["fire"]
