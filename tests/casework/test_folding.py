"""What an event says that its case has must be there."""

import pytest

from permits.casework.families.folding import OutOfOrder, there


def test_what_is_there_is_taken_as_it_stands():
    assert there("", "record of a check") == ""
    assert there(0, "decision") == 0


def test_what_is_not_there_is_named():
    with pytest.raises(OutOfOrder, match=r"^there is no record of a check$"):
        there(None, "record of a check")
