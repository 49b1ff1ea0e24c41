"""The file of a case proves it to somebody who has nothing else."""

import hashlib
import json

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


def with_texts(content, change):
    """The file with its signed texts changed."""
    data = json.loads(content)
    change(data)
    return json.dumps(data, ensure_ascii=False).encode()


def texts_amiss(scene, content):
    return {
        one.what
        for one in scene.verified(content).findings
        if one.what in (Amiss.TEXT_MISSING, Amiss.TEXT_ALTERED, Amiss.TEXT_UNNAMED)
    }


def test_the_text_that_was_signed_is_in_the_file_byte_for_byte(scene, granted):
    scene.run()
    (text,) = json.loads(scene.exported(granted))["texts"]
    assert hashlib.sha256(text["content"].encode()).hexdigest() == text["digest"]
    events = json.loads(scene.exported(granted))["events"]
    assert any(text["digest"] in one["record"] for one in events)


def test_a_signed_text_that_was_changed_left_out_or_added_is_found(scene, granted):
    scene.run()
    content = scene.exported(granted)
    altered = content.replace("申请人".encode(), "承诺人".encode())
    assert Amiss.TEXT_ALTERED in texts_amiss(scene, altered)
    empty = with_texts(content, lambda data: data["texts"].clear())
    assert texts_amiss(scene, empty) == {Amiss.TEXT_MISSING}
    other = {"digest": hashlib.sha256(b"{}").hexdigest(), "content": "{}"}
    more = with_texts(content, lambda data: data["texts"].append(other))
    assert texts_amiss(scene, more) == {Amiss.TEXT_UNNAMED}


def test_a_file_of_before_texts_were_kept_is_borne_out_by_its_definition(scene, granted):
    scene.run()
    content = with_texts(scene.exported(granted), lambda data: data.pop("texts"))
    assert scene.verified(content).findings == ()
    bare = with_texts(content, lambda data: data["definitions"].clear())
    assert texts_amiss(scene, bare) == {Amiss.TEXT_MISSING}
