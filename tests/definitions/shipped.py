"""The shipped definitions as plain data to change, and what a change of them brings to light."""

import functools
import json
import shutil

from permits.definitions import loader
from permits.definitions.edition import compile_edition
from permits.definitions.findings import Marks
from permits.settings import shipped

FOLDER = shipped("workflows")


@functools.cache
def resolved(name="plan_exempt"):
    """A shipped definition, read once for all tests of a process."""
    return loader.load(FOLDER / f"{name}.yaml")


@functools.cache
def edition(name="plan_exempt"):
    """A shipped definition, compiled."""
    one = resolved(name)
    return compile_edition(one.definition, one.digest)


def data(name="plan_exempt"):
    """A definition with its fragments put in, free to be changed."""
    return json.loads(resolved(name).content)


def definition(name="plan_exempt"):
    return resolved(name).definition


def alone(folder):
    """A copy of the folder with one permit type and all that is shared."""
    others = [file.name for file in FOLDER.glob("*.yaml") if file.stem != "plan_exempt"]
    shutil.copytree(FOLDER, folder, ignore=lambda _at, names: {*others} & {*names})
    return folder


def at(data, path):
    """What stands at a path such as `chart.actions.grant.moves.0`."""
    for step in path.split("."):
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


def changed(change, name="plan_exempt"):
    """The findings after a change: a dict of paths to new values (GONE takes a key out), or a
    function that changes the data."""
    copied = data(name)
    if callable(change):
        change(copied)
    else:
        for path, value in change.items():
            put(copied, path, value)
    return loader.build(copied, Marks())[1]


def put(data, path, value):
    above, _, last = path.rpartition(".")
    holder = at(data, above) if above else data
    key = int(last) if isinstance(holder, list) else last
    if value is GONE:
        del holder[key]
    else:
        holder[key] = value


GONE = object()


def rules(change, name="plan_exempt"):
    return sorted({finding.rule for finding in changed(change, name)})
