"""Plants a mistake: what was loaded goes on with it, or the module is loaded anew with it."""

import gc
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from tests.security.mutants import Mutant, path_of, tree_with

Place = tuple[str, str, int]
"""Where a function is written: file, name with what it is in, first line."""


def place_of(code: CodeType) -> Place:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def functions_of(files: frozenset[str]) -> Mapping[Place, list[FunctionType]]:
    """Every function of these files that was made so far, whoever holds it and whatever was put
    around it."""
    found: dict[Place, list[FunctionType]] = defaultdict(list)
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename in files:
            found[place_of(one.__code__)].append(one)
    return found


def put_in(mutant: Mutant, functions: Mapping[Place, list[FunctionType]]) -> None:
    """Have the functions that are there do what they do with the mistake, at once and for all who
    hold them. For a process that ends with it: nothing takes it back."""
    origin = str(path_of(mutant.module))
    tree = tree_with(mutant.module, mutant.index)
    for code in codes_of(compile(tree, origin, "exec")):
        for function in functions.get(place_of(code), []):
            function.__code__ = code
    for one in vars(sys.modules[mutant.module]).values():
        if hasattr(one, "cache_clear"):
            one.cache_clear()


def codes_of(code: CodeType) -> Iterator[CodeType]:
    """A piece of code and every one within it."""
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from codes_of(one)


class _Planted(importlib.abc.Loader):
    def __init__(self, index: int) -> None:
        self.index = index

    def create_module(self, spec):
        return None

    def exec_module(self, module) -> None:
        name = module.__name__
        code = compile(tree_with(name, self.index), module.__spec__.origin, "exec")
        exec(code, module.__dict__)  # noqa: S102 - our own code, with a mistake in it


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, name: str, index: int) -> None:
        self.name = name
        self.index = index
        self.origin = str(path_of(name))

    def find_spec(self, name, path=None, target=None):
        if name != self.name:
            return None
        package = self.origin.endswith("__init__.py")
        return importlib.util.spec_from_file_location(
            name,
            self.origin,
            loader=_Planted(self.index),
            submodule_search_locations=[str(Path(self.origin).parent)] if package else None,
        )


def plant(name: str, index: int) -> None:
    """Have the module loaded with the mistake from now on, and all that was loaded with it."""
    finder = _Finder(name, index)
    for loaded in [one for one in sys.modules if one.partition(".")[0] == "permits"]:
        del sys.modules[loaded]
    sys.meta_path.insert(0, finder)


def main() -> int:
    """Whether the tests of some files fail with a mistake made while a module is loaded."""
    module, index, *files = sys.argv[1:]
    plant(module, int(index))
    return int(pytest.main(["-q", "-x", "-n", "0", "-p", "no:cacheprovider", *files]) != 0)


if __name__ == "__main__":
    sys.exit(main())
