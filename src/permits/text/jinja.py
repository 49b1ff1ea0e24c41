"""The one Jinja environment of each language: for pages, letters and documents alike."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    Undefined,
    select_autoescape,
)

from permits.settings import shipped
from permits.text import (
    amounts,
    bases,
    counter,
    days,
    figures,
    grounds,
    milestones,
    names,
    party_names,
    published,
    publishing,
    rules,
    sealed,
    shared,
    voices,
)
from permits.text.words import Language, words

COMPONENTS = "govuk_frontend_jinja"


class Careful(Undefined):
    """A name or attribute that is not there is a fault of the template.

    A missing key of a mapping is only empty, and so is `caller` in a macro that is not called
    with a block: the form components take their options so.
    """

    __slots__ = ()

    def _check(self) -> None:
        if not isinstance(self._undefined_obj, Mapping) and self._undefined_name != "caller":
            self._fail_with_undefined_error()

    def __str__(self) -> str:
        self._check()
        return super().__str__()

    def __bool__(self) -> bool:
        self._check()
        return super().__bool__()

    def __iter__(self) -> Any:
        self._check()
        return super().__iter__()

    def __len__(self) -> int:
        self._check()
        return super().__len__()


_FILTERS: dict[str, Callable[..., str]] = {
    "said": names.said,
    "day": days.day,
    "short_day": days.short_day,
    "weekday": days.weekday,
    "month": days.month,
    "short_month": days.short_month,
    "moment": days.moment,
    "term": amounts.term,
    "money": amounts.money,
    "size": amounts.size,
    "number": figures.number,
    "share": figures.share,
    "track": figures.track,
    "outcome": figures.outcome,
    "worth": published.worth,
    "objection_outcome": voices.outcome,
    "objected": voices.about,
    "level": voices.level,
    "indicator": voices.indicator,
    "matter": voices.matter,
    "cited": bases.cited,
    "erased": sealed.erased,
    "clock_length": rules.clock_length,
    "due_rule": rules.due_rule,
    "purpose": counter.purpose,
    "capacity": counter.capacity,
    "scan": counter.scan,
    "shared_outcome": shared.outcome,
    "shared_answer": shared.sentence,
    **names.NAMED,
    **grounds.NAMED,
    **milestones.NAMED,
    **party_names.NAMED,
    **publishing.NAMED,
}
"""Filters that need the language; each takes it as `language`."""


@cache
def environment(language: Language) -> Environment:
    """The environment of a language. Templates are read once; files ending in .html escape."""
    env = Environment(
        loader=ChoiceLoader(
            [
                FileSystemLoader(shipped("templates")),
                PrefixLoader({COMPONENTS: PackageLoader(COMPONENTS)}),
            ]
        ),
        autoescape=select_autoescape(["html", "svg"]),
        undefined=Careful,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.install_gettext_translations(words(language), newstyle=True)  # type: ignore[attr-defined] # the i18n extension adds it
    # The components say `undefined` and `null` where they mean "not given".
    empty = Careful(obj={}, name="undefined")
    env.globals.update(language=language, undefined=empty, null=None)
    env.filters.update({n: partial(f, language=language) for n, f in _FILTERS.items()})
    return env
