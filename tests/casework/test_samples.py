"""What the checker says of a sample is what applicants and officers meet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permits.casework.tracks import shut
from permits.definitions.checker.applications import Applications
from permits.definitions.checker.samples import Filed
from permits.definitions.form import NOT_LISTED
from permits.definitions.schema import Sample, TrackName
from tests.kit import plan_exempt

EDITION = plan_exempt()
DEFINITION = EDITION.definition
APPLICATIONS = Applications(DEFINITION, EDITION.conditions)


def agree(filed: Filed) -> bool:
    return all(
        (filed.shut(track) is None) == (shut(EDITION, track, filed.answers) is None)
        for track in TrackName
        if track in DEFINITION.tracks
    )


@pytest.mark.parametrize("name", DEFINITION.samples)
def test_the_tracks_of_a_sample_are_those_that_are_open_to_an_applicant(name: str) -> None:
    assert agree(Filed(APPLICATIONS, DEFINITION.samples[name]))


def answers():
    """Any answer to any question that decides something, asked or not."""
    kinds = {
        "boolean": lambda q: st.booleans(),
        "integer": lambda q: st.integers(1, 1000),
        "choice": lambda q: st.sampled_from(list(q.options)),
        "list_row": lambda q: st.sampled_from([*DEFINITION.list, NOT_LISTED]),
    }
    deciding = [q for q in DEFINITION.form.questions if q.type in kinds]
    return st.fixed_dictionaries({}, optional={q.id: kinds[q.type](q) for q in deciding})


@settings(max_examples=200, deadline=None, derandomize=True)
@given(answers())
def test_any_application_is_let_in_or_shut_out_alike(given):
    sample = Sample.model_construct(like=None, answers=given, tracks=(), still_required=())
    assert agree(Filed(APPLICATIONS, sample))
