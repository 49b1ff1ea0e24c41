"""The ledger of a fee, and the receipts of its payments, for everybody who sees the case."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.analytics.treasury_sheet import kind
from permits.casework.access import reads_receipts
from permits.casework.ledger import FeeEntry
from permits.definitions.charges import PER, Line, Rate, RateRow, ShareRow
from permits.definitions.reckoning import FeeLine, lines_of
from permits.web.deps import SignedIn, TheRecord
from permits.web.disclosure import impersonal
from permits.web.dossier import Dossier, dossier
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
    case = dossier(visit, record, impersonal(record))
    return visit.page("case/ledger.html", case=case, ledger=Ledger(visit, case, fee))


@router.get("/cases/{case}/fees/{fee}/receipts/{place}")
def receipt(visit: SignedIn, record: TheRecord, fee: str, place: int) -> Response:
    """The receipt of a payment. Who paid is told to the applicant and to the window."""
    mine = reads_receipts(visit.actor, record.case)
    case = dossier(visit, record, impersonal(record))
    held = Ledger(visit, case, fee)
    entry = next((e for e in held.entries if e.place == place and e.held.kind == "paid"), None)
    if entry is None:
        raise HTTPException(404)
    payer = entry.payer if mine else ""
    return visit.page("case/fee_receipt.html", case=case, ledger=held, entry=entry, payer=payer)
