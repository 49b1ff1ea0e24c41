"""What keeps a State Council's notice from being read, in words."""

from collections.abc import Iterable, Sequence

from permits.definitions.holiday_notice import Finding, Unread
from permits.text.words import Language, words

MOST_WORDS = 5
"""How many places with the same fault are told of."""


def sentences(findings: Iterable[Finding], language: Language) -> list[str]:
    """What is wrong, and what to do about it: each fault once, with the places that have it."""
    found: dict[Unread, list[str]] = {}
    for one in findings:
        found.setdefault(one.why, []).append(one.words)
    return [_sentence(why, places, language) for why, places in found.items()]


def _sentence(why: Unread, places: Sequence[str], language: Language) -> str:
    _ = words(language).gettext
    says = {
        Unread.NO_TITLE: _(
            "Paste the whole notice, with its title: 国务院办公厅关于…年部分节假日安排的通知"
        ),
        Unread.NO_NUMBER: _("The number of the notice is missing, such as 国办发明电〔2025〕7号"),
        Unread.NO_DAYS: _("The notice says nothing of any holiday; paste it whole"),
        Unread.UNKNOWN_HOLIDAY: _("There is no holiday called “%(words)s”; send a file instead"),
        Unread.UNKNOWN_SENTENCE: _(
            "This sentence cannot be read for sure; send a file instead: “%(words)s”"
        ),
        Unread.NO_SUCH_DAY: _("There is no such day: “%(words)s”"),
        Unread.OTHER_WEEKDAY: _("The day of the week does not fit the date: “%(words)s”"),
        Unread.OTHER_NUMBER: _("The number of days does not fit the dates: “%(words)s”"),
        Unread.OTHER_YEAR: _(
            "This day lies in another year, which is to be given anew with it; send a file with"
            " both years: “%(words)s”"
        ),
        Unread.CONTRADICTS: _("The days do not go together: %(words)s"),
    }[why]
    if not any(places):
        return says
    more = " …" if len(places) > MOST_WORDS else ""
    return says % {"words": "”, “".join(places[:MOST_WORDS])} + more
