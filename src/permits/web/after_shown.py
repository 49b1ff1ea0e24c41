"""What comes after a decision, as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from permits.casework.afterwards import Amendment, Annulled, Asked
from permits.casework.afterwards import Term as HeldTerm
from permits.casework.decide.renewing import last_day
from permits.casework.openings_after import AfterCommand, AfterOpening, openings_after
from permits.definitions.form import Question
from permits.definitions.parts import Basis
from permits.store.drafts import Upload
from permits.text import names
from permits.text.answers import from_to
from permits.text.words import words
from permits.web.dossier import Dossier
from permits.web.heard_shown import Doing
from permits.web.lights import Light, by_date
from permits.web.visits import Member


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """A request of the holder: about what, why, and what became of it. Texts are empty for whoever
    is not shown them."""

    one: Asked
    what: str
    reason: str
    said: str
    files: tuple[Upload, ...]


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """How long the grant holds; `ask_by` is the last day to ask for renewal, if it may be."""

    one: HeldTerm
    light: Light
    ask_by: date | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that is changed, as it was and as it is to be."""

    name: str
    title: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class ShownAmendment:
    one: Amendment
    request: ShownRequest
    changes: tuple[Change, ...]
    opinion: str


@dataclass(frozen=True, slots=True)
class ShownAnnulled:
    one: Annulled
    body: str
    number: str
    reason: str
    result: str


@dataclass(frozen=True, slots=True)
class ShownAfter:
    """Everything of a case about what came after a decision. `quiet` is what can be done at any
    time, and is seldom wanted."""

    term: ShownTerm | None
    requests: tuple[ShownRequest, ...]
    amendments: tuple[ShownAmendment, ...]
    annulled: tuple[ShownAnnulled, ...]
    doings: tuple[Doing, ...]
    quiet: tuple[Doing, ...]


QUIET = frozenset({"ask_extension", "ask_renewal", "ask_amendment", "record_annulment"})

AWAITED = frozenset(
    {"decide_extension", "decide_renewal", "examine_amendment", "decide_amendment"}
)
"""What the holder waits for."""


def after(visit: Member, case: Dossier, home: str) -> ShownAfter:
    """What came after a decision, for this reader; forms stand under `home`."""
    held = case.case
    desk = visit.desk(held)
    found = openings_after(held, desk)

    def doing(one: AfterOpening) -> Doing:
        return Doing(path_of(home, one), title(case, one), one.command in AWAITED)

    return ShownAfter(
        term=_term(case),
        requests=_requests(case),
        amendments=tuple(_amendment(case, one) for one in held.amendments),
        annulled=tuple(_annulled(case, one) for one in held.annulled),
        doings=tuple(doing(one) for one in found if one.command not in QUIET),
        quiet=tuple(doing(one) for one in found if one.command in QUIET),
    )


def path_of(home: str, one: AfterOpening) -> str:
    """Where something is done."""
    return f"{home}/after/{one.command}/{one.name}".rstrip("/")


def _term(case: Dossier) -> ShownTerm | None:
    held, rule = case.case.term, case.definition.term
    if held is None or rule is None:
        return None
    waiting = by_date(held.due, held.warn_on, case.today)
    return ShownTerm(
        one=held,
        light=waiting if held.runs else Light.VOID,
        ask_by=last_day(held, rule.renewal) if rule.renewal is not None else None,
        basis=rule.basis,
    )


def _requests(case: Dossier) -> tuple[ShownRequest, ...]:
    """The requests to put dates off and to renew the term, in the order of the case."""
    _ = words(case.language).gettext
    rules = case.definition.obligations
    found = [
        request(case, rules[name].title.in_(case.language), one)
        for name, held in case.case.obligations.items()
        for one in held.asked
    ]
    asked = case.case.term.asked if case.case.term is not None else ()
    return (*found, *(request(case, _("Renewal"), one) for one in asked))


def request(case: Dossier, what: str, one: Asked) -> ShownRequest:
    """A request with its texts."""
    reason, said = case.values.get(one.reason, ""), case.values.get(one.said or "", "")
    files = tuple(upload for upload in case.files if upload.handed_in in one.evidence)
    return ShownRequest(one, what, reason, said, files)


def _amendment(case: Dossier, one: Amendment) -> ShownAmendment:
    _ = words(case.language).gettext
    seal = one.examined.opinion if one.examined is not None else ""
    return ShownAmendment(
        one=one,
        request=request(case, _("Change of facts"), one.asked),
        changes=changes(case, one),
        opinion=case.values.get(seal, "") if case.inside else "",
    )


def changes(case: Dossier, one: Amendment) -> tuple[Change, ...]:
    """What is changed, fact by fact."""
    _ = words(case.language).gettext
    questions: Mapping[str, Question] = case.edition.answerable
    facts = []
    for name, value in one.answers.items():
        asked = (questions[name], case.definition, case.language)
        was, now = from_to(one.was.get(name), value, *asked)
        facts.append(Change(name, questions[name].title.in_(case.language), was, now))
    hidden = _("not shown here")
    personal = (
        Change(
            name=name,
            title=questions[name].title.in_(case.language),
            was=case.values.get(one.were_sealed.get(name, ""), hidden),
            now=case.values.get(sealed, hidden),
        )
        for name, sealed in one.seals.items()
    )
    return (*facts, *personal)


def _annulled(case: Dossier, one: Annulled) -> ShownAnnulled:
    return ShownAnnulled(
        one=one,
        body=names.body(one.body, case.language),
        number=case.values.get(one.number, ""),
        reason=case.values.get(one.reason, ""),
        result=names.decided(one.result, case.language),
    )


def title(case: Dossier, one: AfterOpening) -> str:
    """What something that can be done is called."""
    _ = words(case.language).gettext
    duty = case.definition.obligations.get(one.name)
    says: Mapping[AfterCommand, str] = {
        "ask_extension": _("Ask for more time: %(what)s"),
        "decide_extension": _("Decide on more time: %(what)s"),
        "restore_grant": _("Find that it is not void"),
        "ask_renewal": _("Ask for renewal"),
        "decide_renewal": _("Decide on the renewal"),
        "ask_amendment": _("Ask for a change"),
        "examine_amendment": _("Examine the change"),
        "decide_amendment": _("Decide on the change"),
        "record_annulment": _("Enter that the decision was annulled"),
    }
    return says[one.command] % {"what": duty.title.in_(case.language) if duty else ""}
