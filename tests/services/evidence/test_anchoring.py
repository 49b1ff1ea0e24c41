"""What is handed out of the house, and what an audit makes of it."""

import pytest

from permits.evidence.findings import Amiss
from permits.services.evidence import anchoring
from permits.services.evidence.anchoring import NothingSigned
from permits.services.evidence.auditing import Held, audit
from permits.store import evidence_signed


def test_a_checkpoint_is_handed_out_as_it_was_signed(scene, granted):
    scene.run()
    handed = anchoring.anchored(scene.database, "file", scene.bureau.hands())
    with scene.database.read() as connection:
        (kept,) = evidence_signed.anchors(connection)
    assert (kept.kind, kept.size) == ("file", handed.size)
    found = audit(scene.database, [scene.signer.verifier], [Held("file", handed.note)])
    assert (found.findings, found.anchors) == ((), 2)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_holds_the_whole_note_and_its_root_in_words_to_be_read_out(
    scene, granted, language
):
    scene.run()
    handed = anchoring.anchored(scene.database, "printed", scene.bureau.hands())
    page = anchoring.page(handed, language)
    assert handed.note in page
    assert " ".join(handed.root.hex()[n : n + 8] for n in range(0, 64, 8)) in page


def test_a_stamp_is_kept_and_one_of_something_else_is_found(scene, granted):
    scene.run()
    now = scene.bureau.hands()
    anchoring.stamp(scene.database, lambda note: b"stamp of " + note, now)
    keys = [scene.signer.verifier]
    good = audit(scene.database, keys, stamps=lambda answer, note: answer.endswith(note))
    assert good.findings == ()
    (amiss,) = audit(scene.database, keys).findings
    assert amiss.what is Amiss.STAMP_DIFFERS


def test_before_anything_is_signed_there_is_nothing_to_hand_out(scene, granted):
    with pytest.raises(NothingSigned):
        anchoring.anchored(scene.database, "file", scene.bureau.hands())
    with pytest.raises(NothingSigned):
        anchoring.stamp(scene.database, bytes, scene.bureau.hands())
