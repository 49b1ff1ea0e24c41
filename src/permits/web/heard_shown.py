"""Who is heard in a case, as pages show it."""

from dataclasses import dataclass
from datetime import date

from permits.casework.access import works_on
from permits.casework.decide import joint_review
from permits.casework.heard import Hearing, OpinionRequest, Recusal, ThirdParty
from permits.casework.openings import Opening, openings
from permits.definitions.parts import Basis
from permits.definitions.procedure import Milestone
from permits.definitions.schema import AskedDepartment
from permits.text import names
from permits.text.papers_heard import took_part
from permits.text.words import words
from permits.web.dossier import Dossier
from permits.web.lights import Light, by_date
from permits.web.visits import Member

QUIET = ("ask_recusal", "declare_recusal")
AWAITED = frozenset(
    {"give_opinion", "join_opinions", "call_hearing", "record_hearing", "decide_recusal"}
)
"""What somebody waits for."""


@dataclass(frozen=True, slots=True)
class ShownOpinion:
    """What a department was asked in one round, and what it said; `says` is empty for whoever is
    not told."""

    one: OpinionRequest
    light: Light
    view: str
    says: str
    what: str


@dataclass(frozen=True, slots=True)
class ShownDepartment:
    """A department with its rounds, the last one first; none if it was not asked."""

    name: str
    title: str
    asked: str
    required: bool
    basis: Basis
    rounds: tuple[ShownOpinion, ...]

    @property
    def missing(self) -> bool:
        return self.required and not (self.rounds and self.rounds[0].one.given)


@dataclass(frozen=True, slots=True)
class ShownParty:
    """An interested party; the personal texts are empty for whoever is not shown them."""

    one: ThirdParty
    number: int
    light: Light
    name: str
    contact: str
    interest: str
    statement: str


