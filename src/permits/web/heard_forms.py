"""Forms about those who are heard: what each asks, and what was typed in it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.decide import hearing_record, hearings, joint_review
from permits.casework.heard import Excepted, Sign, View
from permits.casework.openings import HeardCommand, Opening, asked_of, openings
from permits.casework.refusals import Refused
from permits.services import heard as r
from permits.services.case_record import Record
from permits.text import names
from permits.web.amiss import amiss
from permits.web.dossier import Dossier
from permits.web.heard_shown import path_of, title, who
from permits.web.opening_forms import OpeningForm
from permits.web.reading import Reading, Unfit
from permits.web.visits import Member

OTHER_ROWS = 3
"""Rows for those who were not to be heard and took part: a witness, an expert, an interpreter."""
MOST_ROWS = 60


class HeardForm(OpeningForm):
    """Something about those who are heard on somebody's desk, open or not; 404 if it is not for
    them, or there is no such thing."""

    def __init__(
        self, visit: Member, record: Record, case: Dossier, home: str, opening: tuple[str, str]
    ) -> None:
        what, of = opening
        command = next((one for one in get_args(HeardCommand) if one == what), None)
        if command is None:
            raise HTTPException(404)
        self.opening = Opening(command, of)
        super().__init__(visit, record, case, home, asked_of(self.opening))
        self.title = title(case, self.opening)

    @property
    def path(self) -> str:
        return path_of(self.home, self.opening)

    @property
    def open(self) -> bool:
        desk = self.visit.desk(self.record.case)
        return self.opening in openings(self.record.case, desk)

    @property
    def about(self) -> str:
        """What the department was asked, or who is spoken of."""
        review = self.case.definition.joint_review
        if review is not None and self.opening.name in review.departments:
            return review.departments[self.opening.name].asked.in_(self.case.language)
        return who(self.case, self.opening.name) if self.opening.name else ""

    @property
    def departments(self) -> list[tuple[str, str]]:
        """Those that can be asked now."""
        desk = self.visit.desk(self.record.case)
        return [(n, who(self.case, n)) for n in joint_review.askable(self.record.case, desk)]

    @property
    def views(self) -> list[tuple[str, str]]:
        return [(one, names.view(one, self.case.language)) for one in get_args(View)]

    @property
    def exceptions(self) -> list[tuple[str, str]]:
        return [(one, names.excepted(one, self.case.language)) for one in get_args(Excepted)]

    @property
    def chairs(self) -> list[tuple[str, str]]:
        """The officers of the department who may preside."""
        case = self.record.case
        found = self.visit.office.cases.officers(case).items()
        return [(one, name) for one, name in found if hearings.not_to_preside(case, one) is None]

    @property
    def attends(self) -> list[tuple[str, str]]:
        """The rows of a record: everybody who is to be heard, and some for others."""
        others = [f"{hearing_record.OTHERS}-{n}" for n in range(1, OTHER_ROWS + 1)]
        rows = [*hearing_record.sides(self.record.case), *others]
        return [
            (row, names.attends_titled(row.partition("-")[0], self.case.language)) for row in rows
        ]

    @property
    def signs(self) -> list[tuple[str, str]]:
        return [(one, names.sign(one, self.case.language)) for one in get_args(Sign)]

    @property
    def officers(self) -> list[tuple[str, str]]:
        """The officers of the department."""
        return list(self.visit.office.cases.officers(self.record.case).items())

    @property
    def ground(self) -> str:
        """Why an officer should not act, and which."""
        asked = self.record.case.recusals.get(self.opening.name)
        if asked is None:
            return ""
        officer = self.visit.office.cases.people([asked.officer]).get(asked.officer, "")
        return f"{officer}: {self.case.values.get(asked.ground, '')}"

    @property
    def first_day(self) -> str:
        """The first day on which a hearing that is called today can be held."""
        desk = self.visit.desk(self.record.case)
        rule = hearings.rule_of(desk)
        found = hearings.earliest_day(desk, rule) if rule is not None else None
        return found.isoformat() if found else ""

    def page(
        self,
        *,
        typed: Mapping[str, str] | None = None,
        chosen: frozenset[str] = frozenset(),
        errors: Mapping[str, str] | None = None,
        refused: Refused | None = None,
    ) -> Response:
        """The form, as it was typed, with what is wrong."""
        told = amiss(refused or errors, self.visit.language, self.case.definition)
        return self.visit.page(
            "case/heard.html",
            status=told.status,
            m=self,
            case=self.case,
            today=self.case.today,
            typed=typed or {},
            chosen=chosen,
            errors=told.errors,
            says=told.says,
        )

    def given(self, reading: Reading) -> r.HeardRequest | Unfit:
        """What was typed, with what the address says."""
        kind, fields = _FORMS[self.opening.command](self.opening.name, reading)
        return Unfit(reading.errors) if reading.errors else kind(**fields)


_Read = tuple[type[r.HeardRequest], dict[str, Any]]


def _ask(_name: str, reading: Reading) -> _Read:
    return r.AskOpinions, {
        "asked": reading.some("asked"),
        "what": reading.text("what", wanted=False),
    }


def _give(name: str, reading: Reading) -> _Read:
    view = reading.one_of("view", get_args(View))
    return r.GiveOpinion, {"asked": name, "view": view, "opinion": reading.text("opinion")}


def _call(_name: str, reading: Reading) -> _Read:
    return r.CallHearing, {
        "day": reading.day("day"),
        "place": reading.text("place", most=200),
        "chair": reading.text("chair", most=40),
        "excepted": reading.one_of("excepted", get_args(Excepted)),
    }


def _record(_name: str, reading: Reading) -> _Read:
    return r.RecordHearing, {
        "on": reading.day("on"),
        "recorder": reading.text("recorder", most=40),
        "record": reading.text("record"),
        "attendance": tuple(_attendances(reading)),
    }


def _attendances(reading: Reading) -> Iterator[r.AttendanceIn]:
    """The rows of the form that were filled in. Whoever was not to be heard has none until a name
    is written."""
    for row in reading.form.text("attends").split()[:MOST_ROWS]:
        who = row.partition("-")[0]
        name = reading.text(f"name_{row}", most=200, wanted=False)
        reason = reading.text(f"reason_{row}", most=500, wanted=False)
        if who == hearing_record.OTHERS and not name:
            continue
        sign = reading.one_of(f"sign_{row}", get_args(Sign))
        if sign in get_args(Sign):
            yield r.AttendanceIn(who=who[:40], sign=sign, name=name, reason=reason)


def _tell(_name: str, reading: Reading) -> _Read:
    return r.TellThirdParty, {
        "name": reading.text("name", most=200),
        "contact": reading.text("contact", most=200),
        "interest": reading.text("interest"),
    }


def _decide(name: str, reading: Reading) -> _Read:
    recused = reading.one_of("recused", ("true", "false")) == "true"
    return r.DecideRecusal, {
        "officer": name,
        "recused": recused,
        "reason": reading.text("reason"),
    }


def _ask_recusal(_name: str, reading: Reading) -> _Read:
    officer = reading.text("officer", most=40)
    return r.AskRecusal, {"officer": officer, "ground": reading.text("ground")}


def _hear(name: str, reading: Reading) -> _Read:
    return r.HearThirdParty, {"party": name, "statement": reading.text("statement")}


_FORMS: Mapping[HeardCommand, Callable[[str, Reading], _Read]] = {
    "ask_opinions": _ask,
    "give_opinion": _give,
    "revoke_opinion": lambda n, read: (
        r.RevokeOpinion,
        {"asked": n, "reason": read.text("reason")},
    ),
    "join_opinions": lambda _n, read: (r.JoinOpinions, {"opinion": read.text("opinion")}),
    "offer_hearing": lambda _n, _read: (r.OfferHearing, {}),
    "announce_hearing": lambda _n, read: (r.AnnounceHearing, {"reason": read.text("reason")}),
    "ask_for_hearing": lambda _n, _read: (r.AskForHearing, {}),
    "record_hearing_asked": lambda n, _read: (r.RecordHearingAsked, {"party": n}),
    "waive_hearing": lambda _n, _read: (r.WaiveHearing, {}),
    "call_hearing": _call,
    "record_hearing": _record,
    "tell_third_party": _tell,
    "hear_third_party": _hear,
    "ask_recusal": _ask_recusal,
    "declare_recusal": lambda _n, read: (r.DeclareRecusal, {"ground": read.text("ground")}),
    "decide_recusal": _decide,
}
