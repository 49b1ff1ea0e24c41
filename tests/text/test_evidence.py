"""What verification finds is said in both languages, with where it is."""

import pytest

from permits.evidence.findings import Amiss, Finding
from permits.text.evidence import sentence
from permits.text.words import LANGUAGES

SAYS = ("first", "second", "third")


@pytest.mark.parametrize("what", list(Amiss))
def test_every_finding_has_a_sentence_of_its_own_in_each_language(what):
    said = [sentence(Finding(what, "case/1", 3, SAYS), language) for language in LANGUAGES]
    assert len(set(said)) == len(LANGUAGES)
    for one in said:
        assert "case/1" in one
        assert "3" in one
        assert "%(" not in one


def test_no_two_findings_are_told_alike():
    for language in LANGUAGES:
        told = {sentence(Finding(what, "case/1", 3, SAYS), language) for what in Amiss}
        assert len(told) == len(Amiss)


def test_what_is_of_the_whole_names_no_event():
    assert sentence(Finding(Amiss.NOT_SIGNED, "file"), "en").startswith("file: the checkpoint")
