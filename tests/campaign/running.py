"""Runs every mutant of a shipped definition through the checker, on as many processes as asked.

What came from a shared fragment is the same in every definition that uses it, so its mistakes are
made in one definition only; mistakes that lead to the same definition are made once. Of a mutant
only the part that is changed is written and fitted to the schema anew.
"""

import functools
import gc
import hashlib
import multiprocessing
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

import msgspec
from pydantic import TypeAdapter, ValidationError

from permits.definitions import checker, loader
from permits.definitions.findings import Marks
from permits.definitions.fitting import whole
from permits.definitions.schema import Definition
from tests.campaign.mutations import mutants
from tests.definitions.shipped import FOLDER, resolved

WHOLE = 20
"""Every so many mutants one is checked to the last rule, to see that no rule fails on another's
findings; the others only until the first finding."""


SCHEMA = {"schema", "text"}


class Verdict(StrEnum):
    """What was made of a mutant. It is noisy if it does not fit the schema, the definition was
    sound otherwise, and something else is told of it as well."""

    FOUND = "found"
    NOISY = "noisy"
    SURVIVED = "survived"


@dataclass(frozen=True)
class Result:
    """How many mutants of each kind there were, and the keys of those that stand out."""

    tried: Counter
    survivors: tuple[str, ...]
    noisy: tuple[str, ...]
    same: int


def definitions():
    """The names of the shipped definitions, those that fragments are judged by first."""
    names = sorted(file.stem for file in FOLDER.glob("*.yaml"))
    return sorted(names, key=lambda name: name != "plan_exempt")


def run() -> Result:
    processes = os.cpu_count() or 2
    chosen, tried, same = choose()
    parts = [chosen[n::processes] for n in range(processes)]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn) as pool:
        judged = sorted(one for part in pool.map(judge, parts) for one in part)

    def those(wanted):
        return tuple(key for key, verdict in judged if verdict is wanted)

    return Result(tried, those(Verdict.SURVIVED), those(Verdict.NOISY), same)


def choose():
    """Which mutants are tried, as pairs of a definition and a number among its mutants."""
    chosen, tried, same = [], Counter(), 0
    shared = set()
    for name in definitions():
        one = Source(name)
        seen = set()
        files = {mark.file for mark in one.resolved.marks.by_path.values()}
        for number, mutant in enumerate(one.mutants()):
            if file_of(one.resolved, mutant) in shared:
                continue
            digest = hashlib.sha256(msgspec.json.encode([*one.changed(mutant).items()])).digest()
            same += digest in seen
            if digest not in seen:
                chosen.append((name, number))
                tried[mutant.kind] += 1
            seen.add(digest)
        shared |= files - {str(FOLDER / f"{name}.yaml")}
    return chosen, tried, same


def file_of(one, mutant) -> str:
    return one.marks.of(mutant.path).file


class Source:
    """A shipped definition and its parts as they are written, so that of a mutant only the part
    that is changed has to be copied and fitted to the schema."""

    def __init__(self, name):
        self.resolved = resolved(name)
        self.data = msgspec.json.decode(self.resolved.content)
        self.parts = {part: msgspec.json.encode(value) for part, value in self.data.items()}

    def mutants(self):
        return mutants(msgspec.json.decode(self.resolved.content))

    def mutated(self, mutant) -> dict:
        """The data with the mistake in it. What it does not touch is the same object."""
        part = mutant.path[0]
        data = dict(self.data)
        if part in data:
            data[part] = msgspec.json.decode(self.parts[part])
        return mutant.applied(data)

    def changed(self, mutant) -> dict:
        """The part that is changed, as it is written now; None if it is gone."""
        data, part = self.mutated(mutant), mutant.path[0]
        return {part: msgspec.json.encode(data[part]) if part in data else None}


def judge(chosen) -> list[tuple[str, Verdict]]:
    """What becomes of the mutants, by their keys."""
    gc.set_threshold(50_000, 10, 10)  # of the little that goes round in circles most is soon gone
    judged = []
    for name in dict.fromkeys(name for name, _ in chosen):
        one = Source(name)
        wanted = {number for other, number in chosen if other == name}
        for number, mutant in enumerate(one.mutants()):
            if number in wanted:
                verdict = of(one, mutant, to_the_end=number % WHOLE == 0)
                judged.append((f"{name} {mutant.key}", verdict))
    return judged


def of(one, mutant, *, to_the_end) -> Verdict:
    """What the loader would make of the definition."""
    data = one.mutated(mutant)
    try:
        definition = fitted(one, data, mutant.path[0])
    except ValidationError:
        return unfit(data) if to_the_end else Verdict.FOUND
    findings = checker.findings(whole(definition, data))
    found = [*findings] if to_the_end else [*islice(findings, 1)]
    return Verdict.FOUND if found else Verdict.SURVIVED


def unfit(data) -> Verdict:
    """What is told of a definition that does not fit the schema."""
    rules = {finding.rule.partition(".")[0] for finding in loader.build(data, Marks())[1]}
    assert rules & SCHEMA
    return Verdict.FOUND if rules <= SCHEMA else Verdict.NOISY


def fitted(one, data, part) -> Definition:
    """The definition with one part fitted to the schema anew; the others fit as they did."""
    field = Definition.model_fields[part]
    if part in data:
        value = adapter(part).validate_json(msgspec.json.encode(data[part]), strict=True)
    elif field.is_required():
        return Definition.model_validate(data)
    else:
        value = field.get_default(call_default_factory=True)
    return one.resolved.definition.model_copy(update={part: value})


@functools.cache
def adapter(part) -> TypeAdapter:
    return TypeAdapter(Definition.model_fields[part].annotation)
