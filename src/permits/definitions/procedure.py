"""The words of the procedure in closed lists: phases, acts, milestones, roles, national codes.

Sources: 行政许可法 (2019) art. 32-50, 69, 70; the status codes of the data standard for the
approval of construction projects (工程建设项目审批管理系统数据共享交换标准, BLZT).
"""

from collections.abc import Container
from enum import IntEnum, StrEnum


class Phase(StrEnum):
    """How far a case has come in law. A state of a chart belongs to exactly one.

    A case is concluded when nothing of it is open and its file is closed; the grant still stands,
    and may yet be taken back. It has lapsed when the law itself ended it: void by itself, or
    at the end of its term. Nothing leaves what has ended.
    """

    INTAKE = "intake"
    EXAMINATION = "examination"
    SUSPENDED = "suspended"
    IN_EFFECT = "in_effect"
    CONCLUDED = "concluded"
    REFUSED = "refused"
    REVOKED = "revoked"
    LAPSED = "lapsed"
    ENDED = "ended"


class Code(IntEnum):
    """National status code of a case (办件状态)."""

    RECEIVED = 1
    WITHDRAWN_BEFORE_ACCEPTANCE = 2
    ACCEPTED = 3
    NOT_REQUIRED = 4
    NOT_ACCEPTED = 5
    CORRECTION_BEGUN = 6
    CORRECTION_DONE = 7
    UNDER_EXAMINATION = 8
    SPECIAL_PROCEDURE_BEGUN = 9
    SPECIAL_PROCEDURE_DONE = 10
    GRANTED = 11
    GRANTED_WITH_OPEN_DEBTS = 12
    REFUSED = 13
    WITHDRAWN_AFTER_ACCEPTANCE = 14
    REVOKED = 15


class Milestone(StrEnum):
    """A dated fact of the case from which clocks and obligations are reckoned."""

    RECEIVED = "received"
    CORRECTION_ISSUED = "correction_issued"
    CORRECTIONS_SUPPLIED = "corrections_supplied"
    TRACK_SWITCHED = "track_switched"
    ACCEPTED = "accepted"
    TOLERATED = "tolerated"
    SUPPLEMENTED = "supplemented"
    UNSUPPLIED = "unsupplied"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    HEARING_HELD = "hearing_held"
    EXAMINED = "examined"
    EXTENDED = "extended"
    DECIDED = "decided"
    GRANTED = "granted"
    REFUSED = "refused"
    DELIVERED = "delivered"
    PUBLISHED = "published"
    REVOCATION_NOTICED = "revocation_noticed"
    STATEMENT_MADE = "statement_made"
    REVOCATION_DROPPED = "revocation_dropped"
    REVOKED = "revoked"
    GRANT_WITHDRAWN = "grant_withdrawn"
    DEREGISTERED = "deregistered"
    DOCUMENT_CORRECTED = "document_corrected"
    DUTY_EXTENDED = "duty_extended"
    DUTY_NOT_EXTENDED = "duty_not_extended"
    VOIDED = "voided"
    RENEWED = "renewed"
    NOT_RENEWED = "not_renewed"
    EXPIRED = "expired"
    ANNULLED = "annulled"
    REOPENED = "reopened"
    AMENDED = "amended"
    NOT_AMENDED = "not_amended"
    CONCLUDED = "concluded"
    CONSTRUCTION_PERMIT = "construction_permit"
    WORKS_STARTED = "works_started"
    PERMANENT_WORKS_STARTED = "permanent_works_started"
    WORKS_COMPLETED = "works_completed"
    JOINT_ACCEPTANCE_APPLIED = "joint_acceptance_applied"
    JOINT_ACCEPTANCE = "joint_acceptance"
    PRODUCTION_REACHED = "production_reached"


REPORTED_MILESTONES = frozenset(
    {
        Milestone.CONSTRUCTION_PERMIT,
        Milestone.WORKS_STARTED,
        Milestone.PERMANENT_WORKS_STARTED,
        Milestone.WORKS_COMPLETED,
        Milestone.JOINT_ACCEPTANCE_APPLIED,
        Milestone.JOINT_ACCEPTANCE,
        Milestone.PRODUCTION_REACHED,
    }
)
"""Milestones that come from a report on an obligation instead of an act."""

TOLERANCE_MILESTONES = frozenset({Milestone.TOLERATED, Milestone.SUPPLEMENTED})
"""Milestones of the tolerant track: accepted with secondary materials still to come, and all of
them supplied."""

BEFORE_REVOKING = (
    Milestone.REVOCATION_NOTICED,
    Milestone.STATEMENT_MADE,
    Milestone.REVOCATION_DROPPED,
)
"""What goes before a revocation, or instead of it, wherever a grant stands."""

OUTSIDE_CHART = frozenset(
    {
        Milestone.RECEIVED,
        Milestone.EXTENDED,
        *BEFORE_REVOKING,
        Milestone.DOCUMENT_CORRECTED,
    }
)
"""Milestones set by filing and beside the chart."""

