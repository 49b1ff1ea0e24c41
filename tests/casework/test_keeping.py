"""Until when what stands beside the log of a case is kept."""

from datetime import date

import pytest

from permits.casework.keeping import file_until, kept_until, longest, material_until, values_until
from permits.definitions.edition import compile_edition
from permits.definitions.parts import Retention
from tests.kit import plan_exempt

ENDED = date(2022, 6, 9)


@pytest.mark.parametrize(
    ("ended", "keep", "last"),
    [
        ("2022-06-09", "60m", "2027-06-09"),
        ("2024-02-29", "12m", "2025-02-28"),
        ("2022-08-31", "1m", "2022-09-30"),
        ("2022-06-09", "180d", "2022-12-06"),
    ],
)
def test_the_last_day_of_a_term(ended, keep, last):
    assert kept_until(date.fromisoformat(ended), keep) == date.fromisoformat(last)


def test_the_longest_a_term_may_be():
    assert [longest(keep) for keep in ("180d", "2m")] == [180, 62]


def test_answers_are_kept_as_long_as_they_say_and_free_texts_as_long_as_the_file():
    edition = plan_exempt()
    fields = {"a": "contact_name", "b": "reason", "c": "lookup"}
    file = date(2032, 6, 9)
    assert file_until(ENDED, edition) == file
    assert values_until(ENDED, fields, edition) == {"a": date(2027, 6, 9), "b": file, "c": file}


def test_a_material_may_be_kept_for_less_than_the_file():
    edition = plan_exempt()
    definition = edition.definition
    kept = Retention(
        purpose=definition.records.purpose, keep="12m", basis=definition.records.basis
    )
    shorter = definition.materials["land_title"].model_copy(update={"kept": kept})
    materials = {**definition.materials, "land_title": shorter}
    changed = compile_edition(definition.model_copy(update={"materials": materials}), "0" * 64)
    assert material_until(ENDED, "land_title", changed) == date(2023, 6, 9)
    assert material_until(ENDED, "application", changed) == date(2032, 6, 9)
    assert material_until(ENDED, "counter.paper", changed) == date(2032, 6, 9)
