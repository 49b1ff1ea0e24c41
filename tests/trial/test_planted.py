"""Mistakes that are planted in the product are found by the machine, with no more effort than
every run of the tests makes. Each takes away one rule that the product keeps."""

import json
from typing import ClassVar

import pytest

from permits.casework.case import Case
from permits.casework.decide import consequences, gatekeeping, guards, terms
from permits.casework.decide.fees import amount, date_fee_again, freeze_anew
from permits.definitions.edition import compile_edition
from permits.definitions.procedure import Act, Milestone
from permits.definitions.schema import Definition
from tests.definitions.shipped import data
from tests.trial import running, ways
from tests.trial.life import Life


class Tried(Life):
    """The machine, with an account of its own."""

    tried = type(Life.tried)()


OTHERS = ("anything", "again", "at_once", "publishes", "files", "parties")


def found(says, theme, machine=Tried, often=ways.KINDS, rather="", **steps):
    """The machine finds a mistake in a theme; `often` are the kinds of steps it has to do with,
    `rather` what comes in the place of those that have nothing to do with it, and `steps` what
    comes in the place of others."""
    instead = {theme: {**(dict.fromkeys(OTHERS, rather) if rather else {}), **steps}}
    about = type("About", (machine,), {"kinds": often, "instead": instead})
    with pytest.raises(AssertionError, match=says):
        running.run(running.of_theme(about, theme), running.FINDING)


def test_a_gate_that_is_not_asked(monkeypatch):
    monkeypatch.setattr(gatekeeping, "_shut", lambda *_asked: None)
    found("was passed while", "project")


def test_one_person_who_examines_and_decides(monkeypatch):
    monkeypatch.setattr(guards, "examines", lambda *_asked: False)
    found("examined and decided", "tolerated")


def test_a_fee_that_is_recomputed_at_the_rates_of_the_day(monkeypatch):
    def anew(minutes, name, cause):
        date_fee_again(minutes, name, cause)
        today = minutes.desk.today
        comes_to = amount(minutes, name, today)
        if comes_to is not None and not minutes.case.fees[name].cancelled:
            freeze_anew(minutes, name, comes_to, today)

    monkeypatch.setattr(terms, "date_fee_again", anew)
    found("a frozen fee was recomputed", "fees")


def test_somebody_recused_who_acts(monkeypatch):
    monkeypatch.setattr(Case, "recused", lambda *_asked: False)
    found("is recused and acted", "heard", often=("recusing", "heard"), rather="beside")


def test_a_clock_that_runs_on_when_the_case_has_ended(monkeypatch):
    stop = consequences._stop

    def forgets(minutes, name, milestone, on):
        if milestone is not Milestone.WITHDRAWN:
            stop(minutes, name, milestone, on)

    monkeypatch.setattr(consequences, "_stop", forgets)
    found("no such situation|left open", "heard")


def test_a_second_correction_notice(monkeypatch):
    """The charts that are shipped lead nobody to a second notice, so one is tried that does."""
    changed = data("plan_exempt")
    changed["chart"]["actions"]["issue_correction"]["moves"][0]["from"] = ["received", "corrected"]
    definition = Definition.model_validate_json(json.dumps(changed))

    class Twice(Tried):
        editions: ClassVar = {"tolerated": {"plan_exempt": compile_edition(definition, "twice")}}

    monkeypatch.setitem(guards.GUARDS, Act.ISSUE_CORRECTION, (guards._too_late,))
    found("a second correction notice", "tolerated", Twice, rather="goes_on")
