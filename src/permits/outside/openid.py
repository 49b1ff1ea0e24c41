"""One issuer of OpenID Connect, asked as OpenID Connect Core 1.0 and RFC 9700 have it: code flow
with PKCE, a nonce, and an identity token that is checked in every part before it is believed."""

import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from urllib3.exceptions import HTTPError

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
"""What an identity token may be signed with: public keys only, never `none`, never our secret."""

IDENTITY = ("JWT", "jwt", "id_token+jwt")
"""What the header of an identity token may say it is, if it says so; one to access something has
`at+jwt` (RFC 9068), one that signs out `logout+jwt`."""

SCOPE = "openid"
"""Nothing but who it is: name and address are kept by the office itself."""

KEPT = 3600.0
"""Seconds after which what an issuer says of itself is read again."""

LEEWAY = 60
"""Seconds that clocks may differ."""

OLDEST = 600
"""Seconds after which an identity token is of no sign-in that was begun here."""

MOST_BYTES = 256 * 1024
SECONDS = 5.0
"""How long any answer of an issuer is waited for."""

PART = 16 * 1024

TAKEN_OR_NOT = (requests.codes.ok, requests.codes.bad_request, requests.codes.unauthorized)
"""What a token endpoint answers with a body that says why."""

LEFT_ALONE = 30.0
"""Seconds for which an issuer that gave no answer is not asked again."""

LONGEST_SUBJECT = 255
"""Characters, as the standard limits them."""


class IssuerAway(Exception):
    """The issuer could not be asked, or gave no answer that can be used; the message says why."""


class Silent(IssuerAway):
    """It gave no answer at all."""


class NotBelieved(Exception):
    """What came back proves nobody's identity; the message says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is remembered of a sign-in that was begun: nobody else can finish it."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom an issuer vouches for: `subject` is never given to somebody else (`sub`); `methods` are
    those of RFC 8176 by which the person proved it, if the issuer says so."""

    issuer: str
    subject: str
    methods: frozenset[str]


