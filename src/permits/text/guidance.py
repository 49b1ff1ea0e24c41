"""What the closed sets of a guide are called: kinds of items, ways to apply, powers."""

from collections.abc import Callable
from typing import Literal

from permits.definitions.guidance import Category, Depth, Kind, Power
from permits.definitions.procedure import SpecialCause
from permits.definitions.schema import Definition
from permits.text.names import said
from permits.text.words import Language, words


def category(value: Category, language: Language) -> str:
    """The kind of power that is used."""
    _ = words(language).gettext
    match value:
        case "licence":
            return _("administrative licence")
        case "confirmation":
            return _("administrative confirmation")
        case "filing":
            return _("filing for the record")
        case "charge":
            return _("charge")


def kind(value: Kind, language: Language) -> str:
    """Whether it is decided on the spot or by a promised limit."""
    _ = words(language).gettext
    match value:
        case "on_the_spot":
            return _("decided on the spot")
        case "promised":
            return _("decided by the promised limit")


def depth(value: Depth, language: Language) -> str:
    """How far one comes online."""
    _ = words(language).gettext
    match value:
        case "advice":
            return _("advice online")
        case "filing":
            return _("filing online")
        case "acceptance":
            return _("filing and acceptance online")
        case "whole":
            return _("everything online")


def power(value: Power, language: Language) -> str:
    """Where the office has its power from."""
    _ = words(language).gettext
    match value:
        case "own":
            return _("its own by law")
        case "delegated":
            return _("delegated by a rule")
        case "entrusted":
            return _("entrusted by another office")


def serves(value: Literal["organisation", "person"], language: Language) -> str:
    """Whom an item is for."""
    _ = words(language).gettext
    match value:
        case "organisation":
            return _("organisations")
        case "person":
            return _("natural persons")


def channel(value: Literal["online", "counter"], language: Language) -> str:
    """How one applies."""
    _ = words(language).gettext
    match value:
        case "online":
            return _("on this site")
        case "counter":
            return _("at the counter, on paper")


NAMED: dict[str, Callable[..., str]] = {
    "category": category,
    "item_kind": kind,
    "depth": depth,
    "held_power": power,
    "serves": serves,
    "channel": channel,
}
"""Every name by the filter that gives it."""


def suspends(cause: SpecialCause, definition: Definition, language: Language) -> tuple[str, ...]:
    """The time limits towards which the time of a special procedure does not count."""
    return tuple(
        said(clock.title, language)
        for clock in definition.clocks.values()
        if cause in clock.suspended_by
    )
