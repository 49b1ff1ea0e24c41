"""What closed sets are called: roles, stages, turns, kinds of treatment, of defect, of relief."""

from collections.abc import Callable
from typing import Literal, Protocol

from permits.casework.afterwards import Body
from permits.casework.heard import Excepted, HearingStage, Sign, View
from permits.casework.parts import Result, ShownIn
from permits.casework.rows import Turn
from permits.definitions.permit import Measure
from permits.definitions.procedure import (
    Role,
    Settled,
    WorksStage,
)
from permits.definitions.tracks import Treatment
from permits.text.words import Language, words

SignedHow = Literal["password", "letter", "paper"]


class InBoth(Protocol):
    """A text in both languages."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


def said(text: InBoth, language: Language) -> str:
    """A text of a definition or of the calendar in the reader's language."""
    return text.en if language == "en" else text.zh


def role(value: Role | str, language: Language) -> str:
    """What people of a role are called."""
    _ = words(language).gettext
    match Role(value):
        case Role.APPLICANT:
            return _("applicant")
        case Role.WINDOW:
            return _("reception window")
        case Role.EXAMINER:
            return _("examiner")
        case Role.LEADER:
            return _("head of the office")
        case Role.INSPECTOR:
            return _("inspector")
        case Role.SUPERVISOR:
            return _("supervisor")
        case Role.AUDITOR:
            return _("auditor")
        case Role.SYSTEM_ADMIN:
            return _("system administrator")
        case Role.SECURITY_ADMIN:
            return _("security administrator")
        case Role.AUDIT_ADMIN:
            return _("audit administrator")
        case Role.TIMER:
            return _("system")


def stage(value: WorksStage | str, language: Language) -> str:
    """A stage of the works; whatever is none stands as it is."""
    _ = words(language).gettext
    match value:
        case WorksStage.PIT:
            return _("pit support and excavation")
        case WorksStage.BASEMENT:
            return _("basement and foundations")
        case WorksStage.SUPERSTRUCTURE:
            return _("above ground (±0.000 and up)")
        case _:
            return value


def settled(value: Settled | str, language: Language) -> str:
    """What one case of a project settles for the others; whatever is none stands as it is."""
    _ = words(language).gettext
    match value:
        case Settled.DESIGN_SCHEME:
            return _("design scheme (granted with the land)")
        case _:
            return value


def treatment(value: Treatment | str, language: Language) -> str:
    """What a track does with a material."""
    _ = words(language).gettext
    match Treatment(value):
        case Treatment.SUPPLIED:
            return _("hand in")
        case Treatment.SHARED:
            return _("obtained by the office")
        case Treatment.COMMITTED:
            return _("replaced by the commitment")
        case Treatment.DEFERRED:
            return _("hand in later")
        case Treatment.EXEMPT:
            return _("not needed")


def measure(value: Measure | str, language: Language) -> str:
    """The kind of relief a permit type gives."""
    _ = words(language).gettext
    match Measure(value):
        case Measure.DEFERRED:
            return _("Payment or material deferred")
        case Measure.COMMITTED:
            return _("Decided on commitment")
        case Measure.EXEMPTED:
            return _("Exempt from the permit")
        case Measure.STAGED:
            return _("Permitted in stages")
        case Measure.FILING:
            return _("Filing only")
        case Measure.ENTITLEMENT:
            return _("Granted without application")
        case Measure.JOINT:
            return _("Joint review")


def turn(value: Turn, language: Language) -> str:
    """Who has to act next."""
    _ = words(language).gettext
    match value:
        case "office":
            return _("With the office")
        case "applicant":
            return _("Your turn")
        case "outside":
            return _("Special procedure")
        case "nobody":
            return _("Closed")


def office_turn(value: Turn, language: Language) -> str:
    """Who has to act next, told to the office."""
    _ = words(language).gettext
    match value:
        case "office":
            return _("With the office")
        case "applicant":
            return _("With the applicant")
        case "outside":
            return _("Special procedure")
        case "nobody":
            return _("Closed")


def defect(
    value: Literal["missing", "not_in_form", "unclear", "not_matching"], language: Language
) -> str:
    """What is wrong with a material or an answer."""
    _ = words(language).gettext
    match value:
        case "missing":
            return _("missing")
        case "not_in_form":
            return _("not in the legal form")
        case "unclear":
            return _("unclear")
        case "not_matching":
            return _("does not match")


def means(value: Literal["online", "counter", "post"], language: Language) -> str:
    """How a decision was delivered."""
    _ = words(language).gettext
    match value:
        case "online":
            return _("online")
        case "counter":
            return _("at the counter")
        case "post":
            return _("by post")


NAMED: dict[str, Callable[..., str]] = {
    "role": role,
    "treatment": treatment,
    "measure": measure,
    "turn": turn,
    "office_turn": office_turn,
    "defect": defect,
    "means": means,
}
"""Every name by the filter that gives it."""


def view(value: View, language: Language) -> str:
    """What a department that was asked says."""
    _ = words(language).gettext
    match value:
        case "agree":
            return _("agrees")
        case "conditions":
            return _("agrees on conditions")
        case "object":
            return _("objects")


def excepted(value: Excepted, language: Language) -> str:
    """Why a hearing is not public."""
    _ = words(language).gettext
    match value:
        case "":
            return _("public")
        case "state_secret":
            return _("not public: state secrets")
        case "business_secret":
            return _("not public: business secrets")
        case "privacy":
            return _("not public: personal privacy")


def attends(value: str, language: Language) -> str:
    """As what somebody takes part in a hearing."""
    _ = words(language).gettext
    known = {
        "office": _("whoever examines the case"),
        "applicant": _("the applicant"),
        "other": _("others who took part"),
    }
    party = _("interested party %(num)s") % {"num": value.removeprefix("party_")}
    return known.get(value, party)


def attends_titled(value: str, language: Language) -> str:
    """The same, as it begins a line."""
    told = attends(value, language)
    return told[:1].upper() + told[1:]


def sign(value: Sign, language: Language) -> str:
    """Whether somebody signed the record of a hearing."""
    _ = words(language).gettext
    match value:
        case "signed":
            return _("has read the record and signed it")
        case "refused":
            return _("did not sign")
        case "absent":
            return _("did not come")


def hearing_stage(value: HearingStage, language: Language) -> str:
    """How far a hearing has come."""
    _ = words(language).gettext
    match value:
        case "told":
            return _("may be asked for")
        case "awaited":
            return _("to be called")
        case "called":
            return _("called")
        case "held":
            return _("held")
        case "waived":
            return _("not wanted")
        case "lapsed":
            return _("not asked for in time")
        case "closed":
            return _("no longer needed")


def body(value: Body, language: Language) -> str:
    """Who annulled a decision."""
    _ = words(language).gettext
    match value:
        case "reconsideration":
            return _("body of administrative reconsideration")
        case "court":
            return _("court")


def decided(value: Result, language: Language) -> str:
    """What the office decided."""
    _ = words(language).gettext
    match value:
        case "granted":
            return _("Granted")
        case "refused":
            return _("Refused")


def shown_in(value: ShownIn, language: Language) -> str:
    """In which language a text was shown that was signed; empty if that is not known."""
    _ = words(language).gettext
    return {"": "", "zh": _("Chinese"), "en": _("English")}[value]


def signed_how(value: SignedHow, language: Language) -> str:
    """How somebody signed a commitment or an undertaking, and was known to be who they are."""
    _ = words(language).gettext
    match value:
        case "password":
            return _("with the account of the applicant")
        case "letter":
            return _("by a letter that was brought in")
        case "paper":
            return _("on paper, before an officer")
