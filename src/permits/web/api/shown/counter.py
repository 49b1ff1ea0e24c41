"""Visits to the counter, what other offices answered, and how documents were served."""

from datetime import date, datetime

from pydantic import Field

from permits.casework.case import Drawn
from permits.casework.parts import Means, SharedOutcome
from permits.text import counter, shared
from permits.web.api.shown.parts import Named, Shown
from permits.web.dossier import Dossier


class CounterVisit(Shown):
    """Somebody was at the counter (跑动)."""

    visit: int = Field(description="its place among all that were recorded, to take it back")
    on: date
    purpose: Named
    by_hand: bool = Field(description="nothing else in the log tells of it")


class SharedAnswer(Shown):
    """What another office answered for a material (数据共享)."""

    material: Named
    source: str = Field(description="what the source is called; empty if there is none")
    outcome: SharedOutcome
    says: str
    asked_at: datetime
    as_of: date | None = Field(description="the day of which the data speaks")
    sha256: str = Field(description="of the file that keeps the answer")


class DocumentService(Shown):
    """That a document reached the applicant, and until when remedies lie against what it decides;
    a day is provisional if a year it falls in is not published."""

    on: date
    means: Means
    proved: bool = Field(description="a receipt or the number of the post is kept")
    reconsideration_until: date | None
    action_until: date | None
    provisional: bool


def visits(case: Dossier) -> tuple[CounterVisit, ...]:
    """Who came when, and what for."""
    return tuple(
        CounterVisit(
            visit=place,
            on=one.on,
            purpose=Named(name=one.purpose, title=counter.purpose(one.purpose, case.language)),
            by_hand=one.by_hand,
        )
        for place, one in enumerate(case.case.recorded_visits, 1)
        if not one.taken_back
    )


def answers(case: Dossier) -> tuple[SharedAnswer, ...]:
    """What other offices answered."""
    rules, language = case.definition.materials, case.language
    return tuple(
        SharedAnswer(
            material=Named(name=name, title=rules[name].title.in_(language)),
            source=shared.source(one, language),
            outcome=one.outcome,
            says=shared.sentence(one, language),
            asked_at=one.asked_at,
            as_of=one.as_of,
            sha256=one.sha256,
        )
        for name, one in case.case.shared.items()
    )


def service(case: Dossier, drawn: Drawn) -> DocumentService | None:
    """How a document was served; None if that is not recorded."""
    found = case.service(drawn)
    if found is None:
        return None
    left = case.remedies(drawn)
    return DocumentService(
        on=found.on,
        means=found.means,
        proved=bool(found.proof) or found.postal is not None,
        reconsideration_until=left.reconsideration.due if left else None,
        action_until=left.action.due if left else None,
        provisional=left is not None
        and (left.reconsideration.provisional or left.action.provisional),
    )
