"""Signing in: slowed down by failures, alike for every name, in sessions that end when they
should; each of it in the log of the account and no secret anywhere."""

from datetime import timedelta
from functools import partial

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy.event import listen, remove

from permits.casework.password_rules import ONCE_LASTS
from permits.casework.sessions import FRESH, Step
from permits.casework.waits import ADDRESS, LONGEST, NAME
from permits.outside import passwords
from permits.services import rebuild
from permits.services.entry import Given
from permits.services.sessions import Client, Ending, Opened, SessionOver
from permits.services.unproved import TooMany, Wrong
from permits.sign_in_rules import STRICT
from permits.store import people, people_tables
from permits.store.access_log import STRANGER, Wanted
from permits.store.event_log import EventLog
from permits.store.sessions import hash_of
from tests.services.conftest import PASSWORD, at_once

HERE, THERE = Client("10.0.0.1", "Firefox"), Client("10.0.0.2")
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def entry(bureau):
    return bureau.office.entry


@pytest.fixture
def sessions(bureau):
    return bureau.office.sessions


@pytest.fixture
def hashes(monkeypatch):
    """Which passwords were hashed to be compared."""
    asked, fits = [], passwords.fits

    def counted(password, hash_):
        asked.append(password)
        return fits(password, hash_)

    monkeypatch.setattr(passwords, "fits", counted)
    return asked


def later(bureau, by):
    bureau.hands.set(bureau.hands() + by)


def events(bureau, who="window"):
    stream = f"access/{bureau.actors[who].id}"
    with bureau.office.database.read() as connection:
        log = EventLog(connection.dialect).read(connection, stream)
    return [envelope.type for envelope, _body in log][1:]


def account(bureau, who="window"):
    with bureau.office.database.read() as connection:
        return people.by_id(connection, bureau.actors[who].id)


def fail(entry, times, username="window", client=HERE):
    for _ in range(times):
        entry.sign_in(username, "wrong", client)


def test_the_right_password_opens_a_session_of_the_account_as_it_stands(bureau, entry, sessions):
    opened = entry.sign_in("window", PASSWORD, HERE)
    held = sessions.of(opened.token)
    assert (held.account.actor, held.wants) == (bureau.actors["window"], None)
    assert held.session.csrf == opened.session.csrf
    assert (held.session.address, held.session.agent) == ("10.0.0.1", "Firefox")
    assert events(bureau) == ["SignedIn"]


def test_the_token_itself_is_kept_nowhere(bureau, entry):
    opened = entry.sign_in("window", PASSWORD, HERE)
    (row,) = bureau.rows(people_tables.session)
    assert row["token_hash"] == hash_of(opened.token)
    assert opened.token not in str(row)


def test_a_password_that_was_hashed_at_less_cost_is_hashed_anew_when_it_is_given(bureau, entry):
    cheap = Argon2Hasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    with bureau.office.database.write() as connection:
        old = people.by_username(connection, "window").password_hash
        people.rehash(connection, bureau.actors["window"].id, old, cheap)
    assert passwords.outdated(cheap)
    assert isinstance(entry.sign_in("window", "wrong", HERE), Wrong)
    assert account_hash(bureau) == cheap
    assert isinstance(entry.sign_in("window", PASSWORD, HERE), Opened)
    assert not passwords.outdated(account_hash(bureau))
    assert isinstance(entry.sign_in("window", PASSWORD, HERE), Opened)


def account_hash(bureau):
    with bureau.office.database.read() as connection:
        return people.by_username(connection, "window").password_hash


def test_each_sign_in_has_a_token_and_a_session_of_its_own(entry):
    one, other = (entry.sign_in("window", PASSWORD, HERE) for _ in range(2))
    assert one.token != other.token
    assert one.session.id != other.session.id


def test_a_made_up_token_opens_nothing(sessions):
    assert sessions.of("made-up") is None


