"""A case with several entries is gone through again from its log alone: the totals that decide
are those of the entries, or whoever looks finds it."""

from msgspec.structs import replace

from permits.casework.families.filing import Filed
from permits.services.evidence.reenacting import reenact
from tests.definitions.broken_entries import houses
from tests.kit import Play, filing, variant
from tests.trial.reenacted import books_of

READ = ({"name": "一号楼", "area_m2": 800}, {"name": "门卫室", "area_m2": 45})
MADE = {"house_count": 2, "houses_m2": 845, "largest_m2": 800, "smallest_m2": 45}


def filed():
    edition = variant(houses())
    play = Play(edition)
    play.must("applicant", filing(edition, answers={"houses": READ, **MADE}), "2022-06-09")
    return play.do("window", "accept", "2022-06-10")


def again(play, **changed):
    """What is found, with the answers that were filed changed in the log."""
    log = [
        (at, replace(event, answers={**event.answers, **changed}))
        if isinstance(event, Filed)
        else (at, event)
        for at, event in play.log
    ]
    return reenact(play.case.id, log, books_of([play]))


def test_nothing_is_amiss_with_entries_that_were_filed():
    play = filed()
    gone = again(play)
    assert gone.findings == ()
    assert gone.case == play.case


def test_a_total_that_does_not_follow_from_its_entries_is_found():
    assert again(filed(), houses_m2=8_450).findings


def test_an_entry_that_was_changed_afterwards_is_found():
    assert again(filed(), houses=({**READ[0], "area_m2": 80}, READ[1])).findings