class OpenId:
    """Sends people to one issuer and reads what it says of them. Threads may share it."""

    def __init__(
        self,
        issuer: str,
        client: str,
        secret: str,
        now: Callable[[], datetime],
    ) -> None:
        self.issuer = issuer
        self._client = client
        self._secret = secret
        self._now = now
        self._lock = threading.Lock()
        self._said: Mapping[str, Any] = {}
        self._keys: KeySet | None = None
        self._read_at = 0.0
        self._away_until = 0.0

    def begin(self, comes_back: str) -> tuple[str, Asked]:
        """The address to send the person to, and what to remember until they come back to
        `comes_back`. IssuerAway if the issuer does not say where that is."""
        asked = Asked(*(secrets.token_urlsafe(32) for _ in range(3)))
        address, _state = self._session(comes_back).create_authorization_url(
            self._said_of("authorization_endpoint"),
            state=asked.state,
            code_verifier=asked.verifier,
            nonce=asked.nonce,
        )
        return str(address), asked

    def finish(self, asked: Asked, came: Mapping[str, str], comes_back: str) -> Identity:
        """Whom the issuer vouches for, by what came back in the address. IssuerAway, or
        NotBelieved if it vouches for nobody or was not asked this."""
        if came.get("state") != asked.state:
            raise NotBelieved("the state is not the one that was sent")
        if came.get("iss", self.issuer) != self.issuer:
            raise NotBelieved("another issuer answered (RFC 9207)")
        if "code" not in came:
            raise NotBelieved(f"no code came: {came.get('error', 'nothing was said')[:100]}")
        token = self._token(came["code"], asked, comes_back)
        raw = token.get("id_token")
        if not isinstance(raw, str) or len(raw) > MOST_BYTES:
            raise NotBelieved("no identity token came")
        return self._read(raw, asked.nonce)

    def _token(self, code: str, asked: Asked, comes_back: str) -> Mapping[str, Any]:
        """What the issuer gives for a code (RFC 6749, 4.1.3), no longer and no later than any
        other of its answers."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": comes_back,
            "code_verifier": asked.verifier,
        }
        address = self._said_of("token_endpoint")
        ask = partial(requests.post, data=form, auth=(self._client, self._secret))
        token = _answer(address, ask, TAKEN_OR_NOT)
        if "error" in token:
            raise NotBelieved(f"the code was not taken: {str(token['error'])[:100]}")
        return token

    def _session(self, comes_back: str) -> OAuth2Session:
        return OAuth2Session(
            self._client,
            self._secret,
            scope=SCOPE,
            redirect_uri=comes_back,
            code_challenge_method="S256",
        )

    def _read(self, raw: str, nonce: str) -> Identity:
        """The identity in a token whose signature, issuer, audience, time and nonce are right."""
        try:
            try:
                token = jwt.decode(raw, self._key_set(), algorithms=ALGORITHMS)
            except (JoseError, ValueError):  # its keys may have been changed meanwhile
                token = jwt.decode(raw, self._key_set(anew=True), algorithms=ALGORITHMS)
            claims = token.claims
            if token.header.get("typ", "JWT") not in IDENTITY:
                raise ValueError("it is a token of another kind")
            self._check(claims, nonce)
        except (JoseError, ValueError, TypeError) as error:
            raise NotBelieved(f"the identity token is not right: {error}") from error
        methods = claims.get("amr", ())
        said = methods if isinstance(methods, list) else ()
        return Identity(
            self.issuer, claims["sub"], frozenset(one for one in said if isinstance(one, str))
        )

    def _check(self, claims: Mapping[str, Any], nonce: str) -> None:
        now = int(self._now().timestamp())
        registry = jwt.JWTClaimsRegistry(
            now=now,
            leeway=LEEWAY,
            iss={"essential": True, "value": self.issuer},
            sub={"essential": True},
            aud={"essential": True, "value": self._client},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        registry.validate(dict(claims))
        audience = claims["aud"]
        if isinstance(audience, list) and len(audience) > 1 and "azp" not in claims:
            raise ValueError("it is for several, and does not say for whom")
        if claims.get("azp", self._client) != self._client:
            raise ValueError("it was given to another client")
        if now - int(claims["iat"]) > OLDEST:
            raise ValueError("it is too old")
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise ValueError("it names nobody")

    def _said_of(self, what: str) -> str:
        """An address that the issuer says of itself; IssuerAway if it does not."""
        if time.monotonic() - self._read_at > KEPT or not self._said:
            self._once(self._look)
        address = self._said.get(what)
        if not isinstance(address, str) or not safe(address):
            raise IssuerAway(f"{self.issuer} does not say its {what}")
        return address

    def _look(self) -> None:
        said = _answer(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if said.get("issuer") != self.issuer:
            raise IssuerAway(f"{self.issuer} says it is {said.get('issuer')!r}")
        self._said, self._read_at, self._keys = said, time.monotonic(), None

    def _key_set(self, *, anew: bool = False) -> KeySet:
        address = self._said_of("jwks_uri")
        if self._keys is None or anew:
            self._once(lambda: self._look_for_keys(address))
        if self._keys is None:
            raise IssuerAway(f"{self.issuer} has no keys")
        return self._keys

    def _look_for_keys(self, address: str) -> None:
        try:
            self._keys = KeySet.import_key_set(_key_set(_answer(address)))
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise IssuerAway(f"{self.issuer} has no keys: {error}") from error

    def _once(self, look: Callable[[], None]) -> None:
        """Ask the issuer, one at a time. Once it gave no answer, nobody waits for it a while."""
        if time.monotonic() < self._away_until or not self._lock.acquire(timeout=SECONDS):
            raise IssuerAway(f"{self.issuer} did not answer a moment ago")
        try:
            if time.monotonic() < self._away_until:
                raise IssuerAway(f"{self.issuer} did not answer a moment ago")
            look()
        except Silent:
            self._away_until = time.monotonic() + LEFT_ALONE
            raise
        finally:
            self._lock.release()


def safe(address: str) -> bool:
    """Whether an address is asked over TLS, or on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and local))


def _key_set(said: Mapping[str, Any]) -> Any:
    """The keys to sign with; others would be refused as a whole."""
    keys = [one for one in said["keys"] if one.get("use", "sig") == "sig"]
    return {"keys": keys}


def _answer(
    address: str,
    ask: Callable[..., requests.Response] | None = None,
    statuses: tuple[int, ...] = (requests.codes.ok,),
) -> Mapping[str, Any]:
    """What is at an address, as an object of JSON; IssuerAway if nothing of the kind is."""
    until = time.monotonic() + SECONDS
    get = ask or requests.get
    try:
        with get(address, timeout=SECONDS, allow_redirects=False, stream=True) as answer:
            if answer.status_code not in statuses:
                raise IssuerAway(f"{address} answered {answer.status_code}")
            found = json.loads(_body(answer, until))
    except (requests.RequestException, HTTPError) as error:
        raise Silent(f"{address} cannot be read: {type(error).__name__}") from error
    except ValueError as error:
        raise IssuerAway(f"{address} cannot be read: {type(error).__name__}") from error
    if not isinstance(found, dict):
        raise IssuerAway(f"{address} says nothing of the kind")
    return found


def _body(answer: requests.Response, until: float) -> bytes:
    """The body, as far as it comes in time and is no longer than any answer may be. Silent if it
    comes too slowly, whether or not it comes."""
    found = bytearray()
    while part := answer.raw.read1(PART, decode_content=True):
        found += part
        if len(found) > MOST_BYTES:
            raise IssuerAway(f"{answer.url} says too much")
        if time.monotonic() > until:
            raise Silent(f"{answer.url} takes too long")
    return bytes(found)
