"""What people ask after a decision: that a date be put off, a term renewed, facts changed; and
what a reconsideration body or a court decided."""

from datetime import date

import msgspec

from permits.casework.afterwards import Body
from permits.casework.parts import HandedIn, Recommendation, Seal
from permits.definitions.conditions import Answer


class AskExtension(msgspec.Struct, frozen=True, tag="ask_extension"):
    """The holder asks that the date of a duty be put off, with files that show why."""

    obligation: str
    reason: Seal | None = None
    evidence: tuple[HandedIn, ...] = ()


class DecideExtension(msgspec.Struct, frozen=True, tag="decide_extension"):
    """Put the date of a duty off by a term (all that one extension allows, if none is given), or
    refuse with the reason."""

    obligation: str
    granted: bool
    by: str = ""
    reason: Seal | None = None


class RemindOfObligation(msgspec.Struct, frozen=True, tag="remind_of_obligation"):
    """The timer's: the date of a duty is close."""

    obligation: str


class RestoreGrant(msgspec.Struct, frozen=True, tag="restore_grant"):
    """Find that a grant which was taken to be void is not: what was owed was done in time, on
    that day."""

    on: date
    reason: Seal | None = None


class AskRenewal(msgspec.Struct, frozen=True, tag="ask_renewal"):
    """The holder asks that the term of the grant be renewed, with files that show that the
    conditions still hold."""

    reason: Seal | None = None
    evidence: tuple[HandedIn, ...] = ()


class DecideRenewal(msgspec.Struct, frozen=True, tag="decide_renewal"):
    """Renew the term of a grant, or refuse with the reason."""

    granted: bool
    reason: Seal | None = None


class PassTerm(msgspec.Struct, frozen=True, tag="pass_term"):
    """The timer's: the last day of a term has passed."""


class RemindOfTerm(msgspec.Struct, frozen=True, tag="remind_of_term"):
    """The timer's: the end of a term is close."""


class AskAmendment(msgspec.Struct, frozen=True, tag="ask_amendment"):
    """The holder asks that facts of the application be changed: the new answers by field, of
    personal ones their seals, and files that show why."""

    answers: dict[str, Answer]
    reason: Seal | None = None
    seals: dict[str, Seal] = {}
    evidence: tuple[HandedIn, ...] = ()


class ExamineAmendment(msgspec.Struct, frozen=True, tag="examine_amendment"):
    """The examiner's opinion on a change."""

    recommends: Recommendation
    opinion: Seal | None = None


class DecideAmendment(msgspec.Struct, frozen=True, tag="decide_amendment"):
    """Change what was asked for, or refuse with the reason, as somebody who did not examine it."""

    granted: bool
    reason: Seal | None = None


class RecordAnnulment(msgspec.Struct, frozen=True, tag="record_annulment"):
    """Enter that the decision was annulled: by whom, when, under which number, and whether the
    office has to decide `anew`."""

    body: Body
    on: date
    anew: bool
    number: Seal | None = None
    reason: Seal | None = None


After = (
    AskExtension
    | DecideExtension
    | RemindOfObligation
    | RestoreGrant
    | AskRenewal
    | DecideRenewal
    | PassTerm
    | RemindOfTerm
    | AskAmendment
    | ExamineAmendment
    | DecideAmendment
    | RecordAnnulment
)
