"""Plants a mistake: from now on the module is loaded with it."""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from pathlib import Path

from tests.security.mutants import path_of, tree_with


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
    finder = _Finder(name, index)
    for loaded in [one for one in sys.modules if one.partition(".")[0] == "permits"]:
        del sys.modules[loaded]
    sys.meta_path.insert(0, finder)
