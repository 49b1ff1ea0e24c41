"""Standard Webhooks: what is signed, to whom anything is sent, and what is made of the answer."""

import base64
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from permits.outside.webhooks import (
    BadEndpoints,
    NotTold,
    is_public,
    read_webhooks,
    secret_files,
    signature,
)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_" + base64.b64encode(b"another secret of 32 bytes length").decode()
KINDS = ("case.filed", "case.decided")


class Receiver:
    """Somebody's program that takes messages, or answers as it is told."""

    def __init__(self, status: int = 204) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = status
        received = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                received.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(received.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_given: object) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/hook?of=permits"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def described(tmp_path):
    """Write a file of endpoints, with secrets beside it."""
    (tmp_path / "one.secret").write_text(SECRET + "\n")
    (tmp_path / "two.secret").write_text(OTHER)

    def write(*endpoints):
        usual = {"secret_files": ["one.secret"]}
        content = {"endpoints": [usual | one for one in endpoints]}
        (tmp_path / "webhooks.json").write_text(json.dumps(content))
        return tmp_path / "webhooks.json"

    return write


def test_a_signature_is_as_the_specification_has_it():
    """The example of the specification's own libraries."""
    secret = base64.b64decode(SECRET.removeprefix("whsec_"))
    made = signature([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_arrives_with_its_name_its_time_and_both_signatures(receiver, described):
    one = {"id": "a", "url": receiver.url, "allow_private": True}
    file = described(one | {"secret_files": ["one.secret", "two.secret"]})
    read_webhooks(file, KINDS).tell("a", "m1", 1614265330, b"{}")
    ((headers, body),) = receiver.got
    assert body == b"{}"
    assert headers["content-type"] == "application/json"
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("m1", "1614265330")
    secrets = [base64.b64decode(one.removeprefix("whsec_")) for one in (SECRET, OTHER)]
    assert headers["webhook-signature"] == signature(secrets, "m1", 1614265330, b"{}")
    assert headers["webhook-signature"].count("v1,") == 2


@pytest.mark.parametrize(
    ("status", "for_good"), [(500, False), (429, False), (302, False), (404, False), (410, True)]
)
def test_what_was_not_taken_is_told_and_no_redirect_followed(
    receiver, described, status, for_good
):
    receiver.status = status
    file = described({"id": "a", "url": receiver.url, "allow_private": True})
    with pytest.raises(NotTold, match=f"127.0.0.1 answered {status}") as fault:
        read_webhooks(file, KINDS).tell("a", "m1", 0, b"{}")
    assert (fault.value.for_good, fault.value.unreachable) == (for_good, False)
    assert len(receiver.got) == 1


def test_a_private_address_is_refused_whatever_name_leads_there(described, monkeypatch):
    def leads_home(*_given, **_named):
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("10.0.0.5", 443))]

    monkeypatch.setattr("permits.outside.webhooks.socket.getaddrinfo", leads_home)
    file = described({"id": "a", "url": "https://hooks.example/"})
    with pytest.raises(NotTold, match="private network") as fault:
        read_webhooks(file, KINDS).tell("a", "m1", 0, b"{}")
    assert fault.value.unreachable


def test_nobody_who_listens_is_unreachable(described):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    one = {"id": "a", "url": f"http://127.0.0.1:{port}/", "allow_private": True}
    with pytest.raises(NotTold, match="cannot be reached") as fault:
        read_webhooks(described(one), KINDS).tell("a", "m1", 0, b"{}")
    assert fault.value.unreachable


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True), ("2606:4700::1111", True),
        ("10.1.2.3", False), ("192.168.1.1", False), ("172.20.0.1", False), ("127.0.0.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.1.2.3", False), ("::1", False),
        ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:10.0.0.1", False),
        ("224.0.0.1", False), ("255.255.255.255", False),
    ],
)  # fmt: skip
def test_which_addresses_are_of_the_internet_at_large(address, public):
    assert is_public(address) is public


def test_each_is_told_what_it_wants(described):
    file = described(
        {"id": "all", "url": "https://a.example"},
        {"id": "some", "url": "https://b.example", "tells": ["case.decided"]},
    )
    webhooks = read_webhooks(file, KINDS)
    assert webhooks.for_kind("case.filed") == ("all",)
    assert webhooks.for_kind("case.decided") == ("all", "some")
    assert [one.name for one in secret_files(file)] == ["one.secret", "one.secret"]


GOOD = {"id": "a", "url": "https://a.example"}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"id": "a/b"}, "without a stroke"),
        ({"url": "ftp://a.example"}, "begins with https"),
        ({"url": "http://a.example"}, "only with allow_private"),
        ({"secret_files": []}, "one or two"),
        ({"secret_files": ["nothing.secret"]}, "cannot be read"),
        ({"tells": ["case.eaten"]}, "nothing is told of case.eaten"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(described, wrong, says):
    with pytest.raises(BadEndpoints, match=says):
        read_webhooks(described(GOOD | wrong), KINDS)


def test_two_of_one_name_are_refused(described):
    with pytest.raises(BadEndpoints, match="word of its own"):
        read_webhooks(described(GOOD, GOOD), KINDS)


@pytest.mark.parametrize("secret", ["hunter2", "whsec_c2hvcnQ=", SECRET.removeprefix("whsec_")])
def test_a_secret_that_is_none_is_refused_and_not_repeated(described, tmp_path, secret):
    file = described(GOOD)
    (tmp_path / "one.secret").write_text(secret)
    with pytest.raises(BadEndpoints) as fault:
        read_webhooks(file, KINDS)
    assert secret not in str(fault.value)


def test_where_there_is_no_file_nobody_is_told(tmp_path):
    assert read_webhooks(tmp_path / "none.json", KINDS).ids == ()
    assert secret_files(tmp_path / "none.json") == ()
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(BadEndpoints):
        secret_files(tmp_path / "bad.json")
