"""What the closed sets of a party's record are called."""

from permits.casework.party import (
    BarCause,
    BreachKind,
    Concern,
    Degree,
    Power,
    ReviewOutcome,
    Status,
)
from permits.casework.party_offers import Step
from permits.casework.party_rows import TaskKind
from permits.text.words import Language, words


def breach(value: BreachKind | str, language: Language) -> str:
    """What was not kept."""
    _ = words(language).gettext
    return {
        "deceit": _("a permit was obtained by deceit or other improper means"),
        "commitment": _("a commitment was not kept, and the grant revoked"),
        "unrectified": _("a breach was not put right in time"),
        "undertaking": _("an undertaking to supply materials was not kept"),
        "fee": _("a fee that was put off on a commitment was not paid in time"),
    }[value]


def degree(value: Degree | str, language: Language) -> str:
    """How grave an entry is."""
    _ = words(language).gettext
    return {"breach": _("breach of faith"), "serious": _("serious breach of faith")}[value]


def entry_status(value: Status | str, language: Language) -> str:
    """Where an entry stands."""
    _ = words(language).gettext
    return {
        "drafted": _("to be looked at"),
        "noticed": _("told beforehand"),
        "objected": _("objected to"),
        "rejected": _("objection rejected"),
        "entered": _("entered"),
        "dropped": _("not entered"),
        "repaired": _("repaired"),
    }[value]


def bar_ground(value: BarCause | str, language: Language) -> str:
    """Why a permit cannot be applied for again, or not on the tolerant track."""
    _ = words(language).gettext
    return {
        "false_materials": _("false materials (Administrative Licensing Act, art. 78)"),
        "deceit": _("a permit got by deceit or bribery (Administrative Licensing Act, art. 79)"),
        "undertaking": _("materials that were undertaken to follow did not come in time"),
    }[value]


def concern(value: Concern | str, language: Language) -> str:
    """What a permit directly concerns."""
    _ = words(language).gettext
    return {
        "public_safety": _("public safety"),
        "health": _("personal health"),
        "life_and_property": _("the safety of life and property"),
    }[value]


def review_outcome(value: ReviewOutcome | str, language: Language) -> str:
    """What became of a legal review."""
    _ = words(language).gettext
    return {
        "referred": _("referred to whoever decides of penalties"),
        "not_pursued": _("not pursued"),
    }[value]


def power(value: Power | str, language: Language) -> str:
    """What somebody may do for a party."""
    _ = words(language).gettext
    return {"sign": _("sign and file"), "act": _("write applications and follow them")}[value]


def task(value: TaskKind | str, language: Language) -> str:
    """What waits for officers."""
    _ = words(language).gettext
    return {
        "draft": _("Look at a breach"),
        "enter": _("Make or drop an entry"),
        "objection": _("Decide an objection"),
        "repair": _("Decide on credit repair"),
        "review": _("Legal review of a penalty"),
    }[value]


def step(value: Step | str, language: Language) -> str:
    """What can be done about a record, as a button says it."""
    _ = words(language).gettext
    return {
        "notice_entry": _("Give notice of the entry"),
        "object_to_entry": _("Object to the entry"),
        "check_objection": _("Take time to check the objection"),
        "decide_objection": _("Decide the objection"),
        "make_entry": _("Make the entry"),
        "drop_entry": _("Enter nothing"),
        "ask_for_repair": _("Apply for credit repair"),
        "decide_repair": _("Decide on the repair"),
        "impose_bar": _("Bar from applying again"),
        "lift_bar": _("Lift the bar"),
        "conclude_review": _("Conclude the legal review"),
        "rename_party": _("Record another name"),
        "authorise_person": _("Record an authorisation"),
        "end_authorisation": _("End the authorisation"),
        "merge_party": _("Record a merger"),
    }[value]


NAMED = {
    "breach": breach,
    "degree": degree,
    "entry_status": entry_status,
    "bar_ground": bar_ground,
    "concern": concern,
    "review_outcome": review_outcome,
    "power": power,
    "party_task": task,
}
"""Filters of templates."""
