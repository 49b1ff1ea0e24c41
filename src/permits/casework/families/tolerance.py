"""The tolerance family: what is signed to supply materials later, and what comes of it."""

from datetime import date
from typing import Literal

from msgspec.structs import replace

from permits.casework.case import Broken, Case, Undertaken
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, marked
from permits.casework.parts import HandedIn, ShownIn
from permits.definitions.procedure import Milestone


class UndertakingSigned(Event, frozen=True):
    """A notice was shown whole and the undertaking under it signed: to supply what is missing in
    time. It says nothing of the facts. `text_digest` is the SHA-256 of what was shown in both
    languages, `signer` the account that signed, or that witnessed a signature on paper, of which
    `scan` is the SHA-256; `means` is how it was known to be theirs, `shown_in` the language of the
    page on which an account signed."""

    text_digest: str
    signer: str
    means: Literal["password", "paper"]
    scan: str = ""
    shown_in: ShownIn = ""


class LaterSupplied(Event, frozen=True):
    """Secondary materials came in after acceptance; `missing` are those that are still to come.
    `calendar` is the digest of the working days by which the day they count from was reckoned."""

    handed_in: tuple[HandedIn, ...]
    missing: tuple[str, ...]
    calendar: str


class UndertakingBroken(Event, frozen=True):
    """A person confirmed that what was undertaken did not come in time. The party may not use
    the tolerant track again until after `barred_until`."""

    missing: tuple[str, ...]
    barred_until: date


def _signed(case: Case, e: UndertakingSigned, at: Envelope) -> Case:
    on = at.effective_at
    signed = Undertaken(e.text_digest, e.signer, on, e.means, e.shown_in)
    return replace(case, undertaking=signed)


def _supplied(case: Case, e: LaterSupplied, at: Envelope) -> Case:
    materials = {**case.materials, **{h.material: h for h in e.handed_in}}
    after = replace(case, materials=materials, tolerated=e.missing)
    return after if e.missing else marked(after, Milestone.SUPPLEMENTED, at.effective_at)


def _broken(case: Case, e: UndertakingBroken, at: Envelope) -> Case:
    on = at.effective_at
    after = replace(case, broken=Broken(on, e.barred_until, e.missing))
    return marked(after, Milestone.UNSUPPLIED, on)


FOLDS: Folds = {
    UndertakingSigned: _signed,
    LaterSupplied: _supplied,
    UndertakingBroken: _broken,
}
