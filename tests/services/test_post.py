"""The outbox: what was decided is told to whom it concerns, at least once and not for ever."""

import random
import smtplib
import threading
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from permits.definitions.procedure import Role
from permits.outside.mail import FolderPost, Letter, ServerPost
from permits.services.accounts import NewAccount
from permits.services.demonstration import stories
from permits.services.post import deliver, post_for
from permits.settings import Settings
from permits.store import outbox, people_tables, tables
from permits.worker import Stopping, Worker, look
from tests.kit import PARTY
from tests.services.conftest import GAS, PASSWORD


class Pigeonholes:
    """Takes letters, or fails as often as it is told."""

    def __init__(self, failing: int = 0) -> None:
        self.letters: list[Letter] = []
        self.failing = failing

    def send(self, letter: Letter) -> None:
        if self.failing:
            self.failing -= 1
            raise OSError("no way to the server")
        self.letters.append(letter)


@pytest.fixture
def filed(bureau):
    return bureau.people.file(GAS, "commitment")


def test_the_applicant_is_told_in_both_languages_until_they_choose_one(bureau, filed):
    post = Pigeonholes()
    assert deliver(bureau.office, post) == 2
    (letter,) = post.letters
    assert letter.to == "applicant@x.invalid"
    assert letter.subject == (
        "已收到您的申请 GXGH-20220609-0001 / We have received your application GXGH-20220609-0001"
    )
    assert "建设工程（市政）规划许可证免办" in letter.text
    assert "Exemption from the planning permit" in letter.text
    assert filed.removeprefix("case/") in letter.text


def test_a_chosen_language_is_kept_to(bureau, filed):
    with bureau.office.database.write() as connection:
        connection.execute(update(people_tables.account).values(language="en"))
    post = Pigeonholes()
    deliver(bureau.office, post)
    assert post.letters[0].subject == "We have received your application GXGH-20220609-0001"


def test_what_was_told_is_not_told_again(bureau, filed):
    post = Pigeonholes()
    deliver(bureau.office, post)
    assert deliver(bureau.office, post) == 0
    assert len(post.letters) == 1


def test_what_could_not_be_told_is_tried_again_later(bureau, filed):
    post = Pigeonholes(failing=1)
    assert deliver(bureau.office, post) == 0, "a server that is away is not asked for more"
    assert deliver(bureau.office, post) == 1, "the other task, but this one not at once"
    assert post.letters == []
    bureau.hands.set(bureau.hands() + timedelta(minutes=1))
    assert deliver(bureau.office, post) == 1
    assert len(post.letters) == 1


def given_up(bureau):
    with bureau.office.database.read() as connection:
        return outbox.given_up(connection)


def days_pass(bureau, post, many):
    for _ in range(many):
        deliver(bureau.office, post)
        bureau.hands.set(bureau.hands() + timedelta(days=1))


def test_after_many_attempts_it_is_left_for_a_person_with_the_last_error(bureau, filed, caplog):
    days_pass(bureau, Pigeonholes(failing=1000), outbox.MOST_ATTEMPTS + 3)
    ((task, error),) = given_up(bureau)
    assert "/received/applicant/" in task
    assert error == "no way to the server"
    assert f"task {task} is given up" in caplog.text


def test_what_was_given_up_can_be_begun_with_anew(bureau, filed):
    days_pass(bureau, Pigeonholes(failing=1000), outbox.MOST_ATTEMPTS + 3)
    with bureau.office.database.write() as connection:
        assert outbox.try_again(connection, bureau.hands()) == 1
    post = Pigeonholes()
    assert deliver(bureau.office, post) == 1
    assert given_up(bureau) == []


class Refusing(Pigeonholes):
    """Takes every letter but those to some addresses."""

    def __init__(self, *refused, error):
        super().__init__()
        self.refused, self.error = refused, error

    def send(self, letter):
        if letter.to in self.refused:
            raise self.error
        super().send(letter)


@pytest.fixture
def colleagues(bureau, filed):
    """A case of which three people of the applicant hear."""
    for name in ("second", "third"):
        roles = frozenset({Role.APPLICANT})
        email = f"{name}@x.invalid"
        new = NewAccount(name, name, PASSWORD, roles, party=PARTY, email=email)
        bureau.office.accounts.open(new, actor="setup")
    return filed


REFUSALS = {
    "fault": ValueError("no such address\x00"),
    "refused": smtplib.SMTPRecipientsRefused({"applicant@x.invalid": (550, b"no")}),
    "too large": smtplib.SMTPDataError(552, b"no"),
}


@pytest.mark.parametrize("error", REFUSALS.values(), ids=REFUSALS)
def test_one_address_that_fails_keeps_nobody_else_from_their_letter(bureau, colleagues, error):
    """And nobody gets theirs twice because of it."""
    post = Refusing("applicant@x.invalid", error=error)
    days_pass(bureau, post, outbox.MOST_ATTEMPTS + 1)
    assert sorted(letter.to for letter in post.letters) == ["second@x.invalid", "third@x.invalid"]
    ((task, _error),) = given_up(bureau)
    assert "/received/applicant/" in task
    later = Pigeonholes()
    with bureau.office.database.write() as connection:
        outbox.try_again(connection, bureau.hands())
    deliver(bureau.office, later)
    assert [letter.to for letter in later.letters] == ["applicant@x.invalid"]


