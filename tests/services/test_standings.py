"""What is done to accounts by hand, on both databases: written once, listed, made anew."""

from datetime import date

import pytest

from permits.casework.access import Actor
from permits.casework.standings import Fault, Naming
from permits.definitions.procedure import Role
from permits.services.accounts import BadAccount, NewAccount
from permits.services.leaving import Left
from permits.services.rebuild import check, rebuild
from permits.services.sessions import Client
from permits.services.standings import Given
from permits.store import access_log, account_lists, people, people_tables, unsent
from permits.store.access_log import Wanted
from tests.kit import DEPARTMENT, OFFICE, PARTY
from tests.services.conftest import PASSWORD

TODAY = date(2022, 6, 9)
SYSTEM = Actor("system", frozenset({Role.SYSTEM_ADMIN}))
HERE = Client("10.0.0.1")
SECURITY = Actor("security", frozenset({Role.SECURITY_ADMIN}))


@pytest.fixture
def standings(bureau):
    return bureau.office.standings


def named(bureau, **changed) -> Naming:
    values = {
        "holder": bureau.actors["leader"].id,
        "substitute": bureau.actors["examiner"].id,
        "role": Role.LEADER,
        "first": TODAY,
        "last": TODAY,
    }
    return Naming(**{**values, **changed})


def test_every_change_says_who_made_it_in_which_role_and_why(bureau, standings):
    account = standings.open(NewAccount("new", "新人", PASSWORD, frozenset()), SYSTEM)
    given = Given(frozenset({Role.EXAMINER}), OFFICE, DEPARTMENT, reason="新入职")
    assert standings.give_roles(account, given, SECURITY) is None
    assert standings.close(account, "离职", "", SYSTEM) == Left(())
    with bureau.office.database.read() as connection:
        found = access_log.listed(connection, Wanted(account), None, 9)
    assert [(one.kind, one.actor, one.role, one.about) for one in found] == [
        ("AccountClosed", "system", "system_admin", ""),
        ("RolesChanged", "security", "security_admin", "examiner"),
        ("AccountOpened", "system", "system_admin", ""),
    ]
    assert check(bureau.office.database) == (), "the reasons are sealed, and kept beside the log"


def test_whoever_is_not_in_charge_changes_nothing(bureau, standings):
    window = bureau.actors["window"].id
    new = NewAccount("new", "新人", PASSWORD, frozenset())
    given = Given(frozenset({Role.LEADER}), OFFICE, DEPARTMENT, reason="自荐")
    before = bureau.events()
    for by in (*bureau.actors.values(), SECURITY):
        assert _fault(standings.open(new, by)) is Fault.NOT_YOURS
        assert _fault(standings.close(window, "离职", "", by)) in (
            Fault.NOT_YOURS,
            Fault.OWN_ACCOUNT,
        )
    for by in (*bureau.actors.values(), SYSTEM):
        assert _fault(standings.give_roles(window, given, by)) in (
            Fault.NOT_YOURS,
            Fault.OWN_ACCOUNT,
        )
    assert bureau.events() == before


def _fault(answer: object) -> Fault:
    assert isinstance(answer, BadAccount)
    return answer.fault


def test_an_applicant_acts_for_a_party_that_is_registered(bureau, standings):
    account = standings.open(NewAccount("new", "新人", PASSWORD, frozenset()), SYSTEM)
    unknown = Given(frozenset({Role.APPLICANT}), party="91440300M000100Y4X", reason="委托")
    assert _fault(standings.give_roles(account, unknown, SECURITY)) is Fault.NO_PARTY
    known = Given(frozenset({Role.APPLICANT}), party=PARTY, reason="委托")
    assert standings.give_roles(account, known, SECURITY) is None


def test_a_session_has_the_roles_of_the_day(bureau, standings):
    office, leader = bureau.office, bureau.actors["leader"]
    signed = office.entry.sign_in("examiner", PASSWORD, HERE)
    assert standings.name(named(bureau), "出差", leader) is None
    account = office.sessions.of(signed.token).account
    assert account.actor.roles == {Role.EXAMINER, Role.LEADER}
    assert account.actor.place_of(Role.LEADER) == leader.id
    with bureau.office.database.read() as connection:
        told = people.to_tell(connection, Role.LEADER, (OFFICE, DEPARTMENT), "", TODAY)
        later = people.to_tell(
            connection, Role.LEADER, (OFFICE, DEPARTMENT), "", date(2022, 6, 10)
        )
    assert {one.username for one in told} == {"leader", "examiner"}, "letters go to both"
    assert {one.username for one in later} == {"leader"}
    bureau.at("2022-06-10", 0)
    again = office.entry.sign_in("examiner", PASSWORD, HERE)
    account = office.sessions.of(again.token).account
    assert account.actor.roles == {Role.EXAMINER}


