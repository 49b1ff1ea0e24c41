"""`permits due`: when a term ends, and what every day of it was."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from permits.casework.due_dates import Length, Pause
    from permits.casework.due_explained import ExplainedDay, Explanation
    from permits.casework.working_days import WorkingDays

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "),
}
_SAYS = {
    "zh": {
        "bad_date": "不是可用的日期；应写作 YYYY-MM-DD，在 {earliest} 至 {latest} 之间",
        "bad_length": "不是可用的期限；应写作整数加 wd（工作日，至多 {wd}）、d（日，至多 {d}）"
        "或 m（月，至多 {m}），例如 7wd、60d、2m",
        "bad_pause": "不是中止期间；应写作 FROM..TO，尚未恢复的写作 FROM..",
        "backward": "结束早于开始；FROM 不得晚于 TO",
        "too_long": "使期限在 {latest} 之后届满；请写较短的期限",
        "due": "到期日：{day}（{weekday}）",
        "suspended": "期限中止尚未恢复，暂无到期日。",
        "provisional": "暂定：{years}年的放假安排尚未公布，有关日期暂按周一至周五工作计算；"
        "不得据此作出任何处理。",
        "term": "自 {start} 起，期限 {length}",
        "head": "日期        星期  计数  说明",
        "notices": "依据：",
        "start_day": "起算当日，不计入",
        "counted": "计入",
        "make_up_day": "调休上班日，计入",
        "weekend": "周末，不计入",
        "holiday": "放假，不计入",
        "paused": "中止期间，不计入",
        "rolled_over": "休息日，期限不在此日届满，顺延",
        "last_day": "顺延后的届满日",
        "year_not_published": "该年放假安排尚未公布，暂按周一至周五工作计算",
    },
    "en": {
        "bad_date": "is not a usable date; write YYYY-MM-DD, from {earliest} to {latest}",
        "bad_length": "is not a usable length; write a whole number and wd (working days, at most"
        " {wd}), d (days, at most {d}) or m (months, at most {m}), such as 7wd, 60d or 2m",
        "bad_pause": "is not a pause; write FROM..TO, or FROM.. if it is still open",
        "backward": "ends before it begins; FROM must not be later than TO",
        "too_long": "lets the term end after {latest}; write a shorter one",
        "due": "Due: {day} ({weekday})",
        "suspended": "The term is suspended and has no due date yet.",
        "provisional": "Provisional: the calendar of {years} is not published, and days there were"
        " taken as if Monday to Friday were worked; nothing may be done because of this date.",
        "term": "From {start}, {length}",
        "head": "Date        Day    No.  Reason",
        "notices": "Basis:",
        "start_day": "the start day is not counted",
        "counted": "counted",
        "make_up_day": "make-up working day, counted",
        "weekend": "weekend, not counted",
        "holiday": "holiday, not counted",
        "paused": "suspended, not counted",
        "rolled_over": "a rest day, the term cannot end here",
        "last_day": "the working day to which the end moved",
        "year_not_published": "calendar not published, taken as if Monday to Friday were worked",
    },
}


class Language(StrEnum):
    """The languages the answer can be given in."""

    ZH = "zh"
    EN = "en"


def due(
    start: Annotated[str, typer.Argument(metavar="START", help="The day it starts, YYYY-MM-DD.")],
    length: Annotated[
        str,
        typer.Argument(metavar="LENGTH", help="7wd (working days), 60d (days) or 2m (months)."),
    ],
    *,
    pause: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FROM..TO",
            help="A suspension: FROM still counts, TO is the last day left out; FROM.. is open.",
        ),
    ] = None,
    extend: Annotated[
        list[str] | None, typer.Option(metavar="LENGTH", help="An extension of the term.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Annotated[Language, typer.Option(help="The language of the answer.")] = Language.ZH,
) -> None:
    """Reckon a due date and explain every day up to it."""
    from permits.casework.due_dates import OutOfRange
    from permits.casework.due_explained import explain

    begins = _day("START", start, lang)
    term = [_length("LENGTH", length, lang)]
    term += [_length("--extend", written, lang) for written in extend or ()]
    pauses = [_pause(written, lang) for written in pause or ()]
    try:
        found = explain(_calendar(), begins, term[0], pauses, term[1:])
    except OutOfRange:
        _refuse("LENGTH", length, "too_long", lang)
    if as_json:
        encoded = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        answer = _plain(found, term, pause or (), lang)
        typer.echo(json.dumps(answer, ensure_ascii=not encoded, indent=2))
    else:
        typer.echo("\n".join(_table(found, term, lang)))


def _calendar() -> "WorkingDays":
    from permits.casework.working_days import WorkingDays, published
    from permits.definitions.calendar_file import read_calendar
    from permits.settings import shipped

    text = (shipped("workflows") / "shared" / "calendar.yaml").read_text(encoding="utf-8")
    return WorkingDays(published(year.record()) for year in read_calendar(text))


def _refuse(argument: str, written: str, what: str, lang: Language) -> NoReturn:
    from permits.casework.due_dates import EARLIEST, LATEST, MOST

    says = _SAYS[lang][what].format(earliest=EARLIEST, latest=LATEST, **MOST)
    typer.echo(f"{argument}: '{written}' {says}", err=True)
    raise typer.Exit(2)


def _day(argument: str, written: str, lang: Language) -> date:
    from permits.casework.due_dates import EARLIEST, LATEST

    try:
        day = date.fromisoformat(written) if _DATE.fullmatch(written) else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        _refuse(argument, written, "bad_date", lang)
    return day


def _length(argument: str, written: str, lang: Language) -> "Length":
    from permits.casework.due_dates import BadLength, Length

    try:
        return Length.parse(written)
    except BadLength:
        _refuse(argument, written, "bad_length", lang)


def _pause(written: str, lang: Language) -> "Pause":
    from permits.casework.due_dates import BadPause, Pause

    first, dots, last = written.partition("..")
    if not dots:
        _refuse("--pause", written, "bad_pause", lang)
    begins = _day("--pause", first, lang)
    ends = _day("--pause", last, lang) if last else None
    try:
        return Pause(begins, ends)
    except BadPause:
        _refuse("--pause", written, "backward", lang)


def _plain(
    found: "Explanation", term: Sequence["Length"], pauses: Sequence[str], lang: Language
) -> dict[str, object]:
    days = [
        {
            "date": day.date.isoformat(),
            "counted": day.counted,
            "number": day.number,
            "reason": day.reason.value,
            "text": _text(day, lang),
        }
        for day in found.days
    ]
    answer: dict[str, object] = {
        "start": found.days[0].date.isoformat(),
        "length": str(term[0]),
        "extensions": [str(extension) for extension in term[1:]],
        "pauses": list(pauses),
        "due": found.due.isoformat() if found.due else None,
        "provisional": found.provisional,
        "days": days,
    }
    if found.provisional:
        answer["unknown_years"] = list(found.unknown_years)
    notes = list(_notes(found, lang))
    return {**answer, "note": " ".join(notes)} if notes else answer


def _table(found: "Explanation", term: Sequence["Length"], lang: Language) -> Iterator[str]:
    says = _SAYS[lang]
    if found.due is not None:
        yield says["due"].format(day=found.due, weekday=_weekday(found.due, lang).strip())
    yield from _notes(found, lang)
    yield says["term"].format(start=found.days[0].date, length=" + ".join(map(str, term)))
    yield ""
    yield says["head"]
    for day in found.days:
        number = "" if day.number is None else str(day.number)
        yield f"{day.date}  {_weekday(day.date, lang)}  {number:>4}  {_text(day, lang)}"
    notices = {day.notice.cited for day in found.days if day.notice}
    if notices:
        yield ""
        yield says["notices"]
        yield from sorted(notices)


def _notes(found: "Explanation", lang: Language) -> Iterator[str]:
    if found.due is None:
        yield _SAYS[lang]["suspended"]
    if found.provisional:
        years = ("、" if lang is Language.ZH else ", ").join(map(str, found.unknown_years))
        yield _SAYS[lang]["provisional"].format(years=years)


def _weekday(day: date, lang: Language) -> str:
    return _WEEKDAYS[lang][day.weekday()]


def _text(day: "ExplainedDay", lang: Language) -> str:
    says = _SAYS[lang][day.reason.value]
    if day.name is None or day.notice is None:
        return says
    source = day.notice.number or day.notice.title
    if lang is Language.ZH:
        return f"{says}（{day.name.zh}，{source}）"
    return f"{says} ({day.name.en}, {source})"
