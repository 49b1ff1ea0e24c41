"""Dates, amounts, citations and names in both languages."""

from datetime import UTC, date, datetime
from enum import Enum
from typing import get_args

import pytest
from jinja2 import UndefinedError
from jinja2.defaults import DEFAULT_FILTERS

from permits.casework.answers import Fault, Problem
from permits.casework.due_dates import Length
from permits.casework.due_explained import Reason as DayReason
from permits.casework.refusals import Reason, Refused
from permits.definitions.guidance import Category, Depth, Kind, Power
from permits.definitions.parts import Basis, Text
from permits.definitions.permit import Measure
from permits.definitions.procedure import (
    DeregistrationGround,
    Milestone,
    RevocationGround,
    Role,
    SpecialCause,
    WithdrawalGround,
)
from permits.definitions.tracks import Treatment
from permits.text import (
    amounts,
    bases,
    days,
    faults,
    grounds,
    guidance,
    jinja,
    milestones,
    names,
    refusals,
)
from permits.text.words import LANGUAGES, Language
from tests.definitions.shipped import resolved
from tests.kit import PARTY

DEFINITION = resolved().definition


def test_days() -> None:
    assert days.day(date(2022, 6, 9), "zh") == "2022年6月9日"
    assert days.day("2022-06-09", "en") == "9 June 2022"
    assert days.short_day("2022-06-09", "zh") == "6月9日"
    assert days.short_day("2022-06-09", "en") == "9 June"
    assert days.short_month("2022-06-01", "zh") == "6月"
    assert days.short_month("2022-06-01", "en") == "Jun"
    assert days.weekday("2022-06-09", "zh") == "周四"
    assert days.weekday("2022-06-09", "en") == "Thu"


def test_instants_are_shown_in_beijing_time() -> None:
    late = datetime(2022, 6, 8, 16, 30, tzinfo=UTC)
    assert days.moment(late, "zh") == "2022年6月9日 00:30"
    assert days.moment(late.isoformat(), "en") == "9 June 2022, 00:30"


@pytest.mark.parametrize(
    ("length", "zh", "en"),
    [
        ("7wd", "7个工作日", "7 working days"),
        ("1wd", "1个工作日", "1 working day"),
        ("60d", "60日", "60 days"),
        ("2m", "2个月", "2 months"),
        ("0wd", "0个工作日", "0 working days"),
    ],
)
def test_lengths(length: str, zh: str, en: str) -> None:
    assert amounts.term(length, "zh") == zh
    assert amounts.term(Length.parse(length), "en") == en


def test_money_and_sizes() -> None:
    assert amounts.money(123_450, "zh") == "1,234.50元"
    assert amounts.money(-5, "en") == "CNY -0.05"
    assert amounts.size(1, "zh") == "1 KB"
    assert amounts.size(20 * 1024 * 1024, "en") == "20.0 MB"


@pytest.mark.parametrize(
    ("article", "zh", "en"),
    [
        ("40", "第40条", "art. 40"),
        ("32(4), 42", "第32条(4)、第42条", "art. 32(4), 42"),
        ("全文", "全文", "the whole text"),
    ],
)
def test_a_law_is_cited(article: str, zh: str, en: str) -> None:
    basis = Basis(law="licensing_act", article=article)
    title = DEFINITION.laws["licensing_act"].title
    assert bases.cited(basis, DEFINITION.laws, "zh") == f"《{title.zh}》{zh}"
    assert bases.cited(basis, DEFINITION.laws, "en") == f"{title.en}, {en}"


def test_a_practice_and_an_example_are_told_in_their_own_words() -> None:
    text = Text(zh="做法", en="what is done")
    assert bases.cited(Basis(practice=text), {}, "zh") == "做法"
    assert bases.cited(Basis(example=text), {}, "en") == "what is done"


