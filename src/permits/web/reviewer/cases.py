"""A case as its officers see it: where it stands, what can be done now, and why not the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.access import may, may_act, works_on
from permits.casework.case import Opinion, SentBack
from permits.casework.commands import TakeBackVisit
from permits.casework.offers import Beside, BesideCommand, Offer, beside, offers
from permits.casework.rows import turn
from permits.definitions.procedure import Act, Phase, Role
from permits.services.case_record import Record
from permits.text import names, refusals
from permits.text.papers import thing_title
from permits.text.titles import title_of
from permits.text.words import words
from permits.web.after_shown import after
from permits.web.breaches import orders
from permits.web.counter.openings import doings
from permits.web.deps import Form, Officer, TheRecord
from permits.web.disclosing import asked_for, disclose, reasons
from permits.web.disclosure import about_people, hides, impersonal
from permits.web.dossier import Dossier, dossier
from permits.web.heard_shown import heard, only_asked
from permits.web.lots_shown import lots, unsigned
from permits.web.reading import Unfit
from permits.web.reviewer.findings import may_find
from permits.web.shown_parts import ShownDuty
from permits.web.signed_shown import signed
from permits.web.visits import Member

router = APIRouter()

Text = Annotated[str, Query(max_length=40)]


@dataclass(frozen=True, slots=True)
class Noting:
    """A note as it was typed, with what is wrong with it."""

    typed: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """Something an officer may do with the case, or why not now; `by` are the roles it is for,
    `due` says that it is what comes next, and no exception."""

    path: str
    title: str
    by: tuple[Role, ...]
    shut: str
    mine: bool
    due: bool


@router.get("/review/cases/{case}")
def show(visit: Officer, record: TheRecord, done: Text = "") -> Response:
    """The case, what is about people masked; `done` if the visitor has just done something."""
    return page(visit, inside(visit, record), done=bool(done))


@router.post("/review/cases/{case}/personal")
def personal(visit: Officer, record: TheRecord, form: Form) -> Response:
    """The case with what it holds about people, for this once, to whoever says what for; that it
    was shown is noted first. Departments that give an opinion need none of it."""
    if not works_on(visit.actor, record.case):
        raise HTTPException(403)
    asked = asked_for(form, visit)
    if isinstance(asked, Unfit):
        return page(visit, inside(visit, record), asking=asked.errors)
    return page(visit, disclose(visit, record, asked))


def inside(visit: Member, record: Record) -> Dossier:
    """The case as the office works on it: with its texts, what is about people masked."""
    edition = visit.office.cases.edition(record.case)
    return dossier(visit, record, impersonal(record, edition), inside=True)


def page(
    visit: Member,
    case: Dossier,
    *,
    done: bool = False,
    asking: Mapping[str, str] | None = None,
    noting: Noting | None = None,
) -> Response:
    """The case; with what is wrong if somebody asked for something, or noted it, amiss."""
    doable = besides(visit, case)
    kept = visit.office.notes.of(case.case) if works_on(visit.actor, case.case) else None
    found = kept.findings if kept is not None else ()
    masked = hides(case.record, case.edition, case.values)
    return visit.page(
        "reviewer/case.html",
        status=422 if asking or (noting and noting.errors) else 200,
        case=case,
        signed=signed(visit, case),
        asking=asking or {},
        kept=kept,
        found=[(thing_title(f.about, case.definition, case.language), f) for f in found],
        noting=noting or Noting(),
        finds=kept is not None and may_find(visit, case),
        sent_back_by=_named(case, case.case.sent_back),
        reasons=reasons(visit),
        hides=masked,
        about_people=() if masked else about_people(case.record, case.edition, case.language),
        done=case.lines[0] if done else None,
        turn=turn(case.case, case.edition),
        drafted=(*drafted(case), *not_put_right(case, doable)),
        steps=steps(visit, case),
        besides=doable,
        examined_by=_named(case, case.case.opinion),
        heard=heard(visit, case, home(case)),
        after=after(visit, case, home(case)),
        lots=lots(case),
        unsigned=unsigned(case),
        orders=orders(case),
        only_asked=only_asked(visit, case),
        on_paper=doings(visit, case),
        mends_visits=may(visit.actor, TakeBackVisit(0), case.case, case.edition),
    )


@dataclass(frozen=True, slots=True)
class Drafted:
    """What somebody is asked to do because time ran out, and the action drafted for it."""

    says: str
    path: str
    title: str


def drafted(case: Dossier) -> tuple[Drafted, ...]:
    """The tasks of clocks that have run out, with what was drafted."""
    actions, found = case.definition.chart.actions, []
    for shown in case.clocks:
        lapse = shown.rule.lapse
        if shown.clock.running and shown.clock.lapsed and lapse.drafts and lapse.task:
            title = actions[lapse.drafts].title.in_(case.language)
            path = f"{home(case)}/actions/{lapse.drafts}"
            found.append(Drafted(lapse.task.in_(case.language), path, title))
    return tuple(found)


def not_put_right(case: Dossier, doable: tuple[Step, ...]) -> tuple[Drafted, ...]:
    """The breaches that were ordered to be put right and were not, for whoever may give notice of
    a revocation: whether it comes to that, a person decides."""
    _ = words(case.language).gettext
    notice = next((s for s in doable if s.path == f"{home(case)}/beside/notice"), None)
    if notice is None:
        return ()
    says = (
        _missed(duty, _) % {"duty": duty.rule.title.in_(case.language)}
        for duty in case.duties
        if duty.missed
    )
    return tuple(Drafted(one, notice.path, notice.title) for one in says)


def _missed(duty: ShownDuty, _: Callable[[str], str]) -> str:
    """What has become of an order: the sentence that names its duty."""
    if not duty.breached:
        return _("Not paid in time: %(duty)s")
    if duty.held.still_wrong:
        return _("Found not put right when it was checked again: %(duty)s")
    return _("Not put right in time: %(duty)s")


def home(case: Dossier) -> str:
    """The case's page for officers."""
    return f"/review/cases/{case.id}"