def test_what_is_noted_of_a_fault_is_taken_by_every_database(bureau, filed):
    with bureau.office.database.write() as connection:
        task = outbox.claim(connection, bureau.hands())
        assert task is not None
        task = replace(task, attempts=outbox.MOST_ATTEMPTS - 1)
        assert outbox.failed(connection, task, bureau.hands(), "a\x00b\ud800c")
    assert given_up(bureau) == [(task.id, "a b c")]


def test_a_server_that_goes_away_is_not_asked_for_the_other_letters(bureau, colleagues):
    post = Pigeonholes(failing=2)
    deliver(bureau.office, post)
    assert post.failing == 1


def test_a_letter_that_cannot_be_written_does_not_come_first_for_ever(bureau, filed, monkeypatch):
    from permits.services import post as module

    real = module.worded

    def broken(office, case, message, language):
        if case.id == filed:
            raise LookupError
        return real(office, case, message, language)

    monkeypatch.setattr(module, "worded", broken)
    other = bureau.people.file(GAS, "commitment")
    post = Pigeonholes()
    days_pass(bureau, post, outbox.MOST_ATTEMPTS + 1)
    assert [other.removeprefix("case/") in letter.text for letter in post.letters] == [True]
    assert [error for _task, error in given_up(bureau)] == ["LookupError"]


def test_two_workers_do_not_take_the_same_task(bureau, filed):
    now = bureau.hands()
    after = now + outbox.LEASE + timedelta(seconds=1)
    with bureau.office.database.write() as connection:
        first, second = outbox.claim(connection, now), outbox.claim(connection, now)
        assert first.id != second.id
        assert outbox.claim(connection, now) is None
        assert outbox.claim(connection, after) in (first, second), "its worker has died"


def test_a_task_that_takes_long_is_not_taken_by_another_worker(bureau, colleagues):
    class Slow(Pigeonholes):
        def send(self, letter):
            super().send(letter)
            bureau.hands.set(bureau.hands() + outbox.LEASE * 0.7)
            with bureau.office.database.write() as connection:
                taken.append(outbox.claim(connection, bureau.hands()))

    taken, post = [], Slow()
    with bureau.office.database.write() as connection:
        other = update(tables.outbox).where(tables.outbox.c.id.like("%/to_accept/%"))
        connection.execute(other.values(done_at="now"))
    deliver(bureau.office, post)
    assert len(post.letters) == 3
    assert taken == [None, None, None]


def test_a_closed_account_is_not_written_to(bureau, filed):
    bureau.office.accounts.close(bureau.actors["applicant"].id, actor="setup")
    post = Pigeonholes()
    deliver(bureau.office, post)
    assert post.letters == []


def test_every_story_of_the_demonstration_can_be_told_in_letters(bureau):
    """Limits passed, duties overdue, breaches: every letter can be written to everybody."""
    with bureau.office.database.write() as connection:
        everybody = update(people_tables.account).values(email="somebody@x.invalid")
        connection.execute(everybody)
    teller = stories.Teller(bureau.people, bureau.office.shelf.calendar, random.Random(1))
    day = bureau.hands().date()
    told = (stories.late, stories.corrected, stories.breached, stories.extended, stories.refused,
            stories.suspended, stories.turned_away, stories.switched)  # fmt: skip
    for telling in told:
        for moment in telling(teller, day, GAS):
            bureau.hands.set(moment)
            look(bureau.office, Pigeonholes())
        day = bureau.hands().date() + timedelta(days=7)
    assert given_up(bureau) == []
    look(bureau.office, Pigeonholes())
    assert all(row["done_at"] for row in bureau.rows(tables.outbox))


def test_the_settings_say_where_letters_go(tmp_path):
    plain = Settings(data=tmp_path, database="sqlite:///x")
    assert isinstance(post_for(plain), FolderPost)
    served = Settings(data=tmp_path, database="sqlite:///x", mail="smtp://localhost:25")
    assert isinstance(post_for(served), ServerPost)


def test_the_worker_looks_by_itself_and_survives_a_bad_look(bureau, filed, monkeypatch):
    from permits import worker as module

    seen, fails = threading.Event(), [True]
    real = module.look

    def once_broken(office, post, rest):
        if fails[0]:
            fails[0] = False
            raise MemoryError
        real(office, post, rest)
        seen.set()

    monkeypatch.setattr(module, "look", once_broken)
    worker = Worker(bureau.office, every=0.01)
    assert seen.wait(20)
    worker.close()
    assert list(bureau.office.settings.mail_folder.iterdir())


def test_between_letters_there_is_a_rest_in_which_the_worker_can_be_stopped(bureau):
    for _ in range(11):
        bureau.people.file(GAS, "commitment")
    rests = []

    def stopped(took):
        rests.append(took)
        if len(rests) == 3:
            raise Stopping

    post = Pigeonholes()
    with pytest.raises(Stopping):
        deliver(bureau.office, post, stopped)
    assert len(rests) == 3
    assert min(rests) > 0
    assert deliver(bureau.office, Pigeonholes()) == 19, "nothing is kept from whoever comes next"
