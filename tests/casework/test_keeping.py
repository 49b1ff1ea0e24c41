"""Until when what stands beside the log of a case is kept."""

from datetime import date

import pytest

from permits.casework.entitlement.claims import Claim, Holding
from permits.casework.entitlement.rounds import Objection, Round
from permits.casework.keeping import (
    file_until,
    holding_ended,
    kept_until,
    longest,
    material_until,
    party_ended,
    round_ended,
    values_until,
)
from permits.casework.party import Authorised, Bar, Entry, Party, Review
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


LATER, LATEST = date(2023, 6, 9), date(2024, 6, 9)


def authorised(until):
    return {"a": Authorised("a", "sign", ENDED, until, "letter")}


def bar(until, lifted=None):
    where = ("case/1", "1", "plan_exempt", "o", "d", ENDED, until)
    return {"b": Bar("b", "deceit", *where, lifted_on=lifted)}


def entry(status, until=None):
    where = ("case/1", "1", "plan_exempt", "o", "d", ENDED)
    return {"e": Entry("e", "deceit", "about", *where, status=status, until=until)}


def review(concluded):
    where = ("case/1", "1", "plan_exempt", "o", "d", ENDED)
    return {"r": Review("r", *where, concluded_on=concluded)}


@pytest.mark.parametrize(
    ("record", "ended"),
    [
        ({}, ENDED),
        ({"authorised": authorised(None)}, None),
        ({"authorised": authorised(LATER)}, LATER),
        ({"bars": bar(LATER)}, LATER),
        ({"bars": bar(LATEST, LATER)}, LATER),
        ({"entries": entry("noticed")}, None),
        ({"entries": entry("entered", LATER)}, LATER),
        ({"entries": entry("dropped")}, ENDED),
        ({"entries": entry("repaired", LATER)}, ENDED),
        ({"reviews": review(None)}, None),
        ({"reviews": review(LATER)}, LATER),
        ({"bars": bar(LATER), "authorised": authorised(LATEST)}, LATEST),
    ],
)
def test_what_stands_of_a_party_is_kept_from_its_end(record, ended):
    assert party_ended(Party("x", **record), ENDED) == ended


@pytest.mark.parametrize(
    ("standings", "ended"),
    [
        ((), ENDED),
        (("paid", "refused", "recovered"), ENDED),
        (("paid", "applied"), None),
        (("returned",), None),
    ],
)
def test_claims_are_kept_until_nothing_more_comes_of_them(standings, ended):
    claims = {
        str(n): Claim("p", str(n), "x", "x", "a", "d", "0", "applied", one, "")
        for n, one in enumerate(standings)
    }
    assert holding_ended(Holding("x", claims), ENDED) == ended


def test_a_list_is_kept_until_it_and_every_objection_are_settled():
    open_one = Objection(1, "remove", "x", "seal", None, "", ENDED, None, provisional=False)
    for stage, objections, ended in (
        ("published", (), None),
        ("settled", (), ENDED),
        ("settled", (open_one,), None),
        ("dropped", (), ENDED),
    ):
        assert round_ended(Round("r", stage=stage, objections=objections), ENDED) == ended
