"""What came of asking another office for its data, in words."""

from permits.casework.parts import SharedAnswer, SharedOutcome
from permits.text.days import day, moment
from permits.text.words import Language, words


def outcome(value: SharedOutcome, language: Language) -> str:
    """What came of the question."""
    _ = words(language).gettext
    match value:
        case "found":
            return _("Obtained by the office")
        case "not_found":
            return _("Not found there")
        case "stale":
            return _("Too old")
        case "unavailable":
            return _("Could not be asked")
        case "no_source":
            return _("No office gives it")


def source(answer: SharedAnswer, language: Language) -> str:
    """What the source is called."""
    return answer.title.get(language, "")


def sentence(answer: SharedAnswer, language: Language) -> str:
    """The whole answer in a sentence: from where, when, and what it means for the applicant."""
    _ = words(language).gettext
    filled = {
        "source": source(answer, language),
        "asked": moment(answer.asked_at, language),
        "day": day(answer.as_of, language) if answer.as_of else "",
    }
    match answer.outcome:
        case "found":
            return _("From %(source)s, asked %(asked)s; as of %(day)s.") % filled
        case "not_found":
            return _("%(source)s has none (asked %(asked)s): hand it in.") % filled
        case "stale":
            says = _(
                "What %(source)s has is too old (as of %(day)s, asked %(asked)s): hand it in."
            )
            return says % filled
        case "unavailable":
            return _("%(source)s could not be asked (%(asked)s): hand it in.") % filled
        case "no_source":
            return _("No other office gives it to this one: hand it in.")
