"""Signing in with an issuer: with a real one, and with one that lies in every part."""

import base64
import hashlib
import json
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from permits.outside import openid
from permits.outside.openid import MOST_BYTES, IssuerAway, NotBelieved, OpenId
from permits.settings import now
from tests.outside.issuing import CLIENT, SECRET, Issuing, issuing
from tests.outside.real_issuer import User, run_server_in_thread

BACK = "https://permits.example/sign-in/back"


@pytest.fixture
def says():
    with issuing() as one:
        yield one


@pytest.fixture
def client(says) -> OpenId:
    return OpenId(says.address, CLIENT, SECRET, now)


def begun(client: OpenId, says: Issuing):
    """A sign-in that was begun, and for which the issuer will say what is right."""
    _address, asked = client.begin(BACK)
    stamp = int(now().timestamp())
    says.claims = {
        "iss": says.address,
        "sub": "liu",
        "aud": CLIENT,
        "iat": stamp,
        "exp": stamp + 300,
        "nonce": asked.nonce,
    }
    return asked


def finish(client: OpenId, asked):
    return client.finish(asked, {"state": asked.state, "code": "c"}, BACK)


@pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")
def test_a_real_issuer_vouches_for_whoever_signs_in_there():
    user = User(sub="liu-1", claims={"amr": ["pwd", "otp"]})
    with run_server_in_thread(user_claims=[user]) as server:
        issuer = f"http://localhost:{server.server_port}"
        client = OpenId(issuer, CLIENT, SECRET, now)
        address, asked = client.begin(BACK)
        sent = requests.post(address, data={"sub": "liu-1"}, allow_redirects=False, timeout=5)
        came = {k: v[0] for k, v in parse_qs(urlsplit(sent.headers["Location"]).query).items()}
        identity = client.finish(asked, came, BACK)
        assert (identity.issuer, identity.subject) == (issuer, "liu-1")
        assert identity.methods == {"pwd", "otp"}
        with pytest.raises(NotBelieved, match="the code was not taken"):
            client.finish(asked, came, BACK)


def test_the_person_is_sent_with_state_nonce_and_a_challenge(client, says):
    address, asked = client.begin(BACK)
    query = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
    digest = hashlib.sha256(asked.verifier.encode()).digest()
    assert address.startswith(f"{says.address}/authorize?")
    assert query == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": BACK,
        "scope": "openid",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    assert len({asked.state, asked.nonce, asked.verifier}) == 3


def test_the_code_is_asked_for_with_the_secret_and_what_only_we_know(client, says):
    asked = begun(client, says)
    assert finish(client, asked).subject == "liu"
    (form,) = says.asked
    assert (form["code"], form["code_verifier"], form["redirect_uri"]) == (
        "c",
        asked.verifier,
        BACK,
    )
    basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
    assert form["authorization"] == f"Basic {basic}"


AGO = {"two minutes": 2, "twenty minutes": 20, "twenty minutes from now": -20}


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://somebody.example"},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"azp": "another"},
        {"nonce": "another"},
        {"exp": "two minutes"},
        {"iat": "twenty minutes"},
        {"iat": "twenty minutes from now"},
        {"sub": ""},
        {"sub": "l" * 256},
        {"sub": 7},
        *({name: None} for name in ("iss", "sub", "aud", "exp", "iat", "nonce")),
    ],
    ids=str,
)
def test_a_token_that_is_wrong_in_one_part_is_not_believed(client, says, changed):
    asked = begun(client, says)
    for name, value in changed.items():
        then = now() - timedelta(minutes=AGO[value]) if str(value) in AGO else None
        says.claims[name] = int(then.timestamp()) if then is not None else value
    says.claims = {name: value for name, value in says.claims.items() if value is not None}
    with pytest.raises(NotBelieved, match="the identity token is not right"):
        finish(client, asked)


