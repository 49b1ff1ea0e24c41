"""What came after a decision: the term of a grant, requests of its holder, changes, annulments."""

from datetime import date
from typing import Literal

from pydantic import Field

from permits.casework.afterwards import Asked, Body
from permits.casework.parts import Recommendation, Result
from permits.web.after_shown import changes, request
from permits.web.api.shown.parts import Basis, Named, Shown, basis
from permits.web.dossier import Dossier

Standing = Literal["pending", "granted", "refused", "renewed_by_law"]


class GrantTerm(Shown):
    """How long the grant holds. Lengths are written as `6m`."""

    starts_on: date
    length: str
    renewals: tuple[str, ...]
    due: date | None = Field(description="the last day")
    provisional: bool
    ended_on: date | None = Field(description="since when there is nothing to renew")
    basis: Basis


class HolderRequest(Shown):
    """A request to put the date of a duty off, or to renew the term."""

    about: Named | None = Field(description="the duty; none if it is the term")
    asked_on: date
    late: bool
    standing: Standing
    decided_on: date | None
    reason: str = Field(description="empty if it is not shown here")
    said: str = Field(description="the reason of the decision")
    evidence: tuple[str, ...] = Field(description="SHA-256 of the files that show why")


class Change(Shown):
    """A fact that is changed."""

    field: Named
    was: str
    now: str


class Amendment(Shown):
    """A change that was asked for after the grant."""

    asked_on: date
    standing: Standing
    decided_on: date | None
    closed_on: date | None = Field(description="since when nobody decides on it any more")
    recommends: Recommendation | None = Field(description="what the examiner says of it")
    reason: str
    said: str
    evidence: tuple[str, ...] = Field(description="SHA-256 of the files that show why")
    changes: tuple[Change, ...]


class Annulled(Shown):
    """A decision of the office that was annulled on review."""

    body: Body
    on: date
    anew: bool = Field(description="the office has to decide again")
    number: str
    reason: str
    result: Result
    decided_on: date


def standing(one: Asked) -> Standing:
    """What became of a request."""
    if one.granted is None:
        return "pending"
    if not one.granted:
        return "refused"
    return "renewed_by_law" if one.by_law else "granted"


def term(case: Dossier) -> GrantTerm | None:
    """The term of the grant; None if it holds for good."""
    held, rule = case.case.term, case.definition.term
    if held is None or rule is None:
        return None
    return GrantTerm(
        starts_on=held.starts_on,
        length=held.length,
        renewals=held.renewals,
        due=held.due,
        provisional=held.provisional,
        ended_on=held.ended_on,
        basis=basis(rule.basis, case.definition.laws, case.language),
    )


def requests(case: Dossier) -> tuple[HolderRequest, ...]:
    """The requests of the holder, in the order of the case."""
    rules = case.definition.obligations
    found = [
        _request(case, one, Named(name=name, title=rules[name].title.in_(case.language)))
        for name, held in case.case.obligations.items()
        for one in held.asked
    ]
    asked = case.case.term.asked if case.case.term is not None else ()
    return (*found, *(_request(case, one, None) for one in asked))


def _request(case: Dossier, one: Asked, about: Named | None) -> HolderRequest:
    shown = request(case, "", one)
    return HolderRequest(
        about=about,
        asked_on=one.on,
        late=one.late,
        standing=standing(one),
        decided_on=one.decided_on,
        reason=shown.reason,
        said=shown.said,
        evidence=tuple(file.sha256 for file in one.evidence),
    )


def amendments(case: Dossier) -> tuple[Amendment, ...]:
    """The changes that were asked for."""
    found = []
    for one in case.case.amendments:
        shown, examined = request(case, "", one.asked), one.examined
        found.append(
            Amendment(
                asked_on=one.asked.on,
                standing=standing(one.asked),
                decided_on=one.asked.decided_on,
                closed_on=one.closed_on,
                recommends=examined.recommends if examined and case.inside else None,
                reason=shown.reason,
                said=shown.said,
                evidence=tuple(file.sha256 for file in one.asked.evidence),
                changes=tuple(
                    Change(
                        field=Named(name=fact.name, title=fact.title), was=fact.was, now=fact.now
                    )
                    for fact in changes(case, one)
                ),
            )
        )
    return tuple(found)


def annulled(case: Dossier) -> tuple[Annulled, ...]:
    """The decisions that were annulled."""
    return tuple(
        Annulled(
            body=one.body,
            on=one.on,
            anew=one.anew,
            number=case.values.get(one.number, ""),
            reason=case.values.get(one.reason, ""),
            result=one.result,
            decided_on=one.decided_on,
        )
        for one in case.case.annulled
    )
