"""The mistakes that are made in the code are mistakes: each is another program than ours."""

import ast
import importlib
from types import CodeType

import pytest

from tests.security.mutants import Mutant, mutants, path_of, tree_with
from tests.security.mutating import MODULES, modules, same_program
from tests.security.planting import codes_of, functions_of, place_of, put_in
from tests.security.trying import forked


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

    def noticed(mutant: Mutant) -> bool:
        put_in(mutant, functions)
        return now() != before

    before = now()
    assert dict(forked(made, noticed, 2)) == dict.fromkeys(made, True)
    assert now() == before


def test_a_mistake_that_could_not_be_made_is_neither_noticed_nor_missed():
    def fails(mutant: Mutant) -> bool:
        raise LookupError(mutant.key)

    with pytest.raises(RuntimeError, match="could not be made"):
        list(forked(mutants("permits.casework.envelope")[:1], fails, 1))


def test_what_is_said_to_be_the_same_program_is_a_mistake_that_can_be_made():
    made = {mutant.what for module in modules() for mutant in mutants(module)}
    assert set(same_program()) <= made


def test_every_mistake_has_a_key_of_its_own():
    keys = [mutant.key for module in MODULES for mutant in mutants(module)]
    assert len(keys) == len(set(keys))


def test_everything_that_decides_is_among_the_modules():
    assert {"permits.casework.access", "permits.store.event_log"} <= set(modules())
    assert len([one for one in modules() if one.startswith("permits.casework.decide")]) > 40
