"""What is said about cases, in words: outcomes, levels, indicators, matters."""

from permits.casework.voices.events import About, Indicator, Matter, Outcome
from permits.text.words import Language, words

INDICATORS: tuple[Indicator, ...] = ("efficiency", "guide", "convenience", "platform")
OUTCOMES: tuple[Outcome, ...] = ("upheld", "partly", "dismissed")


def outcome(value: Outcome, language: Language) -> str:
    """What came of an objection."""
    _ = words(language).gettext
    match value:
        case "upheld":
            return _("The objection is upheld")
        case "partly":
            return _("The objection is upheld in part")
        case "dismissed":
            return _("The objection is dismissed")


def about(value: About, language: Language) -> str:
    """What is objected to."""
    _ = words(language).gettext
    return _("the coming decision") if value == "notice" else _("the published decision")


def level(value: int, language: Language) -> str:
    """One of the five levels of a rating."""
    _ = words(language).gettext
    match value:
        case 5:
            return _("Very satisfied")
        case 4:
            return _("Satisfied")
        case 3:
            return _("Fairly satisfied")
        case 2:
            return _("Dissatisfied")
        case _:
            return _("Very dissatisfied")


def levels(language: Language) -> list[tuple[str, str]]:
    """The five levels as a form offers them, the best first."""
    return [(str(one), level(one, language)) for one in (5, 4, 3, 2, 1)]


def indicator(value: Indicator | str, language: Language) -> str:
    """What else a rating speaks of."""
    _ = words(language).gettext
    match value:
        case "efficiency":
            return _("How quickly it was dealt with")
        case "guide":
            return _("How accurate the service guide is")
        case "convenience":
            return _("How convenient it was")
        case _:
            return _("How well the site works")


def matter(value: Matter | str, language: Language) -> str:
    """What of a case is rated."""
    _ = words(language).gettext
    match value:
        case "amendment":
            return _("the change of what was granted")
        case "renewal":
            return _("the renewal")
        case _:
            return _("the case up to its result")
