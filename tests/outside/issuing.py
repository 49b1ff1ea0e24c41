"""An issuer of OpenID Connect that says what a test wants it to say, at a real address."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "permits", "the secret of the office"


@dataclass
class Issuing:
    """What the issuer says: `says` of itself, `tokens` for a code, `keys` it shows."""

    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    says: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    sign: Callable[[dict[str, Any]], str] | None = None
    shown: list[RSAKey] = field(default_factory=list)
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    address: str = ""
    dripping: str = ""
    """The address whose answer comes a byte at a time."""

    def token(self) -> str:
        if self.sign is not None:
            return self.sign(self.claims)
        header = {"alg": "RS256", "kid": self.key.kid}
        return jwt.encode(header, self.claims, self.key, algorithms=["RS256"])

    def answer(self, path: str) -> tuple[int, bytes]:
        if path in self.answers:
            return self.answers[path]
        match path:
            case "/.well-known/openid-configuration":
                said = {
                    "issuer": self.address,
                    "authorization_endpoint": f"{self.address}/authorize",
                    "token_endpoint": f"{self.address}/token",
                    "jwks_uri": f"{self.address}/keys",
                }
                return 200, json.dumps({**said, **self.says}).encode()
            case "/keys":
                keys = [one.as_dict(private=False) for one in self.shown or [self.key]]
                return 200, json.dumps({"keys": keys}).encode()
            case "/token":
                token = {"access_token": "a", "token_type": "Bearer", "id_token": self.token()}
                return 200, json.dumps(token).encode()
        return 404, b"{}"


@contextmanager
def issuing() -> Iterator[Issuing]:
    """An issuer that can be asked while the test runs."""
    says = Issuing()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, content = says.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if 300 <= status < 400:
                self.send_header("Location", content.decode())
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.path == says.dripping:
                self._drip(content)
            else:
                self.wfile.write(content)

        def _drip(self, content: bytes) -> None:
            with suppress(OSError):  # whoever asked has gone
                for byte in content[:50]:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.1)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            says.asked.append({**form, "authorization": self.headers.get("Authorization", "")})
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Nothing is printed while tests run."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    says.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield says
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
