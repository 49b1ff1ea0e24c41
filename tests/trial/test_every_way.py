"""Every way on from every situation that the checker finds is gone by real cases."""

import itertools
from functools import cache

import pytest

from permits.definitions.procedure import Phase
from tests.casework.test_settled import plot
from tests.kit import beijing
from tests.staged import CODE, Site, checked, served, supplied
from tests.trial import kinds, rules
from tests.trial.drive import Drive
from tests.trial.shut import TOGETHER
from tests.trial.world import Kept

BEFORE = {"basement": "pit", "basement_and_up": "pit", "above_ground": "below_ground"}
"""What must have been permitted before a stage of the works."""


@cache
def permitted(stage):
    """A project in which this was permitted, and nothing of it is owed any more."""
    site = Site()
    play = served(site.granted(stage, "2022-06-09", "ordinary"), "2022-06-09")
    supplied(play, "2022-06-10")
    supplied(play, "2022-06-10", "report_completion")
    if "datum_check" in play.case.obligations:
        checked(play, "datum_check", "2022-06-10")
    return {CODE: site.project}


def founded(answers):
    """The project in which an application is filed: the stages before are permitted."""
    stage = BEFORE.get(answers.get("stage_covered", ""))
    if "stage_covered" not in answers:
        stage = "whole"
    if answers.get("admitted_plot"):
        site = Site()
        plot(site)
        return {CODE: site.project}
    return permitted(stage) if stage else {}


@pytest.mark.parametrize("permit", kinds.PERMITS)
def test_every_way_is_gone_or_shut_by_the_definition(permit, record_property):
    drive = Drive(kinds.edition(permit), beijing("2022-06-13"), founded)
    drive.go()
    told = [
        f"{', '.join(node.leaves)} ({node.track}) {sorted(node.clocks | node.obligations)}"
        f" —{edge.action or edge.obligation}→ {', '.join(edge.to.leaves)}"
        f" {sorted(edge.to.obligations)}: {said}"
        for (node, edge), said in drive.left().items()
    ]
    record_property(
        "tried",
        f"every way, {permit}: {len(drive.ways):,} ways gone by cases,"
        f" {len(drive.never):,} that the definition shuts, {drive.annulled:,} annulments,"
        f" {len(drive.stood):,} of {len(drive.space.edges):,} situations,"
        " the rest past what is shut,"
        f" {sum(drive.tried.values()):,} commands",
    )
    assert not told, f"{len(told)} ways were not gone:\n" + "\n".join(told[:20])
    assert not drive.unexplained()
    assert drive.ended
    for case in drive.ended:
        kept = Kept(drive.edition, case, case)
        assert rules.phase_of(kept, case) is Phase.ENDED
        assert not rules.left_open(kept, case)


def test_duties_of_which_no_application_begins_some_together_really_do_not():
    """What is shut because of duties that no application begins together is found by asking the
    checker which applications there are. Here every choice of the form is made instead."""
    one = kinds.edition("staged_construction")
    drive = Drive(one, beijing("2022-06-13"))
    duties = one.definition.obligations.items()
    begun = {
        frozenset(n for n, duty in duties if duty.opens == "granted" and _holds(one, duty, said))
        for said in every_choice(one)
    }
    shut = {edge.to.obligations for (_, edge), why in drive.never.items() if why == TOGETHER}
    assert len(begun) == 4 and len(shut) == 12
    assert not begun & shut


def every_choice(one):
    """Every way of answering what is chosen or said yes or no to in a form, the rest plainly."""
    fields = {
        q.id: tuple(q.options) if q.type == "choice" else (False, True)
        for q in one.questions.values()
        if q.type in ("choice", "boolean")
    }
    for values in itertools.product(*fields.values()):
        yield kinds.answered(one, dict(zip(fields, values, strict=True))).answers


def _holds(one, duty, said):
    facts = {"case_track": "commitment", "case_on_the_spot": True, "case_kind": "none"}
    return duty.when is None or one.conditions[duty.when].holds(said, facts)
