"""The checker against every single mistake the campaign can make in the shipped definitions."""

import pytest
from tools.checker_reference import PAGE, page

from tests.campaign.mutations import mutants
from tests.campaign.running import definitions, file_of, run
from tests.campaign.survivors import FILE, keys_of, listed
from tests.definitions.shipped import data, resolved

pytestmark = pytest.mark.timeout(1_200)
"""More than 20,000 mistakes take minutes, and longer where the cores are shared."""

EQUIVALENT, CONTENT = keys_of("equivalent"), keys_of("content")


@pytest.fixture(scope="module")
def result():
    return run()


def test_what_is_not_found_is_listed_with_a_reason(result):
    assert set(result.survivors) - {*EQUIVALENT, *CONTENT} == set()


def test_what_is_listed_is_not_found(result):
    assert {*EQUIVALENT, *CONTENT} - set(result.survivors) == set()


def test_of_a_hundred_mistakes_at_least_ninety_five_are_found(result):
    assert len(result.survivors) <= 0.05 * sum(result.tried.values())


def test_of_what_does_not_fit_the_schema_nothing_else_is_told(result):
    assert result.noisy == ()


def test_the_figures_in_the_reference_are_these(result):
    assert PAGE.read_text(encoding="utf-8") == page(result.tried, EQUIVALENT, CONTENT)


def test_what_is_listed_stands_once_under_one_reason():
    reasons = [reason for section in listed().values() for reason in section]
    assert list(listed()) == ["equivalent", "content"]
    written = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line[:2] == "# "]
    assert len(written) == len(reasons) == len(set(reasons))
    assert all(keys for section in listed().values() for keys in section.values())
    assert len([*EQUIVALENT, *CONTENT]) == len({*EQUIVALENT, *CONTENT})


@pytest.mark.parametrize("name", definitions())
def test_every_mistake_has_a_key_of_its_own_and_stands_in_a_file(name):
    made = list(mutants(data(name)))
    assert len({mutant.key for mutant in made}) == len(made)
    assert all(file_of(resolved(name), mutant) for mutant in made)