@dataclass(frozen=True, slots=True)
class ShownRecusal:
    one: Recusal
    officer: str
    ground: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShownHearing:
    """The hearing; `paper` is the place of its record among the documents, from 1, or 0."""

    one: Hearing
    light: Light
    stage: str
    chair: str
    place: str
    record: str
    excepted: str
    recorder: str
    took_part: tuple[tuple[str, str], ...]
    paper: int


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that can be done now: its address and what the button says; `due` if somebody
    waits for it."""

    path: str
    title: str
    due: bool = False


@dataclass(frozen=True, slots=True)
class ShownHeard:
    """Everything of a case about those who are heard. `quiet` is what can be done at any time, and
    is seldom wanted."""

    departments: tuple[ShownDepartment, ...]
    joined_on: date | None
    joined: str
    hearing: ShownHearing | None
    parties: tuple[ShownParty, ...]
    recusals: tuple[ShownRecusal, ...]
    doings: tuple[Doing, ...]
    quiet: tuple[Doing, ...]


def heard(visit: Member, case: Dossier, home: str) -> ShownHeard:
    """Who is heard in a case, for this reader; forms stand under `home`."""
    held = case.case
    desk = visit.desk(held)
    rules = joint_review.departments(desk)
    named = [
        n for n in rules if n in held.latest_requests or n in joint_review.concerned(held, desk)
    ]
    found = openings(held, desk)

    def doing(one: Opening) -> Doing:
        return Doing(path_of(home, one), title(case, one), one.command in AWAITED)

    return ShownHeard(
        departments=tuple(_department(case, name, rules[name]) for name in named),
        joined_on=held.joined.on if held.joined else None,
        joined=_inside(case, held.joined.opinion if held.joined else ""),
        hearing=_hearing(case, held.hearing) if held.hearing else None,
        parties=tuple(
            _party(case, number, one)
            for number, one in enumerate(held.third_parties.values(), start=1)
        ),
        recusals=_recusals(case),
        doings=tuple(doing(one) for one in found if one.command not in QUIET),
        quiet=tuple(doing(one) for one in found if one.command in QUIET),
    )


def path_of(home: str, one: Opening) -> str:
    """Where something is done."""
    return f"{home}/heard/{one.command}/{one.name}".rstrip("/")


def _inside(case: Dossier, seal: str | None) -> str:
    return case.values.get(seal or "", "") if case.inside else ""


def _department(case: Dossier, name: str, rule: AskedDepartment) -> ShownDepartment:
    rounds = [one for one in case.case.requests.values() if one.asked == name]
    return ShownDepartment(
        name=name,
        title=rule.title.in_(case.language),
        asked=rule.asked.in_(case.language),
        required=rule.required,
        basis=rule.basis,
        rounds=tuple(_opinion(case, one) for one in reversed(rounds)),
    )


def _opinion(case: Dossier, one: OpinionRequest) -> ShownOpinion:
    view = says = ""
    if one.given is not None and case.inside:
        view = names.view(one.given.view, case.language)
        says = _inside(case, one.given.opinion)
    return ShownOpinion(one, light_of(one, case.today), view, says, _inside(case, one.what))


def light_of(one: OpinionRequest, today: date) -> Light:
    """How an opinion stands."""
    if one.given is not None:
        return Light.MISSED if one.given.late else Light.MET
    if one.closed_on is not None:
        return Light.VOID
    return Light.PAUSED if one.paused else by_date(one.due, one.warn_on, today)


def _hearing(case: Dossier, one: Hearing) -> ShownHearing:
    waiting = by_date(one.due, one.warn_on, case.today)
    chair = case.record.people.get(one.chair or "", "")
    return ShownHearing(
        one=one,
        light=waiting if one.waits else Light.MET,
        stage=names.hearing_stage(one.stage, case.language),
        chair=chair,
        place=case.values.get(one.place or "", ""),
        record=_inside(case, one.record),
        excepted=names.excepted(one.excepted, case.language),
        recorder=case.record.people.get(one.recorder, ""),
        took_part=tuple(took_part(one, case.values, case.language)),
        paper=paper_of(case),
    )


def paper_of(case: Dossier) -> int:
    """The place of the last record of a hearing among the documents, from 1; 0 if none."""
    places = (
        place
        for place, drawn in enumerate(case.case.documents, start=1)
        if drawn.milestone == Milestone.HEARING_HELD
    )
    return max(places, default=0)


def _party(case: Dossier, number: int, one: ThirdParty) -> ShownParty:
    if one.heard_on is not None:
        light = Light.MET
    else:
        light = by_date(one.due, one.warn_on, case.today) if one.open else Light.VOID
    return ShownParty(
        one=one,
        number=number,
        light=light,
        name=_inside(case, one.name),
        contact=_inside(case, one.contact),
        interest=_inside(case, one.interest),
        statement=_inside(case, one.statement),
    )


def _recusals(case: Dossier) -> tuple[ShownRecusal, ...]:
    held, known = case.case.recusals, case.record.people
    return tuple(
        ShownRecusal(
            one=one,
            officer=known.get(one.officer, ""),
            ground=_inside(case, one.ground),
            reason=case.values.get(one.reason or "", ""),
        )
        for one in held.values()
    )


def title(case: Dossier, one: Opening) -> str:
    """What something that can be done is called."""
    _ = words(case.language).gettext
    says = {
        "ask_opinions": _("Ask departments for their opinions"),
        "give_opinion": _("Give the opinion: %(who)s"),
        "revoke_opinion": _("Take the opinion back: %(who)s"),
        "join_opinions": _("Join the opinions into one"),
        "offer_hearing": _("Tell of the right to a hearing"),
        "announce_hearing": _("Announce a hearing"),
        "ask_for_hearing": _("Ask for a hearing"),
        "record_hearing_asked": _("Record that a hearing was asked for: %(who)s"),
        "waive_hearing": _("Do without a hearing"),
        "call_hearing": _("Call the hearing"),
        "record_hearing": _("Keep the record of the hearing"),
        "tell_third_party": _("Record an interested party"),
        "hear_third_party": _("Record a statement: %(who)s"),
        "ask_recusal": _("Ask that an officer not act"),
        "declare_recusal": _("Declare a reason not to act"),
        "decide_recusal": _("Decide on a recusal"),
    }
    return says[one.command] % {"who": who(case, one.name)}


def who(case: Dossier, name: str) -> str:
    """A department by its title, an interested party by its number."""
    review = case.definition.joint_review
    if review is not None and name in review.departments:
        return review.departments[name].title.in_(case.language)
    _ = words(case.language).gettext
    return _("interested party %(num)s") % {"num": name.removeprefix("party_")}


def only_asked(visit: Member, case: Dossier) -> bool:
    """Whether the reader is of a department that was asked, and not of the one that decides."""
    return not works_on(visit.actor, case.case)
