"""Second factors: a device and codes on paper, each code good once, no secret to be read."""

import base64
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from permits.casework.sessions import Step
from permits.casework.waits import LONGEST, NAME
from permits.outside import one_time_codes
from permits.outside.keyring import Keyring, Unopenable, keyring
from permits.services.entry import Given
from permits.services.second_factors import HOW_MANY, Enrolled
from permits.services.sessions import Ending, Opened, Proof
from permits.services.unproved import TooMany, Wrong
from permits.sign_in_rules import STRICT
from permits.store import people, people_tables, tables
from tests.services.conftest import PASSWORD, at_once
from tests.services.test_entry import HERE, THERE, account, events, later

STEP = timedelta(seconds=one_time_codes.STEP_SECONDS)


class Phone:
    """A device that was given a secret, and looks at the office's clock."""

    def __init__(self, bureau, typed):
        self.bureau = bureau
        self.secret = base64.b32decode(typed.replace(" ", ""))

    def code(self, late=0):
        step = int(self.bureau.hands().timestamp()) // one_time_codes.STEP_SECONDS
        return one_time_codes.code_of(self.secret, step + late)


@pytest.fixture
def entry(bureau):
    return bureau.office.entry


@pytest.fixture
def factors(bureau):
    return bureau.office.second_factors


def enrolled(bureau, who="window"):
    """A device that was just added, in a session of its own; and the codes on paper."""
    office = bureau.office
    opened = office.entry.sign_in(who, PASSWORD, HERE)
    begun = office.second_factors.begin(opened.account, opened.session, "permits.example")
    phone = Phone(bureau, begun.typed)
    added = office.second_factors.add(opened.session, begun.sealed, phone.code())
    assert isinstance(added, Enrolled)
    later(bureau, STEP)
    return phone, added


def test_a_device_is_added_with_its_first_code_and_wanted_from_then_on(bureau, entry):
    phone, added = enrolled(bureau)
    assert bureau.office.sessions.of(added.opened.token).wants is None
    opened = entry.sign_in("window", PASSWORD, THERE)
    assert opened.wants is Step.CODE
    assert bureau.office.sessions.of(opened.token).wants is Step.CODE
    whole = entry.give_code(opened.session, phone.code())
    assert isinstance(whole, Opened)
    assert bureau.office.sessions.of(whole.token).wants is None
    assert bureau.office.sessions.of(opened.token) is None, "the half-open token is void"
    assert events(bureau)[1:] == ["SecondFactorAdded", "RecoveryCodesMade", "SignedIn"]


def test_a_sign_in_is_told_only_once_it_is_whole(bureau, entry):
    enrolled(bureau)
    before = events(bureau)
    opened = entry.sign_in("window", PASSWORD, THERE)
    assert entry.give_code(opened.session, "000000") == Wrong("code")
    assert events(bureau) == [*before, "SignInFailed"]


def test_a_session_that_waits_for_its_code_ends_soon_and_a_whole_one_lasts(bureau, entry):
    phone, _added = enrolled(bureau)
    opened = entry.sign_in("window", PASSWORD, THERE)
    whole = entry.give_code(entry.sign_in("window", PASSWORD, THERE).session, phone.code())
    later(bureau, timedelta(minutes=11))
    assert bureau.office.sessions.of(opened.token) is None
    assert bureau.office.sessions.of(whole.token) is not None


def test_a_wrong_first_code_adds_nothing(bureau, entry, factors):
    opened = entry.sign_in("window", PASSWORD, HERE)
    begun = factors.begin(opened.account, opened.session, "x")
    assert factors.add(opened.session, begun.sealed, "000000") == Wrong("code")
    again = factors.again(opened.account, opened.session, begun.sealed, "x")
    assert again.typed == begun.typed, "the device needs not scan once more"
    assert factors.of(account(bureau)) == (None, 0)
    assert bureau.rows(people_tables.second_factor) == []


def test_a_device_that_was_begun_in_one_session_is_not_added_in_another(bureau, entry, factors):
    one, other = (entry.sign_in("window", PASSWORD, HERE) for _ in range(2))
    begun = factors.begin(one.account, one.session, "x")
    code = Phone(bureau, begun.typed).code()
    for sealed in (begun.sealed, "made up"):
        with pytest.raises(Unopenable):
            factors.add(other.session, sealed, code)
    assert bureau.rows(people_tables.second_factor) == []


def test_adding_a_device_ends_the_other_sessions(bureau, entry):
    other = entry.sign_in("window", PASSWORD, THERE)
    enrolled(bureau)
    assert bureau.office.sessions.of(other.token) is None


def test_each_code_is_good_once_and_none_before_it_any_more(bureau, entry):
    phone, _added = enrolled(bureau)
    before, code = phone.code(-1), phone.code()
    opened = [entry.sign_in("window", PASSWORD, HERE) for _ in range(3)]
    assert isinstance(entry.give_code(opened[0].session, code), Opened)
    assert entry.give_code(opened[1].session, code) == Wrong("code")
    assert entry.give_code(opened[2].session, before) == Wrong("code")


