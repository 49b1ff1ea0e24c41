"""The words of entitlements: every member of a closed set, every event, every fault."""

from typing import get_args

import pytest

from permits.casework.entitlement import claims as cl
from permits.casework.entitlement import rounds
from permits.casework.entitlement.claim_events import RecoveryGround, ReturnCause
from permits.casework.entitlement.matching import OUTCOMES
from permits.casework.entitlement.policies import PolicyPublished
from permits.casework.entitlement.register import Fault, Problem, RegisterImported
from permits.casework.streams import EVENTS
from permits.definitions.policies.schema import GroupRule, Order
from permits.text import entitlements as text
from permits.text.entitlement_history import lines
from permits.text.told.entitlement import SAYS, Sayer
from permits.text.words import LANGUAGES
from tests.casework.entitled import LEADER, WINDOW, Played, enterprise
from tests.casework.test_entitlement_payments import demand, repay
from tests.definitions.policies import AWARD, edition
from tests.kit import SEAL

SETS = (
    (text.stage, get_args(rounds.Stage)),
    (text.standing, get_args(cl.Standing)),
    (text.outcome, OUTCOMES),
    (text.route, get_args(cl.Route)),
    (text.objection_kind, get_args(rounds.ObjectionKind)),
    (text.return_cause, get_args(ReturnCause)),
    (text.recovery_ground, get_args(RecoveryGround)),
    (text.order, get_args(Order)),
    (text.group_rule, get_args(GroupRule)),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_member_of_a_closed_set_has_a_name_of_its_own(language):
    for name, members in SETS:
        told = [name(member, language) for member in members]
        assert all(told) and len(set(told)) == len(told), name


def test_every_event_is_told():
    ours = {
        kind
        for kind in EVENTS.values()
        if kind.__module__.startswith("permits.casework.entitlement")
    }
    assert ours == SAYS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_happened_is_told_with_its_texts(language):
    play = Played().paid()
    play.must(LEADER, "2022-06-27", demand(10_000_000))
    play.must(WINDOW, "2022-07-01", repay(10_000_000))
    sayer = Sayer(edition(AWARD).policy, {SEAL: "数据不实。"}, language)
    for log in play.logs.values():
        for line in lines(log, sayer):
            assert line.says and line.by and "%" not in line.says
    recovery = lines(play.logs[cl.stream_of(enterprise(1).party)], sayer)[-2]
    assert recovery.more == ("数据不实。",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_published_is_told(language):
    sayer = Sayer(edition(AWARD).policy, {}, language)
    day = edition(AWARD).policy.policy.effective_from
    published = PolicyPublished(
        policy=AWARD, place=2, digest="", effective_from=day, effective_until=None
    )
    imported = RegisterImported(
        register="enterprises", edition="", as_of=day, source="甲", sha256="", digest="",
        enterprises=3,
    )  # fmt: skip
    assert "2" in SAYS[PolicyPublished](sayer, published)[0]
    assert "甲" in SAYS[RegisterImported](sayer, imported)[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("problem", get_args(Problem))
def test_every_fault_of_a_register_says_what_to_do(problem, language):
    says = text.fault(Fault(7, "points", problem, "x", "y"), language)
    assert "7" in says and "points" in says and "%" not in says
    assert "points" not in text.fault(Fault(7, "", problem, "x", "y"), language)


def test_periods_and_values_are_told_as_people_say_them():
    assert text.period("2022Q2", "zh") == "2022年第2季度"
    assert text.period("2022Q2", "en") == "Q2 2022"
    assert (text.period("2022", "zh"), text.period("2022", "en")) == ("2022年", "2022")
    assert text.period("soon", "en") == "soon"
    one = edition(AWARD)
    assert text.value("output_wan", 5200, one, "zh") == "5,200 万元"
    assert text.value("hightech_year", 2022, one, "zh") == "2022"
    assert text.value("credit", "good", one, "en") == "No bad record"
    assert text.value("in_zone", True, one, "en") == "Yes"
    assert text.value("points", None, one, "en") == "not known"
    assert text.value("period_year", 2022, one, "en") == "2022"
    assert text.source("party_barred", one.policy, "en") == "the run itself"
