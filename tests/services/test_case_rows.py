"""What tables are to hold of a case, when several commands are written together."""

from permits.casework.check_rows import check_rows
from permits.services.case_rows import rows_after
from tests.casework.duties import built, check
from tests.kit import calendar


def test_a_check_that_is_gone_within_a_batch_is_taken_out_though_another_command_follows():
    play = built()
    before = play.case
    play.checked("inspector", check("2022-07-25", passed=False), "2022-07-25")
    found = play.case
    assert check_rows(found)
    as_before = rows_after(found, before, play.edition, calendar(), None)
    assert as_before.checks == ()
    after_another = rows_after(before, before, play.edition, calendar(), as_before)
    assert after_another.checks == ()
