"""What follows from a milestone: clocks stop and start, obligations, fees and documents."""

from collections.abc import Iterable
from datetime import date

from permits.casework.decide import heard, inspectors, standing
from permits.casework.decide.dating import differs, earliest
from permits.casework.decide.fees import date_fee_again, end, freeze
from permits.casework.decide.minutes import Minutes
from permits.casework.due_dates import Length
from permits.casework.families.clocks import ClockStarted, ClockStopped
from permits.casework.families.documents import DocumentDrawnUp
from permits.casework.families.obligations import (
    CheckDrawn,
    ObligationDated,
    ObligationOpened,
    ObligationVoided,
)
from permits.casework.sampling import drawn
from permits.definitions.edition import Consequences
from permits.definitions.procedure import Milestone
from permits.definitions.schema import ClockLength


def follow(
    minutes: Minutes,
    milestones: Iterable[Milestone],
    on: date,
    *,
    stopped_on: date | None = None,
    stated: Length | None = None,
) -> None:
    """Note everything that milestones of the day `on` bring about.

    What stops comes before what starts. `stopped_on` is when clocks stop if that is another day:
    an acceptance counts from the day the application was complete, but it was given today.
    `stated` is the time a written notice said.
    """
    for milestone in milestones:
        what = minutes.desk.edition.at[milestone]
        for name in what.stops:
            _stop(minutes, name, milestone, stopped_on or on)
        for name in what.voids:
            _void(minutes, name, milestone, on)
        for name in what.ends_fees:
            end(minutes, name, milestone, on)
        heard.follow(minutes, milestone)
        standing.follow(minutes, milestone, on)
        for name in what.starts:
            _start(minutes, name, milestone, on, stated)
        for name in what.freezes:
            freeze(minutes, name, on)
        for name in what.opens:
            _open(minutes, name, on)
        _reckon(minutes, what, milestone)
        for name in what.draws:
            _draw_up(minutes, name, milestone)


def _reckon(minutes: Minutes, what: Consequences, milestone: Milestone) -> None:
    """Dates that count from a milestone."""
    for name in what.dates:
        date_again(minutes, name, str(milestone))
    for name in what.dates_fees:
        date_fee_again(minutes, name, str(milestone))


def _stop(minutes: Minutes, name: str, milestone: Milestone, on: date) -> None:
    clock = minutes.case.clocks.get(name)
    if clock is None or not clock.running:
        return
    late = clock.due is not None and not clock.provisional and on > clock.due
    minutes.note(ClockStopped(clock=name, on=on, milestone=milestone, late=late), on)


def _start(
    minutes: Minutes, name: str, milestone: Milestone, on: date, stated: Length | None
) -> None:
    rule = minutes.definition.clocks[name]
    length = length_of(minutes, rule.length, stated)
    due = minutes.due(on, length, rule.warn_days_left)
    event = ClockStarted(clock=name, milestone=milestone, starts_on=on, length=str(length), **due)
    minutes.note(event, on)


def length_of(minutes: Minutes, rule: ClockLength, stated: Length | None) -> Length:
    """How long a clock runs in this case; of several terms the one with the fewest days."""
    if rule.least:
        lengths = [length_of(minutes, inner, stated) for inner in rule.least]
        return min(lengths, key=lambda length: length.count)
    if rule.stated and stated is not None:
        return stated
    track = minutes.definition.tracks[minutes.track]
    length = Length.parse(rule.fixed or getattr(track, rule.track or "promised"))
    less = Length.parse(rule.less).count if rule.less else 0
    return Length(max(0, length.count - less), length.unit)


def _void(minutes: Minutes, name: str, milestone: Milestone, on: date) -> None:
    held = minutes.case.obligations.get(name)
    if held is not None and held.status == "open":
        minutes.note(ObligationVoided(obligation=name, on=on, milestone=milestone))


def _open(minutes: Minutes, name: str, on: date) -> None:
    rule = minutes.definition.obligations[name]
    if rule.pays is not None and not _put_off(minutes, rule.pays):
        return
    if minutes.holds(rule.when) and _checked(minutes, name):
        due = earliest(minutes, rule.due, rule.warn_days_left)
        minutes.note(ObligationOpened(obligation=name, **due), on)
        inspectors.draw_first(minutes, name)


def _checked(minutes: Minutes, name: str) -> bool:
    """Whether a duty begins here: in every case, or in those that are drawn by lot."""
    sample = minutes.definition.obligations[name].sample
    if sample is None:
        return True
    seed = minutes.desk.seed
    hit = drawn(seed, minutes.case.id, name, sample.share)
    minutes.note(CheckDrawn(obligation=name, seed=seed, share=sample.share, drawn=hit))
    return hit


def _put_off(minutes: Minutes, fee: str) -> bool:
    """Whether there is something to pay later."""
    held = minutes.case.fees.get(fee)
    return held is not None and held.deferred and held.balance_fen > 0


def date_again(minutes: Minutes, name: str, cause: str) -> None:
    """Reckon an open obligation's due date anew; noted only if it changed."""
    held = minutes.case.obligations.get(name)
    if held is None or held.status != "open":
        return
    rule = minutes.definition.obligations[name]
    if held.ordered_on is None:
        longer = map(Length.parse, held.extensions)
        due = earliest(minutes, rule.due, rule.warn_days_left, longer)
    else:
        due = minutes.due(held.ordered_on, Length.parse(held.within), rule.warn_days_left)
    sure = due["due"] is not None and not due["provisional"]
    overdue = held.overdue and sure and due["due"] < minutes.desk.today
    if differs(held, due) or overdue != held.overdue:
        minutes.note(
            ObligationDated(obligation=name, was=held.due, overdue=overdue, cause=cause, **due)
        )


def _draw_up(minutes: Minutes, name: str, milestone: Milestone) -> None:
    """Draw it up under its number. An acceptance with something still to come has a notice of
    its own, drawn at `tolerated`, in the place of the one that calls the application complete."""
    rule, authority = minutes.definition.documents[name], minutes.definition.authority
    incomplete = milestone is Milestone.ACCEPTED and bool(minutes.case.tolerated)
    if incomplete or not minutes.holds(rule.when):
        return
    year = minutes.desk.today.year
    series = f"document/{authority.id}/{rule.word}/{year}"
    place = minutes.next_in(series)
    minutes.note(
        DocumentDrawnUp(
            document=name,
            number=f"{authority.document_word}{rule.word}字〔{year}〕{place}号",
            series=series,
            place=place,
            on=minutes.desk.today,
            milestone=milestone,
        )
    )
