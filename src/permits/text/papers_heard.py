"""What the record of a hearing states (听证笔录, 行政许可法 art. 48), and what a decision that
follows it says of it."""

from collections.abc import Iterator, Mapping

from permits.casework.case import Case
from permits.casework.heard import Attendance, Hearing
from permits.definitions.procedure import Milestone
from permits.definitions.schema import Definition
from permits.text import names
from permits.text.days import day
from permits.text.words import Language, words

Stated = tuple[str, str]
"""What a fact is called, and what it is."""

Texts = Mapping[str, str]
"""What was sealed, by its seal; or the names of officers, by account."""


def minuted(held: Hearing, values: Texts, people: Texts, language: Language) -> list[Stated]:
    """When, where and before whom it was held, and what was said."""
    _ = words(language).gettext
    erased = _("(erased)")
    return [
        (_("Held on"), day(held.held_on, language) if held.held_on else ""),
        (_("Hour and place"), values.get(held.place or "") or erased),
        (_("Open to the public"), names.excepted(held.excepted, language)),
        (_("Who presided"), people.get(held.chair, "")),
        (_("Who wrote it down"), people.get(held.recorder, "")),
        (_("Record"), values.get(held.record or "") or erased),
    ]


def took_part(held: Hearing, values: Texts, language: Language) -> list[Stated]:
    """Who was to be heard or took part besides: whether they came and signed, or why not."""
    return [
        (titled(one, values, language), signed(one, values, language)) for one in held.attendance
    ]


def titled(one: Attendance, values: Texts, language: Language) -> str:
    """As what somebody took part, and who it was, if the reader is told."""
    _ = words(language).gettext
    who = names.attends_titled(one.who, language)
    if one.name is None:
        return who
    return f"{who}{_(': ')}{values.get(one.name) or _('(personal, not shown)')}"


def signed(one: Attendance, values: Texts, language: Language) -> str:
    """Whether somebody signed, and why not."""
    _ = words(language).gettext
    told = names.sign(one.sign, language)
    if one.reason is None:
        return told
    return f"{told}{_(': ')}{values.get(one.reason) or _('(erased)')}"


def decided_on(case: Case, definition: Definition, language: Language) -> Iterator[Stated]:
    """The record a decision follows."""
    held = case.hearing
    drawn = [one for one in case.documents if one.milestone == Milestone.HEARING_HELD]
    if held is None or held.held_on is None or not drawn:
        return
    _ = words(language).gettext
    title = definition.documents[drawn[-1].document].title.in_(language)
    says = _("%(title)s %(number)s, hearing of %(day)s")
    yield (
        _("Record it is decided on"),
        says % {"title": title, "number": drawn[-1].number, "day": day(held.held_on, language)},
    )
