"""The checker against every single mistake the campaign can make in the shipped definitions."""

from pathlib import Path

import pytest
from tools.checker_reference import PAGE, page

from tests.definitions.campaign import definitions, file_of, run
from tests.definitions.mutations import mutants
from tests.definitions.shipped import data, resolved

LINES = (Path(__file__).parent / "survivors.txt").read_text(encoding="utf-8").splitlines()[2:]
LISTED = [line for line in LINES if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def result():
    return run()


def test_what_is_not_found_is_listed_with_a_reason(result):
    assert set(result.survivors) - set(LISTED) == set()


def test_what_is_listed_is_not_found(result):
    assert set(LISTED) - set(result.survivors) == set()


def test_of_a_hundred_mistakes_at_least_ninety_five_are_found(result):
    assert len(result.survivors) <= 0.05 * sum(result.tried.values())


def test_of_what_does_not_fit_the_schema_nothing_else_is_told(result):
    assert result.noisy == ()


def test_what_is_listed_stands_under_one_reason_and_once():
    assert LINES[0].startswith("# ")
    assert len(LISTED) == len(set(LISTED))


def test_the_figures_in_the_reference_are_these(result):
    assert PAGE.read_text(encoding="utf-8") == page(result.tried, result.survivors)


@pytest.mark.parametrize("name", definitions())
def test_every_mistake_has_a_key_of_its_own_and_stands_in_a_file(name):
    made = list(mutants(data(name)))
    assert len({mutant.key for mutant in made}) == len(made)
    assert all(file_of(resolved(name), mutant) for mutant in made)
