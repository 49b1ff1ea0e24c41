"""What the word that goes a way is told with, from where a case stands."""

from collections.abc import Iterator
from typing import Any

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.case import Case
from permits.definitions.edition import Edition
from permits.definitions.procedure import DeregistrationGround, Milestone, RevocationGround
from tests.kit import SEAL, defect, paper
from tests.trial import kinds


def _supplement(edition: Edition, driven: Any) -> i.Supplement:
    case = driven.case
    wanted = kinds.supplied(edition, case.track, case.answers)
    named = (d.about.removeprefix("material.") for d in case.notices[-1].defects)
    asked = (name for name in named if not name.startswith("field."))
    return i.Supplement(
        case.answers, case.seals, tuple(map(paper, dict.fromkeys((*asked, *wanted))))
    )


def _corrections(edition: Edition, driven: Any) -> i.Corrections:
    field_id = next(q.id for q in edition.questions.values() if q.personal is None)
    return i.Corrections((defect(f"field.{field_id}"),))


def _deregistration(_edition: Edition, driven: Any) -> i.Deregistration:
    return i.Deregistration(ground_of(driven.case))


def ground_of(case: Case) -> DeregistrationGround:
    """On which ground a case is deregistered: what ended it already says so."""
    marks = case.milestones.keys()
    if marks & {Milestone.REVOKED, Milestone.GRANT_WITHDRAWN, Milestone.ANNULLED}:
        return DeregistrationGround.REVOKED
    lapsed = Milestone.VOIDED in marks
    return DeregistrationGround.OTHER if lapsed else DeregistrationGround.EXPIRED


GIVEN: dict[type[i.Input], Any] = {
    i.Plain: lambda _e, _d: i.Plain(),
    i.Reasoned: lambda _e, _d: i.Reasoned(SEAL),
    i.Corrections: _corrections,
    i.Supplement: _supplement,
    i.SpecialProcedure: lambda _e, _d: i.SpecialProcedure(
        "expert_review", "5wd", notified=True, reason=SEAL
    ),
    i.Opinion: lambda _e, _d: i.Opinion("grant", SEAL),
    i.Service: lambda _e, driven: i.Service(driven.now.date(), "online"),
    i.Revocation: lambda _e, driven: i.Revocation(
        RevocationGround(driven.case.intended.ground if driven.case.intended else "69-1-5"), SEAL
    ),
    i.Withdrawal: lambda _e, _d: i.Withdrawal("8-2-1", SEAL, SEAL),  # type: ignore[arg-type]
    i.Deregistration: _deregistration,
}


def payments(case: Case) -> Iterator[tuple[str, c.Command]]:
    """Whatever is owed is paid."""
    for name, fee in case.fees.items():
        if fee.balance_fen > 0:
            on = fee.entries[0].on
            yield "window", c.PayFee(name, on, fee.balance_fen, SEAL)