def test_the_code_that_added_the_device_is_used_up(bureau, entry):
    opened = entry.sign_in("window", PASSWORD, HERE)
    begun = bureau.office.second_factors.begin(opened.account, opened.session, "x")
    code = Phone(bureau, begun.typed).code()
    bureau.office.second_factors.add(opened.session, begun.sealed, code)
    again = entry.sign_in("window", PASSWORD, HERE)
    assert entry.give_code(again.session, code) == Wrong("code")


def test_of_several_who_use_one_code_at_once_one_gets_in(bureau, factors):
    phone, added = enrolled(bureau)
    who = account(bureau).id
    used = []

    def use(code):
        used.append(factors.use(who, code))

    for code in (phone.code(), added.codes[0]):
        assert at_once(*[partial(use, code)] * 2) == []
    assert sorted(used) == ["", "", "code", "recovery_code"]


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_the_clock_of_the_device_may_be_a_step_off(bureau, entry, late):
    phone, _added = enrolled(bureau)
    later(bureau, 2 * STEP)
    opened = entry.sign_in("window", PASSWORD, HERE)
    assert isinstance(entry.give_code(opened.session, phone.code(late)), Opened)


@pytest.mark.parametrize("late", [-1, 1])
def test_a_code_holds_for_its_thirty_seconds_unless_the_office_settles_otherwise(
    bureau, entry, late
):
    phone, _added = enrolled(bureau)
    bureau.office.sessions.rules = STRICT
    later(bureau, 2 * STEP)
    opened = entry.sign_in("window", PASSWORD, HERE)
    assert entry.give_code(opened.session, phone.code(late)) == Wrong("code")
    assert isinstance(entry.give_code(opened.session, phone.code()), Opened)


@pytest.mark.parametrize("put", ["{} {}", "{}-{}", " {}{} "])
def test_codes_are_read_as_people_type_them(bureau, entry, put):
    phone, _added = enrolled(bureau)
    opened = entry.sign_in("window", PASSWORD, HERE)
    code = phone.code()
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code[:3])
    assert isinstance(entry.give_code(opened.session, put.format(wide, code[3:])), Opened)


def test_guessing_codes_is_slowed_down(bureau, entry):
    phone, _added = enrolled(bureau)
    opened = entry.sign_in("window", PASSWORD, HERE)
    for _ in range(NAME.free + 1):
        assert entry.give_code(opened.session, "000000") == Wrong("code")
    assert entry.give_code(opened.session, phone.code()) == TooMany(2)
    again = entry.sign_in("window", PASSWORD, HERE)
    assert entry.give_code(again.session, phone.code()) == TooMany(2), "the password helps not"
    later(bureau, LONGEST / 2)
    assert isinstance(entry.give_code(again.session, phone.code()), Opened)


def test_a_recovery_code_lets_in_once(bureau, entry, factors):
    _phone, added = enrolled(bureau)
    assert len(set(added.codes)) == HOW_MANY
    assert factors.of(account(bureau))[1] == HOW_MANY
    for code in (added.codes[3].lower(), added.codes[7].replace("-", " ")):
        opened = entry.sign_in("window", PASSWORD, HERE)
        assert isinstance(entry.give_code(opened.session, code), Opened)
    opened = entry.sign_in("window", PASSWORD, HERE)
    assert entry.give_code(opened.session, added.codes[3]) == Wrong("code")
    assert factors.of(account(bureau))[1] == HOW_MANY - 2
    assert events(bureau).count("RecoveryCodeUsed") == 2


def test_what_is_nearly_a_recovery_code_is_none(bureau, factors):
    _phone, added = enrolled(bureau)
    code, who = added.codes[0], account(bureau).id
    for wrong in (code[:-1], code + "A", code[:5] + added.codes[1][5:], "", "-", "錯"):
        assert factors.use(who, wrong) == ""
    assert factors.use(bureau.actors["leader"].id, code) == ""
    assert factors.use(who, code) == "recovery_code"


def test_new_recovery_codes_void_the_old_ones(bureau, factors):
    _phone, added = enrolled(bureau)
    who = account(bureau).id
    new = factors.new_codes(who)
    assert factors.use(who, added.codes[0]) == ""
    assert factors.use(who, new[0]) == "recovery_code"
    assert factors.new_codes(bureau.actors["leader"].id) == (), "there is no device"


def test_another_device_takes_the_place_of_the_one_there_was(bureau, entry, factors):
    old, first = enrolled(bureau)
    begun = factors.begin(first.opened.account, first.opened.session, "x")
    new = Phone(bureau, begun.typed)
    assert isinstance(factors.add(first.opened.session, begun.sealed, new.code()), Enrolled)
    later(bureau, STEP)
    opened = entry.sign_in("window", PASSWORD, HERE)
    assert entry.give_code(opened.session, old.code()) == Wrong("code")
    assert entry.give_code(opened.session, first.codes[0]) == Wrong("code")
    assert isinstance(entry.give_code(opened.session, new.code()), Opened)


