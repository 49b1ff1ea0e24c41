"""A mail server of our own for tests: greets, goes over to TLS, asks for a password, takes letters
(RFC 5321, 3207, 4954), and can be told to fall silent at the worst moment."""

import base64
import socketserver
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Mail:
    """What came: for whom, what, under whose name, and whether over TLS."""

    sender: str
    to: list[str]
    data: bytes
    user: str
    tls: bool


@dataclass
class Behaviour:
    """How the server behaves: which TLS it offers, and at which letters it breaks off."""

    context: ssl.SSLContext | None = None
    offers_tls: bool = True
    at_once: bool = False
    breaks_after: set[int] = field(default_factory=set)


class Conversation(socketserver.StreamRequestHandler):
    def setup(self):
        self.tls, self.user = self.server.how.at_once, ""
        if self.tls:
            self.request = self.server.how.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self):
        super().finish()
        self.request.close()

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        self.say("220 mail.test")
        self.sender, self.to = "", []
        while line := self.rfile.readline().decode().strip():
            word, _, rest = line.partition(" ")
            self.server.heard.append((word.upper(), self.tls))
            if not getattr(self, word.lower(), self.other)(rest):
                return

    def ehlo(self, _rest):
        offers = ["mail.test"]
        if self.server.how.offers_tls and not self.tls:
            offers.append("STARTTLS")
        offers.append("AUTH PLAIN")
        for n, offer in enumerate(offers):
            self.say(f"250{' ' if n == len(offers) - 1 else '-'}{offer}")
        return True

    def starttls(self, _rest):
        self.say("220 go ahead")
        self.request = self.server.how.context.wrap_socket(self.request, server_side=True)
        self.tls = True
        super().setup()
        return True

    def auth(self, rest):
        _nothing, user, password = base64.b64decode(rest.split(" ")[1]).decode().split("\0")
        if password != "secret":
            self.say("535 no")
            return True
        self.user = user
        self.say("235 welcome")
        return True

    def mail(self, rest):
        self.sender = rest
        self.say("250 fine")
        return True

    def rcpt(self, rest):
        self.to.append(rest.partition("<")[2].partition(">")[0])
        self.say("250 fine")
        return True

    def data(self, _rest):
        self.say("354 go on")
        body = b""
        while (part := self.rfile.readline()) != b".\r\n":
            body += part
        taken = self.server.taken
        taken.append(Mail(self.sender, self.to, body, self.user, self.tls))
        if len(taken) in self.server.how.breaks_after:
            return False
        self.say("250 taken")
        return True

    def quit(self, _rest):
        self.say("221 bye")
        return False

    def other(self, _rest):
        self.say("250 fine")
        return True


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Whoever does not trust us hangs up; that is what is tested."""


@contextmanager
def serving(how):
    """A server that behaves so, with what it `heard` and has `taken`."""
    with Server(("127.0.0.1", 0), Conversation) as server:
        server.how, server.taken, server.heard = how, [], []
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def certificate(folder):
    """A certificate for 127.0.0.1 that only whoever has the file trusts: its path, and a context
    that serves with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    now = datetime.now(UTC)  # noqa: TID251 - what is checked against it is the system's clock
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "mail.pem"
    pem = made.public_bytes(serialization.Encoding.PEM)
    file.write_bytes(pem)
    held = folder / "mail.key"
    held.write_bytes(
        pem
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(held)
    return file, context
