"""Signed notes and checkpoints, as C2SP writes them down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.evidence import notes
from permits.evidence.merkle import leaf_hash
from permits.evidence.notes import (
    BadKey,
    BadNote,
    Checkpoint,
    NotSigned,
    new_signer,
    opened,
    opened_checkpoint,
    read_checkpoint,
    read_note,
    read_signer,
    read_verifier,
    signed,
)

VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
"""The key and the note that the Go library of notes is documented with."""

NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"  # noqa: E501
)

SIGNER = new_signer("example.cn/permits")
TRUSTED = [SIGNER.verifier]
TEXT = "example.cn/permits\n3\n" + notes.write_hash(leaf_hash(b"x")) + "\n"


def test_a_note_of_another_program_is_read_and_its_signature_verified():
    text, by = opened(NOTE, [read_verifier(VERIFIER)])
    assert text.startswith("If you think") and [one.name for one in by] == ["PeterNeumann"]
    assert str(by[0]) == VERIFIER


def test_what_we_sign_is_opened_with_the_public_key():
    note = signed(TEXT, SIGNER)
    assert opened(note, TRUSTED) == (TEXT, (SIGNER.verifier,))


def test_a_key_is_read_as_it_was_written():
    again = read_signer(SIGNER.secret())
    assert again.verifier == SIGNER.verifier == read_verifier(str(SIGNER.verifier))
    assert again.sign(b"x") == SIGNER.sign(b"x")


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_whatever_is_changed_of_a_note_it_is_not_opened(place, by):
    note = signed(TEXT, SIGNER).encode()
    place %= len(note)
    altered = bytes([*note[:place], note[place] ^ by, *note[place + 1 :]])
    with pytest.raises((BadNote, NotSigned, UnicodeDecodeError)):
        opened(altered.decode(), TRUSTED)


def test_signatures_of_others_are_passed_over_and_none_is_not_enough():
    other = new_signer("witness.cn")
    line = read_note(signed(TEXT, other))
    both = signed(TEXT, SIGNER) + signed(TEXT, other).rsplit("\n\n", 1)[1]
    assert opened(both, TRUSTED)[1] == (SIGNER.verifier,)
    assert line.signatures[0].name == "witness.cn"
    with pytest.raises(NotSigned, match="by a key that is trusted"):
        opened(signed(TEXT, other), TRUSTED)


def test_a_key_of_the_same_name_is_another_key():
    with pytest.raises(NotSigned):
        opened(signed(TEXT, new_signer("example.cn/permits")), TRUSTED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name\n",
        "text\n\n— name %%%%\n",
        "text\n\n— name QUJD\n",
        "text\n\nname QUJDREVGRw==\n",
        "text\n\n— na+me QUJDREVGRw==\n",
        "text\r\n\n— name QUJDREVGRw==\n",
        "text\n\n" + "— name QUJDREVGRw==\n" * 17,
        "\n\n— name QUJDREVGRw==\n",
    ],
)
def test_what_is_no_note_is_refused(text):
    with pytest.raises(BadNote):
        read_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+c74f20a3",
        VERIFIER.replace("PeterNeumann", "Peter Neumann"),
        VERIFIER.replace("c74f20a3", "c74f20a4"),
        VERIFIER.replace("c74f20a3", "c74f20"),
        VERIFIER.replace("ARpc", "AhpC"),
        VERIFIER[:-4],
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(BadKey):
        read_verifier(text)
    with pytest.raises(BadKey):
        read_signer(f"PRIVATE+KEY+{text}")
    with pytest.raises(BadKey):
        read_signer(text)


def test_a_private_key_whose_id_is_not_its_own_is_refused():
    key_id = SIGNER.verifier.id.hex()
    with pytest.raises(BadKey, match="id"):
        read_signer(SIGNER.secret().replace(f"+{key_id}+", "+00000000+"))


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u2003b"])
def test_a_key_has_a_name_that_a_line_can_hold(name):
    with pytest.raises(BadKey):
        new_signer(name)


def test_a_checkpoint_is_read_as_it_was_written():
    checkpoint = Checkpoint("example.cn/permits", 20_852_163, leaf_hash(b"x"))
    assert read_checkpoint(checkpoint.text) == checkpoint
    assert read_checkpoint(checkpoint.text + "more of it\n") == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n3\n",
        f"\n3\n{'A' * 43}=\n",
        f"origin\n03\n{'A' * 43}=\n",
        f"origin\n-3\n{'A' * 43}=\n",
        f"origin\n３\n{'A' * 43}=\n",
        f"origin\n{'9' * 30}\n{'A' * 43}=\n",
        "origin\n3\nAAAA\n",
        "origin\n3\n????\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(BadNote):
        read_checkpoint(text)


LINE = "— name QUJDREVGRw==\n"


def test_a_note_has_sixteen_signatures_and_a_million_characters_at_most():
    assert len(read_note("text\n\n" + LINE * 16).signatures) == 16
    whole = "x" * (1_000_000 - len("\n\n" + LINE)) + "\n\n" + LINE
    assert len(whole) == 1_000_000
    assert read_note(whole).text.endswith("x\n")
    with pytest.raises(BadNote):
        read_note(f"x{whole}")


def test_a_signature_is_what_follows_the_four_bytes_that_name_the_key():
    (one,) = read_note("text\n\n— name QUJDREU=\n").signatures
    assert (one.name, one.key_id, one.signature) == ("name", b"ABCD", b"E")
    with pytest.raises(BadNote):
        read_note("text\n\n— name QUJDRA==\n")


def test_no_key_speaks_for_another_log():
    checkpoint = Checkpoint("example.cn/permits", 3, leaf_hash(b"x"))
    other = new_signer("example.cn/other")
    by_other = signed(checkpoint.text, other)
    both = [SIGNER.verifier, other.verifier]
    assert opened_checkpoint(signed(checkpoint.text, SIGNER), both) == (
        checkpoint,
        (SIGNER.verifier,),
    )
    with pytest.raises(NotSigned, match="no key of that log"):
        opened_checkpoint(by_other, both)
    together = by_other + signed(checkpoint.text, SIGNER).rpartition("\n\n")[2]
    assert opened_checkpoint(together, both)[1] == (other.verifier, SIGNER.verifier)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("0", True),
        ("9223372036854775807", True),
        ("9223372036854775808", False),
        ("9" * 5_000, False),
        ("00", False),
        ("01", False),
        ("-1", False),
        ("+1", False),
        ("1_0", False),
        (" 1", False),
        ("", False),
        ("３", False),
        ("²", False),
        ("1.0", False),
    ],
)
def test_a_number_is_written_in_one_way_and_below_two_to_the_63(text, is_one):
    assert notes.is_number(text) is is_one


@pytest.mark.parametrize("raw", [b"", b"x" * 31, b"x" * 33])
def test_a_hash_has_32_bytes(raw):
    with pytest.raises(ValueError, match=r"^$"):
        notes.read_hash(notes.write_hash(raw))
    assert notes.read_hash(notes.write_hash(b"x" * 32)) == b"x" * 32


@pytest.mark.parametrize("text", ["QUJDREVGRw", "QUJDREVGRx==", "QUJD REVGRw==", "QUJDREVG-_=="])
def test_bytes_are_written_in_one_way(text):
    with pytest.raises(BadNote):
        read_note(f"text\n\n— name {text}\n")
