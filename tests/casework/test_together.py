"""What may be done in many cases in one go."""

from permits.casework.together import TOGETHER
from permits.definitions.procedure import Act

JUDGING = (
    Act.GRANT, Act.REFUSE, Act.EXAMINE, Act.RETURN, Act.REVOKE, Act.REFUSE_ACCEPTANCE,
    Act.ISSUE_CORRECTION, Act.SUSPEND, Act.WITHDRAW_GRANT, Act.DEREGISTER,
)  # fmt: skip


def test_nothing_that_judges_a_case_is_done_in_many_at_once():
    assert set(TOGETHER).isdisjoint(JUDGING)
    assert set(TOGETHER) == {Act.ACCEPT, Act.DELIVER, Act.PUBLISH, Act.CONCLUDE}
