"""Each way in which somebody who owns the database may change the record, and what finds it.

What an auditor has beside the database is said in each test: nothing, the public key, a checkpoint
that was kept outside, an applicant's receipt. What needs the outside is not found without it, and
the tests say so too: see `docs/security.md`.
"""

import json
from datetime import date

import msgspec
import pytest
from sqlalchemy import select

from permits.casework.envelope import GENESIS, chained
from permits.evidence import notes
from permits.evidence.findings import Amiss
from permits.evidence.notes import read_hash, read_note
from permits.evidence.proofs import proved, read_proof
from permits.services.evidence.auditing import Held, audit
from permits.services.evidence.going_together import ALONE
from permits.services.evidence.receipts import Receipts
from permits.services.evidence.sequencing import Sequencer
from permits.store import evidence_log, evidence_signed
from permits.store.tables import event
from tests.services.conftest import GAS
from tests.services.evidence.conftest import Kept


def found(scene, *held, replay=True, trusted=None):
    """What an audit finds, with the public key and checkpoints from outside."""
    trusted = trusted or [scene.signer.verifier]
    kept = [Held("outside", note) for note in held]
    again = ALONE if replay else None
    return {one.what for one in audit(scene.database, trusted, kept, replay=again).findings}


def records(scene, stream):
    with scene.database.read() as connection:
        query = select(event.c.seq, event.c.record).where(event.c.stream == stream)
        rows = connection.execute(query.order_by(event.c.seq))
        return {row.seq: bytes(row.record) for row in rows}


def newest(scene):
    with scene.database.read() as connection:
        return evidence_signed.newest(connection).note


def edit(scene, stream, seq, change):
    """Change the body of one record, and nothing else."""
    record = records(scene, stream)[seq]
    altered = json.loads(record)
    change(altered["body"])
    content = msgspec.json.encode(altered, order="sorted")
    assert content != record
    scene.tamper(
        "UPDATE event SET record = :record WHERE stream = :stream AND seq = :seq",
        record=content,
        stream=stream,
        seq=seq,
    )


def chain_anew(scene, stream):
    """Make the hashes of a stream fit its records again."""
    head = GENESIS
    for seq, record in records(scene, stream).items():
        head = chained(head, record)
        scene.tamper(
            "UPDATE event SET hash = :hash WHERE stream = :stream AND seq = :seq",
            hash=head,
            stream=stream,
            seq=seq,
        )
    scene.tamper(
        "UPDATE stream SET version = :version, head = :head WHERE id = :stream",
        version=len(records(scene, stream)),
        head=head,
        stream=stream,
    )


def cut(scene, stream, seq):
    """Remove the events of a stream from one on."""
    scene.tamper("DELETE FROM event WHERE stream = :s AND seq >= :n", s=stream, n=seq)


def place_anew(scene, signer):
    """Begin the log anew with what is there now, and sign it."""
    scene.tamper(
        "DELETE FROM log_leaf",
        "DELETE FROM log_node",
        "DELETE FROM log_checkpoint",
        "DELETE FROM log_pending",
        "INSERT INTO log_pending (stream, first, last)"
        " SELECT stream, MIN(seq), MAX(seq) FROM event GROUP BY stream",
    )
    leads = Sequencer(scene.database, signer, Kept(), scene.bureau.hands)
    leads.run()
    leads.close()


def receipt_of(scene, case):
    office = scene.bureau.office
    return Receipts(scene.database, office.settings, scene.bureau.hands).of(case, "number")


def test_nothing_is_amiss_where_nobody_changed_anything(scene, granted):
    scene.run()
    done = audit(scene.database, [scene.signer.verifier], [Held("outside", newest(scene))])
    assert done.findings == ()
    assert (done.events, done.cases, done.waiting) == (scene.bureau.events(), 1, 0)


def test_what_waits_for_its_place_is_not_amiss(scene, granted):
    scene.run()
    scene.bureau.people.file(GAS, "ordinary")
    done = audit(scene.database, [scene.signer.verifier])
    assert done.findings == ()
    assert done.waiting


def test_1_one_row_is_edited(scene, granted):
    scene.run()
    edit(scene, granted, 2, lambda body: body.update(text_digest="0" * 64))
    assert Amiss.CHANGED in found(scene, replay=False)


def test_2_the_newest_events_of_a_case_are_cut_off(scene, granted):
    scene.run()
    last = len(records(scene, granted))
    cut(scene, granted, last)
    chain_anew(scene, granted)
    assert Amiss.PLACE_UNKNOWN in found(scene, replay=False)


def test_3_a_case_is_changed_and_chained_anew(scene, granted):
    scene.run()
    edit(scene, granted, 1, lambda body: body.update(department="other"))
    chain_anew(scene, granted)
    assert Amiss.PLACE_DIFFERS in found(scene, replay=False)


def test_4_the_same_and_the_log_is_made_and_signed_anew_with_the_key(scene, granted):
    scene.run()
    outside, receipt = newest(scene), receipt_of(scene, granted)
    edit(scene, granted, 1, lambda body: body.update(lookup="0" * 64))
    chain_anew(scene, granted)
    place_anew(scene, scene.signer)
    assert found(scene, replay=False) == set()  # nothing inside tells
    assert Amiss.ROOT_DIFFERS in found(scene, outside, replay=False)
    leaf = read_hash(read_note(receipt.note).text.split("\n")[4])
    with scene.database.read() as connection:
        assert leaf not in {one.hash for one in evidence_log.all_leaves(connection)}


