"""Reads the days of a year out of the State Council's notice of its holidays.

The notice says the same in the same words every year. What it says twice is held against itself:
the weekday beside a date, the number of days beside their first and last. What cannot be read is
told and never guessed.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from permits.definitions.calendar_file import BrokenCalendar, CalendarYear, read_calendar

NAMES = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Qingming Festival",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}
"""The holidays there are, and what they are called in English."""

_TITLE = re.compile(r"国务院办公厅关于([0-9]{4})年部分节假日安排的通知")
_NUMBER = re.compile(r"国办发明电[〔\[]([0-9]{4})[〕\]]([0-9]{1,3})号")
_ITEM = re.compile(r"[一二三四五六七八九十]+、([^:。,]{2,20}):")
_DAY = r"(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?([0-9]{1,2})日(?:\(([^()]*)\))?"
_DAYS_OFF = (
    rf"{_DAY}(?:至{_DAY})?放假(?:调休)?(?:([0-9]{{1,2}})天)?"
    r"(?:,不调休|,与周末连休)?(?:,共([0-9]{1,2})天)?"
)
_DAYS_WORKED = rf"{_DAY}(?:、{_DAY})*上班"
_OFF = re.compile(_DAYS_OFF)
_WORKED = re.compile(_DAYS_WORKED)
_ONE = re.compile(_DAY)
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_SPEAKS_OF_DAYS = re.compile(r"放假|上班|休")


class Unread(StrEnum):
    """What keeps a notice from being read."""

    NO_TITLE = "no_title"
    NO_NUMBER = "no_number"
    NO_DAYS = "no_days"
    UNKNOWN_HOLIDAY = "unknown_holiday"
    UNKNOWN_SENTENCE = "unknown_sentence"
    NO_SUCH_DAY = "no_such_day"
    OTHER_WEEKDAY = "other_weekday"
    OTHER_NUMBER = "other_number"
    OTHER_YEAR = "other_year"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Finding:
    """What cannot be read, and the words of the notice in which it stands."""

    why: Unread
    words: str = ""


class UnreadNotice(Exception):
    """A notice cannot be used; `findings` holds every reason."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f"{one.why}: {one.words}" for one in findings))
        self.findings = findings


def read_notice(text: str, url: str = "") -> CalendarYear:
    """The year of a notice, pasted whole: its title, its number and what it says of each holiday.

    Raises `UnreadNotice` with everything that is wrong. Days of another year are wrong too: they
    belong to a year that has a notice of its own.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    title, number = _TITLE.search(plain), _NUMBER.search(plain)
    if title is None:
        raise UnreadNotice((Finding(Unread.NO_TITLE),))
    reading = _Reading(int(title[1]))
    reading.items(plain)
    if number is None:
        reading.findings.append(Finding(Unread.NO_NUMBER))
    if not reading.off and not reading.findings:
        reading.findings.append(Finding(Unread.NO_DAYS))
    if number is None or reading.findings:
        raise UnreadNotice(tuple(reading.findings))
    cited = {"title": title[0], "number": f"国办发明电〔{number[1]}〕{number[2]}号"}
    return _year(reading, {**cited, "url": url} if url else cited)


def _year(reading: "_Reading", notice: dict[str, str]) -> CalendarYear:
    """What was read, held against everything that holds for a calendar file."""
    year = {
        "year": reading.year,
        "notices": [notice],
        "days_off": reading.off,
        "make_up_days": reading.worked,
    }
    try:
        [found] = read_calendar(json.dumps({"calendar": "cn", "years": [year]}))
    except BrokenCalendar as broken:
        told = (says.rpartition(": ")[2] for says in broken.findings)
        raise UnreadNotice(tuple(Finding(Unread.CONTRADICTS, one) for one in told)) from None
    return found


@dataclass(slots=True)
class _Reading:
    """What was read so far of the notice for a year."""

    year: int
    off: list[dict[str, Any]] = field(default_factory=list)
    worked: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def items(self, plain: str) -> None:
        """Every holiday, with its sentences up to the next one."""
        heads = list(_ITEM.finditer(plain))
        ends = [head.start() for head in heads] + [len(plain)]
        for head, end in zip(heads, ends[1:], strict=True):
            called = head[1].split("、")
            unknown = [name for name in called if name not in NAMES]
            self.findings += [Finding(Unread.UNKNOWN_HOLIDAY, name) for name in unknown]
            english = " and ".join(NAMES.get(name, name) for name in called)
            for sentence in plain[head.end() : end].split("。"):
                self.sentence(sentence, {"zh": head[1], "en": english})

    def sentence(self, says: str, name: dict[str, str]) -> None:
        """Days off, days that are worked instead, or something that is not about days. What is
        only encouraged (鼓励…休息) is no day off."""
        off = _OFF.fullmatch(says)
        if off is not None:
            self.days_off(off, name)
        elif _WORKED.fullmatch(says):
            days = self.days(says)
            self.worked += [{"day": day.isoformat(), "name": name} for day in days]
        elif _SPEAKS_OF_DAYS.search(says) and not says.startswith("鼓励"):
            self.findings.append(Finding(Unread.UNKNOWN_SENTENCE, says))

    def days_off(self, found: re.Match[str], name: dict[str, str]) -> None:
        days = [*self.days(found[0])]
        if not days or any(day.year != self.year for day in days):
            return
        first, last = days[0], days[-1]
        length = (last - first) // timedelta(days=1) + 1
        if any(int(told) != length for told in found.groups()[-2:] if told):
            self.findings.append(Finding(Unread.OTHER_NUMBER, found[0]))
        span = {"from": first.isoformat(), "to": last.isoformat()}
        self.off.append({"name": name, **span})

    def days(self, says: str) -> Iterator[date]:
        """The dates of a sentence; year and month stay until another one is named."""
        year, month = self.year, 0
        for one in _ONE.finditer(says):
            year, month = int(one[1] or year), int(one[2] or month)
            try:
                day = date(year, month, int(one[3]))
            except ValueError:
                self.findings.append(Finding(Unread.NO_SUCH_DAY, one[0]))
                continue
            weekday = _WEEKDAY.search(one[4] or "")
            if weekday and weekday[1].replace("天", "日") != _WEEKDAYS[day.weekday()]:
                self.findings.append(Finding(Unread.OTHER_WEEKDAY, one[0]))
            if day.year != self.year:
                self.findings.append(Finding(Unread.OTHER_YEAR, one[0]))
            yield day
