"""Letters go to a real mail server over TLS, with a password, and never to one that is not it."""

import email
import smtplib
import ssl
from email import policy

import pytest

from permits.outside.mail import ServerPost
from tests.outside.mail_server import Behaviour, certificate, serving
from tests.outside.test_mail import LETTER

SENDER = "office@example.invalid"


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


def post(server, scheme, who="", ca=None):
    return ServerPost(f"{scheme}://{who}127.0.0.1:{server.server_address[1]}", SENDER, ca)


@pytest.mark.parametrize(
    ("scheme", "at_once", "who", "user"),
    [
        ("smtp+starttls", False, "", ""),
        ("smtp", False, "me:secret@", "me"),
        ("smtps", True, "me:secret@", "me"),
    ],
)
def test_a_letter_goes_over_tls(tls, scheme, at_once, who, user):
    ca, context = tls
    with serving(Behaviour(context, at_once=at_once)) as server:
        post(server, scheme, who, ca).send(LETTER)
    (taken,) = server.taken
    assert (taken.tls, taken.user, taken.to) == (True, user, [LETTER.to])
    message = email.message_from_bytes(taken.data, policy=policy.default)
    assert message["Subject"] == LETTER.subject
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().splitlines() == LETTER.text.splitlines()
    assert [tls for word, tls in server.heard if word in ("AUTH", "MAIL", "DATA")] == [True] * (
        3 if user else 2
    )


@pytest.mark.parametrize(("scheme", "at_once"), [("smtp+starttls", False), ("smtps", True)])
def test_nothing_is_said_to_a_server_nobody_vouches_for(tls, scheme, at_once):
    with (
        serving(Behaviour(tls[1], at_once=at_once)) as server,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        post(server, scheme, "me:secret@").send(LETTER)
    assert server.taken == []
    assert not any(word in ("AUTH", "MAIL") for word, _tls in server.heard)


@pytest.mark.parametrize(("scheme", "who"), [("smtp+starttls", ""), ("smtp", "me:secret@")])
def test_neither_letter_nor_password_goes_in_the_clear_where_tls_is_wanted(tls, scheme, who):
    with (
        serving(Behaviour(tls[1], offers_tls=False)) as server,
        pytest.raises(smtplib.SMTPNotSupportedError),
    ):
        post(server, scheme, who, tls[0]).send(LETTER)
    assert server.taken == []
    assert not any(word == "AUTH" for word, _tls in server.heard)


def test_a_wrong_password_is_an_error(tls):
    with serving(Behaviour(tls[1])) as server, pytest.raises(smtplib.SMTPAuthenticationError):
        post(server, "smtp", "me:wrong@", tls[0]).send(LETTER)


def test_a_letter_that_was_taken_without_a_word_is_sent_again_as_the_same(tls):
    """At least once: the server broke off after it had the letter, so it goes once more."""
    with serving(Behaviour(tls[1], breaks_after={1})) as server:
        way = post(server, "smtp+starttls", ca=tls[0])
        with pytest.raises(smtplib.SMTPServerDisconnected):
            way.send(LETTER)
        way.send(LETTER)
    first, again = (email.message_from_bytes(m.data)["Message-ID"] for m in server.taken)
    assert first == again
