"""Changes of the joint review that break one rule about who is heard alone."""

from tests.definitions.changes import BOTH, EXAMPLE, general
from tests.definitions.shipped import GONE

R = "joint_review.departments"
FIRE = {"title": BOTH, "department": "planning", "asked": BOTH, "within": "5wd", "basis": EXAMPLE}


def on_the_spot(data):
    """The commitment track decides on the spot, as that of the first definition does."""
    data["tracks"]["commitment"].update(promised="0wd", on_the_spot=True)
    data["conditions"]["decided_on_the_spot"] = {"when": "case_on_the_spot", "says": BOTH}
    data["chart"]["actions"]["grant_on_the_spot"] = {
        "title": BOTH,
        "act": "grant",
        "by": ["window"],
        "needs": ["decided_on_the_spot"],
        "moves": [{"from": ["examining"], "to": "granted"}],
    }


def alone(data):
    """One office decides, and says it rests on a law of its own."""
    del data["joint_review"]
    data["permit"]["measure"] = "staged"
    for sample in data["samples"].values():
        sample["asked"] = []
    del data["conditions"]["is_near_heritage"]
    for track in data["tracks"].values():
        track["statutory_basis"] = {"law": "planning_zhengzhou", "article": "44"}


def jointly(data):
    """One office decides, and claims the term of several."""
    alone(data)
    for clock in ("promise", "statutory"):
        data["clocks"][clock]["extension"]["each"] = "10wd"
    basis = {"law": "licensing_act", "article": "42(2)"}
    data["tracks"]["ordinary"]["statutory_basis"] = basis


HEARD = [
    ("review.lead", {"joint_review.lead": "fire"}),
    ("review.twice", {f"{R}.fire.office": "heritage_bureau", f"{R}.fire.department": "heritage"}),
    ("review.twice", {f"{R}.fire": FIRE}),
    ("review.unit", {f"{R}.fire.within": "5d"}),
    ("review.unit", {f"{R}.fire.within": "0wd"}),
    ("review.too_long", {f"{R}.fire.within": "20wd"}),
    ("review.reminder", {f"{R}.fire.warn_days_left": 5}),
    ("review.on_the_spot", on_the_spot),
    ("permit.measure", {"permit.measure": "staged"}),
    ("track.jointly", jointly),
    ("track.statutory", general("licensing_act", "42(2)", "46wd")),
    ("clock.extension", alone),
    ("hearing.term", {"hearing.ask_within": "4wd"}),
    ("hearing.term", {"hearing.ask_within": "6wd"}),
    ("hearing.term", {"hearing.ask_within": "5d"}),
    ("hearing.term", {"hearing.hold_within": "21wd"}),
    ("hearing.term", {"hearing.notice": "6wd"}),
    ("hearing.notice", {"hearing.notice": "20wd"}),
    (
        "hearing.counts",
        {f"clocks.{clock}.suspended_by": ["expert_review"] for clock in ("promise", "statutory")},
    ),
    ("document.missing", {"documents.hearing_record": GONE}),
    ("ref.condition", {"hearing.required": {"when": "nowhere", "basis": EXAMPLE}}),
    ("ref.condition", {"third_parties.required": {"when": "nowhere", "basis": EXAMPLE}}),
    ("third_parties.term", {"third_parties.within": "0wd"}),
    ("third_parties.term", {"third_parties.within": "5d"}),
    ("ref.condition", {f"{R}.fire.when": "nowhere"}),
    ("ref.department", {"samples.factory.asked": ["fire", "utilities", "nowhere"]}),
    ("sample.asked", {"samples.factory.asked": ["fire"]}),
    ("sample.asked", {f"{R}.utilities.when": "has_civil_buildings"}),
    ("schema.unknown_key", {f"{R}.fire.colour": "red"}),
    ("schema.missing", {f"{R}.fire.title": GONE}),
]
