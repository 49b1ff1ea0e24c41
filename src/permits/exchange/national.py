"""Cases as rows of the national exchange (工程建设项目审批管理系统数据共享交换标准).

Three of its tables: cases (办件), their status (办理明细), and checks of what was committed to
(告知承诺制办件监管). A row that turned out wrong is never taken out: the same row follows again,
marked as void with the reason. Persons are not in it: whoever handled a case stands as their role.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from permits.casework.dates import BEIJING
from permits.casework.due_dates import Length
from permits.casework.envelope import Envelope, Event
from permits.casework.families import annulments, deciding, extensions, filing, obligations, tracks
from permits.definitions.edition import Edition
from permits.definitions.procedure import Act, Code
from permits.definitions.tracks import TrackName
from permits.exchange.national_codes import Codes, NoCode
from permits.text import names
from permits.text.bases import cited

Table = Literal["SPGL_XMSPSXBLXXB", "SPGL_XMSPSXBLXXXXB", "SPGL_GZCNZBJJGXXB"]

CASES: Table = "SPGL_XMSPSXBLXXB"
STATUS: Table = "SPGL_XMSPSXBLXXXXB"
CHECKS: Table = "SPGL_GZCNZBJJGXXB"

_FIRST = ("LSH", "DFSJZJ", "XZQHDM", "GCDM", "SPSXSLBM")
_LAST = ("SJYXBS", "SJWXYY", "SJSCZT", "SBYY")

COLUMNS: dict[Table, tuple[str, ...]] = {
    CASES: (
        *_FIRST, "SPSXBM", "SPSXBBH", "SPBMBM", "SPBMMC", "SLFS", "GKFS", "SXBLSX",
        "SXGZCNZSPQK", *_LAST,
    ),
    STATUS: (*_FIRST, "SPSXBM", "BLCS", "BLR", "BLZT", "BLYJ", "BLSJ", *_LAST),
    CHECKS: (
        *_FIRST, "JCBH", "JCSJ", "JCBMMC", "JCBMTYSHXYDM", "JCYJHSM", "SFLXGZCN", "GZCNLXQK",
        "QT", *_LAST,
    ),
}  # fmt: skip
"""The columns of each table. SJSCZT and SBYY are the receiver's, and BLYJ is sealed in the log:
all three stay empty."""

VOID: dict[str, str] = {
    "reversed": "办理记录有误，已撤销",
    "switched": "申请人撤回承诺，改按一般程序办理",
}
"""Why a row is void, in the words that are sent."""


class Row(msgspec.Struct, frozen=True):
    """A row, its key at the office, when it was told, and why it is void if it is."""

    table: Table
    key: str
    at: datetime
    command: str
    about: str
    values: dict[str, str]
    void: str = ""


class Untold(msgspec.Struct, frozen=True):
    """A case of which a row cannot be told, and the name of the code that is missing."""

    case: str
    name: str
    on: date


class _Case:
    """The rows of one case, in the order in which they were told."""

    def __init__(self, name: str, edition: Edition, codes: Codes) -> None:
        self.name, self.edition, self.codes = name, edition, codes
        self.rows: list[Row] = []
        self.number = self.track = self.department = self.channel = ""
        self.answers: dict[str, object] = {}
        self.code = 0
        self.moved_by = ""

    def take(self, at: Envelope, event: Event) -> None:
        """What an event tells the exchange; most tell it nothing."""
        self._apply(at, event)
        self._go_on(at, event)
        self._undo(at, event)

    def _apply(self, at: Envelope, event: Event) -> None:
        """The application itself."""
        match event:
            case filing.Filed():
                self.number, self.track = event.number, event.track
                self.department, self.channel = event.department, event.channel
                self.answers = dict(event.answers)
                self._tell_case(at, self.name)
            case filing.CorrectionsSupplied() | filing.CorrectedOnTheSpot():
                self.answers = dict(event.answers)
            case tracks.TrackSwitched():
                self._void(at, "switched", CASES, lambda _row: True)
                self.track = event.now
                self._tell_case(at, f"{self.name}/{event.submission}")
            case _:
                return

    def _go_on(self, at: Envelope, event: Event) -> None:
        """Where the case stands, and checks."""
        match event:
            case deciding.Moved():
                self.moved_by = at.command
                if self._accepts(event.action):
                    self._tell_status(at, Code.ACCEPTED)
                self._reach(at, event.code)
            case annulments.DecisionAnnulled() | extensions.GrantRestored():
                self._reach(at, event.code)
            case obligations.ObligationVerified():
                self._tell_check(at, event)
            case _:
                return

    def _undo(self, at: Envelope, event: Event) -> None:
        """What was written down wrongly."""
        match event:
            case deciding.ActionReversed():
                self._reverse(at)
            case deciding.RecordReversed():
                self._reverse_check(at, event.name)
            case _:
                return

    def _accepts(self, name: str) -> bool:
        """Whether an action accepts the case. A chart may go on to examination with it, which has
        a status of its own."""
        action = self.edition.definition.chart.actions.get(name)  # filing is none of them
        return action is not None and action.act in (Act.ACCEPT, Act.ACCEPT_BY_SILENCE)

    def _reach(self, at: Envelope, code: int) -> None:
        """A status. A special procedure that is still open ends before whatever follows it."""
        if self.code == Code.SPECIAL_PROCEDURE_BEGUN and code != self.code:
            self._tell_status(at, Code.SPECIAL_PROCEDURE_DONE)
        self._tell_status(at, code)

    def _tell_case(self, at: Envelope, key: str) -> None:
        on, item = at.recorded_at.astimezone(BEIJING).date(), f"{self.edition.permit}.{self.track}"
        rule = self.edition.definition.tracks[TrackName(self.track)]
        self._add(
            CASES,
            at,
            key,
            "",
            SPSXBM=self.codes.at(f"item.{item}", on),
            SPSXBBH=self.codes.at(f"item_version.{self.edition.permit}", on),
            SPBMBM=self.codes.at(f"department.{self.department}", on),
            SPBMMC=self.codes.at(f"department_name.{self.department}", on),
            SLFS=self.codes.at(f"channel.{self.channel}", on),
            GKFS=self.codes.at("disclosure", on),
            SXBLSX=str(Length.parse(str(rule.promised)).count),
            SXGZCNZSPQK=self.codes.at(f"commitment.{self.track}", on),
        )

    def _tell_status(self, at: Envelope, code: int) -> None:
        """A status that is another than the one before."""
        if code == self.code:
            return
        on = at.recorded_at.astimezone(BEIJING).date()
        self.code = code
        self._add(
            STATUS,
            at,
            f"{at.id}/{int(code)}",
            str(int(code)),
            SPSXBM=self.codes.at(f"item.{self.edition.permit}.{self.track}", on),
            BLCS=at.department or self.department,
            BLR=names.role(at.role, "zh"),
            BLZT=str(int(code)),
            BLSJ=_moment(at.recorded_at),
        )

    def _tell_check(self, at: Envelope, event: obligations.ObligationVerified) -> None:
        """A check of what was committed to; other duties are none of this table."""
        if self.track != TrackName.COMMITMENT:
            return
        definition = self.edition.definition
        duty, on = definition.obligations[event.obligation], event.on
        count = 1 + sum(row.table == CHECKS and not row.void for row in self.rows)
        department = at.department or self.department
        self._add(
            CHECKS,
            at,
            at.id,
            event.obligation,
            JCBH=f"{self.number}-{count:02}",
            JCSJ=on.isoformat(),
            JCBMMC=self.codes.at(f"department_name.{department}", on),
            JCBMTYSHXYDM=self.codes.at(f"department_credit.{department}", on),
            JCYJHSM=cited(duty.basis, definition.laws, "zh"),
            SFLXGZCN="1" if event.passed else "0",
            GZCNLXQK=duty.title.zh,
        )

    def _reverse(self, at: Envelope) -> None:
        """What the last action told is void; the case has the status again that it had before."""
        command = self.moved_by
        self._void(at, "reversed", STATUS, lambda row: row.command == command)
        held = [row for row in self.rows if row.table == STATUS and self._holds(row)]
        self.code = int(held[-1].about) if held else 0

    def _reverse_check(self, at: Envelope, name: str) -> None:
        held = [row for row in self.rows if row.table == CHECKS and self._holds(row)]
        last = next((row for row in reversed(held) if row.about == name), None)
        if last is not None:
            self._void(at, "reversed", CHECKS, lambda row: row.key == last.key)

    def _holds(self, row: Row) -> bool:
        return not row.void and not any(o.void and o.key == row.key for o in self.rows)

    def _void(self, at: Envelope, why: str, table: Table, chosen: Callable[[Row], bool]) -> None:
        wrong = [r for r in self.rows if r.table == table and self._holds(r) and chosen(r)]
        for row in wrong:
            self.rows.append(
                Row(table, row.key, at.recorded_at, at.command, row.about, row.values, VOID[why])
            )

    def _add(self, table: Table, at: Envelope, key: str, about: str, **values: str) -> None:
        on = at.recorded_at.astimezone(BEIJING).date()
        project = self.edition.definition.project
        same = {
            "XZQHDM": self.codes.at("district", on),
            "GCDM": str(self.answers.get(project.code, "")) if project is not None else "",
            "SPSXSLBM": self.number,
        }
        self.rows.append(Row(table, key, at.recorded_at, at.command, about, {**same, **values}))


def rows_of(
    name: str, entries: Iterable[tuple[Envelope, Event]], edition: Edition, codes: Codes
) -> tuple[Row, ...] | Untold:
    """Every row of a case, in the order in which they were told; or what cannot be told of it."""
    case = _Case(name, edition, codes)
    try:
        for at, event in entries:
            case.take(at, event)
    except NoCode as missing:
        return Untold(case.number, missing.name, missing.on)
    return tuple(case.rows)


def told_in(rows: Iterable[Row], first: date, last: date) -> Iterator[Row]:
    """Those told on the days from `first` to `last`, so that periods that follow each other tell
    everything once."""
    for row in rows:
        if first <= row.at.astimezone(BEIJING).date() <= last:
            yield row


def lines_of(table: Table, rows: Sequence[Row], period: str) -> Iterator[list[str]]:
    """A table as it is written: its columns, and a line for each row, numbered in the period."""
    columns = COLUMNS[table]
    yield list(columns)
    for number, row in enumerate((one for one in rows if one.table == table), start=1):
        around = {
            "LSH": f"{period}-{number:06}",
            "DFSJZJ": row.key,
            "SJYXBS": "0" if row.void else "1",
            "SJWXYY": row.void,
        }
        values = {**row.values, **around}
        yield [values.get(column, "") for column in columns]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
