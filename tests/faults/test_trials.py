"""A short run of each goal: nothing is lost, doubled or kept by half, and each planted mistake is
found. `make faults` does the same at full size."""

import logging
import warnings

import pytest

from tests.faults.trials import SHORT, TRIALS, outcomes


@pytest.mark.parametrize("goal", TRIALS)
def test_what_was_told_is_kept_and_a_mistake_is_found(goal, tmp_path, record_property, caplog):
    caplog.set_level(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # of connections that are cut
        tried = list(outcomes(tmp_path, SHORT, [goal]))
    assert [one.line() for one in tried if not one.as_wanted] == []
    assert {one.mutant is None for one in tried} == {True, False}
    for one in tried:
        record_property("tried", one.line().splitlines()[0])
