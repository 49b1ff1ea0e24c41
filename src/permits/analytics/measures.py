"""The figures there are, each written once as SQL over rows that the pure core made of cases.

What a figure adds up is a whole number that stands in the row of a case, of a stay in a state, of
a time limit, of an obligation, of a fee or of an opinion; a share adds up ones and noughts. The
cases are always those that had their result in a period. How each is defined and worked out is in
`docs/reference/metrics.md`.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec
from sqlalchemy import ColumnElement, Table, and_, bindparam, case, or_

from permits.analytics.choosing import DECIDED
from permits.definitions.procedure import Code
from permits.store.measured_tables import case_duty, case_facts, case_fee, case_term, interval
from permits.store.pile_tables import opinion_row


class Measure(StrEnum):
    """A figure. Closed: each needs a title, an explanation and an example."""

    MATERIALS_SAVED = "materials_saved"
    MATERIALS_EXEMPT = "materials_exempt"
    MATERIALS_SHARED = "materials_shared"
    MATERIALS_COMMITTED = "materials_committed"
    MATERIALS_DEFERRED = "materials_deferred"
    DAYS_SAVED = "days_saved"
    DAYS_SAVED_STATUTORY = "days_saved_statutory"
    DAYS_USED = "days_used"
    DAYS_GROSS = "days_gross"
    DAYS_SUSPENDED = "days_suspended"
    ON_TIME = "on_time"
    ON_TIME_PROMISED = "on_time_promised"
    ON_TIME_STATUTORY = "on_time_statutory"
    TERMS_KEPT = "terms_kept"
    EXTENSIONS = "extensions"
    WARNINGS_GIVEN = "warnings_given"
    WARNINGS_HEEDED = "warnings_heeded"
    STAYS = "stays"
    WAIT_APPLICANT = "wait_applicant"
    WAIT_OFFICE = "wait_office"
    WAIT_OUTSIDE = "wait_outside"
    WAIT_DEPARTMENTS = "wait_departments"
    CORRECTIONS = "corrections"
    VISITS = "visits"
    AT_MOST_ONE_VISIT = "at_most_one_visit"
    DUTIES_KEPT = "duties_kept"
    DUTIES_RECTIFIED = "duties_rectified"
    DUTIES_BROKEN = "duties_broken"
    FEES_OWED = "fees_owed"
    FEES_DEFERRED = "fees_deferred"
    FEES_OVERDUE = "fees_overdue"
    FEES_ON_TIME = "fees_on_time"


class Unit(StrEnum):
    """What a figure counts. A `SHARE` is told as parts of a hundred; money is in fen."""

    MATERIALS = "materials"
    DAYS = "days"
    SHARE = "share"
    NOTICES = "notices"
    VISITS = "visits"
    TIMES = "times"
    MONEY = "money"


class By(StrEnum):
    """What cases, or what stands beside them, are told apart by."""

    ALL = "all"
    PERMIT = "permit"
    EDITION = "edition"
    TRACK = "track"
    DEPARTMENT = "department"
    DISTRICT = "district"
    MONTH = "month"
    STATE = "state"
    METHOD = "method"
    TERM = "term"
    DUTY = "duty"
    FEE = "fee"
    ASKED = "asked"


OF_CASES = (By.ALL, By.PERMIT, By.EDITION, By.TRACK, By.DEPARTMENT, By.DISTRICT, By.MONTH)
"""By what every figure can be told apart."""


class Period(msgspec.Struct, frozen=True):
    """Working days after one day, up to and including another; nothing before the second came."""

    since: ColumnElement[str]
    until: ColumnElement[str]


class Rule(msgspec.Struct, frozen=True):
    """How a figure is made: of which rows, of what in them, and which of them count. `own` are
    the ways to tell its rows apart beside those of cases, with their column."""

    unit: Unit
    rows: Table
    value: ColumnElement[int] | Period
    among: ColumnElement[bool] | None = None
    own: Mapping[By, ColumnElement[str]] = {}

    @property
    def of_days(self) -> bool:
        """Whether it adds up days between two dates."""
        return isinstance(self.value, Period)

    @property
    def ways(self) -> tuple[By, ...]:
        return (*OF_CASES, *self.own)


TODAY = "today"
"""The parameter that says which day it is, for what has not come yet."""

_facts, _term, _duty, _fee = case_facts.c, case_term.c, case_duty.c, case_fee.c
_stay, _opinion = interval.c, opinion_row.c

_granted = _facts.result == "granted"
_decided = _facts.result.in_(DECIDED)


def _one(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """One where it holds, nought elsewhere."""
    return case((condition, 1), else_=0)


def _saved(value: ColumnElement[int], unit: Unit = Unit.MATERIALS) -> Rule:
    return Rule(unit, case_facts, value, _granted)


_past = _term.fate != "running"
_warned = and_(
    _term.warn_on.is_not(None),
    or_(
        _term.fate == "late",
        _term.ended_on >= _term.warn_on,
        and_(_term.ended_on.is_(None), _term.warn_on <= bindparam(TODAY)),
    ),
)
_TERMS = {By.TERM: _term.name}


def _limit(kind: str) -> Rule:
    """The share of the limits of a kind that were not overrun, of those that ended or were."""
    among = and_(_term.limit_kind == kind, _past)
    return Rule(Unit.SHARE, case_term, _one(_term.fate == "kept"), among, _TERMS)


_STATES = {By.STATE: _stay.state}
_stayed = Period(_stay.entered_on, _stay.left_on)


def _waited(*codes: Code) -> Rule:
    among = and_(_stay.left_on.is_not(None), _stay.code.in_([int(code) for code in codes]))
    return Rule(Unit.DAYS, interval, _stayed, among, _STATES)


_closed = _duty.fate.in_(("kept", "late", "rectified", "broken"))
_DUTIES = {By.METHOD: _duty.method, By.DUTY: _duty.name}


def _duties(fate: str) -> Rule:
    return Rule(Unit.SHARE, case_duty, _one(_duty.fate == fate), _closed, _DUTIES)


_FEES = {By.FEE: _fee.fee}

RULES: Mapping[Measure, Rule] = {
    Measure.MATERIALS_SAVED: _saved(_facts.saved_materials),
    Measure.MATERIALS_EXEMPT: _saved(_facts.saved_exempt),
    Measure.MATERIALS_SHARED: _saved(_facts.saved_shared),
    Measure.MATERIALS_COMMITTED: _saved(_facts.saved_committed),
    Measure.MATERIALS_DEFERRED: _saved(_facts.deferred),
    Measure.DAYS_SAVED: _saved(_facts.saved_wd, Unit.DAYS),
    Measure.DAYS_SAVED_STATUTORY: _saved(_facts.saved_statutory_wd, Unit.DAYS),
    Measure.DAYS_USED: Rule(Unit.DAYS, case_facts, _facts.used_wd, _decided),
    Measure.DAYS_GROSS: Rule(
        Unit.DAYS, case_facts, _facts.used_wd + _facts.suspended_wd, _decided
    ),
    Measure.DAYS_SUSPENDED: Rule(Unit.DAYS, case_facts, _facts.suspended_wd, _decided),
    Measure.ON_TIME: Rule(Unit.SHARE, case_facts, _one(~_facts.late), _decided),
    Measure.ON_TIME_PROMISED: _limit("promised"),
    Measure.ON_TIME_STATUTORY: _limit("statutory"),
    Measure.TERMS_KEPT: Rule(
        Unit.SHARE,
        case_term,
        _one(_term.fate == "kept"),
        and_(_term.debtor == "office", _past),
        _TERMS,
    ),
    Measure.EXTENSIONS: Rule(Unit.TIMES, case_term, _term.extensions, None, _TERMS),
    Measure.WARNINGS_GIVEN: Rule(Unit.SHARE, case_term, _one(_warned), None, _TERMS),
    Measure.WARNINGS_HEEDED: Rule(
        Unit.SHARE, case_term, _one(_term.fate == "kept"), and_(_warned, _past), _TERMS
    ),
    Measure.STAYS: Rule(Unit.DAYS, interval, _stayed, _stay.left_on.is_not(None), _STATES),
    Measure.WAIT_APPLICANT: _waited(Code.CORRECTION_BEGUN),
    Measure.WAIT_OFFICE: _waited(
        Code.RECEIVED,
        Code.ACCEPTED,
        Code.CORRECTION_DONE,
        Code.UNDER_EXAMINATION,
        Code.SPECIAL_PROCEDURE_DONE,
    ),
    Measure.WAIT_OUTSIDE: _waited(Code.SPECIAL_PROCEDURE_BEGUN),
    Measure.WAIT_DEPARTMENTS: Rule(
        Unit.DAYS,
        opinion_row,
        Period(_opinion.asked_on, _opinion.given_on),
        _opinion.given_on.is_not(None),
        {By.ASKED: _opinion.department},
    ),
    Measure.CORRECTIONS: Rule(Unit.NOTICES, case_facts, _facts.corrections),
    Measure.VISITS: Rule(Unit.VISITS, case_facts, _facts.visits),
    Measure.AT_MOST_ONE_VISIT: Rule(Unit.SHARE, case_facts, _one(_facts.visits <= 1)),
    Measure.DUTIES_KEPT: _duties("kept"),
    Measure.DUTIES_RECTIFIED: _duties("rectified"),
    Measure.DUTIES_BROKEN: _duties("broken"),
    Measure.FEES_OWED: Rule(Unit.MONEY, case_fee, _fee.owed_fen, None, _FEES),
    Measure.FEES_DEFERRED: Rule(Unit.MONEY, case_fee, _fee.owed_fen, _fee.deferred, _FEES),
    Measure.FEES_OVERDUE: Rule(Unit.MONEY, case_fee, _fee.balance_fen, _fee.fate == "overdue"),
    Measure.FEES_ON_TIME: Rule(
        Unit.SHARE,
        case_fee,
        _one(_fee.fate == "paid"),
        _fee.fate.in_(("paid", "paid_late", "overdue")),
        _FEES,
    ),
}
