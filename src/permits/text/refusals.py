"""Why something was not done, in one sentence: what is wrong, where, and what to do."""

from collections.abc import Callable, Iterable

from permits.casework.counter import AUTHORISATION, PAPER
from permits.casework.refusals import Reason, Refused
from permits.definitions.schema import Definition
from permits.text import entitlement_refusals, grounds, names, waiting
from permits.text.amounts import money, term
from permits.text.days import day
from permits.text.reasons import says
from permits.text.titles import field_title, title_of
from permits.text.words import Language, words


def sentence(refused: Refused, definition: Definition | None, language: Language) -> str:
    """The sentence for a refusal. `definition` gives the names of what it speaks of; without it
    the ids stand."""
    if refused.reason is Reason.GATE_SHUT:
        told = waiting.at_gate(refused.about, definition, language)
    else:
        told = [_name(one, refused.reason, definition, language) for one in refused.about]
    first, *rest = told or [""]
    filled = {
        "what": _list(told, language),
        "first": first,
        "then": _list(rest, language),
        "day": _day(refused, language),
        "money": _money(refused, language),
        "term": _term(refused, language),
    }
    return says(refused, language) % filled


def _list(found: Iterable[str], language: Language) -> str:
    return ("、" if language == "zh" else "; ").join(found)


def _day(refused: Refused, language: Language) -> str:
    dated = (
        Reason.NOT_IN_FORCE,
        Reason.DATE_NOT_LAWFUL,
        Reason.SILENCE_ACCEPTED,
        Reason.SUPPLY_ENDED,
        Reason.BARRED,
        Reason.HEARING_TOO_SOON,
        Reason.HEARING_TOO_LATE,
        Reason.ASKED_TOO_LATE,
        Reason.TERM_ENDED,
        Reason.OFFERS_OPEN,
        Reason.NOTICE_OVER,
        Reason.NOTICE_RUNNING,
    )
    return day(refused.about[0], language) if refused.reason in dated else ""


def _money(refused: Refused, language: Language) -> str:
    """What is open on a fee, in fen as a refusal names it."""
    told = (Reason.FEE_UNPAID, Reason.AMOUNT_NOT_LAWFUL)
    return money(int(refused.about[1]), language) if refused.reason in told else ""


def _term(refused: Refused, language: Language) -> str:
    """The longest term that may be given."""
    return term(refused.about[0], language) if refused.reason is Reason.TERM_TOO_LONG else ""


def _name(name: str, reason: Reason, definition: Definition | None, language: Language) -> str:
    """What a refusal speaks of, as the definition calls it; the id if it does not know it."""
    _ = words(language).gettext
    if reason in _OF_CLOSED_SETS:
        return _OF_CLOSED_SETS[reason](name, language)
    known = {
        "file": _("filing"),
        "opinion": _("deciding without an opinion"),
        "supply": _("supplying materials later"),
        "notice_revocation": _("notice of an intended revocation"),
        "state_case": _("stating one's case"),
        "hearing": _("hearing"),
        "recusal": _("recusal"),
        "renewal": _("renewal"),
        "term": _("the term of the grant"),
        "amendment": _("a change of the grant"),
        "annulment": _("entering an annulment"),
        "remove": _("removing a file that was handed in"),
        "on_the_spot": _("putting errors right on the spot"),
        PAPER: _("the signed paper"),
        AUTHORISATION: _("the written authorisation"),
        **entitlement_refusals.known(language),
    }
    if definition is None:
        return known.get(name, name)
    return _title(name, reason, definition, language) or known.get(name, name)


_OF_CLOSED_SETS: dict[Reason, Callable[[str, Language], str]] = {
    Reason.NOT_YOURS: names.role,
    Reason.CAUSE_NOT_LAWFUL: grounds.cause,
    Reason.STAGE_SKIPPED: names.stage,
    Reason.STAGE_COVERED: names.stage,
    Reason.NOT_SETTLED: names.settled,
    Reason.RECORD_INCOMPLETE: names.attends,
}
"""Reasons that speak of a word of a closed list, and what gives its name."""


def _title(name: str, reason: Reason, definition: Definition, language: Language) -> str | None:
    """The same word may name a question, an exclusion and a condition: the reason says which."""
    match reason:
        case Reason.EXCLUDED:
            excluded = definition.exclusions.get(name)
            return excluded.says.in_(language) if excluded else None
        case Reason.CONDITION_UNMET | Reason.TRACK_SHUT | Reason.NOT_ADMITTED:
            condition, row = definition.conditions.get(name), definition.list.get(name)
            said = condition.says if condition else row.title if row else None
            return said.in_(language) if said else None
        case Reason.COMMITMENT_UNSIGNED | Reason.NOTICE_CHANGED | Reason.SIGNED_UNASKED:
            return _signature(definition, name, language)
        case Reason.BAD_ANSWERS | Reason.NO_SUCH_FIELD | Reason.NOT_AMENDABLE:
            return field_title(definition, name.removeprefix("field."), language)
        case _:
            return title_of(definition, name.removeprefix("material."), language)


def _signature(definition: Definition, key: str, language: Language) -> str | None:
    """A commitment, and whose signature under it, if not the applicant's."""
    commitment, _, role = key.partition(".")
    title = title_of(definition, commitment, language)
    signer = definition.signers.get(role)
    return f"{title} ({signer.title.in_(language)})" if title and signer else title
