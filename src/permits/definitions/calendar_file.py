"""Reads the working-day calendar file: which days a State Council notice gave off or made up."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from permits.definitions.findings import Mark, Path, spell
from permits.definitions.yaml_reader import Document, read_yaml

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SATURDAY = 5
_SAYS = {
    "missing": "it is missing",
    "extra_forbidden": "unknown key",
    "model_type": "it must be a mapping",
}


class BrokenCalendar(Exception):
    """A calendar file cannot be used; `findings` holds every reason, in the order of the file."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


def _day(written: object) -> date:
    if isinstance(written, str) and _DATE.fullmatch(written):
        try:
            return date.fromisoformat(written)
        except ValueError:
            pass
    raise ValueError(f"'{written}' is not a date; write YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_day)]
Words = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Text(_Part):
    """A text in both languages."""

    zh: Words
    en: Words


class Notice(_Part):
    """The notice that announced a day: title, document number (文号) and address where known."""

    title: Words
    number: Words | None = None
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None


class DaysOff(_Part):
    """Announced days off from `first` to `last`, both included, weekends among them as announced.

    `notice` is the position, counted from 1, in the year's list of notices.
    """

    name: Text
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    notice: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.first > self.last:
            raise ValueError(f"it ends on {self.last}, before it starts on {self.first}")
        return self

    def days(self) -> tuple[date, ...]:
        length = (self.last - self.first).days + 1
        return tuple(self.first + timedelta(days=n) for n in range(length))


class MakeUpDay(_Part):
    """A Saturday or Sunday that is worked in exchange for a day off (调休上班日)."""

    day: Day
    name: Text
    notice: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _on_a_weekend(self) -> Self:
        if self.day.weekday() < _SATURDAY:
            raise ValueError(f"{self.day} is a weekday; a make-up day is a Saturday or a Sunday")
        return self

    @property
    def first(self) -> date:
        return self.day

    @property
    def last(self) -> date:
        return self.day

    def days(self) -> tuple[date, ...]:
        return (self.day,)


class _YearHead(_Part):
    year: int = Field(ge=date.min.year, le=date.max.year)
    notices: Annotated[tuple[Notice, ...], Field(min_length=1, strict=False)]
    note: Text | None = None


class CalendarYear(_YearHead):
    """Everything that decides the days of one calendar year.

    A date is decided by the entry of its own year alone. A notice for year Y that gives a day off
    or a make-up day in the last week of Y-1 is therefore listed among the notices of Y-1 too, and
    the day stands there with `notice` pointing to it. The last days of the newest published year
    can still change in that way until the next notice is out.
    """

    days_off: tuple[DaysOff, ...] = ()
    make_up_days: tuple[MakeUpDay, ...] = ()

    def record(self) -> dict[str, Any]:
        """The year as plain data, one item for every day, each with the notice that decides it."""
        notices = [notice.model_dump() for notice in self.notices]

        def each(entries: Iterable[DaysOff | MakeUpDay]) -> list[dict[str, Any]]:
            return [
                {"day": day, "name": entry.name.model_dump(), "notice": notices[entry.notice - 1]}
                for entry in entries
                for day in entry.days()
            ]

        return {
            "year": self.year,
            "notices": notices,
            "off": each(self.days_off),
            "work": each(self.make_up_days),
        }


Model = TypeVar("Model", bound=BaseModel)


def read_calendar(text: str) -> tuple[CalendarYear, ...]:
    """The years in a calendar file, as written.

    Raises `BrokenCalendar` with all findings: text that is not strict YAML, a missing, unknown or
    misspelt key, a bad date, a date outside its year, a range that ends before it starts, a
    make-up day on a weekday, a day given twice or both off and worked, a missing language, a year
    without a notice, a year given twice.
    """
    document = read_yaml(text, "calendar")
    reader = _Reader(document)
    years = reader.calendar(document.data)
    if reader.findings:
        raise BrokenCalendar(tuple(says for _, says in sorted(reader.findings)))
    return years


class _Reader:
    def __init__(self, document: Document) -> None:
        self.marks = document.marks
        self.findings: list[tuple[int, str]] = []
        for finding in document.findings:
            self.find(finding.path, finding.says, finding.mark)

    def find(self, path: Path, says: str, mark: Mark | None = None) -> None:
        found = mark or self.marks.of(path)
        line = found.line if found else 1
        where = f"{spell(path)}: " if path else ""
        self.findings.append((line, f"line {line}: {where}{says}"))

    def check(self, model: type[Model], raw: Any, path: Path) -> Model | None:
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            for problem in error.errors(include_url=False):
                says = _SAYS.get(problem["type"], problem["msg"].removeprefix("Value error, "))
                self.find((*path, *problem["loc"]), says)
            return None

    def calendar(self, raw: Any) -> tuple[CalendarYear, ...]:
        if self.findings and raw is None:
            return ()
        self.check(_File, raw, ())
        written = raw.get("years") if isinstance(raw, dict) else None
        years: dict[int, CalendarYear] = {}
        for n, item in enumerate(written if isinstance(written, list) else ()):
            year = self.year(item, ("years", n))
            if year is not None and year.year in years:
                self.find(("years", n, "year"), f"the year {year.year} is given twice")
            elif year is not None:
                years[year.year] = year
        return tuple(years.values())

    def year(self, raw: Any, path: Path) -> CalendarYear | None:
        lists = ("days_off", "make_up_days")
        rest = {k: v for k, v in raw.items() if k not in lists} if isinstance(raw, dict) else raw
        head = self.check(_YearHead, rest, path)
        if not isinstance(raw, dict):
            return None
        off = dict(self.entries(DaysOff, raw, (*path, "days_off")))
        work = dict(self.entries(MakeUpDay, raw, (*path, "make_up_days")))
        if head is None:
            return None
        for at, says in _conflicts(head, {**off, **work}):
            self.find(at, says)
        return CalendarYear(
            year=head.year,
            notices=head.notices,
            note=head.note,
            days_off=tuple(off.values()),
            make_up_days=tuple(work.values()),
        )

    def entries(
        self, model: type[Model], raw: dict[str, Any], path: Path
    ) -> Iterator[tuple[Path, Model]]:
        written = raw.get(str(path[-1]), [])
        if not isinstance(written, list):
            self.find(path, "must be a list")
            return
        for n, item in enumerate(written):
            entry = self.check(model, item, (*path, n))
            if entry is not None:
                yield (*path, n), entry


class _File(_Part):
    calendar: Literal["cn"]
    years: list[Any]


def _conflicts(
    head: _YearHead, entries: dict[Path, DaysOff | MakeUpDay]
) -> Iterator[tuple[Path, str]]:
    taken: dict[date, type] = {}
    for path, entry in entries.items():
        if entry.notice > len(head.notices):
            yield (*path, "notice"), f"the year lists {len(head.notices)} notice(s) only"
        if not entry.first.year == head.year == entry.last.year:
            yield path, f"it does not lie within {head.year}; each day stands under its own year"
            continue
        for day in entry.days():
            if day in taken:
                same = taken[day] is type(entry)
                yield path, f"{day} is {'given twice' if same else 'both off and worked'}"
            taken[day] = type(entry)
