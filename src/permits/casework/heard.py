"""Who is heard in a case beside the applicant: departments, a hearing, third parties; and which
officers may not act in it. Entities of a case, each with a small life of its own."""

from datetime import date
from typing import Literal

import msgspec

from permits.casework.due_dates import Pause
from permits.casework.parts import Seal

View = Literal["agree", "conditions", "object"]
"""What a department says: it agrees, agrees on conditions, or objects."""

Excepted = Literal["", "state_secret", "business_secret", "privacy"]
"""Why a hearing is not public; nothing if it is (行政许可法 art. 48)."""


Sign = Literal["signed", "refused", "absent"]
"""Whether somebody signed the record of a hearing, would not, or had not come to it."""


class Attendance(msgspec.Struct, frozen=True, gc=False):
    """Somebody at a hearing. `who` is `office` for whoever examines the case, `applicant`, the key
    of an interested party, or `other`; `reason` says why there is no signature."""

    who: str
    sign: Sign
    name: Seal | None = None
    reason: Seal | None = None


class Given(msgspec.Struct, frozen=True, gc=False):
    """An opinion as it was given; `late` if that was after its due date."""

    by: str
    on: date
    view: View
    opinion: Seal
    late: bool


class OpinionRequest(msgspec.Struct, frozen=True, gc=False):
    """What one department was asked in one round; `due` is None while its time stands still.

    `closed_on` says since when nobody waits for it: the opinions were joined, or the case ended.
    """

    asked: str
    round: int
    office: str
    department: str
    by: str
    starts_on: date
    within: str
    what: Seal | None
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    pauses: tuple[Pause, ...] = ()
    reminded: bool = False
    overdue: bool = False
    given: Given | None = None
    revoked: int = 0
    closed_on: date | None = None

    @property
    def key(self) -> str:
        return f"{self.asked}/{self.round}"

    @property
    def waiting(self) -> bool:
        """Whether its opinion is still to come."""
        return self.given is None and self.closed_on is None

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].until is None


class Joined(msgspec.Struct, frozen=True, gc=False):
    """The opinion of the lead department that joins those of the others."""

    by: str
    on: date
    opinion: Seal


HearingStage = Literal["told", "awaited", "called", "held", "waived", "lapsed", "closed"]
"""`told` of the right; `awaited` since it was asked for or announced; `called` for a day; `held`
and recorded; `waived` by who could ask or had asked; `lapsed` as nobody asked in time; `closed`
with the case."""


class Hearing(msgspec.Struct, frozen=True, gc=False):
    """The hearing of a case. `due` is the last day to ask for it or, once asked for, to hold it;
    None where the law sets none."""

    stage: HearingStage
    since: date
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    asked_by: str = ""
    overdue: bool = False
    day: date | None = None
    place: Seal | None = None
    chair: str = ""
    excepted: Excepted = ""
    held_on: date | None = None
    record: Seal | None = None
    recorder: str = ""
    attendance: tuple[Attendance, ...] = ()

    @property
    def term(self) -> str:
        """The length its date is reckoned by: a key of the definition's part on hearings."""
        return "ask_within" if self.stage == "told" else "hold_within"

    @property
    def waits(self) -> bool:
        """Whether the decision waits for it."""
        return self.stage in ("told", "awaited", "called")


class ThirdParty(msgspec.Struct, frozen=True, gc=False):
    """A directly interested third party: who it is stands beside the log. `open` while it may
    still be heard before the decision."""

    key: str
    name: Seal
    contact: Seal
    interest: Seal
    told_on: date
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    heard_on: date | None = None
    statement: Seal | None = None
    silent: bool = False
    closed: bool = False

    @property
    def open(self) -> bool:
        return self.heard_on is None and not (self.silent or self.closed)


class Recusal(msgspec.Struct, frozen=True, gc=False):
    """Whether an officer may act in the case: `recused` is None until a leader decides."""

    officer: str
    asked_by: Literal["officer", "applicant"]
    on: date
    ground: Seal
    recused: bool | None = None
    decided_by: str = ""
    reason: Seal | None = None
