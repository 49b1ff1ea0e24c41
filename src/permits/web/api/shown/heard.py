"""Who is heard in a case: departments, a hearing, third parties; and who may not act in it."""

from datetime import date
from typing import Literal

from pydantic import Field

from permits.casework.heard import Excepted, HearingStage, Sign, View
from permits.web.api.shown.listed import CASES
from permits.web.api.shown.parts import Named, Shown
from permits.web.dossier import Dossier
from permits.web.heard_shown import light_of, paper_of, who
from permits.web.lights import Light


class Opinion(Shown):
    """What one department was asked in one round. What it said is told inside the office."""

    department: Named
    round: int
    asked_on: date
    due: date | None = Field(description="none while its time stands still")
    provisional: bool
    light: Light
    required: bool = Field(description="nothing is decided without it")
    given_on: date | None
    late: bool = Field(description="it came, or has not come, after its due date")
    view: View | None
    opinion: str = Field(description="empty if it is not told")


class Attendance(Shown):
    """Whether somebody who was to be heard came and signed the record. Names are on the record."""

    who: str = Field(
        description="`office`, `applicant`, the key of an interested party, or `other`"
    )
    sign: Sign


class Hearing(Shown):
    """The hearing of a case."""

    stage: HearingStage
    due: date | None = Field(description="last day to ask for it or, once asked for, to hold it")
    day: date | None
    excepted: Excepted = Field(description="why it is not public; empty if it is")
    place: str
    held_on: date | None
    attendance: tuple[Attendance, ...] = Field(description="as its record says")
    record: str | None = Field(description="address of the record among the documents")


class ThirdParty(Shown):
    """An interested third party. Who it is is never told here."""

    key: str
    told_on: date
    due: date | None
    heard_on: date | None
    status: Literal["open", "heard", "silent", "closed"]


class Recusal(Shown):
    """Whether an officer may act in the case; `recused` is none until it is decided."""

    officer: str = Field(description="id of the account")
    asked_by: Literal["officer", "applicant"]
    on: date
    recused: bool | None


def opinions(case: Dossier) -> tuple[Opinion, ...]:
    """Every request, in the order in which they were made."""
    review = case.definition.joint_review
    rules = review.departments if review is not None else {}
    return tuple(
        Opinion(
            department=Named(name=one.asked, title=who(case, one.asked)),
            round=one.round,
            asked_on=one.starts_on,
            due=one.due,
            provisional=one.provisional,
            light=light_of(one, case.today),
            required=rules[one.asked].required,
            given_on=one.given.on if one.given else None,
            late=one.given.late if one.given else one.overdue,
            view=one.given.view if one.given and case.inside else None,
            opinion=case.values.get(one.given.opinion, "") if one.given and case.inside else "",
        )
        for one in case.case.requests.values()
    )


def hearing(case: Dossier) -> Hearing | None:
    """The hearing, if there is one."""
    one = case.case.hearing
    if one is None:
        return None
    return Hearing(
        stage=one.stage,
        due=one.due,
        day=one.day,
        excepted=one.excepted,
        place=case.values.get(one.place or "", ""),
        held_on=one.held_on,
        attendance=tuple(Attendance(who=a.who, sign=a.sign) for a in one.attendance),
        record=f"{CASES}/{case.id}/documents/{place}" if (place := paper_of(case)) else None,
    )


def third_parties(case: Dossier) -> tuple[ThirdParty, ...]:
    """The interested parties that were told."""
    return tuple(
        ThirdParty(
            key=one.key,
            told_on=one.told_on,
            due=one.due,
            heard_on=one.heard_on,
            status="heard" if one.heard_on else _status(silent=one.silent, open_=one.open),
        )
        for one in case.case.third_parties.values()
    )


def _status(*, silent: bool, open_: bool) -> Literal["open", "silent", "closed"]:
    return "open" if open_ else "silent" if silent else "closed"


def recusals(case: Dossier) -> tuple[Recusal, ...]:
    """The recusals that were asked for."""
    return tuple(
        Recusal(officer=one.officer, asked_by=one.asked_by, on=one.on, recused=one.recused)
        for one in case.case.recusals.values()
    )