def test_4_without_the_key_the_signature_tells(scene, granted):
    scene.run()
    edit(scene, granted, 1, lambda body: body.update(lookup="0" * 64))
    chain_anew(scene, granted)
    place_anew(scene, notes.new_signer(scene.signer.verifier.name))
    assert Amiss.NOT_SIGNED in found(scene, replay=False)


def test_5_the_last_events_are_dropped_with_the_key_and_no_anchor_holds_them(scene, granted):
    """The honest limit: only a receipt for one of them tells."""
    scene.run()
    outside = newest(scene)
    late = scene.bureau.people.file(GAS, "ordinary")
    scene.run()
    receipt = receipt_of(scene, late)
    scene.tamper("DELETE FROM event WHERE stream = :s", s=late)
    scene.tamper("DELETE FROM stream WHERE id = :s", s=late)
    with scene.database.write() as connection:
        leaves = [one for one in evidence_log.all_leaves(connection) if one.stream != late]
    place_as(scene, leaves)
    assert found(scene, outside, replay=False) == set()
    leaf = read_hash(read_note(receipt.note).text.split("\n")[4])
    assert leaf not in {one.hash for one in leaves}
    assert proved(leaf, read_proof(receipt.proof), [scene.signer.verifier]) is not None


def place_as(scene, leaves):
    """Begin the log anew with these places, in their order, and sign it with the key."""
    scene.tamper(
        "DELETE FROM log_leaf",
        "DELETE FROM log_node",
        "DELETE FROM log_checkpoint",
        "DELETE FROM log_pending",
    )
    from permits.evidence import merkle
    from permits.store.evidence_log import Leaf

    with scene.database.write() as connection:
        again = [Leaf(at, *leaf[1:]) for at, leaf in enumerate(leaves)]
        evidence_log.put_leaves(connection, again)
        grown = merkle.grown(0, [leaf.hash for leaf in again], lambda _place: b"")
        evidence_log.put_nodes(connection, grown)
    leads = Sequencer(scene.database, scene.signer, Kept(), scene.bureau.hands)
    leads.run()
    leads.close()


def test_6_the_whole_database_is_put_back(scene, granted):
    scene.run()
    with scene.database.read() as connection:
        leaves = list(evidence_log.all_leaves(connection))
    late = scene.bureau.people.file(GAS, "ordinary")
    scene.run()
    outside = newest(scene)
    scene.tamper("DELETE FROM event WHERE stream = :s", s=late)
    scene.tamper("DELETE FROM stream WHERE id = :s", s=late)
    place_as(scene, leaves)
    assert found(scene, replay=False) == set()
    assert Amiss.ROLLED_BACK in found(scene, outside, replay=False)


def due_of(scene, case, kind):
    for seq, record in records(scene, case).items():
        if json.loads(record)["type"] == kind:
            return seq
    raise AssertionError(kind)


def test_a_due_date_changed_and_everything_signed_anew_is_found_by_going_through_it(
    scene, granted
):
    """A thief of the key changes a date: chain, places and signatures all fit."""
    scene.run()
    seq = due_of(scene, granted, "ClockStarted")
    later = date(2023, 1, 3).isoformat()
    edit(scene, granted, seq, lambda body: body.update(due=later))
    chain_anew(scene, granted)
    place_anew(scene, scene.signer)
    assert found(scene, replay=False) == set()
    assert Amiss.DUE_DIFFERS in found(scene)
    verdict = scene.verified(scene.exported(granted))
    assert Amiss.DUE_DIFFERS in {one.what for one in verdict.findings}


@pytest.mark.parametrize(
    ("kind", "field", "value", "amiss"),
    [
        ("Accepted", "accepted_on", "2022-06-01", Amiss.FACT_DIFFERS),
        ("Filed", "received_on", "2022-06-01", Amiss.FACT_DIFFERS),
        ("Filed", "number", "X-20220609-0001", Amiss.FACT_DIFFERS),
        ("Decided", "kind", "filing", Amiss.FACT_DIFFERS),
        ("Moved", "leaves", ["granted"], Amiss.NOT_ALLOWED),
        ("ClockStopped", "late", True, Amiss.FACT_DIFFERS),
        ("ObligationOpened", "due", "2030-01-02", Amiss.DUE_DIFFERS),
    ],
)
def test_what_follows_from_the_rules_is_not_believed(scene, granted, kind, field, value, amiss):
    seq = due_of(scene, granted, kind)
    edit(scene, granted, seq, lambda body: body.update({field: value}))
    chain_anew(scene, granted)
    place_anew(scene, scene.signer)
    assert amiss in found(scene) | {Amiss.CANNOT_FOLLOW} & found(scene)


def test_a_file_whose_figures_are_not_those_of_its_events_is_found(scene, granted):
    scene.run()
    content = json.loads(scene.exported(granted))
    content["figures"]["saved_wd"] += 1
    verdict = scene.verified(json.dumps(content).encode())
    assert {one.what for one in verdict.findings} == {Amiss.FIGURE_DIFFERS}
