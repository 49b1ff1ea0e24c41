"""Proposing and publishing on both databases: written once, in view of what holds, made anew."""

from datetime import date

import pytest

from permits.casework.access import Actor
from permits.casework.dates import as_text
from permits.casework.publishing import Fault, Outcome
from permits.casework.working_days import Notice, PublishedYear, SpecialDay, Text
from permits.definitions import loader
from permits.definitions.charges import RateRow
from permits.definitions.findings import Marks
from permits.definitions.parts import Basis
from permits.definitions.parts import Text as BothText
from permits.definitions.procedure import Role
from permits.definitions.rate_rows import with_row
from permits.services import proposed as module
from permits.services.accounts import NewAccount
from permits.services.calendar_preview import preview
from permits.services.departments import departments
from permits.services.proposed import of_definition, of_years
from permits.services.rebuild import check
from permits.store.outbox import MOST_ATTEMPTS, Outbox, Task, failed
from permits.store.outbox_state import counts, troubled
from tests.definitions import shipped
from tests.kit import content
from tests.services.conftest import GAS, PASSWORD, at_once


@pytest.fixture
def system(bureau) -> Actor:
    return administrator(bureau, Role.SYSTEM_ADMIN)


@pytest.fixture
def security(bureau) -> Actor:
    return administrator(bureau, Role.SECURITY_ADMIN)


def administrator(bureau, role: Role) -> Actor:
    new = NewAccount(role.value, role.value, PASSWORD, frozenset({role}))
    return Actor(bureau.office.accounts.open(new, actor="setup"), frozenset({role}))


def version(promised: str):
    data = content()
    data["tracks"]["ordinary"]["promised"] = promised
    built, findings = loader.build(data, Marks())
    assert built is not None and not findings
    return of_definition(built)


def year(*january: int) -> PublishedYear:
    """The year 2027 with these days of January off."""
    notice, name = Notice("a notice"), Text("元旦", "New Year")
    off = (SpecialDay(date(2027, 1, day), name, notice) for day in january)
    return PublishedYear(2027, (notice,), tuple(off))


def test_what_one_proposes_another_publishes_once(bureau, system, security):
    publishing, shelf = bureau.office.publishing, bureau.office.shelf
    name = publishing.propose(version("3wd"), "缩短期限", system)
    assert publishing.propose(version("3wd"), "再次", system) == name
    other = administrator_again(bureau)
    assert publishing.propose(version("3wd"), "他人", other) is Fault.PROPOSED_ALREADY
    assert publishing.decide(name, Outcome.PUBLISHED, "", security) is None
    assert publishing.decide(name, Outcome.PUBLISHED, "", security) is Fault.DECIDED
    assert shelf.current("plan_exempt").definition.tracks["ordinary"].promised == "3wd"
    assert publishing.propose(version("3wd"), "重复", system) is Fault.NOTHING_NEW
    assert publishing.decide("none", Outcome.PUBLISHED, "", security) is Fault.NO_PROPOSAL
    assert check(bureau.office.database) == ()


def administrator_again(bureau) -> Actor:
    role = frozenset({Role.SYSTEM_ADMIN})
    new = NewAccount("another", "another", PASSWORD, role)
    return Actor(bureau.office.accounts.open(new, actor="setup"), role)


def test_who_may_not_propose_and_what_wants_a_reason(bureau, system, security):
    publishing = bureau.office.publishing
    for actor in (security, *bureau.actors.values()):
        assert publishing.propose(version("3wd"), "理由", actor) is Fault.NOT_YOURS
    assert publishing.propose(version("3wd"), " ", system) is Fault.REASON_WANTED
    name = publishing.propose(version("3wd"), "理由", system)
    assert publishing.decide(name, Outcome.DECLINED, "", security) is Fault.REASON_WANTED
    assert publishing.decide(name, Outcome.PUBLISHED, "", system) is Fault.NOT_YOURS
    assert [one.proposal.id for one in publishing.waiting()] == [name]


def test_a_proposal_that_was_overtaken_or_is_no_longer_sound_is_not_published(
    bureau, system, security, monkeypatch
):
    publishing = bureau.office.publishing
    first = publishing.propose(version("3wd"), "一", system)
    second = publishing.propose(version("4wd"), "二", system)
    assert publishing.decide(second, Outcome.PUBLISHED, "", security) is None
    assert publishing.decide(first, Outcome.PUBLISHED, "", security) is Fault.OVERTAKEN
    third = publishing.propose(version("5wd"), "三", system)
    monkeypatch.setattr(module, "checked_again", lambda _content: (None, ("a finding",)))
    assert publishing.decide(third, Outcome.PUBLISHED, "", security) is Fault.UNSOUND
    assert check(bureau.office.database) == ()


def test_two_who_propose_the_same_at_once_make_one_proposal(bureau, system):
    publishing, other = bureau.office.publishing, administrator_again(bureau)
    told = []
    acts = [
        lambda who=who: told.append(publishing.propose(version("3wd"), "同时", who))
        for who in (system, other, system)
    ]
    assert at_once(*acts) == []
    (one,) = publishing.waiting()
    assert {*told} == {one.proposal.id, Fault.PROPOSED_ALREADY}


