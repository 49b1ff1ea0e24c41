"""The one Jinja environment of each language: for pages, letters and documents alike."""

from collections.abc import Callable, Mapping, MutableMapping
from functools import cache, lru_cache
from io import BytesIO
from typing import Any

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    Undefined,
    pass_context,
    pass_eval_context,
    select_autoescape,
)
from jinja2.bccache import Bucket
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

from permits.settings import shipped
from permits.text import (
    amounts,
    bases,
    counter,
    days,
    figures,
    grounds,
    guidance,
    instruments,
    milestones,
    names,
    party_names,
    published,
    publishing,
    rules,
    sealed,
    shared,
    summaries,
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


_FILTERS: dict[str, Callable[..., Any]] = {
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
    "instruments": instruments.listed,
    "label_of": summaries.label,
    **names.NAMED,
    **grounds.NAMED,
    **guidance.NAMED,
    **milestones.NAMED,
    **party_names.NAMED,
    **publishing.NAMED,
}
"""Filters that need the language; each takes it as `language`."""


class Compiled(BytecodeCache):
    """Templates as they were compiled, for all languages at once: to compile one takes far longer
    than to render it, and what comes of it says nothing of a language. Kept in memory alone:
    code that lies in a file can be changed there."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept.get(bucket.key)
        if kept is not None:
            bucket.load_bytecode(BytesIO(kept))

    def dump_bytecode(self, bucket: Bucket) -> None:
        written = BytesIO()
        bucket.write_bytecode(written)
        self._kept[bucket.key] = written.getvalue()


COMPILED = Compiled()


OF_EVERY_DICT = frozenset(dir(dict))


class Quick(Environment):
    """Jinja's environment, with what pages do most done in fewer steps and with the same result:
    all templates see the globals of the environment, where Jinja keeps a chain of mappings for
    each and goes through it in Python for every import on a page; and what a dict is asked for by
    name, as the form components do for every option they may have, is not first looked for among
    its attributes, where it is not."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is not dict or attribute in OF_EVERY_DICT:
            return super().getattr(obj, attribute)
        if attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)


@cache
def environment(language: Language) -> Environment:
    """The environment of a language. Templates are read once; files ending in .html escape."""
    env = Quick(
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
        bytecode_cache=COMPILED,
    )
    env.install_gettext_translations(words(language), newstyle=True)  # type: ignore[attr-defined] # the i18n extension adds it
    env.globals["_"] = _spoken(language)
    # The components say `undefined` and `null` where they mean "not given".
    empty = Careful(obj={}, name="undefined")
    env.globals.update(language=language, undefined=empty, null=None)
    env.filters.update({name: _in(language, said) for name, said in _FILTERS.items()})
    env.filters["entry_of"] = summaries.entry
    return env


MESSAGES_KEPT = 10_000


def _spoken(language: Language) -> Callable[..., str]:
    """`_` of templates: what the extension's own does, which looks a message up and makes markup
    of it each time it stands on a page, a tenth of the time of a page with many."""

    @lru_cache(MESSAGES_KEPT)
    def unfilled(message: str, kind: type[str]) -> str:
        return kind(words(language).gettext(message))

    @lru_cache(MESSAGES_KEPT)
    def whole(message: str, kind: type[str]) -> str:
        return unfilled(message, kind) % {}

    @pass_eval_context
    def spoken(context: EvalContext, message: str, **values: Any) -> str:
        kind = Markup if context.autoescape else str
        return unfilled(message, kind) % values if values else whole(message, kind)

    return spoken


def _in(language: Language, said: Callable[..., Any]) -> Callable[..., Any]:
    """A filter in a language. It says that it wants the context, which it passes over, so that it
    is never applied to a constant while a template is compiled: that is done for all languages."""

    @pass_context
    def filtered(_context: Context, *given: Any, **named: Any) -> Any:
        return said(*given, language=language, **named)

    return filtered
