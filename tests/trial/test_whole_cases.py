"""Whole cases of every permit type are tried over years; see `rules.py` for what must hold."""

from tests.trial import running
from tests.trial.life import Life
from tests.trial.lived import THEMES


def test_whatever_is_tried_the_rules_hold(record_property):
    """In the same lives as ever, as long as the code is the same; more than enough of the
    commands, reasons and events there are must have come up."""

    class Tried(Life):
        tried = type(Life.tried)()

    for theme in THEMES:
        running.run(running.of_theme(Tried, theme))
    running.told(record_property, "whole cases", Tried.tried)
    assert Tried.tried["steps"] >= 0.9 * len(THEMES) * running.LIVES * running.STEPS
    assert running.kinds(Tried.tried, "carried out ") >= 30
    assert running.kinds(Tried.tried, "because ") >= 30
    assert running.kinds(Tried.tried, "event ") >= 70
