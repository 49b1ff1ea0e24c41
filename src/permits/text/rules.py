"""Rules about time as a definition states them, in words."""

from permits.definitions.duties import After, ClockLength, Due
from permits.text import amounts, milestones
from permits.text.words import Language, words


def clock_length(rule: ClockLength, language: Language) -> str:
    """How long a clock runs, before it is known for which case."""
    _ = words(language).gettext
    if rule.fixed is not None:
        return amounts.term(rule.fixed, language)
    if rule.stated:
        return _("as long as the written notice states")
    if rule.least:
        inner = _or(language).join(clock_length(one, language) for one in rule.least)
        return _("the shortest of: %(terms)s") % {"terms": inner}
    promised = _("the promised limit of the track")
    says = promised if rule.track == "promised" else _("the statutory limit of the track")
    if rule.less is None:
        return says
    less = {"limit": says, "less": amounts.term(rule.less, language)}
    return _("%(limit)s less %(less)s") % less


def due_rule(due: Due, language: Language) -> str:
    """By when something is due, before the milestones have come."""
    _ = words(language).gettext
    told = [_after(one, language) for one in due.earliest]
    if len(told) == 1:
        return told[0]
    return _("the earliest of: %(dates)s") % {"dates": _or(language).join(told)}


def _after(after: After, language: Language) -> str:
    _ = words(language).gettext
    milestone = milestones.milestone(after.milestone, language)
    if after.plus.startswith("0"):
        return _("at %(milestone)s") % {"milestone": milestone}
    filled = {"term": amounts.term(after.plus, language), "milestone": milestone}
    return _("within %(term)s of %(milestone)s") % filled


def _or(language: Language) -> str:
    return "；" if language == "zh" else "; "
