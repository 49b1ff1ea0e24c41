"""Every single change of a definition that the campaign tries, each under a stable key."""

from collections.abc import Iterator

from tests.campaign.mutant import Mutant
from tests.campaign.mutations_after import annulments, put_off, terms
from tests.campaign.mutations_chart import actions, moves, regions, states
from tests.campaign.mutations_conditions import conditions
from tests.campaign.mutations_duties import (
    clocks,
    documents,
    extensions,
    lengths,
    obligations,
    promises,
)
from tests.campaign.mutations_fees import fees
from tests.campaign.mutations_heard import hearings, joint_review
from tests.campaign.mutations_parts import (
    bases,
    form,
    lists,
    materials,
    names,
    samples,
    signers,
    switches,
    texts,
    tracks,
)  # fmt: skip
from tests.campaign.mutations_projects import gates, projects, stages
from tests.campaign.mutations_tolerance import drafts, secondary, undertaking


def mutants(data) -> Iterator[Mutant]:
    """Every mutant of a resolved definition, given as plain data."""
    for family in (
        actions, moves, states, regions, clocks, lengths, extensions, obligations, promises,
        documents, tracks, materials, signers, conditions, form, lists, fees, projects, stages,
        gates, samples, names,
        texts, bases, switches, joint_review, hearings, undertaking, secondary, drafts, put_off,
        terms, annulments,
    ):  # fmt: skip
        yield from family(data)
