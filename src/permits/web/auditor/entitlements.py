"""What entitlements come to, for an auditor: enterprises, amounts, what is saved."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from fastapi import APIRouter
from starlette.responses import Response

from permits.analytics import entitlements
from permits.analytics.entitlements import PaidLine, PolicyFigures
from permits.definitions.policies.editions import PolicyEdition
from permits.text import entitlements as text
from permits.text.words import Language, words
from permits.web.auditor import tables
from permits.web.deps import Auditor

router = APIRouter()


@router.get("/audit/entitlements")
def show(visit: Auditor) -> Response:
    """The figures of every policy, and of all together."""
    edition = visit.office.policies.edition
    with visit.office.database.read() as connection:
        found = entitlements.figures(connection, edition)
    rows = [
        (one, edition(one.definition).policy.policy.title.in_(visit.language)) for one in found
    ]
    return visit.page("entitlements/figures.html", rows=rows, total=_total(found))


def _total(found: Sequence[PolicyFigures]) -> dict[str, int]:
    """The sums over all policies."""
    return {
        "paid": sum(one.paid for one in found),
        "paid_matched": sum(one.paid_matched for one in found),
        "paid_fen": sum(one.paid_fen for one in found),
        "recovered_fen": sum(one.recovered_fen for one in found),
        "saved_steps": sum(one.saved_steps for one in found),
        "saved_materials": sum(one.saved_materials for one in found),
    }


@router.get("/audit/entitlements.csv")
def sheet(visit: Auditor) -> Response:
    """Every claim with its amounts and what it saved, for a spreadsheet."""
    with visit.office.database.snapshot() as connection:
        found = list(entitlements.claims(connection))
    rows = _rows(found, visit.office.policies.edition, visit.language)
    _ = words(visit.language).gettext
    return tables.sent(rows, _("entitlements") + ".csv")


def _rows(
    found: Iterable[PaidLine], edition: Callable[[str], PolicyEdition], language: Language
) -> Iterator[list[object]]:
    _ = words(language).gettext

    def saved(one: PaidLine, each: int) -> int:
        counts = one.route == "matched" and one.standing in entitlements.PAID
        return each if counts else 0

    columns: Sequence[tuple[str, Callable[[PaidLine], object]]] = (
        (_("Policy"), lambda o: edition(o.definition).policy.policy.title.in_(language)),
        (_("Period"), lambda o: text.period(o.period, language)),
        (_("Credit code"), lambda o: o.party),
        (_("Enterprise"), lambda o: o.name),
        (_("How it came about"), lambda o: text.route(o.route, language)),
        (_("State"), lambda o: text.standing(o.standing, language)),
        (_("Grade"), lambda o: _grade(o, edition, language)),
        (_("Amount (fen)"), lambda o: o.amount_fen),
        (_("Demanded back (fen)"), lambda o: o.recovery_fen),
        (_("Paid back (fen)"), lambda o: o.recovered_fen),
        (_("Batch"), lambda o: o.batch),
        (_("Ordered on"), lambda o: o.ordered_on),
        (_("Paid out on"), lambda o: o.paid_on),
        (_("Steps saved"), lambda o: saved(o, edition(o.definition).policy.saved_steps)),
        (_("Materials saved"), lambda o: saved(o, edition(o.definition).policy.saved_materials)),
        (_("Edition"), lambda o: o.definition),
    )
    yield [head for head, _of in columns]
    for one in found:
        yield [of(one) for _head, of in columns]


def _grade(one: PaidLine, edition: Callable[[str], PolicyEdition], language: Language) -> str:
    grade = edition(one.definition).policy.grades.get(one.grade)
    return grade.title.in_(language) if grade is not None else ""