BEFORE_A_DECISION = frozenset({Milestone.ACCEPTED, Milestone.REOPENED})
"""Where the examination begins: what is owed from here on is done before anything is granted."""

ENDS_BY_LAW = frozenset({Milestone.VOIDED, Milestone.EXPIRED})
"""What ends a grant without anybody deciding it: void by itself, or at the end of its term."""

ENDS_OF_THE_GRANT = ENDS_BY_LAW | {
    Milestone.DEREGISTERED,
    Milestone.GRANT_WITHDRAWN,
    Milestone.ANNULLED,
    Milestone.REOPENED,
}
"""What ends with a revocation ends when the grant ends in one of these ways as well."""


def ends(milestone: Milestone, named: Container[Milestone]) -> bool:
    """Whether a milestone ends what ends with those that are named."""
    return milestone in named or (milestone in ENDS_OF_THE_GRANT and Milestone.REVOKED in named)


def ends_debt(milestone: Milestone, said: Milestone) -> bool:
    """Whether a milestone ends a debt as is said of another one: what the law ends, or a court,
    ends it as a revocation does."""
    as_revoked = milestone in ENDS_BY_LAW or milestone is Milestone.ANNULLED
    return milestone is said or (as_revoked and said is Milestone.REVOKED)


class Role(StrEnum):
    """Who may take an action."""

    APPLICANT = "applicant"
    WINDOW = "window"
    EXAMINER = "examiner"
    LEADER = "leader"
    INSPECTOR = "inspector"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    TIMER = "timer"


OFFICERS = frozenset({Role.WINDOW, Role.EXAMINER, Role.LEADER, Role.INSPECTOR, Role.SUPERVISOR})

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""Three who watch each other (三员分立, GB/T 22239-2019 8.1.4.2): of the accounts, of what they
may do, of what they did. None of them has anything to do with cases."""


class WorksStage(StrEnum):
    """The stages in which works may be permitted (分阶段办理施工许可), in the order in which they
    are built: pit support and excavation, what is below the ground-floor datum, what is above."""

    PIT = "pit"
    BASEMENT = "basement"
    SUPERSTRUCTURE = "superstructure"


class Settled(StrEnum):
    """What one case of a project may settle for the others: the design scheme that was granted
    with the land (带设计方案出让), which is not reviewed again."""

    DESIGN_SCHEME = "design_scheme"


class SpecialCause(StrEnum):
    """What may stop the clock after acceptance: the closed list of 行政许可法 art. 45."""

    HEARING = "hearing"
    TENDER = "tender"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"


class RevocationGround(StrEnum):
    """行政许可法 art. 69: paragraph 1 items 1-5 (may revoke), paragraph 2 (must revoke)."""

    ABUSE_OF_OFFICE = "69-1-1"
    BEYOND_POWERS = "69-1-2"
    PROCEDURE_BREACHED = "69-1-3"
    NOT_QUALIFIED = "69-1-4"
    OTHER = "69-1-5"
    DECEIT_OR_BRIBERY = "69-2"


class WithdrawalGround(StrEnum):
    """行政许可法 art. 8(2): why a lawful grant may be withdrawn for the public interest."""

    LAW_CHANGED = "8-2-1"
    CIRCUMSTANCES_CHANGED = "8-2-2"


class DeregistrationGround(StrEnum):
    """行政许可法 art. 70, items 1-6."""

    EXPIRED = "70-1"
    HOLDER_DIED = "70-2"
    HOLDER_ENDED = "70-3"
    REVOKED = "70-4"
    FORCE_MAJEURE = "70-5"
    OTHER = "70-6"


class Act(StrEnum):
    """What an action of a chart does in law."""

    ACCEPT = "accept"
    ACCEPT_BY_SILENCE = "accept_by_silence"
    ISSUE_CORRECTION = "issue_correction"
    SUPPLY_CORRECTIONS = "supply_corrections"
    REFUSE_ACCEPTANCE = "refuse_acceptance"
    DECLARE_NOT_REQUIRED = "declare_not_required"
    DECLARE_NOT_COMPETENT = "declare_not_competent"
    WITHDRAW = "withdraw"
    WITHDRAW_COMMITMENT = "withdraw_commitment"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXAMINE = "examine"
    RETURN = "return"
    GRANT = "grant"
    REFUSE = "refuse"
    REFUSE_UNSUPPLIED = "refuse_unsupplied"
    DEEM_WITHDRAWN = "deem_withdrawn"
    DELIVER = "deliver"
    PUBLISH = "publish"
    CONCLUDE = "conclude"
    REVOKE = "revoke"
    WITHDRAW_GRANT = "withdraw_grant"
    DEREGISTER = "deregister"
    VOID = "void"
    EXPIRE = "expire"


BY_TIME = frozenset({Act.ACCEPT_BY_SILENCE, Act.VOID, Act.EXPIRE})
"""What the law itself does when time has passed, and nobody else."""

ENDING_TOLERANCE = frozenset({Act.REFUSE_UNSUPPLIED, Act.DEEM_WITHDRAWN})
"""What may come of an undertaking that was not kept; which of them, a definition says."""
