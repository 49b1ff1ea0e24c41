"""Programs of others are told what happened: noted with it, and told at least once."""

import json
from datetime import timedelta

import pytest

from permits.casework.announcements import KINDS
from permits.outside.webhooks import read_webhooks, signature
from permits.services.announcing import Announcing
from permits.services.demonstration.clock import Hands
from permits.services.office import Office
from permits.settings import Settings
from permits.store import outbox, tables
from permits.worker import look
from tests.kit import PLAIN_SIGN_IN
from tests.outside.test_webhooks import SECRET, Receiver
from tests.services.conftest import BEGINS, GAS, at_work, real_time


class Nobody:
    def send(self, letter): ...


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


def write(data, *endpoints):
    data.mkdir(exist_ok=True)
    (data / "a.secret").write_text(SECRET)
    usual = {"secret_files": ["a.secret"], "allow_private": True}
    content = {"endpoints": [usual | one for one in endpoints]}
    (data / "webhooks.json").write_text(json.dumps(content))


@pytest.fixture
def telling(settled_url, tmp_path, receiver):
    """An office that tells `receiver` of decisions, and one that nobody answers for of all."""
    data = tmp_path / "data"
    write(
        data,
        {"id": "away", "url": "http://127.0.0.1:9/"},
        {"id": "there", "url": receiver.url, "tells": ["case.filed", "case.decided"]},
    )
    hands = Hands(real_time)
    hands.set(BEGINS)
    settings = Settings(data=data, database=settled_url, sign_in=PLAIN_SIGN_IN)
    office = Office(settings, hands)
    yield at_work(office, hands)
    office.close()


def granted(bureau):
    case = bureau.people.file(GAS, "commitment")
    bureau.people.act("window", case, "accept")
    bureau.people.act("window", case, "grant_on_the_spot")
    return case


def test_what_happened_is_told_signed_and_once(telling, receiver):
    case = granted(telling)
    assert telling.office.announcing.tell() == 2
    assert telling.office.announcing.tell() == 0
    told = [json.loads(body) for _headers, body in receiver.got]
    assert {one["type"] for one in told} == {"case.filed", "case.decided"}
    decided = next(one for one in told if one["type"] == "case.decided")
    number = decided["data"].pop("number")
    assert number.startswith("GXGH-20220609-")
    assert decided["data"] == {
        "case": case.removeprefix("case/"), "permit": "plan_exempt", "result": "granted",
    }  # fmt: skip
    ids = {headers["webhook-id"] for headers, _body in receiver.got}
    assert len(ids) == 2
    for headers, body in receiver.got:
        at = int(headers["webhook-timestamp"])
        assert at == int(telling.hands().timestamp())
        secrets = telling.office.announcing.webhooks._endpoints["there"][1]
        assert headers["webhook-signature"] == signature(secrets, headers["webhook-id"], at, body)


def test_what_was_not_taken_comes_again_under_the_same_name(telling, receiver):
    granted(telling)
    receiver.status = 500
    assert telling.office.announcing.tell() == 0
    receiver.status = 200
    telling.hands.set(telling.hands() + timedelta(minutes=1))
    assert telling.office.announcing.tell() == 2
    first, again = receiver.got[:2], receiver.got[2:]
    by_id = {headers["webhook-id"]: body for headers, body in first}
    assert by_id == {headers["webhook-id"]: body for headers, body in again}


def test_who_is_away_holds_up_nobody_and_is_given_up_in_the_end(telling, receiver):
    granted(telling)
    for _ in range(outbox.MOST_ATTEMPTS * 10):
        look(telling.office, Nobody())
        telling.hands.set(telling.hands() + timedelta(days=1))
    assert len(receiver.got) == 2
    with telling.office.database.read() as connection:
        given_up = outbox.given_up(connection)
    assert given_up
    assert all("cannot be reached" in error for task, error in given_up if "/webhook/" in task)


def test_who_wants_to_hear_no_more_is_told_no_more_of_that(telling, receiver):
    granted(telling)
    receiver.status = 410
    assert telling.office.announcing.tell() == 0
    telling.hands.set(telling.hands() + timedelta(days=1))
    telling.office.announcing.tell()
    assert len(receiver.got) == 2
    with telling.office.database.read() as connection:
        assert {error for _task, error in outbox.given_up(connection)} == {
            "127.0.0.1 answered 410"
        }


def test_what_waits_for_one_who_is_not_named_any_more_is_given_up(telling, receiver, tmp_path):
    granted(telling)
    write(tmp_path / "data", {"id": "there", "url": receiver.url})
    office = telling.office
    webhooks = read_webhooks(office.settings.webhooks_file, tuple(KINDS.values()))
    assert Announcing(office.database, webhooks, office.now).tell() == 2
    with office.database.read() as connection:
        given_up = outbox.given_up(connection)
    assert given_up
    assert all("not" not in task and "any more" in error for task, error in given_up)


def test_where_nobody_is_named_nothing_is_noted(bureau):
    granted(bureau)
    assert {row["kind"] for row in bureau.rows(tables.outbox)} == {"mail", "document"}
