"""The revoking family: what comes before a grant is taken back, and its withdrawal."""

from msgspec.structs import replace

from permits.casework.case import Case, Intended
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, marked
from permits.casework.parts import Seal
from permits.definitions.procedure import Milestone


class RevocationNoticed(Event, frozen=True):
    """The holder was told that the office intends to revoke, on which ground of 行政许可法 art. 69
    and for what reason, and may state their case and defend themselves (陈述、申辩)."""

    ground: str
    reason: Seal


class StatementMade(Event, frozen=True):
    """The holder's statement and defence, as it was given or written down."""

    statement: Seal


class RevocationDropped(Event, frozen=True):
    """The grant stands: the office does not revoke what it gave notice of."""

    reason: Seal


class GrantWithdrawn(Event, frozen=True):
    """A lawful grant was withdrawn (撤回) because the law or the circumstances changed
    (行政许可法 art. 8); `compensation` says what is done for the holder's loss."""

    ground: str
    reason: Seal
    compensation: Seal


def _noticed(case: Case, e: RevocationNoticed, at: Envelope) -> Case:
    intended = Intended(at.effective_at, e.ground, e.reason)
    return marked(replace(case, intended=intended), Milestone.REVOCATION_NOTICED, at.effective_at)


def _stated(case: Case, e: StatementMade, at: Envelope) -> Case:
    held = case.intended
    intended = replace(held, statement=e.statement, stated_on=at.effective_at) if held else None
    after = replace(case, intended=intended)
    return marked(after, Milestone.STATEMENT_MADE, at.effective_at)


def _dropped(case: Case, _e: RevocationDropped, at: Envelope) -> Case:
    return marked(replace(case, intended=None), Milestone.REVOCATION_DROPPED, at.effective_at)


def _withdrawn(case: Case, _e: GrantWithdrawn, at: Envelope) -> Case:
    """There is no grant any more that could be revoked."""
    return marked(replace(case, intended=None), Milestone.GRANT_WITHDRAWN, at.effective_at)


FOLDS: Folds = {
    RevocationNoticed: _noticed,
    StatementMade: _stated,
    RevocationDropped: _dropped,
    GrantWithdrawn: _withdrawn,
}