def test_of_two_who_publish_and_decline_at_once_one_decides(bureau, system, security):
    publishing = bureau.office.publishing
    name = publishing.propose(version("3wd"), "缩短期限", system)
    told = []
    assert (
        at_once(
            lambda: told.append(publishing.decide(name, Outcome.PUBLISHED, "", security)),
            lambda: told.append(publishing.decide(name, Outcome.DECLINED, "不妥", security)),
        )
        == []
    )
    assert sorted(map(str, told)) == sorted([str(None), str(Fault.DECIDED)])
    outcome = publishing.known(name)[0].proposal.outcome
    newest = bureau.office.shelf.versions("plan_exempt")[-1].digest
    assert (newest == version("3wd").digest) == (outcome is Outcome.PUBLISHED)
    assert check(bureau.office.database) == ()


def dearer(bureau, begins: date):
    """The charge with a further rate from a day on."""
    content = bureau.office.shelf.content(
        bureau.office.shelf.versions("infrastructure_charge")[-1].digest
    )
    basis = Basis(example=BothText(zh="示例", en="an example"))
    row = RateRow(valid_from=begins, fen=12000, basis=basis)
    built, findings = with_row(content, "housing_rate", row, date(2022, 6, 9))
    assert built is not None and not findings
    return of_definition(built)


def test_a_rate_that_has_begun_while_it_waited_is_proposed_anew(bureau, system, security):
    """Charges fixed since then were fixed by the row before it."""
    publishing, office = bureau.office.publishing, bureau.office
    charge = shipped.resolved("infrastructure_charge")
    office.shelf.publish(charge, actor="setup", now=bureau.hands())
    bureau.at("2024-01-02")
    late = dearer(bureau, date(2024, 1, 1))
    assert publishing.propose(late, "昨天起", system) is Fault.RATE_BEGUN
    name = publishing.propose(dearer(bureau, date(2024, 1, 2)), "今天起", system)
    bureau.at("2024-01-03")
    assert publishing.decide(name, Outcome.PUBLISHED, "", security) is Fault.RATE_BEGUN
    assert publishing.decide(name, Outcome.DECLINED, "已过生效日", security) is None
    anew = publishing.propose(dearer(bureau, date(2024, 1, 3)), "今天起", system)
    assert publishing.decide(anew, Outcome.PUBLISHED, "", security) is None
    assert len(office.shelf.versions("infrastructure_charge")) == 2


def test_years_are_published_so_and_their_preview_names_no_case(bureau, system, security):
    office = bureau.office
    bureau.at("2026-12-21")
    case = bureau.people.file(GAS, "ordinary")
    bureau.people.act("window", case, "accept")
    found = preview(office.database, office.shelf, office.cases, (year(1),))
    assert (found.looked_at, found.open_cases) == (1, 1)
    assert [one.now.day.isoformat() for one in found.days] == ["2027-01-01"]
    assert sum(one.settled for one in found.moved) > 0
    assert case not in repr(found)
    name = office.publishing.propose(of_years((year(1),)), "年度更新", system)
    replaced = office.publishing.propose(of_years((year(1, 2),)), "更正", system)
    assert office.publishing.decide(name, Outcome.PUBLISHED, "", security) is None
    assert office.publishing.decide(replaced, Outcome.PUBLISHED, "", security) is Fault.OVERTAKEN
    again = preview(office.database, office.shelf, office.cases, (year(2),))
    assert len(again.days) == 2, "one is worked again, another one is off"
    assert check(office.database) == ()


def test_what_waits_and_what_failed_is_counted(bureau, system):
    office, now = bureau.office, bureau.office.now()
    with office.database.write() as connection:
        tasks = [Task(f"t{n}", "mail", "case/x", n, b"{}", n) for n in (0, 1, MOST_ATTEMPTS - 1)]
        Outbox(connection.dialect).put(connection, tasks, as_text(now))
        for task in tasks[1:]:
            failed(connection, task, now, "no answer")
        found = counts(connection, now)
        assert (found.waiting, found.failing, found.given_up) == (2, 1, 1)
        assert [one.given_up for one in troubled(connection, 9)] == [True, False]
    assert office.running.try_again("t1", system) == 0, "it is tried again anyway"
    assert office.running.try_again("", system) == 1
    assert office.running.try_again("", bureau.actors["window"]) is Fault.NOT_YOURS
    state = office.running.state()
    assert state.calendar_until.isoformat() == "2026-12-31"
    assert len(state.versions) == 3


def test_a_department_says_which_roles_nobody_has(bureau):
    office = bureau.office
    (one,) = (
        found
        for found in departments(office.database, office.shelf.permits, bureau.hands().date())
        if found.permits
    )
    assert Role.LEADER in one.officers
    assert one.missing == ()
    office.accounts.close(bureau.actors["leader"].id, actor="setup")
    found = departments(office.database, office.shelf.permits, bureau.hands().date())
    assert Role.LEADER in next(one for one in found if one.permits).missing
