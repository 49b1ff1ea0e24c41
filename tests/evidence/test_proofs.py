"""Proofs as files: written, read, and believed only for what they show."""

import pytest

from permits.evidence import merkle, notes, proofs
from permits.evidence.notes import BadNote, NotSigned, new_signer
from permits.evidence.proofs import Proof, proved, read_proof
from tests.evidence.test_merkle import AT, MANY

SIGNER = new_signer("example.cn/permits")
TRUSTED = [SIGNER.verifier]


def proof_of(index, size=11, signer=SIGNER):
    checkpoint = notes.Checkpoint("example.cn/permits", size, merkle.root(size, AT))
    path = merkle.proof(merkle.inclusion_ranges(index, size), AT)
    return Proof(index, path, notes.signed(checkpoint.text, signer))


def test_a_proof_is_read_as_it_was_written():
    for index in range(11):
        proof = proof_of(index)
        assert read_proof(proof.text) == proof
        assert proved(MANY[index], proof, TRUSTED) is not None
    assert proof_of(0, size=1).text.split("\n")[:3] == [proofs.FIRST, "index 0", ""]


def test_what_a_proof_holds_beside_is_passed_over():
    proof = proof_of(3)
    text = proof.text.replace("index 3", "extra QUJD\nindex 3")
    assert read_proof(text) == proof


def test_a_proof_shows_no_other_leaf_and_no_other_place():
    assert proved(MANY[4], proof_of(3), TRUSTED) is None
    assert proved(MANY[3], proof_of(3)._replace(place=4), TRUSTED) is None


def test_a_checkpoint_that_nobody_trusted_has_signed_proves_nothing():
    with pytest.raises(NotSigned):
        proved(MANY[3], proof_of(3, signer=new_signer("other.cn")), TRUSTED)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("c2sp.org", "c2sp.net"),
        lambda text: text.replace("index 3", "place 3"),
        lambda text: text.replace("index 3", "index 03"),
        lambda text: text.replace("index 3\n", ""),
        lambda text: text.replace("index 3\n", "index 3\nAAAA\n"),
        lambda text: text.replace("index 3\n", "index 3\n" + "A" * 43 + "=\n" * 70),
        lambda text: text.split("\n\n")[0],
        lambda _text: "",
    ],
)
def test_what_is_no_proof_is_refused(change):
    with pytest.raises(BadNote):
        read_proof(change(proof_of(3).text))


def test_a_proof_has_63_hashes_at_most():
    proof = proof_of(3)
    assert len(read_proof(proof._replace(path=(MANY[0],) * 63).text).path) == 63
    with pytest.raises(BadNote):
        read_proof(proof._replace(path=(MANY[0],) * 64).text)
