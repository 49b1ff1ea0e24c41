"""The mistakes that are made in the code are mistakes: each is another program than ours."""

import ast

import pytest

from tests.security.mutants import mutants, path_of, tree_with
from tests.security.mutating import MODULES, modules


@pytest.mark.parametrize("module", MODULES)
def test_every_mistake_changes_the_module_and_still_is_one_that_can_be_loaded(module: str):
    ours = ast.unparse(ast.parse(path_of(module).read_text(encoding="utf-8")))
    made = mutants(module)
    assert len(made) > 10
    for mutant in made:
        theirs = tree_with(module, mutant.index)
        assert ast.unparse(theirs) != ours, mutant.key
        compile(theirs, module, "exec")


def test_every_mistake_has_a_key_of_its_own():
    keys = [mutant.key for module in MODULES for mutant in mutants(module)]
    assert len(keys) == len(set(keys))


def test_everything_that_decides_is_among_the_modules():
    assert {"permits.casework.access", "permits.store.event_log"} <= set(modules())
    assert len([one for one in modules() if one.startswith("permits.casework.decide")]) > 40
