"""Runs every mutant of a shipped definition through the checker, on as many processes as asked.

What came from a shared fragment is the same in every definition that uses it, so its mistakes are
made in one definition only; mistakes that lead to the same definition are made once.
"""

import hashlib
import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import msgspec
from pydantic import ValidationError

from permits.definitions import checker, loader
from permits.definitions.findings import Marks
from permits.definitions.schema import Definition
from tests.definitions.mutations import mutants
from tests.definitions.shipped import FOLDER, resolved

WHOLE = 10
"""Every so many mutants one is checked to the last rule, to see that no rule fails on another's
findings; the others only until the first finding."""


@dataclass(frozen=True)
class Result:
    """How many mutants of each kind there were, and the keys of those nothing was found in."""

    tried: Counter
    survivors: tuple[str, ...]
    same: int


def definitions():
    """The names of the shipped definitions, those that fragments are judged by first."""
    names = sorted(file.stem for file in FOLDER.glob("*.yaml"))
    return sorted(names, key=lambda name: name != "plan_exempt")


def run(processes=2) -> Result:
    chosen, tried, same = choose()
    parts = [chosen[n::processes] for n in range(processes)]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn) as pool:
        survivors = [key for part in pool.map(survive, parts) for key in part]
    return Result(tried, tuple(sorted(survivors)), same)


def choose():
    """Which mutants are tried, as pairs of a definition and a number among its mutants."""
    chosen, tried, same = [], Counter(), 0
    shared, seen = set(), set()
    for name in definitions():
        one = resolved(name)
        files = {mark.file for mark in one.marks.by_path.values()}
        for number, mutant in enumerate(mutants(msgspec.json.decode(one.content))):
            if file_of(one, mutant) in shared:
                continue
            digest = hashlib.sha256(content(one, mutant)).digest()
            same += digest in seen
            if digest not in seen:
                chosen.append((name, number))
                tried[mutant.kind] += 1
            seen.add(digest)
        shared |= files - {str(FOLDER / f"{name}.yaml")}
    return chosen, tried, same


def file_of(one, mutant) -> str:
    return one.marks.of(mutant.path).file


def content(one, mutant) -> bytes:
    return msgspec.json.encode(mutant.applied(msgspec.json.decode(one.content)))


def survive(chosen) -> list[str]:
    """The keys of the mutants in which nothing is found."""
    survivors = []
    for name in dict.fromkeys(name for name, _ in chosen):
        one = resolved(name)
        wanted = {number for other, number in chosen if other == name}
        for number, mutant in enumerate(mutants(msgspec.json.decode(one.content))):
            if number in wanted and not found(content(one, mutant), whole=number % WHOLE == 0):
                survivors.append(f"{name} {mutant.key}")
    return survivors


def found(changed, *, whole) -> bool:
    """Whether the loader would refuse the definition."""
    if whole:
        return bool(loader.build(msgspec.json.decode(changed), Marks())[1])
    try:
        definition = Definition.model_validate_json(changed)
    except ValidationError:
        return True
    return next(checker.findings(definition), None) is not None