def test_whoever_runs_the_office_resets_a_lost_device(bureau, entry, factors):
    _phone, added = enrolled(bureau)
    who, ending = account(bureau).id, Ending("second_factor", "setup")
    assert factors.remove(who, ending)
    assert not factors.remove(who, ending)
    assert bureau.office.sessions.of(added.opened.token) is None
    assert bureau.rows(people_tables.recovery_code) == []
    assert entry.sign_in("window", PASSWORD, HERE).wants is None
    assert events(bureau)[-3:] == ["SecondFactorRemoved", "SessionsEnded", "SignedIn"]


def test_nothing_of_it_is_kept_for_an_account_that_is_closed(bureau):
    enrolled(bureau)
    bureau.office.accounts.close(bureau.actors["window"].id, actor="setup")
    assert bureau.rows(people_tables.second_factor) == []
    assert bureau.rows(people_tables.recovery_code) == []


def test_without_its_key_a_device_is_no_good_but_paper_is(bureau, entry, caplog):
    phone, added = enrolled(bureau)
    bureau.office.second_factors.keyring = Keyring((b"k" * 32,))
    opened = entry.sign_in("window", PASSWORD, HERE)
    assert entry.give_code(opened.session, phone.code()) == Wrong("code")
    assert "the key it was sealed with is not set" in caplog.text
    assert isinstance(entry.give_code(opened.session, added.codes[0]), Opened)


def test_secrets_are_sealed_anew_under_the_first_key_and_the_old_one_is_not_needed(
    bureau, entry, factors
):
    phone, _added = enrolled(bureau)
    first = b"n" * 32
    factors.keyring = Keyring((first,))
    with pytest.raises(Unopenable):
        factors.reseal()
    kept = bureau.office.settings.key_file.read_text(encoding="ascii")
    factors.keyring = keyring(f"{base64.b64encode(first).decode()},{kept}", Path("none"))
    assert factors.reseal() == 1
    assert factors.reseal() == 0, "everything is sealed so by now"
    factors.keyring = Keyring((first,))
    opened = entry.sign_in("window", PASSWORD, HERE)
    assert isinstance(entry.give_code(opened.session, phone.code()), Opened)


def test_staff_without_one_must_add_one_where_the_office_wants_it(bureau, entry):
    bureau.office.sessions.rules = STRICT
    assert entry.sign_in("window", PASSWORD, HERE).wants is Step.ENROL
    assert entry.sign_in_at_once("window", PASSWORD, HERE, "") is Step.ENROL
    assert entry.sign_in("applicant", PASSWORD, HERE).wants is None
    _phone, added = enrolled(bureau)
    assert added.opened.wants is None


def test_programs_give_password_and_code_at_once(bureau, entry):
    phone, _added = enrolled(bureau)
    count = len(bureau.rows(people_tables.session))
    assert entry.sign_in_at_once("window", PASSWORD, HERE, "") is Step.CODE
    assert entry.sign_in_at_once("window", PASSWORD, HERE, "000000") == Wrong("code")
    assert entry.sign_in_at_once("window", "wrong", HERE, phone.code()) == Wrong("password")
    assert len(bureau.rows(people_tables.session)) == count, "nothing is half open"
    opened = entry.sign_in_at_once("window", PASSWORD, HERE, phone.code())
    assert bureau.office.sessions.of(opened.token).wants is None


def test_a_code_proves_once_more_who_one_is(bureau, entry):
    phone, added = enrolled(bureau)
    session = added.opened.session
    assert entry.step_up(session, Given(code="000000")) == Wrong("code")
    assert isinstance(entry.step_up(session, Given(code=phone.code())), Opened)
    assert events(bureau)[-2:] == ["StepUpFailed", "StepUpPassed"]


def test_whoever_vouches_for_a_person_opens_a_session_in_the_same_way(bureau):
    """Where somebody else has seen a second factor, no code of ours is asked for."""
    enrolled(bureau)
    with bureau.office.database.read() as connection:
        known = people.known(connection, bureau.actors["window"].id)
    opened = bureau.office.sessions.open(known, Proof(("openid",), coded=True), THERE)
    assert bureau.office.sessions.of(opened.token).wants is None


def test_no_secret_stands_in_the_database_or_the_log(bureau, entry):
    phone, added = enrolled(bureau)
    opened = entry.sign_in("window", PASSWORD, HERE)
    whole = entry.give_code(opened.session, phone.code())
    kept = str([bureau.rows(table) for table in people_tables.metadata.sorted_tables])
    log = str([bytes(row["record"]) for row in bureau.rows(tables.event)])
    raw = phone.secret
    secrets = [PASSWORD, whole.token, opened.token, str(raw)[2:-1], raw.hex()]
    secrets += [one_time_codes.typed(raw).replace(" ", "")]
    for codes in added.codes:
        secrets += [codes, codes.replace("-", ""), codes.replace("-", "")[4:]]
    for secret in secrets:
        assert secret not in kept
        assert secret not in log
