"""Why a case has to wait for others of its project, and what would open the way."""

from collections.abc import Sequence

from permits.definitions.schema import Definition
from permits.text.words import Language, words


def at_gate(about: Sequence[str], definition: Definition | None, language: Language) -> list[str]:
    """The gate, then everything that shuts it: in which case, what is owed, what settles it.

    `about` is as a refusal at a gate gives it: the gate, and of each that shuts it the number of
    the case, what is owed in Chinese and in English, and what settles it.
    """
    name, *rest = about
    holds = [rest[n : n + 4] for n in range(0, len(rest), 4)]
    told = [owed(number, en if language == "en" else zh, opens, language)
            for number, zh, en, opens in holds]  # fmt: skip
    return [gate(name, definition, language), *told]


def gate(name: str, definition: Definition | None, language: Language) -> str:
    """What a gate is called; the id if the definition does not know it."""
    known = definition.gates.get(name) if definition is not None else None
    return known.title.in_(language) if known is not None else name


def owed(number: str, title: str, opens: str, language: Language) -> str:
    """What holds a gate shut, and what opens it."""
    _ = words(language).gettext
    says = {
        "report": _("case %(number)s still owes “%(title)s”; it opens when that is reported"),
        "verification": _(
            "case %(number)s still owes “%(title)s”; it opens when the office has checked that"
            " and found it right"
        ),
        "payment": _("case %(number)s still owes “%(title)s”; it opens when that is paid"),
    }
    return says[opens] % {"number": number, "title": title}
