import pytest

from permits.definitions import loader
from permits.definitions.edition import Consequences, compile_edition, edition
from permits.definitions.findings import Marks
from permits.definitions.procedure import Milestone
from permits.definitions.tracks import TrackName
from tests.definitions.changes import fee
from tests.definitions.shipped import data, resolved


@pytest.fixture(scope="module")
def published():
    return edition(resolved().content, resolved().digest)


def changed(change):
    copied = data()
    change(copied)
    built, findings = loader.build(copied, Marks())
    assert findings == ()
    return compile_edition(built.definition, built.digest)


def test_an_edition_is_what_was_published(published):
    assert published.definition == resolved().definition
    assert published.digest == resolved().digest
    assert published.permit == "plan_exempt"
    assert published.chart.start == ("received",)
    assert published.conditions.keys() == resolved().definition.conditions.keys()


def test_questions_are_found_by_name(published):
    assert published.questions["length_m"].type == "integer"
    assert published.list_field == "listed_as"


def test_a_track_says_whether_it_is_decided_on_the_spot(published):
    assert published.on_the_spot(TrackName.COMMITMENT)
    assert not published.on_the_spot(TrackName.ORDINARY)


def test_what_a_milestone_brings_stands_in_the_order_of_the_definition(published):
    assert published.at[Milestone.ACCEPTED] == Consequences(
        stops=("completeness",), starts=("promise", "statutory"), draws=("acceptance_notice",)
    )
    assert published.at[Milestone.GRANTED] == Consequences(
        opens=("report_completion",),
        draws=("filing_receipt", "outright_notice", "planning_permit"),
    )
    assert published.at[Milestone.REVOKED] == Consequences(
        stops=("delivery", "publication", "statement"),
        voids=("report_completion", "check_after_completion"),
        draws=("revocation",),
    )


def test_a_milestone_that_brings_nothing_is_there_too(published):
    assert published.at[Milestone.CONCLUDED] == Consequences()
    assert set(published.at) == set(Milestone)


def test_a_later_milestone_dates_an_obligation_anew():
    def sooner(data):
        due = data["obligations"]["report_completion"]["due"]["earliest"]
        due.append({"milestone": "published", "plus": "30d"})

    assert changed(sooner).at[Milestone.PUBLISHED].dates == ("report_completion",)
    assert changed(sooner).at[Milestone.GRANTED].dates == ()


def test_a_fee_is_frozen_and_dated_by_its_milestones():
    brings = changed(fee()).at[Milestone.GRANTED]
    assert (brings.freezes, brings.dates_fees) == (("line",), ("line",))


def test_a_permit_type_without_a_list_has_no_field_for_its_rows():
    def unlisted(data):
        del data["samples"]
        field = data["form"]["sections"][1]["fields"][0]
        rows = {row: {"zh": row, "en": row} for row in (*data["list"], "not_listed")}
        field.update(type="choice", options=rows)
        used = {row["admits"] for row in data.pop("list").values()}
        used |= {"granted_with_filing", "granted_outright"}
        for name in used:
            del data["conditions"][name]
        data["documents"]["filing_receipt"]["when"] = "on_commitment"
        del data["documents"]["outright_notice"]

    assert changed(unlisted).list_field is None