def test_a_substitution_is_named_once_and_ended_once(bureau, standings):
    leader = bureau.actors["leader"]
    assert standings.name(named(bureau), "", leader) is Fault.REASON_WANTED
    assert standings.name(named(bureau), "出差", leader) is None
    assert standings.name(named(bureau), "出差", leader) is Fault.TAKEN_ALREADY
    known = standings.known(leader.id)
    (one,) = known.standing.substitutes
    assert known.people == {bureau.actors["examiner"].id: "examiner"}
    (shown,) = [k for k in standings.department(leader) if k.account.id == leader.id]
    assert shown.standing.substitutes == known.standing.substitutes
    assert standings.recall(leader.id, one.id, bureau.actors["examiner"]) is Fault.NOT_YOURS
    assert standings.recall(leader.id, one.id, leader) is None
    assert standings.recall(leader.id, one.id, leader) is Fault.NO_SUBSTITUTION
    assert check(bureau.office.database) == ()
    assert standings.known("nobody") is None


def test_what_somebody_wrote_goes_to_a_colleague_with_the_account(bureau, standings):
    database, now = bureau.office.database, bureau.office.now()
    leaver, colleague = bureau.actors["window"].id, bureau.actors["examiner"].id
    with database.write() as connection:
        unsent.keep(connection, leaver, "/review/a", [("opinion", "未完")], now)
        unsent.keep(connection, leaver, "/review/b", [("opinion", "旧")], now)
        unsent.keep(connection, colleague, "/review/b", [("opinion", "自己的")], now)
    known = standings.known(leaver)
    assert standings.leaving.work(known.account).kept_forms == 2
    assert standings.close(leaver, "调离", colleague, SYSTEM) == Left(())
    with database.read() as connection:
        assert unsent.find(connection, colleague, "/review/a") == [("opinion", "未完")]
        assert unsent.find(connection, colleague, "/review/b") == [("opinion", "自己的")]
    entry = standings.known(leaver)
    assert not entry.account.open
    assert standings.colleagues(entry.account)
    assert standings.colleagues(standings.known(bureau.actors["auditor"].id).account) == []


def test_nothing_is_handed_to_whoever_is_no_colleague(bureau, standings):
    window = bureau.actors["window"].id
    for other in ("auditor", "applicant", "window"):
        left = standings.close(window, "调离", bureau.actors[other].id, SYSTEM)
        assert _fault(left) is Fault.NOT_A_COLLEAGUE
    assert _fault(standings.close(window, "调离", "nobody", SYSTEM)) is Fault.NOT_A_COLLEAGUE
    assert standings.known(window).account.open


def test_accounts_and_their_log_are_listed_alike_on_both_databases(bureau):
    def names(**wanted: str) -> list[str]:
        with bureau.office.database.read() as connection:
            found = account_lists.listed(connection, account_lists.Wanted(**wanted), "", 99)
        return [one.username for one in found]

    bureau.office.accounts.close(bureau.actors["supervisor"].id, actor="setup")
    assert names(kind="applicant") == ["applicant", "stranger"]
    assert names(begins="s", kind="window") == ["supervisor"]
    assert names(state="closed") == ["supervisor"]
    assert "supervisor" not in names(state="open")
    assert names(kind="none") == []
    assert names() == sorted(names())
    with bureau.office.database.read() as connection:
        pages = [*access_log.every(connection, Wanted(), 3)]
        closed = access_log.listed(connection, Wanted(kinds=("AccountClosed",)), None, 9)
        before = access_log.listed(connection, Wanted(last=date(2022, 6, 1)), None, 99)
        after = access_log.listed(connection, Wanted(first=date(2022, 6, 2)), None, 99)
    every = [one for page in pages for one in page]
    assert [(one.at, one.id) for one in every] == sorted(
        ((one.at, one.id) for one in every), reverse=True
    )
    assert len(every) == len(before) + len(after)
    assert [one.username for one in closed] == ["supervisor"]


def test_the_log_of_accounts_is_made_anew_from_their_streams(bureau, standings):
    assert standings.name(named(bureau), "出差", bureau.actors["leader"]) is None
    tables = (people_tables.access_row, people_tables.standing)
    before = [sorted(map(str, bureau.rows(table))) for table in tables]
    rebuild(bureau.office.database)
    assert [sorted(map(str, bureau.rows(table))) for table in tables] == before
