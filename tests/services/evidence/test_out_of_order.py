"""Events that cannot have happened to a case: whoever goes through it again tells where it cannot
be followed, and nothing fails."""

from datetime import date

import pytest
from msgspec.structs import replace

from permits.casework.families.annulments import DecisionAnnulled
from permits.casework.families.hearings import HearingWaived
from permits.casework.families.inspectors import CheckSigned
from permits.evidence.findings import Amiss
from permits.services.evidence.reenacting import reenact
from tests.kit import SEAL, Play
from tests.trial.reenacted import books_of

NEVER_CHECKED = CheckSigned(obligation="report_completion", record=SEAL)
NEVER_DECIDED = DecisionAnnulled(
    body="court", on=date(2022, 6, 9), anew=True, number=SEAL, reason=SEAL, leaves=("examining",),
    code=1, void=(),
)  # fmt: skip
NEVER_OFFERED = HearingWaived()


@pytest.mark.parametrize(
    ("play", "event"),
    [
        (Play().granted("2022-06-09"), NEVER_CHECKED),
        (Play().accepted("2022-06-09"), NEVER_DECIDED),
        (Play().accepted("2022-06-09"), NEVER_OFFERED),
    ],
    ids=["no_record_to_sign", "no_decision_to_annul", "no_hearing_to_waive"],
)
def test_what_cannot_have_happened_is_where_following_ends(play, event):
    last, _event = play.log[-1]
    slipped_in = replace(last, seq=last.seq + 1, type=type(event).__name__, command="another")
    gone = reenact(play.case.id, [*play.log, (slipped_in, event)], books_of([play]))
    assert gone.case == play.case
    (finding,) = gone.findings
    assert "there is no " in finding.says[0]
    assert (finding.what, finding.seq) == (Amiss.CANNOT_FOLLOW, slipped_in.seq)
