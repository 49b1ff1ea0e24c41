"""Whole cases of every permit type are tried over years; see `rules.py` for what must hold."""

from typing import get_args

from permits.casework import commands as c
from permits.casework.fold import EVENTS
from tests.trial import running
from tests.trial.life import THEMES, Life

RARE = {"FeeFrozenAnew", "DeferralLost", "HearingDated", "ThirdPartyDated", "ThirdPartyClosed"}
"""Events of cases to which lives come only in a deep run."""


def test_whatever_is_tried_the_rules_hold(record_property):
    class Tried(Life):
        tried = type(Life.tried)()

    for theme in THEMES:
        running.run(running.of_theme(Tried, theme))
    running.told(record_property, "whole cases", Tried.tried)
    commands = {kind.__name__ for kind in get_args(c.Command)}
    assert {k for k in commands if not Tried.tried[f"carried out {k}"]} == set()
    assert {k for k in EVENTS if not Tried.tried[f"event {k}"]} <= RARE
