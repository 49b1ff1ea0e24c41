"""What is said about cases from outside, as programs are shown it."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from permits.casework.parts import Seal
from permits.casework.voices.events import About, Outcome
from permits.casework.voices.voices import Notice, Objection
from permits.casework.voices.voices import Rating as Rated
from permits.store.voices import Heard
from permits.text.voices import about, indicator, level, matter, outcome
from permits.text.words import Language
from permits.web.api.shown import whose
from permits.web.api.shown.listed import Party
from permits.web.api.shown.parts import Basis, Named, Shown
from permits.web.dossier import Dossier


class NoticeDays(Shown):
    """From when until when a notice runs."""

    first: date
    until: date
    provisional: bool = Field(description="the calendar of that year is not published")


class NoticeListed(Shown):
    """A case the public is told of before it is decided."""

    number: str
    href: str
    permit: Named
    title: str
    place: str
    until: date
    provisional: bool


class NoticeList(Shown):
    """A page of the notices that run; `next` is the address of the page after it."""

    items: tuple[NoticeListed, ...]
    length: str = Field(description="how long a notice runs")
    basis: Basis
    next: str | None


class PublicObjection(Shown):
    """An objection as everybody may know of it: not who objects, nor what they say."""

    number: int
    about: Named
    entered_on: date
    due: date
    provisional: bool
    outcome: Named | None
    reason: str | None = Field(description="reasons of the answer; empty once erased")
    answered_on: date | None


class PublicNotice(Shown):
    """A case under notice, or published: whether one may object, and what came of objections."""

    number: str
    permit: Named
    title: str
    place: str
    party: Party
    authority: Named
    notice: NoticeDays | None
    open_to: About | None = Field(description="what one may object to today, if to anything")
    open_until: date | None
    objections: tuple[PublicObjection, ...]


class ObjectionReceipt(Shown):
    """What whoever objected keeps: with number and code they read the answer. The code is told
    once."""

    number: str
    objection: int
    code: str
    due: date
    provisional: bool


class RatingShown(Shown):
    """A rating and how far it was followed up."""

    matter: Named
    level: Named
    on: date
    indicators: dict[str, int]
    words: str
    publish: bool
    due: date | None = Field(description="until when a bad one is followed up")
    reached_on: date | None
    substantiated: bool | None
    measures: str
    reply: str
    replied_on: date | None


class Ratings(Shown):
    """The ratings of a case, and what of it can still be rated."""

    items: tuple[RatingShown, ...]
    ratable: tuple[Named, ...]


class LevelCount(Shown):
    """How often a level was given."""

    level: Named
    count: int


class IndicatorMean(Shown):
    """What an indicator was rated in the mean, in hundredths; the best is 500."""

    indicator: Named
    hundredths: int
    count: int


class ToldRating(Shown):
    """Words of a rating whose rater agreed to it, with the reply of the office."""

    level: Named
    on: date
    words: str
    reply: str


class RatingFigures(Shown):
    """What applicants think of the service in a period; `count` is null where there are too few
    to tell of."""

    count: int | None
    fewest: int
    levels: tuple[LevelCount, ...]
    indicators: tuple[IndicatorMean, ...]
    bad: int | None = Field(description="ratings of 2 or 1")
    replied: int | None = Field(description="of these, replied to")
    in_time: int | None = Field(description="of these, by their day")
    told: tuple[ToldRating, ...]


class OfficersObjection(PublicObjection):
    """An objection as officers of the case read it; who objects is masked."""

    text: str


class CaseVoices(Shown):
    """The notice of a case, objections to it, and its ratings, for its officers."""

    notice: NoticeDays | None
    objections: tuple[OfficersObjection, ...]
    ratings: tuple[RatingShown, ...]


def named_level(value: int, language: Language) -> Named:
    return Named(name=str(value), title=level(value, language))


def named_indicator(value: str, language: Language) -> Named:
    return Named(name=value, title=indicator(value, language))


def named_matter(value: str, language: Language) -> Named:
    return Named(name=value, title=matter(value, language))


def notice_listed(one: Heard, permit: str, href: str) -> NoticeListed:
    """A notice of the list; `permit` is what its permit type is called."""
    row = one.row
    if row.due_on is None:
        raise LookupError(row.case_id)
    return NoticeListed(
        number=row.number,
        href=href,
        permit=Named(name=row.permit, title=permit),
        title=one.title or permit,
        place=one.place,
        until=row.due_on,
        provisional=row.provisional,
    )


def notice_days(one: Notice | None) -> NoticeDays | None:
    if one is None:
        return None
    return NoticeDays(first=one.first, until=one.until, provisional=one.provisional)


def public_objection(
    one: Objection, values: Mapping[Seal, str], language: Language
) -> PublicObjection:
    """An objection without what its author said."""
    return PublicObjection(**_objection(one, values, language))


def officers_objection(
    one: Objection, values: Mapping[Seal, str], language: Language
) -> OfficersObjection:
    """An objection with what its author said."""
    return OfficersObjection(**_objection(one, values, language), text=values.get(one.text, ""))


def _objection(
    one: Objection, values: Mapping[Seal, str], language: Language
) -> dict[str, object]:
    return {
        "number": one.number,
        "about": Named(name=one.about, title=about(one.about, language)),
        "entered_on": one.entered_on,
        "due": one.due,
        "provisional": one.provisional,
        "outcome": _outcome(one.outcome, language),
        "reason": None if one.open else values.get(one.reason, ""),
        "answered_on": one.answered_on,
    }


def _outcome(value: Outcome | None, language: Language) -> Named | None:
    return None if value is None else Named(name=value, title=outcome(value, language))


def public_notice(
    case: Dossier,
    about_now: tuple[About | None, date | None],
    notice: Notice | None,
    objections: tuple[PublicObjection, ...],
) -> PublicNotice:
    """A case the public was told of."""
    return PublicNotice(
        number=case.case.number,
        permit=whose.permit(case),
        title=case.title,
        place=case.place,
        party=whose.party(case),
        authority=whose.authority(case),
        notice=notice_days(notice),
        open_to=about_now[0],
        open_until=about_now[1],
        objections=objections,
    )


def rating_shown(one: Rated, values: Mapping[Seal, str], language: Language) -> RatingShown:
    """A rating with its words."""
    return RatingShown(
        matter=named_matter(one.matter, language),
        level=named_level(one.level, language),
        on=one.on,
        indicators={str(name): given for name, given in one.indicators.items()},
        words=values.get(one.words or "", ""),
        publish=one.publish,
        due=one.due,
        reached_on=one.reached_on,
        substantiated=one.substantiated,
        measures=values.get(one.measures, ""),
        reply=values.get(one.reply, ""),
        replied_on=one.replied_on,
    )
