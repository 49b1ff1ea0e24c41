"""The home page and whether the server is well."""

from sqlalchemy import update

from permits.store import outbox, tables
from tests.web.housing import Browser, Housing


def test_the_home_page_names_every_permit_type(housing: Housing, anyone: Browser) -> None:
    page = anyone.get("/")
    assert page.status_code == 200
    for edition in housing.office.shelf.permits:
        assert edition.definition.permit.title.zh in page.text
        assert f'href="/guide/{edition.permit}"' in page.text


def test_the_server_is_well(anyone: Browser) -> None:
    answer = anyone.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_messages_that_were_given_up_are_said_with_it(housing: Housing, anyone: Browser) -> None:
    housing.filed()
    with housing.office.database.write() as connection:
        given_up = update(tables.outbox).values(attempts=outbox.MOST_ATTEMPTS)
        connection.execute(given_up)
    answer = anyone.get("/healthz")
    assert (answer.status_code, answer.text) == (
        200,
        "ok, but 4 messages and documents were given up",
    )