def unsigned(claims):
    parts = [{"alg": "none", "typ": "JWT"}, claims]
    coded = (base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=") for p in parts)
    return b".".join([*coded, b""]).decode()


def by_our_secret(claims):
    key = OctKey.import_key(SECRET)
    return jwt.encode({"alg": "HS256"}, claims, key, algorithms=["HS256"])


def by_another(claims):
    key = RSAKey.generate_key(2048, {"kid": "1"})
    return jwt.encode({"alg": "RS256", "kid": "1"}, claims, key, algorithms=["RS256"])


@pytest.mark.parametrize("sign", [unsigned, by_our_secret, by_another, lambda _: "x.y"])
def test_a_token_that_the_issuer_did_not_sign_is_not_believed(client, says, sign):
    asked = begun(client, says)
    says.sign = sign
    with pytest.raises(NotBelieved, match="the identity token is not right"):
        finish(client, asked)


@pytest.mark.parametrize("kind", ["at+jwt", "logout+jwt", "dpop+jwt"])
def test_a_token_of_another_kind_is_not_believed_even_with_the_right_nonce(client, says, kind):
    asked = begun(client, says)
    header = {"alg": "RS256", "kid": says.key.kid, "typ": kind}
    says.sign = lambda claims: jwt.encode(header, claims, says.key, algorithms=["RS256"])
    with pytest.raises(NotBelieved, match="the identity token is not right"):
        finish(client, asked)


def test_keys_are_read_again_once_the_issuer_has_changed_them(client, says):
    assert finish(client, begun(client, says)).subject == "liu"
    says.key = RSAKey.generate_key(2048, {"kid": "2"})
    assert finish(client, begun(client, says)).subject == "liu"


@pytest.mark.parametrize(
    ("came", "why"),
    [
        ({"code": "c"}, "the state"),
        ({"state": "another", "code": "c"}, "the state"),
        ({"code": "c", "iss": "https://somebody.example"}, "another issuer"),
        ({"error": "access_denied"}, "access_denied"),
        ({}, "nothing was said"),
    ],
)
def test_what_came_back_must_answer_what_was_asked(client, says, came, why):
    asked = begun(client, says)
    state = {} if why == "the state" else {"state": asked.state}
    with pytest.raises(NotBelieved, match=why):
        client.finish(asked, {**state, **came}, BACK)
    assert says.asked == []


DISCOVERY = "/.well-known/openid-configuration"


@pytest.mark.parametrize(
    ("path", "answer", "why"),
    [
        (DISCOVERY, (500, b"{}"), "answered 500"),
        (DISCOVERY, (302, b"https://somebody.example/"), "answered 302"),
        (DISCOVERY, (200, b"not json"), "cannot be read"),
        (DISCOVERY, (200, b"[]"), "nothing of the kind"),
        (DISCOVERY, (200, b'{"issuer": "https://somebody.example"}'), "says it is"),
        (DISCOVERY, (200, b" " * (MOST_BYTES + 1)), "says too much"),
        ("/keys", (200, b"{}"), "has no keys"),
        ("/keys", (200, b'{"keys": [{"kty": "RSA"}]}'), "has no keys"),
        ("/keys", (404, b"{}"), "answered 404"),
    ],
)
def test_an_issuer_that_says_nothing_usable_is_away(client, says, path, answer, why):
    says.answers[path] = answer
    with pytest.raises(IssuerAway, match=why):
        finish(client, begun(client, says))


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("said", [None, "http://somebody.example/", "file:///etc/passwd", "//["])
def test_nobody_is_sent_to_an_address_without_tls(client, says, name, said):
    says.says = {name: said}
    with pytest.raises(IssuerAway, match=f"does not say its {name}"):
        finish(client, begun(client, says))


def test_an_issuer_that_does_not_answer_is_away():
    with issuing() as gone:
        client = OpenId(gone.address, CLIENT, SECRET, now)
    with pytest.raises(IssuerAway, match="cannot be read: ConnectionError"):
        client.begin(BACK)


@pytest.mark.parametrize(
    "answer",
    [
        (200, b'{"access_token": "a", "token_type": "Bearer"}'),
        (200, b"no json"),
        (400, b'{"error": "invalid_grant"}'),
        (500, b"{}"),
        (302, b"https://somebody.example/"),
    ],
)
def test_a_code_for_which_no_identity_is_given_proves_nothing(client, says, answer):
    asked = begun(client, says)
    says.answers["/token"] = answer
    with pytest.raises((NotBelieved, IssuerAway)):
        finish(client, asked)


@pytest.mark.parametrize("path", [DISCOVERY, "/keys", "/token"])
def test_no_answer_is_read_beyond_what_one_may_be(client, says, path):
    asked = begun(client, says)
    says.answers[path] = (200, b'{"id_token": "' + b" " * MOST_BYTES + b'"}')
    client._read_at = float("-inf")
    with pytest.raises(IssuerAway, match="says too much"):
        finish(client, asked)


@pytest.mark.parametrize("path", [DISCOVERY, "/keys", "/token"])
def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(client, says, path, monkeypatch):
    monkeypatch.setattr(openid, "SECONDS", 0.3)
    asked = begun(client, says)
    says.dripping = path
    client._read_at = float("-inf")
    began = time.monotonic()
    with pytest.raises(IssuerAway):
        finish(client, asked)
    assert time.monotonic() - began < 2


def test_an_issuer_that_gave_no_answer_is_left_alone_for_a_while(monkeypatch):
    with issuing() as gone:
        client = OpenId(gone.address, CLIENT, SECRET, now)
    asked = []
    get = requests.get
    monkeypatch.setattr(requests, "get", lambda *a, **k: asked.append(a) or get(*a, **k))
    for _ in range(3):
        with pytest.raises(IssuerAway):
            client.begin(BACK)
    assert len(asked) == 1
    monkeypatch.setattr(client, "_away_until", 0.0)
    with pytest.raises(IssuerAway):
        client.begin(BACK)
    assert len(asked) == 2
