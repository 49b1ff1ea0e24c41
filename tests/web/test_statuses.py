"""Which status code says what."""

import pytest

from permits.casework.refusals import Reason
from permits.text.uploads import Unfit
from permits.web.statuses import status_of, status_of_file


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_status(reason: Reason) -> None:
    assert status_of(reason) in (403, 404, 409, 422, 503)


@pytest.mark.parametrize("why", Unfit)
def test_every_file_that_is_not_taken_has_a_status(why: Unfit) -> None:
    assert status_of_file(why) in (409, 413, 415, 422, 503)
