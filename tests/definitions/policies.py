"""The shipped policies, and what tests change of them."""

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from permits.definitions.findings import Finding, Marks
from permits.definitions.policies.editions import PolicyEdition, compile_policy
from permits.definitions.policies.loader import (
    ResolvedPolicy,
    build_policy,
    load_policies,
)
from permits.settings import shipped

FOLDER = shipped("workflows") / "policies"
AWARD, GRADED, POINTS = "hightech_first", "above_scale", "innovation_points"


@cache
def shipped_policies() -> dict[str, ResolvedPolicy]:
    resolved, findings = load_policies(FOLDER)
    assert not findings, "\n".join(map(str, findings))
    return {one.policy.policy.id: one for one in resolved}


@cache
def edition(name: str = AWARD) -> PolicyEdition:
    one = shipped_policies()[name]
    return compile_policy(one.policy, one.digest)


def content(name: str = AWARD) -> dict[str, Any]:
    """A shipped policy as plain data, to be changed."""
    return copy.deepcopy(json.loads(shipped_policies()[name].content))


def changed(change: Callable[[dict[str, Any]], Any], name: str = AWARD) -> tuple[Finding, ...]:
    """What is found after a change."""
    data = content(name)
    change(data)
    return build_policy(data, Marks())[1]


def variant(change: Callable[[dict[str, Any]], Any], name: str = AWARD) -> PolicyEdition:
    """A policy changed by a test; it must still be sound."""
    data = content(name)
    change(data)
    built, findings = build_policy(data, Marks())
    assert built is not None and not findings, "\n".join(map(str, findings))
    return compile_policy(built.policy, built.digest)
