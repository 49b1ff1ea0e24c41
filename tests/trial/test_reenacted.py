"""Whatever life is lived, its cases can be gone through again from their logs alone, and nothing
is amiss: what an outsider finds wrong in a file is wrong."""

from collections import Counter
from typing import ClassVar

import pytest

from permits.evidence.findings import Finding
from tests.trial import running
from tests.trial.lived import THEMES
from tests.trial.reenacted import GoneThrough
from tests.trial.world import Kept

LIVES = 6


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_every_case_can_be_gone_through_again(theme, record_property):
    class Gone(GoneThrough):
        found: ClassVar[list[tuple[Kept, Finding]]] = []
        events: ClassVar[Counter[str]] = Counter()

    how = running.settings(running.FINDING, max_examples=LIVES)
    running.run(running.of_theme(Gone, theme), how)
    assert [finding for _one, finding in Gone.found] == []
    assert Gone.events.total() >= 50 * LIVES
    record_property("tried", f"gone through again, {theme}: {Gone.events.total()} events")
