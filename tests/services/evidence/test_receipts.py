"""Receipts: signed at once, proved later, and good against the office itself."""

import pytest

from permits.evidence.notes import BadNote, NotSigned, new_signer, read_verifier
from permits.services.evidence.receipts import Receipts, verified
from permits.store import evidence_signed


@pytest.fixture
def receipts(scene):
    office = scene.bureau.office
    receipts = Receipts(office.database, office.settings, scene.bureau.hands)
    receipts.make_known()
    return receipts


def keys(scene):
    with scene.database.read() as connection:
        return [read_verifier(text) for text in evidence_signed.keys(connection)]


def test_a_receipt_is_signed_at_once_and_the_same_whenever_it_is_asked_for(
    scene, receipts, granted
):
    receipt = receipts.of(granted, "42")
    assert receipt.proof == ""
    says, checkpoint = verified(receipt.note, "", keys(scene))
    assert says.split("\n")[1:3] == ["42", f"{granted} 1 Filed"]
    assert checkpoint is None
    assert receipts.of(granted, "42") == receipt


def test_later_there_is_a_proof_that_goes_with_it(scene, receipts, granted):
    note = receipts.of(granted, "42").note
    done = scene.run()
    proof = receipts.of(granted, "42").proof
    _says, checkpoint = verified(note, proof, keys(scene))
    assert checkpoint == done.checkpoint


def test_a_receipt_that_was_changed_or_is_of_something_else_is_refused(scene, receipts, granted):
    scene.run()
    receipt = receipts.of(granted, "42")
    with pytest.raises(NotSigned):
        verified(receipt.note.replace("42", "43", 1), "", keys(scene))
    with pytest.raises(NotSigned):
        verified(receipt.note, "", [new_signer("elsewhere.cn").verifier])
    other = receipt.proof.replace("\nindex ", "\nindex 1", 1)
    with pytest.raises(BadNote):
        verified(receipt.note, other, keys(scene))


def test_the_key_of_receipts_speaks_for_no_log(scene, receipts, granted):
    """Whoever takes it from a server that serves pages can sign no checkpoint with it."""
    scene.run()
    receipt = receipts.of(granted, "42")
    without = [one for one in keys(scene) if one.name != scene.signer.verifier.name]
    with pytest.raises(NotSigned):
        verified(receipt.note, receipt.proof, without)


def test_of_a_case_that_is_not_there_there_is_no_receipt(receipts):
    assert receipts.of("case/none", "42") is None
