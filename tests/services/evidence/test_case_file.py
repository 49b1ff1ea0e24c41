"""The file of a case proves it to somebody who has nothing else."""

from permits.evidence.findings import Amiss


def test_a_file_proves_a_case(scene, granted):
    scene.run()
    verdict = scene.verified(scene.exported(granted))
    assert verdict.findings == ()
    assert verdict.case == granted
    assert verdict.number
    assert verdict.signed_by == (scene.signer.verifier,)


def test_a_changed_record_is_found(scene, granted):
    scene.run()
    content = scene.exported(granted).replace(b"2022-06-20", b"2022-06-21", 1)
    found = {one.what for one in scene.verified(content).findings}
    assert Amiss.NOT_INCLUDED in found
