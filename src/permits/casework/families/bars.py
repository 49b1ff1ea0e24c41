"""The family of bars and reviews: what follows for a party from a refusal or a revocation."""

from datetime import date

from msgspec.structs import replace

from permits.casework.envelope import Envelope, Event
from permits.casework.families.credit import PartyFolds
from permits.casework.parts import Seal
from permits.casework.party import Bar, BarGround, Concern, Party, Review, ReviewOutcome


class BarImposed(Event, frozen=True):
    """The same permit cannot be applied for up to and including `until`, because false materials
    were handed in (行政许可法 art. 78) or a permit was got by deceit or bribery (art. 79)."""

    bar: str
    ground: BarGround
    concerns: Concern
    case: str
    number: str
    permit: str
    office: str
    department: str
    within: str
    until: date
    reason: Seal


class TolerantTrackBarred(Event, frozen=True):
    """The tolerant track is shut for every permit up to and including `until`, because an
    undertaking to supply materials in time was not kept, as a person confirmed in the case. That
    it would be stood in what was signed."""

    bar: str
    case: str
    number: str
    permit: str
    office: str
    department: str
    within: str
    until: date


class BarFell(Event, frozen=True):
    """The refusal it followed from was annulled, and it falls with it."""

    bar: str


class BarLifted(Event, frozen=True):
    """The bar should not have been imposed, or was taken back after a remedy."""

    bar: str
    reason: Seal


class ReviewOpened(Event, frozen=True):
    """A grant was revoked because a commitment was not kept: a person is to look at whether a
    penalty is pursued (河南省社会信用条例 art. 68). Nothing follows by itself."""

    review: str
    case: str
    number: str
    permit: str
    office: str
    department: str


class ReviewConcluded(Event, frozen=True):
    review: str
    outcome: ReviewOutcome
    reason: Seal


def _imposed(party: Party, e: BarImposed, at: Envelope) -> Party:
    bar = Bar(
        name=e.bar,
        ground=e.ground,
        case=e.case,
        number=e.number,
        permit=e.permit,
        office=e.office,
        department=e.department,
        since=at.effective_at,
        until=e.until,
        reason=e.reason,
        concerns=e.concerns,
    )
    return replace(party, bars={**party.bars, bar.name: bar})


def _track_barred(party: Party, e: TolerantTrackBarred, at: Envelope) -> Party:
    bar = Bar(
        name=e.bar,
        ground="undertaking",
        case=e.case,
        number=e.number,
        permit=e.permit,
        office=e.office,
        department=e.department,
        since=at.effective_at,
        until=e.until,
    )
    return replace(party, bars={**party.bars, bar.name: bar})


def _fell(party: Party, e: BarFell, at: Envelope) -> Party:
    fallen = replace(party.bars[e.bar], lifted_on=at.effective_at)
    return replace(party, bars={**party.bars, e.bar: fallen})


def _lifted(party: Party, e: BarLifted, at: Envelope) -> Party:
    lifted = replace(party.bars[e.bar], lifted_on=at.effective_at, lifted_for=e.reason)
    return replace(party, bars={**party.bars, e.bar: lifted})


def _opened(party: Party, e: ReviewOpened, at: Envelope) -> Party:
    review = Review(
        name=e.review,
        case=e.case,
        number=e.number,
        permit=e.permit,
        office=e.office,
        department=e.department,
        opened_on=at.effective_at,
    )
    return replace(party, reviews={**party.reviews, review.name: review})


def _concluded(party: Party, e: ReviewConcluded, at: Envelope) -> Party:
    done = replace(
        party.reviews[e.review], outcome=e.outcome, reason=e.reason, concluded_on=at.effective_at
    )
    return replace(party, reviews={**party.reviews, e.review: done})


FOLDS: PartyFolds = {
    BarImposed: _imposed,
    TolerantTrackBarred: _track_barred,
    BarFell: _fell,
    BarLifted: _lifted,
    ReviewOpened: _opened,
    ReviewConcluded: _concluded,
}
