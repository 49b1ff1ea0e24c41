"""What might be asked and decided after a decision, and at the counter for who comes on paper."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, get_args

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.case import Obligation
from permits.casework.counter import AUTHORISATION, PAPER, PROOF, Brought, Purpose
from permits.casework.parts import Means
from permits.definitions.conditions import Answer
from permits.definitions.procedure import Milestone, Phase, Role
from permits.definitions.schema import DutyExtension
from tests.kit import OTHER_PARTY, PARTY, SEAL, paper
from tests.trial.people import applicant_of, holding
from tests.trial.world import Kept, World

Draw = Callable[[Any], Any]
Way = tuple[str, c.Command]

THEIRS = (*get_args(c.Theirs),)
"""What the window may do for an applicant; actions are their own only if the chart says so."""


def holder(one: Kept, draw: Draw) -> str:
    """The holder asks, or the window writes down what they ask for; now and then somebody else."""
    window = draw(holding(Role.WINDOW))
    return str(draw((applicant_of(one.case.party),) * 4 + (window, window, "examiner")))


def after(world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    """Everything that may come after a decision, as the case stands."""
    yield from _extensions(one, draw)
    yield from _restoring(world, one, draw)
    yield from _term(one, draw)
    yield from _amending(one, draw)
    yield from _annulling(world, one, draw)


def waited_for(world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    """What somebody waits for: the answer to a request of the holder, more time once more, or that
    a grant which was only just taken to be void is found to stand. To silence a renewal is left
    mostly."""
    case = one.case
    if any(held.pending or held.extensions for held in case.obligations.values()):
        yield from _extensions(one, draw)
    term = case.term
    if term is not None and term.pending is not None:
        over = term.due is not None and term.due < world.today
        if over or draw((True, False, False)):
            yield from _term(one, draw)
    if case.amendment is not None:
        yield from _amending(one, draw)
    if case.before is not None and Milestone.VOIDED in case.milestones:
        yield from _restoring(world, one, draw)


def _extensions(one: Kept, draw: Draw) -> Iterator[Way]:
    for name, held in one.case.obligations.items():
        rule = one.edition.definition.obligations[name].extension
        if rule is not None and held.status == "open":
            yield _extension(one, name, held, rule, draw)


def _extension(one: Kept, name: str, held: Obligation, rule: DutyExtension, draw: Draw) -> Way:
    seal = draw((SEAL,) * 7 + (None,))
    if not held.pending:
        return holder(one, draw), a.AskExtension(name, seal)
    by = draw(("", "", "1m", rule.each, "9m", "2wd", "soon"))
    who = draw((*holding(rule.approver), *holding(rule.approver), "window"))
    return who, a.DecideExtension(name, draw((True, True, False)), by, seal)


def _restoring(world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    voided = one.case.milestones.get(Milestone.VOIDED)
    if voided is not None:
        on = voided - timedelta(days=draw((-1, 0, 1, 20)))
        yield draw((*holding(Role.LEADER), "supervisor")), a.RestoreGrant(on, SEAL)


def _term(one: Kept, draw: Draw) -> Iterator[Way]:
    rule, term = one.edition.definition.term, one.case.term
    if rule is None or term is None or rule.renewal is None:
        return
    if not term.runs and draw((True,) * 7 + (False,)):
        return
    seal = draw((SEAL,) * 7 + (None,))
    if term.pending is None:
        yield holder(one, draw), a.AskRenewal(seal)
    else:
        who = draw(holding(rule.renewal.approver))
        yield who, a.DecideRenewal(draw((True, False)), seal)


def _amending(one: Kept, draw: Draw) -> Iterator[Way]:
    rule = one.edition.definition.amendment
    phase = one.edition.chart.state(one.case.leaves)[1].phase
    stands = phase in (Phase.IN_EFFECT, Phase.CONCLUDED)
    if rule is None or not (stands or draw((False,) * 7 + (True,))):
        return
    waiting, seal = one.case.amendment, draw((SEAL,) * 7 + (None,))
    if waiting is None:
        yield holder(one, draw), a.AskAmendment(_changed(one, rule.fields, draw), seal)
    elif waiting.examined is None:
        examiner = draw(holding(Role.EXAMINER))
        yield examiner, a.ExamineAmendment(draw(("grant", "refuse")), seal)
    if waiting is not None and (waiting.examined is not None or draw((False, False, True))):
        yield draw(holding(Role.LEADER)), a.DecideAmendment(draw((True, True, False)), seal)


def _changed(one: Kept, fields: tuple[str, ...], draw: Draw) -> dict[str, Answer]:
    """Other answers to some of the fields, now and then to one that may not be changed."""
    name = draw((*fields * 5, *one.case.answers))
    question = one.edition.answerable[name]
    was = one.case.answers.get(name)
    others: dict[str, tuple[Answer, ...]] = {
        "integer": (1, 450, 12_000),
        "credit_code": (PARTY, OTHER_PARTY),
        "boolean": (True, False),
        "text": ("示例", "另一示例"),
        "long_text": ("示例", "另一示例"),
    }
    options = others.get(question.type, ()) or (*question.options, was or "示例")
    return {name: draw([one for one in options if one != was] * 5 or options)}


def _annulling(world: World, one: Kept, draw: Draw) -> Iterator[Way]:
    if one.case.decision is None or draw((True, True, True, False)):
        return
    on = world.today - timedelta(days=draw((0, 0, 1, 400)))
    body = draw(("reconsideration", "court"))
    who = draw((*holding(Role.LEADER), "supervisor", "examiner"))
    yield who, a.RecordAnnulment(body, on, draw((True, False)), SEAL, draw((SEAL, SEAL, None)))


def at_the_counter(world: World, one: Kept, draw: Draw, theirs: list[c.Command]) -> Iterator[Way]:
    """What the window does for an applicant, of all that they might do themselves; the service of
    documents; and visits."""
    window = draw(holding(Role.WINDOW))
    for does in theirs:
        if isinstance(does, THEIRS):
            yield window, c.ActForApplicant(does, brought(world, draw))
    for drawn in one.case.documents[-3:]:
        if drawn.number not in one.case.served or draw((False, False, False, True)):
            yield window, _service(world, drawn.number, drawn.on, draw)
    if draw((False, False, True)):
        on = world.today - timedelta(days=draw((0, 0, 3, -1)))
        yield draw((window, window, "examiner")), c.RecordVisit(on, draw(tuple(Purpose)))


def brought(world: World, draw: Draw) -> Brought:
    """What came on paper, mostly today and whole."""
    agent = draw((False, False, True))
    scans = (paper(PAPER), paper(AUTHORISATION)) if agent else (paper(PAPER),)
    return Brought(
        on=_lately(world, draw),
        name=draw((SEAL,) * 7 + (None,)),
        capacity="agent" if agent else "holder",
        in_person=draw((True, True, False)),
        scans=draw((scans,) * 7 + ((),)),
    )


def _lately(world: World, draw: Draw) -> date:
    return world.today - timedelta(days=draw((0, 0, 0, 1, 2, -1)))


def _service(world: World, number: str, drawn_on: date, draw: Draw) -> c.ServeDocument:
    means = draw(get_args(Means))
    on = draw((drawn_on, world.today, world.today - timedelta(days=1)))
    proof = draw(((paper(PROOF),), (paper(PROOF),), ()))
    return c.ServeDocument(number, on, means, proof, draw((SEAL, None)))


def on_the_spot(given: i.Supplement) -> c.Command:
    """Errors put right by an applicant who stands there, before anything is asked for."""
    return c.CorrectOnTheSpot(given)  # type: ignore[return-value]


def attempts(one: Kept, draw: Draw, on: date, duty: str) -> list[c.Command]:
    """The same, as nobody has thought about it: any name, any day."""
    seal = draw((SEAL, SEAL, None))
    number = draw([*(drawn.number for drawn in one.case.documents), "none"])
    paper_of = Brought(on, seal, "holder", in_person=True, scans=(paper(PAPER),))
    return [
        a.AskExtension(duty, seal),
        a.DecideExtension(duty, granted=True, by=draw(("", "99m")), reason=seal),
        a.RestoreGrant(on, seal),
        a.AskRenewal(seal),
        a.DecideRenewal(granted=draw((True, False)), reason=seal),
        a.PassTerm(),
        a.AskAmendment({draw(("works_name", "dance")): "示例"}, seal),
        a.ExamineAmendment("grant", seal),
        a.DecideAmendment(granted=True, reason=seal),
        a.RecordAnnulment("court", on, draw((True, False)), seal, seal),
        c.RecordVisit(on, Purpose.ENQUIRY),
        c.ServeDocument(number, on, "post", (), seal),
        c.ActForApplicant(h.AskForHearing(), paper_of),
        c.ActForApplicant(c.TakeAction("accept"), paper_of),
        c.TakeOver(draw((PARTY, OTHER_PARTY))),
    ]
