"""Time stamps, against a real authority: that of OpenSSL, behind a server on this machine."""

import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from permits.outside.time_stamps import NotStamped, certificates, is_stamp, stamped

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="the authority is that of the openssl command"
)

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[stamps]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
"""


def run(*words):
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


def request(folder, name, *more):
    run("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-keyout", folder / f"{name}.key", "-config", folder / "openssl.cnf", *more)  # fmt: skip


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """The folder of an authority with a root that vouches for it."""
    folder = tmp_path_factory.mktemp("authority")
    config = folder / "openssl.cnf"
    config.write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    request(folder, "root", "-x509", "-subj", "/CN=Root", "-extensions", "ca", "-days", "30",
            "-out", folder / "root.pem")  # fmt: skip
    request(folder, "tsa", "-subj", "/CN=Stamps", "-out", folder / "tsa.csr")
    run("x509", "-req", "-in", folder / "tsa.csr", "-CA", folder / "root.pem",
        "-CAkey", folder / "root.key", "-CAcreateserial", "-extfile", config,
        "-extensions", "stamps", "-days", "30", "-out", folder / "tsa.pem")  # fmt: skip
    return folder


@pytest.fixture
def served(authority):
    """The address of the authority, and what it does with an answer before it gives it."""
    changes = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            query, reply = authority / "query", authority / "reply"
            query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            run("ts", "-reply", "-queryfile", query, "-out", reply,
                "-config", authority / "openssl.cnf")  # fmt: skip
            answer = reply.read_bytes()
            for change in changes:
                answer = change(answer)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words):
            return

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", changes
    server.shutdown()
    server.server_close()


def test_a_stamp_of_a_real_authority_is_of_that_content_and_no_other(served, authority):
    address, _changes = served
    answer = stamped(b"a checkpoint\n", address)
    roots = certificates(authority / "root.pem")
    assert is_stamp(answer, b"a checkpoint\n", roots)
    assert not is_stamp(answer, b"another\n", roots)


def test_an_authority_nobody_vouches_for_has_stamped_nothing(served, authority):
    address, _changes = served
    answer = stamped(b"a checkpoint\n", address)
    request(authority, "other", "-x509", "-subj", "/CN=Other", "-extensions", "ca", "-days", "30",
            "-out", authority / "other.pem")  # fmt: skip
    assert not is_stamp(answer, b"a checkpoint\n", certificates(authority / "other.pem"))


def test_an_answer_to_another_question_is_no_stamp(served):
    address, changes = served
    earlier = stamped(b"something else\n", address)
    changes.append(lambda _answer: earlier)
    with pytest.raises(NotStamped, match="something else"):
        stamped(b"a checkpoint\n", address)


@pytest.mark.parametrize("answer", [b"", b"no stamp", b"x" * 200_000])
def test_what_is_no_answer_is_no_stamp(served, answer):
    address, changes = served
    changes.append(lambda _answer: answer)
    with pytest.raises(NotStamped):
        stamped(b"a checkpoint\n", address)
    assert not is_stamp(answer, b"a checkpoint\n", ())


def test_an_authority_that_is_away_is_told():
    with pytest.raises(NotStamped, match="Error"):
        stamped(b"a checkpoint\n", "http://127.0.0.1:9/")
