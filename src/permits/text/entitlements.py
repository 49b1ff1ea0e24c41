"""What closed sets of entitlements are called, and what is wrong with a register's file."""

from permits.casework.entitlement.claim_events import RecoveryGround, ReturnCause
from permits.casework.entitlement.claims import Route, Standing
from permits.casework.entitlement.matching import MatchOutcome
from permits.casework.entitlement.register import Fault
from permits.casework.entitlement.rounds import ObjectionKind, Stage
from permits.definitions.conditions import Plain
from permits.definitions.policies.editions import FACTS, PolicyEdition
from permits.definitions.policies.periods import Period, parse
from permits.definitions.policies.schema import GroupRule, Order, Policy
from permits.text.figures import number
from permits.text.words import Language, words


def period(value: str | Period, language: Language) -> str:
    """`2022` as `2022年`, `2022Q2` as `2022年第2季度` or `2nd quarter`."""
    found = parse(value) if isinstance(value, str) else value
    if found is None:
        return str(value)
    if language == "zh":
        return f"{found.year}年第{found.quarter}季度" if found.quarter else f"{found.year}年"
    return f"Q{found.quarter} {found.year}" if found.quarter else str(found.year)


def stage(value: Stage | str, language: Language) -> str:
    """How far a round has come."""
    _ = words(language).gettext
    return {
        "matched": _("Matched, not published"),
        "offered": _("Asked to confirm"),
        "published": _("Open to objections"),
        "settled": _("List settled"),
        "dropped": _("Dropped"),
    }[value]


def standing(value: Standing | str, language: Language) -> str:
    """Where a claim stands."""
    _ = words(language).gettext
    return {
        "offered": _("To be confirmed"),
        "declined": _("Declined"),
        "closed": _("Not confirmed in time, closed"),
        "taken_off": _("Taken off the list"),
        "confirmed": _("Confirmed"),
        "applied": _("Applied for"),
        "examined": _("Examined, to be decided"),
        "refused": _("Application refused"),
        "ordered": _("Ordered to be paid"),
        "paid": _("Paid out"),
        "returned": _("Returned by the bank"),
        "corrected": _("To be paid again"),
        "recovering": _("To be paid back"),
        "recovered": _("Paid back"),
    }[value]


def outcome(value: MatchOutcome | str, language: Language) -> str:
    """What came out for an enterprise."""
    _ = words(language).gettext
    return {
        "candidate": _("Entitled"),
        "unmet": _("Conditions not met"),
        "excluded": _("Excluded"),
        "covered": _("Covered by another award"),
        "settled": _("Has something of this period already"),
    }[value]


def route(value: Route | str, language: Language) -> str:
    """How a claim came about."""
    _ = words(language).gettext
    return {"matched": _("Without application"), "applied": _("On application")}[value]


def objection_kind(value: ObjectionKind | str, language: Language) -> str:
    """What an objection is for."""
    _ = words(language).gettext
    return {"remove": _("Take off the list"), "add": _("Add to the list")}[value]


def return_cause(value: ReturnCause | str, language: Language) -> str:
    """Why the bank returned a payment."""
    _ = words(language).gettext
    return {
        "account": _("Wrong account"),
        "closed_account": _("The account is closed"),
        "other": _("Another reason"),
    }[value]


def recovery_ground(value: RecoveryGround | str, language: Language) -> str:
    """Why a payment is demanded back."""
    _ = words(language).gettext
    return {
        "false_data": _("The data were false"),
        "not_entitled": _("There was no entitlement"),
        "overpaid": _("Too much was paid"),
        "office_error": _("A mistake of the office"),
    }[value]


def order(value: Order | str, language: Language) -> str:
    """What comes first."""
    _ = words(language).gettext
    return {
        "notice_first": _("Public notice first, then confirmation"),
        "confirm_first": _("Confirmation first, then public notice"),
    }[value]


def group_rule(value: GroupRule | str, language: Language) -> str:
    """How other awards of a group count."""
    _ = words(language).gettext
    return {
        "highest_only": _("Of one group only the highest is paid for a period"),
        "difference": _("What the group paid before is deducted"),
    }[value]


def asked(name: str, policy: Policy, language: Language) -> str:
    """What a column or a fact of the run is called."""
    column = policy.columns.get(name)
    return (column.title if column is not None else FACTS[name].title).in_(language)


def source(name: str, policy: Policy, language: Language) -> str:
    """Who says what a condition asks: a source of the register, or the office itself."""
    column = policy.columns.get(name)
    if column is None:
        return words(language).gettext("the run itself")
    return policy.register_of.sources[column.source].in_(language)


def value(name: str, found: Plain | None, edition: PolicyEdition, language: Language) -> str:
    """A value as people read it."""
    _ = words(language).gettext
    column = edition.policy.columns.get(name)
    if found is None:
        return _("not known")
    if isinstance(found, bool):
        return _("Yes") if found else _("No")
    if column is not None and column.type == "choice":
        return column.options[str(found)].in_(language)
    if isinstance(found, int):
        return _number(name, found, edition, language)
    return found


def _number(name: str, found: int, edition: PolicyEdition, language: Language) -> str:
    column = edition.policy.columns.get(name)
    if column is None or column.unit is None or column.unit.en == "year":
        return str(found)
    return f"{number(found, language)} {column.unit.of(found, language)}"


def fault(found: Fault, language: Language) -> str:
    """What is wrong in a line of a register's file, and what to do about it."""
    _ = words(language).gettext
    where = _("Line %(line)d") % {"line": found.line}
    if found.column:
        where = _("Line %(line)d, column %(column)s") % {
            "line": found.line,
            "column": found.column,
        }
    filled = {"found": found.found, "wanted": found.wanted}
    return _("%(where)s: %(says)s") % {"where": where, "says": _fault(found, language) % filled}


def _fault(found: Fault, language: Language) -> str:
    _ = words(language).gettext
    match found.problem:
        case "encoding":
            return _("this is not UTF-8; save the file as UTF-8")
        case "too_large":
            return _("the file is too large, more than %(wanted)s; split it")
        case "empty":
            return _("the file holds no enterprise; its first line names the columns")
        case "unknown_column":
            return _("the register has no such column; it has %(wanted)s")
        case "missing_column":
            return _("this column is missing; add it")
        case "twice_column":
            return _("this column stands twice; keep one")
        case "cells":
            return _("there are %(found)s cells, and %(wanted)s columns; look for a stray comma")
        case "credit_code":
            return _("“%(found)s” is no credit code (GB 32100): look for a mistyped character")
        case "twice":
            return _("%(found)s stands in line %(wanted)s already; keep one of them")
        case "name":
            return _("a name of at most %(wanted)s characters is wanted")
        case _:
            return _fault_of_value(found, language)


def _fault_of_value(found: Fault, language: Language) -> str:
    _ = words(language).gettext
    match found.problem:
        case "missing":
            return _("a value is wanted here")
        case "integer":
            return _("“%(found)s” is no whole number; write digits only")
        case "least":
            return _("%(found)s is less than %(wanted)s")
        case "most":
            return _("%(found)s is more than %(wanted)s")
        case "boolean":
            return _("“%(found)s” is neither true nor false; write one of them")
        case "choice":
            return _("“%(found)s” is none of %(wanted)s; write one of them")
        case "date":
            return _("“%(found)s” is no day; write it as 2022-05-31")
        case _:
            return _("“%(found)s” is too long, or has a character that cannot be shown")
