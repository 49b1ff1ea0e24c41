"""Every event gets one place, in one tree, and nothing is signed that contradicts what was."""

import pytest
from sqlalchemy import select

from permits.evidence import merkle
from permits.evidence.notes import new_signer, opened, read_checkpoint
from permits.services.evidence.sequencing import Forked, Sequencer
from permits.store import evidence_log, evidence_signed
from permits.store.evidence_log import Gap
from permits.store.tables import event
from tests.services.conftest import GAS, at_once
from tests.services.evidence.conftest import Kept


def places(scene):
    with scene.database.read() as connection:
        return list(evidence_log.all_leaves(connection))


def test_every_event_gets_a_place_once_and_the_log_is_signed(scene, granted):
    done = scene.run()
    leaves = places(scene)
    assert done.placed == len(leaves) == scene.bureau.events()
    assert [leaf.idx for leaf in leaves] == list(range(len(leaves)))
    with scene.database.read() as connection:
        rows = connection.execute(select(event.c.stream, event.c.seq, event.c.hash)).all()
        newest = evidence_signed.newest(connection)
        assert evidence_log.pending(connection) == 0
    assert {(s, n, bytes(h)) for s, n, h in rows} == {tuple(leaf)[1:] for leaf in leaves}
    text, _by = opened(newest.note, [scene.signer.verifier])
    tree = merkle.Growing()
    for leaf in leaves:
        tree.add(leaf.hash)
    assert read_checkpoint(text) == done.checkpoint
    assert (tree.size, tree.root) == (done.checkpoint.size, done.checkpoint.root)
    assert scene.kept.note == newest.note


def test_what_comes_later_is_added_and_what_was_signed_stays_a_beginning(scene, granted):
    first = scene.run().checkpoint
    assert scene.run() == (0, None)
    scene.bureau.people.file(GAS, "ordinary")
    second = scene.run().checkpoint
    assert second.size > first.size
    with scene.database.read() as connection:
        assert [one.size for one in evidence_signed.checkpoints(connection)] == [
            first.size,
            second.size,
        ]
        at = evidence_log.read_nodes(connection, merkle.parts(merkle.Range(0, first.size)))
        assert merkle.root(first.size, at) == first.root


def test_several_that_lead_at_once_give_each_event_one_place(scene, granted):
    raised = at_once(*(scene.sequencer().run for _ in range(4)))
    scene.bureau.hands.set(scene.bureau.hands() + 2 * evidence_log.LEASE)
    scene.run()
    assert not [one for one in raised if not isinstance(one, Forked)]
    assert [leaf.idx for leaf in places(scene)] == list(range(scene.bureau.events()))


def test_whoever_leads_keeps_the_lead_until_it_is_let_go_or_runs_out(scene, granted):
    first, second = scene.sequencer(), scene.sequencer()
    assert first.run().placed
    scene.bureau.people.file(GAS, "ordinary")
    assert second.run() == (0, None)
    first.close()
    assert second.run().placed


def test_without_a_key_events_get_their_places_and_nothing_is_signed(scene, granted):
    done = Sequencer(scene.database, None, Kept(), scene.bureau.hands).run()
    assert done.placed == scene.bureau.events()
    assert done.checkpoint is None


def test_a_database_that_was_put_back_is_noticed_by_what_is_kept_outside(scene, granted):
    scene.run()
    scene.tamper(
        "DELETE FROM log_checkpoint",
        "DELETE FROM log_leaf WHERE idx > 5",
        "DELETE FROM log_node WHERE idx * (1 << level) + (1 << level) > 6",
    )
    with pytest.raises(Forked, match="put back"):
        scene.run()


def test_a_tree_that_does_not_continue_what_was_signed_is_not_signed(scene, granted):
    scene.run()
    scene.tamper("UPDATE log_leaf SET hash = :hash WHERE idx = 0", hash=b"\x01" * 32)
    scene.tamper("UPDATE log_node SET hash = :hash WHERE idx = 0", hash=b"\x01" * 32)
    scene.bureau.people.file(GAS, "ordinary")
    with pytest.raises(Forked, match="changed"):
        scene.run()


def test_what_was_signed_with_another_key_is_no_beginning(scene, granted):
    scene.run()
    scene.bureau.people.file(GAS, "ordinary")
    other = new_signer(scene.signer.verifier.name)
    with pytest.raises(Forked, match="this key"):
        scene.sequencer(signer=other).run()


def test_an_event_that_waits_and_is_gone_is_told(scene, granted):
    scene.tamper("DELETE FROM event WHERE stream = :stream AND seq = 2", stream=granted)
    with pytest.raises(Gap, match="event 2"):
        scene.run()
