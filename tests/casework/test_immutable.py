"""What has happened stays as it was written: nothing that a case or a proof is made of can be
changed."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import msgspec

from permits import casework, evidence


def shapes() -> Iterator[type]:
    """Every struct and every dataclass of the core and of what proves the record."""
    for package in (casework, evidence):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield from shapes_of(importlib.import_module(found.name))


def shapes_of(module: ModuleType) -> Iterator[type]:
    made_here = (
        one
        for one in vars(module).values()
        if isinstance(one, type) and one.__module__ == module.__name__
    )
    for one in made_here:
        if issubclass(one, msgspec.Struct) or dataclasses.is_dataclass(one):
            yield one


def frozen(shape: type) -> bool:
    if issubclass(shape, msgspec.Struct):
        return shape.__struct_config__.frozen
    return shape.__dataclass_params__.frozen


def test_the_core_holds_nothing_that_could_be_changed():
    every = set(shapes())
    assert len(every) > 200
    assert not [one for one in every if not frozen(one)]
