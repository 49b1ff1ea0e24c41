"""The ledger of a fee, and the receipts of its payments, for everybody who sees the case."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.analytics.treasury_sheet import kind
from permits.casework.access import owns, reads_receipts
from permits.casework.ledger import FeeEntry
from permits.definitions.charges import PER, Line, Rate, RateRow, ShareRow
from permits.definitions.reckoning import FeeLine, lines_of
from permits.services.case_record import Record
from permits.web.deps import Form, Officer, SignedIn, TheRecord
from permits.web.disclosing import asked_for, disclose, reasons
from permits.web.disclosure import disclosed, impersonal
from permits.web.dossier import Dossier, dossier
from permits.web.reading import Unfit
from permits.web.shown_parts import ShownFee
from permits.web.visits import Member

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the reckoning with the rules it was made by."""

    held: FeeLine
    rule: Line
    rate: Rate
    row: RateRow
    share: ShareRow | None

    @property
    def percent(self) -> str:
        """The share in per cent, without zeros that say nothing: `4.5`."""
        whole, rest = divmod(self.held.per_10000, PER // 100)
        return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry of the ledger, with the balance after it; `undone` if it was taken back."""

    place: int
    held: FeeEntry
    kind: str
    balance_fen: int
    undone: bool
    receipt: str
    payer: str
    reason: str


class Ledger:
    """A fee of a case as this reader may see it; 404 if the case has no such fee."""

    def __init__(self, visit: Member, case: Dossier, name: str) -> None:
        self.visit = visit
        self.case = case
        found = next((one for one in case.fees if one.name == name), None)
        if found is None:
            raise HTTPException(404)
        self.shown: ShownFee = found

    @property
    def lines(self) -> tuple[ShownLine, ...]:
        """How the amount was reckoned."""
        return tuple(map(self._line, self.shown.fee.lines))

    def _line(self, held: FeeLine) -> ShownLine:
        definition, rule = self.case.definition, lines_of(self.shown.rule)[held.line]
        rate = definition.rates[held.rate]
        shares = definition.shares[rule.share].rows if rule.share is not None else ()
        return ShownLine(
            held=held,
            rule=rule,
            rate=rate,
            row=next(row for row in rate.rows if row.valid_from == held.rate_from),
            share=next((row for row in shares if row.valid_from == held.share_from), None),
        )

    @property
    def entries(self) -> tuple[ShownEntry, ...]:
        """The entries in their order, each with the balance after it."""
        fee, values, balance = self.shown.fee, self.case.values, 0
        found = []
        for place, held in enumerate(fee.entries, 1):
            balance += held.amount_fen
            found.append(
                ShownEntry(
                    place=place,
                    held=held,
                    kind=kind(held.kind, self.visit.language),
                    balance_fen=balance,
                    undone=any(other.undoes == place for other in fee.entries),
                    receipt=values.get(held.receipt, ""),
                    payer=values.get(held.payer, ""),
                    reason=values.get(held.reason, ""),
                )
            )
        return tuple(found)


@router.get("/cases/{case}/fees/{fee}")
def ledger(visit: SignedIn, record: TheRecord, fee: str) -> Response:
    """How the fee was reckoned, and everything that was entered."""
    case = _case(visit, record)
    return visit.page("case/ledger.html", case=case, ledger=Ledger(visit, case, fee))


@router.get("/cases/{case}/fees/{fee}/receipts/{place}")
def receipt(visit: SignedIn, record: TheRecord, fee: str, place: int) -> Response:
    """The receipt of a payment. Who paid is told to the applicant, and masked to the window."""
    return _receipt(visit, _case(visit, record), fee, place)


@router.post("/review/cases/{case}/fees/{fee}/receipts/{place}/personal")
def whole_receipt(visit: Officer, record: TheRecord, form: Form, fee: str, place: int) -> Response:
    """The receipt with who paid, for this once, to the window that hands it over; that it was
    shown is noted first."""
    if not reads_receipts(visit.actor, record.case):
        raise HTTPException(403)
    masked = _case(visit, record)
    _entry(Ledger(visit, masked, fee), place)  # nothing is noted of a receipt there is not
    asked = asked_for(form, visit)
    if isinstance(asked, Unfit):
        return _receipt(visit, masked, fee, place, asking=asked.errors)
    return _receipt(visit, disclose(visit, record, asked), fee, place)


def _case(visit: Member, record: Record) -> Dossier:
    if owns(visit.actor, record.case):
        return dossier(visit, record, disclosed(record))
    return dossier(visit, record, impersonal(record, visit.office.cases.edition(record.case)))


def _entry(held: Ledger, place: int) -> ShownEntry:
    """The payment at a place of a ledger; raises 404 if there is none."""
    entry = next((e for e in held.entries if e.place == place and e.held.kind == "paid"), None)
    if entry is None:
        raise HTTPException(404)
    return entry


def _receipt(
    visit: Member, case: Dossier, fee: str, place: int, *, asking: Mapping[str, str] | None = None
) -> Response:
    held = Ledger(visit, case, fee)
    entry = _entry(held, place)
    told = reads_receipts(visit.actor, case.case)
    whole = case.record.values.get(entry.held.payer, "") == entry.payer
    return visit.page(
        "case/fee_receipt.html",
        status=422 if asking else 200,
        case=case,
        ledger=held,
        entry=entry,
        payer=entry.payer if told else "",
        asks=told and visit.actor.officer and not whole,
        reasons=reasons(visit),
        asking=asking or {},
    )
