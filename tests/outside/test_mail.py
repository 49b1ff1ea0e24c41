"""Letters reach a folder or a mail server whole, in Chinese too."""

import email
import socketserver
import threading
from datetime import UTC, datetime
from email import policy

import pytest
from msgspec.structs import replace

from permits.outside.mail import FolderPost, Letter, ServerPost, is_address

LETTER = Letter(
    id="event/granted/applicant",
    to="applicant@example.invalid",
    subject="准予决定 GXGH-20220609-0001",
    text="您的申请已获准予。\n𬭎㛃䶮㙦",
    written_at=datetime(2022, 6, 9, 2, 30, tzinfo=UTC),
)


def read(data: bytes):
    return email.message_from_bytes(data, policy=policy.default)


@pytest.mark.parametrize("text", ["a@b", "first.last+x@mail.example.cn", "经办人@例子.中国"])
def test_an_address_is_a_name_at_a_place(tmp_path, text):
    assert is_address(text)
    FolderPost(tmp_path, "office@x.invalid").send(replace(LETTER, to=text))


@pytest.mark.parametrize(
    "text",
    ["", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\nBcc: c@d", "A <a@b>", "a@b, c@d", "a\0@b",
     "a\ud800@b", "a" * 65 + "@b", "a@" + "b" * 190],
)  # fmt: skip
def test_everything_else_is_no_address(text):
    assert not is_address(text)


def test_a_letter_is_a_file_in_the_folder(tmp_path):
    post = FolderPost(tmp_path / "mail", "office@example.invalid")
    post.send(LETTER)
    (file,) = (tmp_path / "mail").iterdir()
    message = read(file.read_bytes())
    assert message["To"] == LETTER.to
    assert message["Subject"] == LETTER.subject
    assert message.get_content().strip() == LETTER.text
    assert message["Date"].datetime == LETTER.written_at


def test_a_letter_sent_again_is_the_same_letter(tmp_path):
    post = FolderPost(tmp_path, "office@example.invalid")
    post.send(LETTER)
    (before,) = [file.read_bytes() for file in tmp_path.iterdir()]
    post.send(LETTER)
    (after,) = [file.read_bytes() for file in tmp_path.iterdir()]
    assert read(before)["Message-ID"] == read(after)["Message-ID"]


class Sink(socketserver.StreamRequestHandler):
    """Just enough of a mail server to take a letter."""

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            if word == "DATA":
                self.say("354 go on")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part
                self.server.taken.append(body)
            if word == "QUIT":
                self.say("221 bye")
                return
            self.say("250 fine")


@pytest.fixture
def sink():
    with socketserver.TCPServer(("127.0.0.1", 0), Sink) as server:
        server.taken = []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_letter_is_handed_to_a_mail_server(sink):
    ServerPost(f"smtp://127.0.0.1:{sink.server_address[1]}", "office@example.invalid").send(LETTER)
    (taken,) = sink.taken
    message = read(taken)
    assert message["Subject"] == LETTER.subject
    assert message.get_content().splitlines() == LETTER.text.splitlines()


def test_a_server_that_is_not_there_is_an_error_to_be_tried_again():
    with pytest.raises(OSError, match="refused"):
        ServerPost("smtp://127.0.0.1:1", "office@example.invalid").send(LETTER)
