"""What the word that goes a way is told with, from where a case stands."""

from collections.abc import Iterator
from typing import Any

from permits.casework import commands as c
from permits.casework.case import Case
from permits.definitions.edition import Edition
from permits.definitions.procedure import DeregistrationGround, Milestone, RevocationGround
from tests.kit import SEAL, defect, paper
from tests.trial import kinds


def _supplement(edition: Edition, driven: Any) -> c.Supplement:
    case = driven.case
    wanted = kinds.supplied(edition, case.track, case.answers)
    named = (d.about.removeprefix("material.") for d in case.notices[-1].defects)
    asked = (name for name in named if not name.startswith("field."))
    return c.Supplement(
        case.answers, case.seals, tuple(map(paper, dict.fromkeys((*asked, *wanted))))
    )


def _corrections(edition: Edition, driven: Any) -> c.Corrections:
    field_id = next(q.id for q in edition.questions.values() if q.personal is None)
    return c.Corrections((defect(f"field.{field_id}"),))


def _deregistration(_edition: Edition, driven: Any) -> c.Deregistration:
    return c.Deregistration(ground_of(driven.case))


def ground_of(case: Case) -> DeregistrationGround:
    """On which ground a case is deregistered: what ended it already says so."""
    marks = case.milestones.keys()
    if marks & {Milestone.REVOKED, Milestone.GRANT_WITHDRAWN, Milestone.ANNULLED}:
        return DeregistrationGround.REVOKED
    lapsed = Milestone.VOIDED in marks
    return DeregistrationGround.OTHER if lapsed else DeregistrationGround.EXPIRED


GIVEN: dict[type[c.Input], Any] = {
    c.Plain: lambda _e, _d: c.Plain(),
    c.Reasoned: lambda _e, _d: c.Reasoned(SEAL),
    c.Corrections: _corrections,
    c.Supplement: _supplement,
    c.SpecialProcedure: lambda _e, _d: c.SpecialProcedure(
        "expert_review", "5wd", notified=True, reason=SEAL
    ),
    c.Opinion: lambda _e, _d: c.Opinion("grant", SEAL),
    c.Service: lambda _e, driven: c.Service(driven.now.date(), "online"),
    c.Revocation: lambda _e, driven: c.Revocation(
        RevocationGround(driven.case.intended.ground if driven.case.intended else "69-1-5"), SEAL
    ),
    c.Withdrawal: lambda _e, _d: c.Withdrawal("8-2-1", SEAL, SEAL),  # type: ignore[arg-type]
    c.Deregistration: _deregistration,
}


def payments(case: Case) -> Iterator[tuple[str, c.Command]]:
    """Whatever is owed is paid."""
    for name, fee in case.fees.items():
        if fee.balance_fen > 0:
            on = fee.entries[0].on
            yield "window", c.PayFee(name, on, fee.balance_fen, SEAL)
