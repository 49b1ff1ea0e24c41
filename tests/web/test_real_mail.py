"""From a case over the outbox to a mail server: at least once, one name, in one's language."""

import email
from datetime import timedelta
from email import policy

from permits.definitions.procedure import Role
from permits.outside.mail import ServerPost
from permits.services.accounts import NewAccount
from permits.services.post import deliver
from tests.outside.mail_server import Behaviour, serving
from tests.web.browsing import PASSWORD
from tests.web.housing import FIRE_BRIGADE, Housing


def test_a_server_that_breaks_off_gets_the_same_letter_again(housing: Housing) -> None:
    office = housing.office
    new = NewAccount(
        username="mailed", name="收信人", password=PASSWORD, roles=frozenset({Role.APPLICANT}),
        party=FIRE_BRIGADE, email="mailed@example.org",
    )  # fmt: skip
    office.accounts.open(new, actor="setup")
    reader = housing.browser("mailed")
    assert reader.fill("/account", "/account/letters", letters="en").status_code == 303
    reader.fill("/account", "/account/letters", letters="xx")
    assert 'value="en" checked' in reader.get("/account").text
    housing.filed()
    with serving(Behaviour(breaks_after={1})) as server:
        post = ServerPost(f"smtp://127.0.0.1:{server.server_address[1]}", "office@example.org")
        deliver(office, post)
        housing.clock.now += timedelta(hours=1)
        deliver(office, post)
    letters = [email.message_from_bytes(m.data, policy=policy.default) for m in server.taken]
    assert [one["To"] for one in letters] == ["mailed@example.org"] * 2
    first, again = letters
    assert first["Message-ID"] == again["Message-ID"]
    assert first["Subject"].startswith("We have received your application GXGH-")
    assert "已收到" not in first.get_content()
