"""What verification found amiss, in one sentence that says where and what it means."""

from permits.evidence.findings import Amiss, Finding
from permits.text.words import Language, words


def sentence(finding: Finding, language: Language) -> str:
    """The sentence for a finding, with where it is."""
    _ = words(language).gettext
    says = _says(finding, language)
    if not finding.seq:
        return f"{finding.where}: {says}"
    place = _("%(where)s, event %(seq)s") % {"where": finding.where, "seq": finding.seq}
    return f"{place}: {says}"


def _says(finding: Finding, language: Language) -> str:
    values = dict(zip(("one", "two", "three"), (*finding.says, "", "", ""), strict=False))
    return _sentence(finding.what, language) % values


def _sentence(what: Amiss, language: Language) -> str:
    _ = words(language).gettext
    match what:
        case Amiss.UNREADABLE:
            return _("the record cannot be read.")
        case Amiss.OUT_OF_PLACE:
            return _("an event is missing before it, or it stands in the wrong place.")
        case Amiss.CHANGED:
            return _("it does not continue what stands before it: one of the two was changed.")
        case Amiss.ROW_DIFFERS:
            return _("its row names it otherwise than its record does.")
        case Amiss.CUT_OFF:
            return _("events were cut off at the end, or added.")
        case Amiss.UNPLACED:
            return _("it has no place in the log under this checkpoint yet; export again.")
        case Amiss.NOT_INCLUDED:
            return _("it is not what stands at place %(one)s of the log: it was changed.")
        case Amiss.NOT_WAITING:
            return _("it has no place in the log and does not wait for one.")
        case Amiss.PLACE_EMPTY:
            return _("nothing stands at place %(one)s, though something stands after it.")
        case Amiss.PLACE_DIFFERS:
            return _("it is not what stands at its place %(one)s of the log: it was changed.")
        case Amiss.PLACE_UNKNOWN:
            return _("the log has a place for it, and it is not there: it was removed.")
        case _:
            return _of_the_tree(what, language)


def _of_the_tree(what: Amiss, language: Language) -> str:
    _ = words(language).gettext
    match what:
        case Amiss.HASH_MISSING:
            return _("the hash at level %(one)s, place %(two)s, is missing.")
        case Amiss.HASH_DIFFERS:
            return _("the hash at level %(one)s, place %(two)s, is not that of what is below.")
        case Amiss.HASH_UNKNOWN:
            return _("the hash at level %(one)s, place %(two)s, is over nothing.")
        case Amiss.NOT_A_NOTE:
            return _("what should be a signed checkpoint is none.")
        case Amiss.NOT_SIGNED:
            return _("the checkpoint is not signed by a key that is trusted, or was changed.")
        case Amiss.NOTE_DIFFERS:
            return _("what was signed is not what is kept beside it.")
        case Amiss.NOTE_MISSING:
            return _("the checkpoint of %(one)s events is missing: it was taken out.")
        case Amiss.ROOT_DIFFERS:
            return _(
                "the first %(one)s events are not those that were signed for: the log was"
                " changed after that."
            )
        case Amiss.ROLLED_BACK:
            return _(
                "%(one)s events were signed for, and the log has %(two)s: it was cut, or put"
                " back to an earlier state."
            )
        case Amiss.STAMP_DIFFERS:
            return _("the time stamp is not of this checkpoint.")
        case _:
            return _of_the_rules(what, language)


def _of_the_rules(what: Amiss, language: Language) -> str:
    _ = words(language).gettext
    match what:
        case Amiss.DEFINITION_MISSING:
            return _("the definition %(one)s by which this was decided is not there.")
        case Amiss.DEFINITION_ALTERED:
            return _("the definition %(one)s is not what was published.")
        case Amiss.TEXT_MISSING:
            return _("the text %(one)s that was signed is not there.")
        case Amiss.TEXT_ALTERED:
            return _("the text %(one)s is not what was signed.")
        case Amiss.TEXT_UNNAMED:
            return _("the text %(one)s is there, and no signature names it.")
        case Amiss.CALENDAR_MISSING:
            return _("the calendar %(one)s by which a date was reckoned was never published.")
        case Amiss.UNKNOWN_EVENT:
            return _("%(one)s is no event that this program knows, or of another shape.")
        case Amiss.CANNOT_FOLLOW:
            return _("this cannot have happened after what stands before it (%(one)s).")
        case Amiss.NOT_ALLOWED:
            return _("the action “%(one)s” does not lead from here to there.")
        case Amiss.NOT_THEIRS:
            return _("%(one)s may not do this as %(two)s.")
        case Amiss.RULE_BROKEN:
            return _("the action “%(one)s” breaks a rule (%(two)s).")
        case Amiss.OUT_OF_TIME:
            return _("it was written at a time at which it cannot have been: %(one)s.")
        case Amiss.FACT_DIFFERS:
            return _("%(one)s is %(two)s; by the rules it is %(three)s.")
        case Amiss.DUE_DIFFERS:
            return _("the date %(one)s is %(two)s; reckoned anew it is %(three)s.")
        case Amiss.MISSING_EVENT:
            return _("%(one)s should follow, and does not.")
        case Amiss.EXTRA_EVENT:
            return _("%(one)s follows, and nothing brings it about.")
        case Amiss.FIGURE_DIFFERS:
            return _("the office says that %(one)s is %(two)s; by its events it is %(three)s.")
        case _:
            return _("a table says otherwise than the log: %(one)s")
