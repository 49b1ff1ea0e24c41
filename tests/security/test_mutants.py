"""The mistakes that are made in the code are mistakes: each is another program than ours."""

import ast
import importlib
import json
from types import CodeType

import pytest

from tests.security.groups import GROUPS
from tests.security.kept import Kept
from tests.security.mutants import Mutant, mutants, path_of, tree_with
from tests.security.mutating import same_program
from tests.security.planting import codes_of, functions_of, place_of, put_in
from tests.security.trying import Known, forked

MODULES = (
    "permits.casework.party_access",
    "permits.store.event_log",
    "permits.casework.envelope",
)
EVERY = [module for group in GROUPS.values() for module in group.every]


@pytest.mark.parametrize("module", MODULES)
def test_every_mistake_changes_the_module_and_still_is_one_that_can_be_loaded(module: str):
    ours = ast.unparse(ast.parse(path_of(module).read_text(encoding="utf-8")))
    made = mutants(module)
    assert len(made) > 10
    for mutant in made:
        theirs = tree_with(module, mutant.index)
        assert ast.unparse(theirs) != ours, mutant.key
        compile(theirs, module, "exec")


@pytest.mark.parametrize("module", MODULES)
def test_every_mistake_in_a_function_is_put_into_the_function_that_is_there(module: str):
    loaded = importlib.import_module(module)
    functions = functions_of(frozenset({str(path_of(module))}))
    for mutant in mutants(module):
        if mutant.function is None:
            continue
        tree = tree_with(module, mutant.index)
        codes = list(codes_of(compile(tree, str(loaded.__file__), "exec")))
        held = [one.__code__ for code in codes for one in functions.get(place_of(code), [])]
        assert any(code not in held for code in codes if place_of(code) in functions), mutant.key


def test_what_is_tried_is_tried_in_a_process_that_ends_with_it():
    """Ours goes on without the mistake, whatever came of it there."""
    module = "permits.casework.envelope"
    importlib.import_module(module)
    functions = functions_of(frozenset({str(path_of(module))}))
    made = [one for one in mutants(module) if one.function is not None]

    def now() -> list[CodeType]:
        return [one.__code__ for each in functions.values() for one in each]

    def noticed(mutant: Mutant) -> str | None:
        put_in(mutant, functions)
        return "another program" if now() != before else None

    before = now()
    assert dict(forked(made, noticed, 2)) == dict.fromkeys(made, "another program")
    assert now() == before


def test_a_mistake_that_could_not_be_made_is_neither_noticed_nor_missed():
    def fails(mutant: Mutant) -> str | None:
        raise LookupError(mutant.key)

    with pytest.raises(RuntimeError, match="could not be made"):
        list(forked(mutants("permits.casework.envelope")[:1], fails, 1))


def test_what_is_said_to_be_the_same_program_is_a_mistake_that_can_be_made():
    modules = {what.partition(" ")[0] for what in same_program()}
    assert modules <= set(EVERY)
    made = {mutant.what for module in modules for mutant in mutants(module)}
    assert set(same_program()) <= made


def test_every_mistake_has_a_key_of_its_own():
    keys = [mutant.key for module in MODULES for mutant in mutants(module)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("module", MODULES)
def test_every_mistake_is_told_from_those_that_read_alike(module: str):
    names = [mutant.what for mutant in mutants(module)]
    assert len(names) == len(set(names))


def test_everything_that_decides_is_among_the_modules():
    assert {"permits.casework.access", "permits.store.event_log"} <= set(EVERY)
    assert len([one for one in EVERY if one.startswith("permits.casework.decide")]) > 40


def test_no_module_is_in_two_groups():
    assert len(EVERY) == len(set(EVERY))


def test_what_came_of_a_mistake_is_known_to_the_next_run(tmp_path):
    one, other, third = mutants("permits.casework.envelope")[:3]
    kept = Kept(tmp_path / "kept.jsonl")
    kept.keep(one, "a test")
    kept.keep(other, None)
    again = Kept(tmp_path / "kept.jsonl")
    assert (one in again, other in again, third in again) == (True, True, False)
    assert (again.noticed_by(one), again.noticed_by(other)) == ("a test", None)
    again.keep(other, "a new test")
    assert Kept(tmp_path / "kept.jsonl").noticed_by(other) == "a new test"


def test_what_came_of_another_text_of_a_module_is_not_known(tmp_path):
    one = mutants("permits.casework.envelope")[0]
    file = tmp_path / "kept.jsonl"
    Kept(file).keep(one, "a test")
    line = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**line, "source": "another"}), encoding="utf-8")
    assert one not in Kept(file)


def test_tests_are_asked_by_turns_of_their_files_as_long_as_there_is_time():
    """Those of the file named like the module first; one is always asked."""
    mutant = next(one for one in mutants("permits.casework.envelope") if one.function)
    known = Known()
    known.took = {
        "tests/a/test_envelope.py::slow": 3.0,
        "tests/a/test_fees.py::first": 1.0,
        "tests/a/test_fees.py::second": 1.1,
        "tests/a/test_lots.py::first": 1.2,
        "tests/a/test_lots.py::elsewhere": 0.1,
    }
    asked = ["test_envelope.py::slow", "test_fees.py::first", "test_lots.py::first",
             "test_fees.py::second"]  # fmt: skip
    here = [f"tests/a/{one}" for one in asked]
    known.tests[str(path_of(mutant.module)), mutant.line] = set(here)
    assert known.of(mutant, 60) == here
    assert known.of(mutant, 5.5) == here[:3]
    assert known.of(mutant, 0) == here[:1]


def test_what_is_made_with_its_module_is_looked_at_by_the_tests_of_that_name_too():
    mutant = next(one for one in mutants("permits.casework.envelope") if one.function is None)
    known = Known()
    known.took = {"tests/a/test_envelope.py::looks": 1.0, "tests/a/test_fees.py::elsewhere": 1.0}
    assert known.of(mutant, 60) == ["tests/a/test_envelope.py::looks"]
