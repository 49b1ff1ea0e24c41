"""Why something about an entitlement was not done, in one sentence."""

from typing import Literal

from permits.casework.refusals import Reason
from permits.text.words import Language, words

Ours = Literal[
    Reason.NO_SUCH_POLICY,
    Reason.NO_SUCH_ROUND,
    Reason.NO_SUCH_CLAIM,
    Reason.NO_SUCH_BATCH,
    Reason.NO_SUCH_ENTERPRISE,
    Reason.NO_SUCH_OBJECTION,
    Reason.NO_REGISTER,
    Reason.PERIOD_NOT_LAWFUL,
    Reason.ROUND_OPEN,
    Reason.LIST_EMPTY,
    Reason.OFFERS_OPEN,
    Reason.NOTICE_OVER,
    Reason.NOTICE_RUNNING,
    Reason.OBJECTIONS_OPEN,
    Reason.NOT_LISTED,
    Reason.ALREADY_LISTED,
    Reason.GRADE_WANTED,
    Reason.ENTITLED_ALREADY,
    Reason.GROUP_PAID,
    Reason.STATEMENT_UNSIGNED,
    Reason.ACCOUNT_WANTED,
    Reason.PAID_BEFORE,
    Reason.NOTHING_TO_PAY,
]


def says(reason: Ours, language: Language) -> str:
    """The sentence, with places for what it speaks of."""
    _ = words(language).gettext
    match reason:
        case Reason.NO_SUCH_POLICY:
            return _("There is no such policy. Choose one from the list.")
        case Reason.NO_SUCH_ROUND:
            return _("There is no such list of enterprises.")
        case Reason.NO_SUCH_CLAIM:
            return _("The enterprise has nothing of this policy in this period.")
        case Reason.NO_SUCH_BATCH:
            return _("There is no such batch of payments.")
        case Reason.NO_SUCH_ENTERPRISE:
            return _("The register holds no enterprise with the code %(what)s.")
        case Reason.NO_SUCH_OBJECTION:
            return _("This list has no objection number %(what)s.")
        case Reason.NO_REGISTER:
            return _("No edition of the register of enterprises is imported yet.")
        case Reason.PERIOD_NOT_LAWFUL:
            return _(
                "For “%(what)s” the policy is not paid: choose a period that has begun, since the"
                " policy holds."
            )
        case Reason.ROUND_OPEN:
            return _(
                "For this period the list %(what)s is not finished yet. Settle or drop it first."
            )
        case Reason.LIST_EMPTY:
            return _("Nobody is on the list, so there is nothing to publish or to offer.")
        case Reason.OFFERS_OPEN:
            return _("Enterprises may still confirm, up to and including %(day)s.")
        case Reason.NOTICE_OVER:
            return _("The list was open to objections up to and including %(day)s.")
        case Reason.NOTICE_RUNNING:
            return _("The list is open to objections up to and including %(day)s.")
        case Reason.OBJECTIONS_OPEN:
            return _("Decide these objections first: %(what)s.")
        case _:
            return _of_claims(reason, language)


def _of_claims(
    reason: Literal[
        Reason.NOT_LISTED,
        Reason.ALREADY_LISTED,
        Reason.GRADE_WANTED,
        Reason.ENTITLED_ALREADY,
        Reason.GROUP_PAID,
        Reason.STATEMENT_UNSIGNED,
        Reason.ACCOUNT_WANTED,
        Reason.PAID_BEFORE,
        Reason.NOTHING_TO_PAY,
    ],
    language: Language,
) -> str:
    _ = words(language).gettext
    match reason:
        case Reason.NOT_LISTED:
            return _("%(what)s is not on the list.")
        case Reason.ALREADY_LISTED:
            return _("%(what)s is on the list already.")
        case Reason.GRADE_WANTED:
            return _("Choose the grade that is paid.")
        case Reason.ENTITLED_ALREADY:
            return _(
                "Of this policy and period the enterprise has an offer or an application already."
                " Go on with that."
            )
        case Reason.GROUP_PAID:
            return _("Other awards of the same group come to the whole amount: nothing is left.")
        case Reason.STATEMENT_UNSIGNED:
            return _("Read the statement and sign it.")
        case Reason.ACCOUNT_WANTED:
            return _("Name the bank and the number of the enterprise's own account.")
        case Reason.PAID_BEFORE:
            return _("This policy was paid to the enterprise for this period. It is paid once.")
        case Reason.NOTHING_TO_PAY:
            return _("Nothing is confirmed that is not ordered to be paid yet.")


def known(language: Language) -> dict[str, str]:
    """What is asked for, as refusals name it."""
    _ = words(language).gettext
    return {
        "notice": _("public notice"),
        "drop_match": _("dropping the run"),
        "make_offers": _("asking enterprises to confirm"),
        "publish_list": _("publishing the list"),
        "enter_objection": _("objecting to the list"),
        "decide_list_objection": _("deciding the objection"),
        "settle_list": _("settling the list"),
        "close_offers": _("closing offers"),
        "confirm_offer": _("confirming the offer"),
        "decline_offer": _("declining the offer"),
        "correct_account": _("naming another account"),
        "examine_application": _("examining the application"),
        "decide_application": _("deciding the application"),
        "record_payments": _("recording payments"),
        "order_recovery": _("demanding a payment back"),
        "record_recovery": _("recording what was paid back"),
    }