def steps(visit: Member, case: Dossier) -> tuple[Step, ...]:
    """The actions that leave where the case stands, those that are open first."""
    desk = visit.desk(case.case)
    found = [_step(visit, case, offer) for offer in offers(case.case, desk)]
    return tuple(sorted(found, key=lambda step: (bool(step.shut), not step.mine)))


def _step(visit: Member, case: Dossier, offer: Offer) -> Step:
    title = case.definition.chart.actions[offer.action].title.in_(case.language)
    shut = refusals.sentence(offer.shut, case.definition, case.language) if offer.shut else ""
    mine = may_act(visit.actor, frozenset(offer.by), case.case)
    path = f"{home(case)}/actions/{offer.action}"
    return Step(path, title, offer.by, shut, mine, due=not _exceptional(case, offer.act))


def _exceptional(case: Dossier, act: Act) -> bool:
    """Whether an act takes a grant that stands away, though nothing in the procedure leads there.
    What was revoked or withdrawn is deregistered next."""
    _, state = case.edition.chart.state(case.case.leaves)
    stands = state.phase in (Phase.IN_EFFECT, Phase.CONCLUDED)
    return stands and act in (Act.WITHDRAW_GRANT, Act.DEREGISTER)


THEIRS = frozenset({"report", "supply", "state"})
"""What the window does for the applicant in one way only: with who brought it, and a scan."""


def besides(visit: Member, case: Dossier) -> tuple[Step, ...]:
    """What can be done beside the chart now, but for what is done for the applicant on paper."""
    desk = visit.desk(case.case)
    late = any(duty.missed for duty in case.duties)
    return tuple(
        Step(
            path=f"{home(case)}/beside/{one.command}/{one.name}".rstrip("/"),
            title=beside_title(case, one),
            by=(),
            shut="",
            mine=True,
            due=one.command in ("verify", "sign_check", "refund", "order_payment")
            or (one.command == "notice" and late),
        )
        for one in beside(case.case, desk)
        if one.command not in THEIRS
    )


def beside_title(case: Dossier, one: Beside) -> str:
    """What something beside the chart is called, with what it is done to."""
    _ = words(case.language).gettext
    what = title_of(case.definition, one.name, case.language) or one.name
    titles: Mapping[BesideCommand, str] = {
        "extend": _("Extend: %(what)s"),
        "explain": _("Say in public why it is late: %(what)s"),
        "verify": _("Record the check: %(what)s"),
        "sign_check": _("Sign the record of the check: %(what)s"),
        "draw": _("Draw who checks: %(what)s"),
        "order_payment": _("Order that it be paid: %(what)s"),
        "pay": _("Record the payment: %(what)s"),
        "refund": _("Record a refund: %(what)s"),
        "undo": _("Take back a wrong entry: %(what)s"),
        "notice": _("Give notice of an intended revocation"),
        "drop": _("Let the grant stand, do not revoke"),
        "correct": _("Correct an issued document"),
        "reverse": _("Undo as a mistake: %(what)s"),
        "rectify": _("Put a wrong date right"),
    }
    return titles[one.command] % {"what": what}


def _named(case: Dossier, done: Opinion | SentBack | None) -> str:
    """Who gave the opinion the decision will follow, who cannot decide; or who sent it back."""
    if done is None:
        return ""
    role = Role.EXAMINER if isinstance(done, Opinion) else Role.LEADER
    return case.record.people.get(done.by, names.role(role, case.language))
