"""What the window can do now for the applicant of a case."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, NamedTuple, get_args

from permits.casework.access import may_act, standing_in
from permits.casework.case import Case
from permits.casework.counter import Brought
from permits.casework.decide import Desk
from permits.casework.decide.on_the_spot import not_on_the_spot
from permits.casework.offers import beside, offers
from permits.casework.openings import Opening, openings
from permits.casework.openings_after import AfterOpening, openings_after
from permits.definitions.procedure import Act, Milestone, Role
from permits.text.titles import title_of
from permits.text.words import words
from permits.web.after_shown import title as title_of_after
from permits.web.dossier import Dossier
from permits.web.heard_shown import Doing
from permits.web.heard_shown import title as title_of_heard
from permits.web.visits import Member

Kind = Literal[
    "corrections",
    "on_the_spot",
    "withdrawal",
    "commitment_withdrawal",
    "report",
    "supply",
    "state",
    "ask_for_hearing",
    "waive_hearing",
    "ask_recusal",
    "ask_extension",
    "ask_renewal",
    "ask_amendment",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

ACTS: dict[Kind, Act] = {
    "corrections": Act.SUPPLY_CORRECTIONS,
    "commitment_withdrawal": Act.WITHDRAW_COMMITMENT,
    "withdrawal": Act.WITHDRAW,
}


class Open(NamedTuple):
    """Something that can be done for the applicant, and with what."""

    kind: Kind
    name: str = ""

    @property
    def address(self) -> str:
        """How it stands in an address."""
        return f"{self.kind}.{self.name}".rstrip(".")


def is_window(visit: Member, case: Case) -> bool:
    """Whether the visitor stands at the window of the department that has the case."""
    return may_act(visit.actor, frozenset({Role.WINDOW}), case)


def desk_for(visit: Member, case: Case) -> Desk:
    """The desk of one who stands in for the applicant. The paper may have come on any day since
    receipt, so nothing is shut because its last day has passed."""
    desk = visit.desk(case, standing_in(visit.actor, case))
    day = case.milestones[Milestone.RECEIVED]
    return replace(desk, brought=Brought(day, None, "holder", in_person=True))


def opened(visit: Member, case: Dossier) -> tuple[Open, ...]:
    """Everything that is open to the applicant, and to the window for them."""
    return tuple(_opened(visit, case)) if is_window(visit, case.case) else ()


def _opened(visit: Member, case: Dossier) -> Iterator[Open]:
    desk = desk_for(visit, case.case)
    acts = {offer.act for offer in offers(case.case, desk) if offer.open}
    yield from (Open(kind) for kind, act in ACTS.items() if act in acts)
    if not_on_the_spot(case.case, desk) is None:
        yield Open("on_the_spot")
    for one in beside(case.case, desk):
        if one.command in ("report", "supply", "state"):
            yield Open(one.command, one.name)
    for opening in openings(case.case, desk):
        if opening.command in ("ask_for_hearing", "waive_hearing", "ask_recusal"):
            yield Open(opening.command)
    for later in openings_after(case.case, desk):
        if later.command in ("ask_extension", "ask_renewal", "ask_amendment"):
            yield Open(later.command, later.name)


def doings(visit: Member, case: Dossier) -> tuple[Doing, ...]:
    """What is open, each with the page on which it is done."""
    home = f"/review/cases/{case.id}/for"
    return tuple(Doing(f"{home}/{one.address}", title(case, one)) for one in opened(visit, case))


def title(case: Dossier, one: Open) -> str:
    """What is done, whether or not it is open."""
    _ = words(case.language).gettext
    what = title_of(case.definition, one.name, case.language) or one.name
    match one.kind:
        case "corrections" | "withdrawal" | "commitment_withdrawal":
            rules = case.definition.chart.actions.values()
            titles = (r.title.in_(case.language) for r in rules if r.act is ACTS[one.kind])
            return next(titles, "")
        case "on_the_spot":
            return _("Put errors right on the spot")
        case "report":
            held = case.case.obligations.get(one.name)
            breached = held is not None and held.failed
            says = (
                _("Report as put right: %(what)s") if breached else _("Report for them: %(what)s")
            )
            return says % {"what": what}
        case "supply":
            return _("Supply what is still to come")
        case "state":
            return _("Hand in the holder's statement")
        case "ask_for_hearing" | "waive_hearing" | "ask_recusal":
            return title_of_heard(case, Opening(one.kind))
        case "ask_extension" | "ask_renewal" | "ask_amendment":
            return title_of_after(case, AfterOpening(one.kind, one.name))
