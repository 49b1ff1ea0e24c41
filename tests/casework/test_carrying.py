"""A draft goes on under another edition: every answer stays, and what is to be done is named."""

from permits.casework.carrying import Carried, carried, signed_still, track_left
from permits.casework.tracks import notice_digest
from permits.definitions.edition import compile_edition
from tests.definitions.changes import BOTH, EXAMPLE
from tests.kit import plan_exempt, variant

TYPED = {
    "works_name": "燃气工程", "listed_as": "short_line", "length_m": "150", "road_class": "branch",
    "project_code": "2201-410172-89-01-544060", "contact_name": "张三",
}  # fmt: skip
SIGNED = "true_declaration"


def fields(data):
    return {q["id"]: q for section in data["form"]["sections"] for q in section["fields"]}


def asks_more(data):
    data["form"]["sections"][0]["fields"].append(
        {"id": "depth_m", "title": BOTH, "type": "integer", "unit": BOTH}
    )


def test_the_same_edition_changes_nothing():
    assert carried(plan_exempt(), plan_exempt(), TYPED) == Carried()


def test_a_question_more_is_named():
    assert carried(plan_exempt(), variant(asks_more), TYPED).added == ("depth_m",)


def test_a_question_less_is_named_if_it_was_answered():
    assert carried(variant(asks_more), plan_exempt(), TYPED).gone == ()
    assert carried(variant(asks_more), plan_exempt(), {"depth_m": "3"}).gone == ("depth_m",)


def test_an_answer_that_no_longer_fits_is_to_be_given_anew_and_one_that_fits_is_not():
    def shorter(data):
        fields(data)["length_m"]["most"] = 100
        fields(data)["works_name"]["most"] = 100
        data.pop("samples")

    found = carried(plan_exempt(), variant(shorter), TYPED)
    assert found.changed == ("works_name", "length_m")
    assert found.anew == ("length_m",)


def test_how_long_a_personal_answer_is_kept_does_not_change_the_question():
    def kept_longer(data):
        fields(data)["contact_name"]["personal"]["keep"] = "61m"

    assert carried(plan_exempt(), variant(kept_longer), TYPED) == Carried()


def test_materials_texts_and_limits_are_named():
    def otherwise(data):
        data["materials"]["more"] = {
            "title": BOTH, "essential": True, "basis": EXAMPLE,
            "tracks": dict.fromkeys(data["tracks"], "supplied"),
        }  # fmt: skip
        data["commitments"][SIGNED]["notice"].append(BOTH)
        data["tracks"]["ordinary"]["promised"] = "1wd"

    found = carried(plan_exempt(), variant(otherwise), TYPED)
    assert found.materials_added == ("more",)
    assert found.texts == (SIGNED,)
    assert "ordinary" in found.limits
    back = carried(variant(otherwise), plan_exempt(), TYPED)
    assert back.materials_gone == ("more",)


def test_a_text_that_reads_otherwise_is_signed_no_longer():
    edition = plan_exempt()
    digest = notice_digest(edition.definition.commitments[SIGNED])
    assert signed_still(edition.definition, "commitment", {SIGNED: digest}) == {SIGNED: digest}
    assert signed_still(edition.definition, "commitment", {SIGNED: "0" * 64}) == {}
    assert signed_still(edition.definition, "commitment", {"odd": digest}) == {}
    assert signed_still(edition.definition, "", {SIGNED: digest}) == {}


def test_a_track_that_is_gone_is_not_chosen():
    definition = plan_exempt().definition
    ordinary = definition.model_copy(
        update={"tracks": {"ordinary": definition.tracks["ordinary"]}}
    )
    assert track_left(definition, "commitment") == "commitment"
    assert track_left(ordinary, "commitment") == ""
    gone = compile_edition(ordinary, "x")
    assert carried(plan_exempt(), gone, TYPED).tracks_gone == ("commitment", "tolerant")
