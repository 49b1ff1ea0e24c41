"""Reads the working-day calendar file: which days a State Council notice gave off or made up."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self, TypeVar

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

Place = tuple[str | int, ...]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER = re.compile(r"0|[1-9][0-9]{0,8}")
_SATURDAY = 5
_DEEPEST = 8
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

    Raises `BrokenCalendar` with all findings: text that is not strict YAML (no duplicate keys,
    anchors, aliases or tags), a missing, unknown or misspelt key, a bad date, a date outside its
    year, a range that ends before it starts, a make-up day on a weekday, a day given twice or both
    off and worked, a missing language, a year without a notice, a year given twice.
    """
    reader = _Reader()
    years = reader.calendar(reader.document(text))
    if reader.findings:
        raise BrokenCalendar(tuple(says for _, says in sorted(reader.findings)))
    return years


class _Reader:
    def __init__(self) -> None:
        self.lines: dict[Place, int] = {}
        self.findings: list[tuple[int, str]] = []

    def find(self, path: Place, says: str) -> None:
        line = next(
            self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines
        )
        self.find_on(line, f"{spell(path)}: {says}" if path else says)

    def find_on(self, line: int, says: str) -> None:
        self.findings.append((line, f"line {line}: {says}"))

    def document(self, text: str) -> Any:
        self.lines[()] = 1
        try:
            self.findings += ((line, f"line {line}: {says}") for line, says in _traps(text))
            root = None if self.findings else yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.find_on(line, f"this is not YAML: {error.problem}")
            return None
        except yaml.YAMLError as error:
            self.find((), f"this is not readable text: {error}".splitlines()[0])
            return None
        return self.value(root, ()) if root is not None else None

    def value(self, node: yaml.Node, path: Place) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, n)) for n, item in enumerate(node.value)]
        return self.scalar(node)

    def scalar(self, node: yaml.Node) -> str | int:
        written: str = node.value
        plain = getattr(node, "style", None) is None
        return int(written) if plain and _INTEGER.fullmatch(written) else written

    def mapping(self, node: yaml.MappingNode, path: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                self.find_on(
                    key_node.start_mark.line + 1, f"{spell((*path, key))}: written twice; keep one"
                )
                continue
            self.lines[(*path, key)] = key_node.start_mark.line + 1
            found[key] = self.value(value_node, (*path, key))
        return found

    def check(self, model: type[Model], raw: Any, path: Place) -> Model | None:
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

    def year(self, raw: Any, path: Place) -> CalendarYear | None:
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
        self, model: type[Model], raw: dict[str, Any], path: Place
    ) -> Iterator[tuple[Place, Model]]:
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
    head: _YearHead, entries: dict[Place, DaysOff | MakeUpDay]
) -> Iterator[tuple[Place, str]]:
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


def _traps(text: str) -> Iterator[tuple[int, str]]:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield line, "anchors and aliases are not used"
        elif getattr(event, "tag", None):
            yield line, "tags (!…) are not used"
        elif depth > _DEEPEST:
            yield line, "nested too deeply"
            return


def spell(path: Place) -> str:
    """A path as people write it: `years[3].days_off[0].from`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
