"""Days and instants in words. Days are those of Beijing time."""

from datetime import date, datetime

from permits.casework.dates import BEIJING
from permits.text.words import Language

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def _as_date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def day(value: date | str, language: Language) -> str:
    """`2022年6月9日` or `9 June 2022`."""
    found = _as_date(value)
    if language == "zh":
        return f"{found.year}年{found.month}月{found.day}日"
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def short_day(value: date | str, language: Language) -> str:
    """A day where the year is known: `6月9日` or `9 June`."""
    found = _as_date(value)
    if language == "zh":
        return f"{found.month}月{found.day}日"
    return f"{found.day} {_MONTHS[found.month - 1]}"


def month(value: date | str, language: Language) -> str:
    """`2022年6月` or `June 2022`."""
    found = _as_date(value)
    if language == "zh":
        return f"{found.year}年{found.month}月"
    return f"{_MONTHS[found.month - 1]} {found.year}"


def short_month(value: date | str, language: Language) -> str:
    """A month where the year is known: `6月` or `Jun`."""
    found = _as_date(value)
    return f"{found.month}月" if language == "zh" else _MONTHS[found.month - 1][:3]


def weekday(value: date | str, language: Language) -> str:
    """`周四` or `Thu`."""
    return _WEEKDAYS[language][_as_date(value).weekday()]


def moment(value: datetime | str, language: Language) -> str:
    """An instant in Beijing time: `2022年6月9日 09:05` or `9 June 2022, 09:05`."""
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    here = instant.astimezone(BEIJING)
    gap = " " if language == "zh" else ", "
    return f"{day(here.date(), language)}{gap}{here:%H:%M}"
