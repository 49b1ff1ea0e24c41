"""The home page and whether the server is well."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from permits.store import outbox, tables
from tests.web.housing import Browser, Housing


def test_the_home_page_names_every_permit_type(housing: Housing, anyone: Browser) -> None:
    page = anyone.get("/")
    assert page.status_code == 200
    for edition in housing.office.shelf.permits:
        assert edition.definition.permit.title.zh in page.text
        assert f'href="/guide/{edition.permit}"' in page.text


def test_the_process_is_alive_whatever_the_database_does(
    housing: Housing, anyone: Browser
) -> None:
    housing.office.database.condition.broke.set()
    answer = anyone.get("/healthz")
    housing.office.database.condition.broke.clear()
    assert (answer.status_code, answer.text) == (200, "ok")


def test_it_is_ready_if_the_database_answers(anyone: Browser) -> None:
    answer = anyone.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready")
    assert answer.headers["cache-control"] == "no-store"


def test_it_is_not_ready_once_the_database_is_damaged(housing: Housing, anyone: Browser) -> None:
    housing.office.database.condition.broke.set()
    answer = anyone.get("/readyz")
    housing.office.database.condition.broke.clear()
    assert (answer.status_code, answer.text) == (503, "the database is damaged")


def test_it_is_not_ready_while_the_database_is_away(
    housing: Housing, anyone: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_connection: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("no answer"))

    monkeypatch.setattr("permits.store.lists.alive", away)
    answer = anyone.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "the database does not answer")


def test_messages_that_were_given_up_are_said_with_it(housing: Housing, anyone: Browser) -> None:
    housing.filed()
    with housing.office.database.write() as connection:
        given_up = update(tables.outbox).values(attempts=outbox.MOST_ATTEMPTS)
        connection.execute(given_up)
    answer = anyone.get("/readyz")
    assert (answer.status_code, answer.text) == (
        200,
        "ready; 4 messages and documents were given up",
    )
