"""Every single change of a definition that the campaign tries, each under a stable key."""

from collections.abc import Iterator

from tests.definitions.mutant import Mutant
from tests.definitions.mutations_chart import actions, moves, regions, states
from tests.definitions.mutations_conditions import conditions
from tests.definitions.mutations_duties import (
    clocks,
    documents,
    extensions,
    fees,
    lengths,
    obligations,
)
from tests.definitions.mutations_heard import hearings, joint_review
from tests.definitions.mutations_parts import (
    bases,
    form,
    lists,
    materials,
    names,
    samples,
    switches,
    texts,
    tracks,
)  # fmt: skip
from tests.definitions.mutations_tolerance import drafts, secondary, undertaking


def mutants(data) -> Iterator[Mutant]:
    """Every mutant of a resolved definition, given as plain data."""
    for family in (
        actions, moves, states, regions, clocks, lengths, extensions, obligations, documents,
        tracks, materials, conditions, form, lists, fees, samples, names, texts, bases, switches,
        undertaking, secondary, drafts,
        joint_review, hearings,
    ):  # fmt: skip
        yield from family(data)
