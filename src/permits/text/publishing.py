"""What is said of proposals to publish: why one cannot be, what became of it, what changes."""

from permits.casework.publishing import Fault, Outcome, What
from permits.definitions.differences import Kind
from permits.text.words import Language, words


def fault(value: Fault, language: Language) -> str:
    """Why not, and what to do."""
    _ = words(language).gettext
    return {
        Fault.NOT_YOURS: _("This is for another administrator to do"),
        Fault.OWN_PROPOSAL: _("Whoever proposes does not publish: another administrator does"),
        Fault.NO_PROPOSAL: _("There is no such proposal"),
        Fault.DECIDED: _("This was decided already; look at the proposal again"),
        Fault.REASON_WANTED: _("Write down why"),
        Fault.NOTHING_NEW: _("Exactly this is published already"),
        Fault.PROPOSED_ALREADY: _("Somebody else has proposed exactly this; it waits"),
        Fault.OVERTAKEN: _(
            "Something else was published of it since this was proposed. Decline this, and have it"
            " proposed anew in view of what now holds"
        ),
        Fault.UNSOUND: _(
            "This version of the program finds something in the definition. Decline it, and have"
            " it put right"
        ),
        Fault.RATE_BEGUN: _(
            "A rate in it begins on a day that is over, on which charges were fixed by the rate"
            " published then. Have it begin today or later, and have that proposed"
        ),
    }[value]


def outcome(value: Outcome | str | None, language: Language) -> str:
    """What became of a proposal; of an open one, that it waits."""
    _ = words(language).gettext
    if not value:
        return _("waits for another administrator")
    return {
        Outcome.PUBLISHED: _("published"),
        Outcome.DECLINED: _("declined"),
        Outcome.WITHDRAWN: _("withdrawn"),
    }[Outcome(value)]


def what(value: What | str, language: Language) -> str:
    """What is proposed."""
    _ = words(language).gettext
    return {
        What.CALENDAR: _("calendar"),
        What.DEFINITION: _("version of a permit type"),
        What.SITE: _("foot of every page"),
    }[What(value)]


OF_PROPOSALS = ("propose", *Outcome)
"""What administrators do with proposals."""


def act(value: str, language: Language) -> str:
    """What an administrator did, as the access log says it."""
    _ = words(language).gettext
    return {
        "propose": _("proposed"),
        "published": _("published"),
        "declined": _("declined"),
        "withdrawn": _("withdrew"),
        "try_again": _("messages tried again"),
        "report_made": _("report of figures begun"),
        "report_changed": _("report of figures changed"),
        "report_stopped": _("report of figures stopped"),
    }.get(value, value)


def change(value: Kind | str, language: Language) -> str:
    """What became of an entry of a definition."""
    _ = words(language).gettext
    return {
        Kind.ADDED: _("added"),
        Kind.REMOVED: _("removed"),
        Kind.CHANGED: _("changed"),
        Kind.MOVED: _("put in another order"),
    }[Kind(value)]


def part(name: str, language: Language) -> str:
    """What the entries of a part of a definition are."""
    _ = words(language).gettext
    return {
        "vocabulary": _("Edition of the vocabulary"),
        "authority": _("The office that decides"),
        "permit": _("The permit type"),
        "laws": _("Laws"),
        "service": _("What the guide tells"),
        "special_steps": _("Special steps"),
        "common_questions": _("Common questions"),
        "form.sections": _("Sections of the form"),
        "form.fields": _("Questions of the form"),
        "records": _("How long the file is kept"),
        "project": _("The project"),
        "gates": _("Gates of the project"),
        "conditions": _("Conditions"),
        "exclusions": _("Exclusions"),
        "list": _("Rows of the list"),
        "tracks": _("Tracks"),
        "materials": _("Materials"),
        "signers": _("Signers"),
        "commitments": _("Commitments"),
        "undertaking": _("The undertaking of tolerant acceptance"),
        "obligations": _("Obligations"),
        "rates": _("Rates"),
        "shares": _("Shares"),
        "fees": _("Fees"),
        "clocks": _("Time limits"),
        "chart.initial": _("The first state"),
        "chart.states": _("States"),
        "chart.actions": _("Actions"),
        "joint_review": _("The joint examination"),
        "hearing": _("The hearing"),
        "third_parties": _("Interested parties"),
        "term": _("The term of what is granted"),
        "amendment": _("Amendments"),
        "annulment": _("Annulments"),
        "documents": _("Notices and certificates"),
        "still_required": _("Approvals still required"),
        "samples": _("Sample applications"),
    }[name]


NAMED = {
    "proposal_outcome": outcome,
    "proposed_what": what,
    "change": change,
    "part_of_definition": part,
}
