"""What texts beside the log are called, by the field they are kept under."""

from collections.abc import Mapping
from datetime import date

from permits.casework.masks import masked
from permits.definitions.edition import Edition
from permits.definitions.parts import Mask
from permits.text.days import day
from permits.text.words import Language, words


def label(field: str, edition: Edition | None, language: Language) -> str:
    """The question an answer was given to, or what a text is; the field itself for one that this
    program does not write any more."""
    question = edition.questions.get(field) if edition is not None else None
    if question is not None:
        return question.title.in_(language)
    return labels(language).get(field, field)


def erased(on: date, language: Language) -> str:
    """What stands in the place of a text that was erased."""
    _ = words(language).gettext
    return _("erased on %(day)s") % {"day": day(on, language)}


def labels(language: Language) -> Mapping[str, str]:
    """What is written beside the answers of a form, by field."""
    _ = words(language).gettext
    return {
        "annulment.number": _("number of the annulment"),
        "bank_account": _("bank account"),
        "bringer": _("who brought the papers"),
        "compensation": _("compensation of a loss"),
        "correction": _("what was wrong in a document"),
        "finding": _("finding of a check"),
        "fix": _("what is to be corrected"),
        "ground": _("ground of a recusal"),
        "grounds": _("grounds"),
        "hearing.name": _("who came to a hearing"),
        "letter": _("letter of authorisation"),
        "lookup": _("look-up code"),
        "follow_up": _("following up a rating"),
        "objection": _("objection"),
        "objection.contact": _("contact of whoever objected"),
        "objection.interest": _("interest of whoever objected"),
        "objection.receipt": _("code of an objection"),
        "rating.words": _("words of a rating"),
        "objector": _("who objected"),
        "opinion": _("opinion"),
        "payer": _("payer"),
        "person": _("authorised person"),
        "place": _("place of a hearing"),
        "postal": _("number of a posting"),
        "reason": _("reason"),
        "receipt": _("number of a receipt"),
        "record": _("record of a hearing"),
        "statement": _("statement"),
        "third_party.contact": _("contact of an interested party"),
        "third_party.interest": _("interest of an interested party"),
        "third_party.name": _("name of an interested party"),
        "what": _("what a department was asked"),
        "words": _("why personal data was looked at"),
    }


def mask(value: Mask, language: Language) -> str:
    """A mask, by what is left to be seen."""
    _ = words(language).gettext
    match value:
        case "name":
            return _("first character") + f" ({masked('张三', value)})"
        case "phone":
            return _("three and the last four digits") + f" ({masked('13800001234', value)})"
        case "number":
            return _("four and the last four digits") + f" ({masked('410100000000001234', value)})"
        case "address":
            return _("beginning of the address")
        case "whole":
            return _("nothing of it")