CLOSED: dict[str, type[Enum]] = {
    "role": Role,
    "cause": SpecialCause,
    "revocation": RevocationGround,
    "grant_withdrawal": WithdrawalGround,
    "deregistration": DeregistrationGround,
    "treatment": Treatment,
    "measure": Measure,
    "day_reason": DayReason,
    "milestone": Milestone,
}
OPEN = {
    "turn": ("office", "applicant", "outside", "nobody"),
    "office_turn": ("office", "applicant", "outside", "nobody"),
    "defect": ("missing", "not_in_form", "unclear", "not_matching"),
    "means": ("online", "counter", "post"),
    "category": get_args(Category),
    "item_kind": get_args(Kind),
    "depth": get_args(Depth),
    "held_power": get_args(Power),
    "serves": ("organisation", "person"),
    "channel": ("online", "counter"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_member_of_a_closed_set_has_a_name_of_its_own(language: Language) -> None:
    named = {**names.NAMED, **grounds.NAMED, **milestones.NAMED, **guidance.NAMED}
    assert named.keys() == CLOSED.keys() | OPEN.keys()
    for kind, members in {**CLOSED, **OPEN}.items():
        told = [named[kind](member, language) for member in members]
        assert all(told)
        assert len(set(told)) == len(told), kind


ABOUT = {
    Reason.NOT_YOURS: ("window", "leader"),
    Reason.CAUSE_NOT_LAWFUL: ("hearing",),
    Reason.EXCLUDED: ("restricted_place",),
    Reason.CONDITION_UNMET: ("on_the_list",),
    Reason.TRACK_SHUT: ("on_the_list",),
    Reason.NOT_ADMITTED: ("short_line", "short_line_admitted"),
    Reason.BAD_ANSWERS: ("works_name", "restricted_place"),
    Reason.NO_SUCH_FIELD: ("field.works_name",),
    Reason.NOT_IN_FORCE: ("2022-06-01",),
    Reason.DATE_NOT_LAWFUL: ("2022-06-01",),
    Reason.SILENCE_ACCEPTED: ("2022-06-16",),
    Reason.FEE_UNPAID: ("file", "123456"),
    Reason.AMOUNT_NOT_LAWFUL: ("file", "123456"),
    Reason.RECEIPT_ENTERED: ("GXGH-20220609-0001",),
    Reason.HEARING_TOO_SOON: ("2022-06-20",),
    Reason.HEARING_TOO_LATE: ("2022-06-16",),
    Reason.MATERIALS_MISSING: ("land_title",),
    Reason.STILL_OPEN: ("promise", "report_completion"),
    Reason.SUPPLY_ENDED: ("2022-11-11",),
    Reason.BARRED: ("2023-11-14",),
    Reason.PARTY_MERGED: (PARTY,),
    Reason.NO_SUCH_PARTY: (PARTY,),
    Reason.PERMIT_BARRED: ("2023-07-01", "false_materials"),
    Reason.TRACK_LOST: ("2023-06-17", "GXGH-20220609-0001"),
    Reason.SIGNER_LOST: ("2023-06-17", "91350100M000100Y43"),
    Reason.ENTRY_NOT_THERE: ("drafted",),
    Reason.OBJECTION_ENDED: ("2022-06-16",),
    Reason.MAY_STILL_OBJECT: ("2022-06-16",),
    Reason.ASKED_TOO_LATE: ("2022-11-08",),
    Reason.TERM_TOO_LONG: ("60d",),
    Reason.TERM_ENDED: ("2022-12-09",),
    Reason.OFFERS_OPEN: ("2022-07-18",),
    Reason.NOTICE_OVER: ("2022-06-17",),
    Reason.NOTICE_RUNNING: ("2022-06-17",),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_is_one_sentence(reason: Reason, language: Language) -> None:
    refused = Refused(reason, ABOUT.get(reason, ("file",)))
    for definition in (DEFINITION, None):
        says = refusals.sentence(refused, definition, language)
        assert says.endswith(("。", "."))
        assert "%" not in says
        assert "_" not in says or definition is None


def test_a_refusal_names_what_it_speaks_of_as_the_reason_means_it() -> None:
    excluded = Refused(Reason.EXCLUDED, ("restricted_place",))
    wrong = Refused(Reason.BAD_ANSWERS, ("restricted_place",))
    says = DEFINITION.exclusions["restricted_place"].says.zh
    title = next(q.title.zh for q in DEFINITION.form.questions if q.id == "restricted_place")
    assert says in refusals.sentence(excluded, DEFINITION, "zh")
    assert title in refusals.sentence(wrong, DEFINITION, "zh")
    unknown = Refused(Reason.NO_SUCH_TRACK, ("sideways",))
    assert "sideways" in refusals.sentence(unknown, DEFINITION, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", Fault)
def test_every_fault_names_the_question(fault: Fault, language: Language) -> None:
    question = next(q for q in DEFINITION.form.questions if q.id == "length_m")
    says = faults.sentence(Problem("length_m", fault, 200), question, language)
    assert question.title.in_(language) in says
    assert "%" not in says
    assert "some_field" in faults.sentence(Problem("some_field", fault), None, language)


def test_what_is_chosen_is_not_filled_in() -> None:
    chosen = next(q for q in DEFINITION.form.questions if q.id == "road_class")
    problem = Problem("road_class", Fault.MISSING)
    assert faults.sentence(problem, chosen, "zh").startswith("请选择")


def test_our_filters_take_the_place_of_none_of_the_library() -> None:
    assert not jinja._FILTERS.keys() & DEFAULT_FILTERS.keys()


@pytest.mark.parametrize(
    "wrong", ["{{ nothing }}", "{{ 'text'.nothing }}", "{% if nothing %}{% endif %}"]
)
def test_a_template_that_names_what_is_not_there_fails(wrong: str) -> None:
    with pytest.raises(UndefinedError):
        jinja.environment("zh").from_string(wrong).render()


def test_an_option_that_is_not_given_is_empty() -> None:
    env = jinja.environment("en")
    text = "{{ options.nothing }}{% if options.nothing %}x{% endif %}{{ _('Sign in') }}"
    assert env.from_string(text).render(options={}) == "Sign in"