@pytest.mark.parametrize(("username", "password"), [("window", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_alike_in_answer_and_work(
    entry, hashes, username, password
):
    for _ in range(NAME.free + 1):
        assert entry.sign_in(username, password, HERE) == Wrong("password")
    assert len(hashes) == NAME.free + 1
    assert entry.sign_in(username, password, HERE) == TooMany(2)
    assert len(hashes) == NAME.free + 1, "who has to wait costs no hash"


def test_a_known_and_an_unknown_name_cost_the_same_to_write(bureau, entry):
    """What takes longer would tell that there is an account of this name."""

    def statements(username):
        said, database = [], bureau.office.database
        engines = {database.reading, database.writing}
        told = [(one, when) for one in engines for when in ("before_cursor_execute", "commit")]
        keep = partial(_keep, said)
        for one, when in told:
            listen(one, when, keep)
        fail(entry, 1, username)
        for one, when in told:
            remove(one, when, keep)
        return said

    fail(entry, 1)
    fail(entry, 1, "nobody")  # streams that are there already
    assert statements("window") == statements("nobody")


def _keep(said, _connection, *executed):
    said.append(executed[1] if executed else "commit")


def test_failures_under_unknown_names_are_noted_without_the_name(bureau, entry):
    fail(entry, 2, "my password, in the wrong place")
    (one, other) = bureau.office.watching.noted(Wanted(STRANGER))
    assert (one.kind, one.account, one.by) == ("SignInFailed", "unknown", "unknown")
    assert "wrong place" not in f"{one} {other}"
    assert not tuple(rebuild.check(bureau.office.database))


def test_failures_are_in_the_log_of_the_account(bureau, entry):
    fail(entry, 1)
    assert events(bureau) == ["SignInFailed"]


def test_waits_grow_and_pass_and_the_right_password_begins_anew(bureau, entry):
    fail(entry, NAME.free)
    for seconds in (2, 4, 8):
        fail(entry, 1)
        assert entry.sign_in("window", PASSWORD, THERE) == TooMany(seconds)
        later(bureau, SECOND * (seconds - 1))
        assert entry.sign_in("window", PASSWORD, THERE) == TooMany(1)
        later(bureau, SECOND)
    assert isinstance(entry.sign_in("window", PASSWORD, THERE), Opened)
    fail(entry, NAME.free)
    assert isinstance(entry.sign_in("window", PASSWORD, THERE), Opened)


def test_trying_while_one_waits_lengthens_nothing(bureau, entry):
    fail(entry, NAME.free + 1)
    for _ in range(5):
        assert entry.sign_in("window", PASSWORD, HERE) == TooMany(2)
    later(bureau, 2 * SECOND)
    assert isinstance(entry.sign_in("window", PASSWORD, HERE), Opened)


def test_other_names_do_not_wait_along(entry):
    fail(entry, NAME.free + 3)
    assert isinstance(entry.sign_in("leader", PASSWORD, HERE), Opened)


def test_nobody_is_locked_out_where_they_signed_in_before(bureau, entry):
    """Whoever knows a name can make it wait a quarter of an hour, but not in its own browser."""
    mark = entry.mark(account(bureau))
    for _ in range(20):
        fail(entry, 1, client=THERE)
        later(bureau, LONGEST)
    fail(entry, 1, client=THERE)
    assert isinstance(entry.sign_in("window", PASSWORD, THERE), TooMany)
    known = Client("10.0.0.3", mark=mark)
    assert isinstance(entry.sign_in("window", PASSWORD, known), Opened)
    fail(entry, NAME.free + 1, client=known)
    assert entry.sign_in("window", PASSWORD, known) == TooMany(2), "there guesses count too"


def test_the_mark_of_another_account_or_of_nobody_is_no_help(bureau, entry):
    for mark in (entry.mark(account(bureau, "leader")), "made up", ""):
        bureau.at("2022-06-09")
        client = Client("10.0.0.4", mark=mark)
        fail(entry, NAME.free + 1, client=client)
        assert isinstance(entry.sign_in("window", PASSWORD, client), TooMany)
        later(bureau, LONGEST)


def test_guessing_many_names_from_one_address_is_slowed_down(bureau, entry):
    for n in range(ADDRESS.free + 1):
        fail(entry, 1, f"guess{n}", THERE)
    assert entry.sign_in("window", PASSWORD, THERE) == TooMany(2)
    assert isinstance(entry.sign_in("window", PASSWORD, HERE), Opened)
    assert isinstance(entry.sign_in("window", PASSWORD, Client("")), Opened)


def test_whoever_has_a_network_of_addresses_is_counted_as_one(bureau, entry):
    """An IPv6 line has a /64 of its own, so that each guess could come from another address."""
    for n in range(ADDRESS.free + 1):
        fail(entry, 1, f"guess{n}", Client(f"2001:db8:1:2::{n:x}"))
    assert entry.sign_in("window", PASSWORD, Client("2001:db8:1:2:ffff::1")) == TooMany(2)
    assert isinstance(entry.sign_in("window", PASSWORD, Client("2001:db8:1:3::1")), Opened)


def test_signing_in_takes_none_of_the_failures_behind_the_address_away(bureau, entry):
    for n in range(ADDRESS.free + 1):
        fail(entry, 1, f"guess{n}", THERE)
    later(bureau, 2 * SECOND)
    assert isinstance(entry.sign_in("leader", PASSWORD, THERE), Opened)
    fail(entry, 1, "guess", THERE)
    assert isinstance(entry.sign_in("leader", PASSWORD, THERE), TooMany)


def test_of_many_who_guess_at_once_only_as_many_are_let_in_as_one_after_another(entry, hashes):
    guess = partial(entry.sign_in, "window", "wrong", HERE)
    assert at_once(*[guess] * 12) == []
    assert len(hashes) == NAME.free + 1


def test_many_failures_at_once_are_all_counted(bureau):
    """In the same minute, the first of them at the same moment."""
    database, now = bureau.office.database, bureau.office.now()

    def guess(minute):
        with database.write() as connection:
            people.count_attempt(connection, "address:10.0.0.9", now + minute * MINUTE)

    for minute in range(5):
        assert at_once(*[partial(guess, minute)] * 8) == []
    assert [row["count"] for row in bureau.rows(people_tables.attempt)] == [8] * 5


def test_whoever_runs_the_office_can_lift_a_wait(bureau, entry):
    fail(entry, NAME.free + 5)
    entry.lift_waits(account(bureau), actor="setup")
    assert isinstance(entry.sign_in("window", PASSWORD, HERE), Opened)
    assert events(bureau)[-2:] == ["WaitsLifted", "SignedIn"]


def test_a_session_ends_when_it_is_idle_and_after_its_longest_time(bureau, entry, sessions):
    idle, longest = sessions.rules.staff.idle, sessions.rules.staff.longest
    opened, start = entry.sign_in("window", PASSWORD, HERE), bureau.hands()
    for step in (idle, 2 * idle):
        bureau.hands.set(start + step)
        assert sessions.of(opened.token) is not None, "it was used in between"
    later(bureau, idle + SECOND)
    assert sessions.of(opened.token) is None
    again, at = entry.sign_in("window", PASSWORD, HERE), bureau.hands()
    for hours in range(1, 13):
        bureau.hands.set(at + hours * HOUR)
        assert sessions.of(again.token) is not None
    bureau.hands.set(at + longest + SECOND)
    assert sessions.of(again.token) is None


def test_staff_are_out_sooner_than_applicants(bureau, entry, sessions):
    sessions.rules = STRICT
    staff = entry.sign_in("window", PASSWORD, HERE)
    applicant = entry.sign_in("applicant", PASSWORD, HERE)
    later(bureau, 31 * MINUTE)
    assert sessions.of(staff.token) is None
    assert sessions.of(applicant.token) is not None


def test_shorter_limits_hold_for_sessions_that_were_open_before(bureau, entry, sessions):
    opened = entry.sign_in("window", PASSWORD, HERE)
    for _ in range(9):
        later(bureau, HOUR)
        assert sessions.of(opened.token) is not None
    sessions.rules = STRICT
    assert sessions.of(opened.token) is None


def test_signing_out_ends_the_session_at_once_and_is_told_once(bureau, entry, sessions):
    opened = entry.sign_in("window", PASSWORD, HERE)
    sessions.sign_out(opened.session)
    assert sessions.of(opened.token) is None
    sessions.sign_out(opened.session)
    assert events(bureau) == ["SignedIn", "SignedOut"]


def test_one_session_is_ended_or_all_but_one(bureau, entry, sessions):
    here, there, elsewhere = (entry.sign_in("window", PASSWORD, HERE) for _ in range(3))
    who = account(bureau)

    def open_(*them):
        return [sessions.of(one.token) is not None for one in them]

    assert sessions.end(who.id, there.session.id, actor=who.id)
    assert not sessions.end(who.id, there.session.id, actor=who.id)
    assert not sessions.end(bureau.actors["leader"].id, here.session.id, actor=who.id)
    assert open_(here, there, elsewhere) == [True, False, True]
    shown = [one.id for one in sessions.of_account(who)]
    assert shown == [elsewhere.session.id, here.session.id]
    assert sessions.end_others(who.id, Ending("asked", who.id, here.session.id)) == 1
    assert open_(here, elsewhere) == [True, False]
    assert sessions.end_others(who.id, Ending("asked", who.id, here.session.id)) == 0
    assert events(bureau)[3:] == ["SessionsEnded"] * 2


def test_proving_oneself_gives_the_session_another_token(bureau, entry, sessions):
    sessions.rules = STRICT
    old = entry.sign_in("applicant", PASSWORD, HERE)
    assert sessions.fresh(old.session)
    later(bureau, FRESH + SECOND)
    assert not sessions.fresh(sessions.of(old.token).session)
    new = entry.step_up(old.session, Given(password=PASSWORD))
    assert isinstance(new, Opened)
    assert sessions.of(old.token) is None
    held = sessions.of(new.token).session
    assert sessions.fresh(held)
    assert (held.id, held.csrf) == (old.session.id, old.session.csrf), "open forms still hold"
    assert held.times.closes_at == old.session.times.closes_at, "it lasts no longer for that"
    assert events(bureau, "applicant") == ["SignedIn", "StepUpPassed"]
    with pytest.raises(SessionOver):
        entry.step_up(old.session, Given(password=PASSWORD))


def test_a_wrong_proof_changes_nothing_and_is_slowed_down(bureau, entry, sessions, hashes):
    opened = entry.sign_in("applicant", PASSWORD, HERE)
    for _ in range(NAME.free + 1):
        assert entry.step_up(opened.session, Given(password="wrong")) == Wrong("password")
    hashed = len(hashes)
    assert entry.step_up(opened.session, Given(password=PASSWORD)) == TooMany(2)
    assert len(hashes) == hashed
    assert sessions.of(opened.token) is not None
    assert events(bureau, "applicant")[1:] == ["StepUpFailed"] * (NAME.free + 1)


def test_a_password_is_changed_by_whoever_knows_it(bureau, entry, sessions):
    own = bureau.office.passwords
    here, there = (entry.sign_in("window", PASSWORD, HERE) for _ in range(2))
    who = account(bureau)
    assert own.change(here.session, who, "wrong", "another password") == Wrong("password")
    assert isinstance(own.change(here.session, who, PASSWORD, "short"), tuple)
    assert isinstance(own.change(here.session, who, PASSWORD, PASSWORD), tuple)
    new = own.change(here.session, who, PASSWORD, "another one")
    assert isinstance(new, Opened)
    assert sessions.of(new.token) is not None
    assert [sessions.of(one.token) for one in (here, there)] == [None, None]
    assert entry.sign_in("window", PASSWORD, HERE) == Wrong("password")
    assert isinstance(entry.sign_in("window", "another one", HERE), Opened)
    assert events(bureau)[2:4] == ["PasswordChanged", "SessionsEnded"]


def test_guessing_the_old_password_in_an_open_session_is_slowed_down(bureau, entry):
    opened, own = entry.sign_in("window", PASSWORD, HERE), bureau.office.passwords
    for _ in range(NAME.free + 1):
        own.change(opened.session, account(bureau), "wrong", "another one")
    assert own.change(opened.session, account(bureau), PASSWORD, "another one") == TooMany(2)


def test_a_password_set_by_somebody_else_is_good_for_setting_ones_own(bureau, entry, sessions):
    own = bureau.office.passwords
    before = entry.sign_in("window", PASSWORD, HERE)
    fail(entry, NAME.free + 3)
    once = own.set_once(account(bureau), actor="setup")
    assert sessions.of(before.token) is None
    assert entry.sign_in("window", PASSWORD, HERE) == Wrong("password")
    opened = entry.sign_in("window", once, HERE)
    assert opened.wants is Step.NEW_PASSWORD
    assert entry.sign_in_at_once("window", once, HERE, "") is Step.NEW_PASSWORD
    assert isinstance(own.replace(opened.session, account(bureau), once), tuple)
    new = own.replace(opened.session, account(bureau), "one of my own")
    assert (new.wants, sessions.of(new.token).wants) == (None, None)
    assert isinstance(entry.sign_in("window", "one of my own", HERE), Opened)
    with bureau.office.database.read() as connection:
        assert "one of my own" not in str(people.known(connection, account(bureau).id))
    assert "PasswordSet" in events(bureau)


def test_a_password_set_by_somebody_else_runs_out(bureau, entry, hashes):
    once = bureau.office.passwords.set_once(account(bureau), actor="setup")
    later(bureau, ONCE_LASTS + SECOND)
    assert entry.sign_in("window", once, HERE) == Wrong("password")
    assert hashes == [once], "and costs the same as any other"
