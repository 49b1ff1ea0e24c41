"""Every operation promises what its own parts may answer: whoever adds one and forgets to say what
may go wrong with it is told here, and not by a program that meets it."""

from collections.abc import Iterator
from typing import Any

import pytest

from permits.casework.refusals import Reason
from permits.text.troubles import Trouble
from permits.web import problems, statuses
from permits.web.api import asking, bodies
from permits.web.security import SAFE
from tests.web.api.program import Contract
from tests.web.api.test_openapi import NO_OPERATIONS, routes
from tests.web.housing import Housing

BODY = {400, 408, 413, 415, 422}
"""What may be wrong with a body: no JSON, too slow, too large, of another kind, unfit."""

ASKED_FOR = {
    asking.caller: {401, 403},
    asking.applicant: {403},
    asking.writer: {403},
    asking.record: {404},
    asking.draft: {404},
    bodies.incoming: BODY,
}
"""What a route may ask for, and how a request may end there."""

CALLED = {"proved": {403}, "body_of": BODY, "parsed": {400, 422}, "bad_answers": {422}}
"""What is called by its name, and how a request may end there."""


def parts(dependant: Any) -> Iterator[Any]:
    """A route and everything that it asks for, and what these ask for."""
    yield dependant
    for one in dependant.dependencies:
        yield from parts(one)


def can_be_wrong(parameter: Any) -> bool:
    """Whether a text can be something that a parameter does not take."""
    return parameter.field_info.annotation not in (str, str | None) or bool(
        parameter.field_info.metadata
    )


def owed(route: Any) -> set[int]:
    """The statuses that a route owes to what it is made of."""
    found = {400, 409, 500, 503}
    if not route.methods <= SAFE:
        found.add(403)  # from a page of another site
    for part in parts(route.dependant):
        call = part.call
        found |= ASKED_FOR.get(call, set())
        if getattr(call, "__qualname__", "").startswith("sent."):
            found |= BODY
        names = getattr(getattr(call, "__code__", None), "co_names", ())
        found |= {status for name in names for status in CALLED.get(name, ())}
        if any(map(can_be_wrong, part.path_params)):
            found.add(404)
        if any(map(can_be_wrong, part.query_params)):
            found.add(422)
    return found


def test_every_operation_promises_what_its_parts_may_answer(
    housing: Housing, contract: Contract
) -> None:
    lacking = {}
    for route in routes(housing):
        for method in sorted(route.methods):
            if (method, route.path) in {("GET", path) for path in NO_OPERATIONS}:
                continue
            promised = set(map(int, contract.operations[method, route.path]["responses"]))
            if not owed(route.original_route) <= promised:
                lacking[method, route.path] = sorted(owed(route.original_route) - promised)
    assert not lacking


def test_what_can_be_wrong_with_a_command_is_promised_wherever_one_is_given(
    contract: Contract,
) -> None:
    """A command that is sent under a key may be refused for any reason there is."""
    reasons = {statuses.status_of(reason) for reason in Reason}
    for place, operation in contract.operations.items():
        keyed = any(one["name"] == "Idempotency-Key" for one in operation.get("parameters", []))
        assert not keyed or reasons <= set(map(int, operation["responses"])), place


@pytest.mark.parametrize("trouble", Trouble)
def test_there_is_no_trouble_that_no_operation_promises(
    contract: Contract, trouble: Trouble
) -> None:
    promised = {int(one) for each in contract.operations.values() for one in each["responses"]}
    assert problems.status_of(trouble) in promised | {405}
