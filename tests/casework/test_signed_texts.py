"""The texts that were signed: which of them events name, and what their bytes say."""

import hashlib

import pytest

from permits.casework.signed_texts import (
    NoSignedText,
    digest_of,
    named,
    read,
    texts_of,
    texts_signed,
)
from tests.casework.joint import resolved as joint_review
from tests.definitions.shipped import resolved
from tests.kit import Play

DEFINITION = resolved().definition
COMMITMENT = DEFINITION.commitments["true_declaration"]


def signed_events(track):
    return [event for _envelope, event in Play().file("2022-06-09", track).log]


def test_an_application_on_commitment_names_the_one_text_that_was_signed():
    events = signed_events("commitment")
    (digest,) = named(events)
    assert named([*events, *events]) == (digest,)
    (content,) = texts_signed(DEFINITION, events).values()
    assert digest == digest_of(content) == hashlib.sha256(content).hexdigest()


def test_what_is_read_is_the_notice_and_the_statement_of_the_definition():
    (content,) = texts_signed(DEFINITION, signed_events("commitment")).values()
    text = read(content)
    assert text.kind == COMMITMENT.kind
    assert [(one.zh, one.en) for one in text.notice] == [(t.zh, t.en) for t in COMMITMENT.notice]
    assert [(one.zh, one.en) for one in text.statement] == [
        (t.zh, t.en) for t in COMMITMENT.statement
    ]


def test_an_ordinary_application_signs_nothing():
    events = signed_events("ordinary")
    assert named(events) == ()
    assert texts_signed(DEFINITION, events) == {}


def test_a_permit_type_has_each_text_it_may_have_signed():
    assert {read(content).kind for content in texts_of(DEFINITION).values()} == {
        "A",
        "undertaking",
    }
    alone = DEFINITION.model_copy(update={"undertaking": None})
    assert {read(content).kind for content in texts_of(alone).values()} == {"A"}
    assert all(
        digest == digest_of(one) for digest, one in texts_of(joint_review().definition).items()
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"kind":"A","notice":[]}',
        b'{"kind":"A","notice":[{"zh":"\xff","en":""}],"statement":[]}',
        b'{"kind":1,"notice":[],"statement":[]}',
    ],
)
def test_bytes_that_are_no_such_text_are_told(content):
    with pytest.raises(NoSignedText):
        read(content)
