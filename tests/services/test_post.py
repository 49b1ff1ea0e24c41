"""The outbox: what was decided is told to whom it concerns, at least once and not for ever."""

import random
import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from permits.outside.mail import FolderPost, Letter, ServerPost
from permits.services.demonstration import stories
from permits.services.post import deliver, post_for
from permits.settings import Settings
from permits.store import outbox, tables
from permits.worker import Worker, look
from tests.services.conftest import GAS


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
        connection.execute(update(tables.account).values(language="en"))
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
    deliver(bureau.office, post)
    assert post.letters == []
    assert deliver(bureau.office, post) == 0, "not at once"
    bureau.hands.set(bureau.hands() + timedelta(minutes=1))
    assert deliver(bureau.office, post) == 1
    assert len(post.letters) == 1


def test_after_many_attempts_it_is_left_for_a_person_with_the_last_error(bureau, filed):
    post = Pigeonholes(failing=1000)
    for _ in range(outbox.MOST_ATTEMPTS + 3):
        deliver(bureau.office, post)
        bureau.hands.set(bureau.hands() + timedelta(days=1))
    with bureau.office.database.read() as connection:
        ((task, error),) = outbox.dead_letters(connection)
    assert "/received/applicant/" in task
    assert error == "no way to the server"


def test_two_workers_do_not_take_the_same_task(bureau, filed):
    now = bureau.hands()
    with bureau.office.database.write() as connection:
        first = outbox.claim(connection, now)
    with bureau.office.database.write() as connection:
        assert outbox.claim(connection, now) == []
    with bureau.office.database.write() as connection:
        later = outbox.claim(connection, now + outbox.LEASE + timedelta(seconds=1))
    assert [task.id for task in later] == [task.id for task in first]


def test_a_closed_account_is_not_written_to(bureau, filed):
    bureau.office.accounts.close(bureau.actors["applicant"].id, actor="setup")
    post = Pigeonholes()
    deliver(bureau.office, post)
    assert post.letters == []


def test_every_story_of_the_demonstration_can_be_told_in_letters(bureau):
    """Limits passed, duties overdue, breaches: every letter can be written to everybody."""
    with bureau.office.database.write() as connection:
        everybody = update(tables.account).values(email="somebody@x.invalid")
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
    with bureau.office.database.read() as connection:
        assert outbox.dead_letters(connection) == []
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
        return len(rests) < 3

    assert deliver(bureau.office, Pigeonholes(), stopped) == 20, "what was claimed is done"
    assert len(rests) == 20
    assert min(rests) > 0
    assert deliver(bureau.office, Pigeonholes()) == 2
