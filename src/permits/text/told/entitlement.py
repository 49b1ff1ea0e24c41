"""What happens to lists, claims and payments, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from permits.casework.entitlement import batches, policies, register, rounds
from permits.casework.entitlement.claim_events import (
    AccountCorrected,
    EntitlementApplied,
    EntitlementCleared,
    EntitlementConfirmed,
    EntitlementDeclined,
    EntitlementExamined,
    EntitlementGranted,
    EntitlementListed,
    EntitlementOffered,
    EntitlementRefused,
    EntitlementTakenOff,
    OfferClosed,
    PaymentMade,
    PaymentOrdered,
    PaymentReturned,
    RecoveryOrdered,
    RecoveryPaid,
)
from permits.casework.envelope import Event
from permits.definitions.policies.schema import Policy
from permits.text import entitlements
from permits.text.amounts import money
from permits.text.days import day
from permits.text.words import Language, words


class Sayer:
    """Looks up what an event does not say of itself. `values` opens seals; a text that is not in
    it is left out."""

    def __init__(self, policy: Policy, values: Mapping[str, str], language: Language) -> None:
        self.policy = policy
        self.values = values
        self.language = language
        self.gettext = words(language).gettext
        self.ngettext = words(language).ngettext

    def text(self, seal: str | None) -> str:
        return self.values.get(seal or "", "")

    def grade(self, name: str) -> str:
        found = self.policy.grades.get(name)
        return found.title.in_(self.language) if found is not None else name

    def money(self, fen: int) -> str:
        return money(fen, self.language)

    def until(self, on: object) -> str:
        return day(str(on), self.language) if on else self.gettext("not set yet")


Says = Callable[[Sayer, Any], list[str]]


def _run(s: Sayer, e: rounds.MatchRun) -> list[str]:
    says = s.ngettext(
        "Matched with the register as of %(day)s: %(num)s enterprise, %(listed)s entitled",
        "Matched with the register as of %(day)s: %(num)s enterprises, %(listed)s entitled",
        e.examined,
    )
    filled = {"day": s.until(e.as_of), "num": e.examined, "listed": len(e.candidates)}
    return [says % filled]


def _of_applications(s: Sayer, e: rounds.ApplicationsListed) -> list[str]:
    num = len(e.candidates)
    says = s.ngettext(
        "A list was made of %(num)s application that was granted",
        "A list was made of %(num)s applications that were granted",
        num,
    )
    return [says % {"num": num}]


def _dropped(s: Sayer, e: rounds.MatchDropped) -> list[str]:
    return [s.gettext("The run was dropped"), s.text(e.reason)]


def _made(s: Sayer, e: rounds.OffersMade) -> list[str]:
    num = len(e.codes)
    says = s.ngettext(
        "%(num)s enterprise was asked to confirm, until %(day)s",
        "%(num)s enterprises were asked to confirm, until %(day)s",
        num,
    )
    return [says % {"num": num, "day": s.until(e.confirm_by)}]


def _published(s: Sayer, e: rounds.ListPublished) -> list[str]:
    num = len(e.listed)
    says = s.ngettext(
        "The list was published with %(num)s enterprise, open to objections until %(day)s",
        "The list was published with %(num)s enterprises, open to objections until %(day)s",
        num,
    )
    return [says % {"num": num, "day": s.until(e.ends_on)}]


def _objected(s: Sayer, e: rounds.ListObjectionEntered) -> list[str]:
    _ = s.gettext
    says = _("Objection %(num)s about %(code)s: %(kind)s")
    kind = entitlements.objection_kind(e.kind, s.language)
    return [says % {"num": e.objection, "code": e.code, "kind": kind}, s.text(e.text)]


def _decided(s: Sayer, e: rounds.ListObjectionDecided) -> list[str]:
    _ = s.gettext
    says = _("Objection %(num)s upheld") if e.upheld else _("Objection %(num)s not upheld")
    return [says % {"num": e.objection}, s.text(e.reason)]


def _settled(s: Sayer, _e: rounds.ListSettled) -> list[str]:
    return [s.gettext("The notice is over and the list stands")]


def _offers_closed(s: Sayer, e: rounds.OffersClosed) -> list[str]:
    num = len(e.codes)
    says = s.ngettext(
        "%(num)s offer was closed that nobody confirmed",
        "%(num)s offers were closed that nobody confirmed",
        num,
    )
    return [says % {"num": num}, s.text(e.reason)]


def _offered(s: Sayer, e: EntitlementOffered) -> list[str]:
    _ = s.gettext
    says = _("Offered: %(money)s (%(grade)s), to be confirmed until %(day)s")
    filled = {
        "money": s.money(e.amount_fen),
        "grade": s.grade(e.grade),
        "day": s.until(e.confirm_by),
    }
    less = _("Deducted for what the group paid before: %(money)s")
    return [
        says % filled,
        less % {"money": s.money(e.deducted_fen)} if e.deducted_fen else "",
    ]


def _confirmed(s: Sayer, _e: EntitlementConfirmed) -> list[str]:
    return [s.gettext("Confirmed, the statement signed and the account named")]


def _declined(s: Sayer, e: EntitlementDeclined) -> list[str]:
    return [s.gettext("Declined by the enterprise"), s.text(e.reason)]


def _closed(s: Sayer, _e: OfferClosed) -> list[str]:
    return [s.gettext("The offer was closed: it was not confirmed in time")]


def _taken_off(s: Sayer, e: EntitlementTakenOff) -> list[str]:
    says = s.gettext("Taken off the list: objection %(num)s was upheld")
    return [says % {"num": e.objection}]


def _cleared(s: Sayer, _e: EntitlementCleared) -> list[str]:
    return [s.gettext("The list stands, and the amount may be paid")]


def _applied(s: Sayer, e: EntitlementApplied) -> list[str]:
    says = s.gettext("Applied for with own evidence, to be decided until %(day)s")
    return [says % {"day": s.until(e.decide_by)}, s.text(e.grounds)]


def _examined(s: Sayer, e: EntitlementExamined) -> list[str]:
    _ = s.gettext
    if e.recommends == "grant":
        first = _("Examined: to be granted, %(grade)s") % {"grade": s.grade(e.grade)}
    else:
        first = _("Examined: to be refused")
    return [first, s.text(e.opinion)]


def _granted(s: Sayer, e: EntitlementGranted) -> list[str]:
    says = s.gettext("The application was granted: %(money)s")
    return [says % {"money": s.money(e.amount_fen)}]


def _listed(s: Sayer, e: EntitlementListed) -> list[str]:
    return [s.gettext("Put on the list %(name)s, which is open to objections") % {"name": e.round}]


def _refused(s: Sayer, e: EntitlementRefused) -> list[str]:
    return [s.gettext("The application was refused"), s.text(e.reason)]


def _ordered(s: Sayer, e: PaymentOrdered) -> list[str]:
    _ = s.gettext
    filled = {"money": s.money(e.amount_fen), "number": e.batch}
    says = (
        _("Ordered to be paid again: %(money)s, batch %(number)s")
        if e.again
        else _("Ordered to be paid: %(money)s, batch %(number)s")
    )
    return [says % filled]


def _paid(s: Sayer, e: PaymentMade) -> list[str]:
    return [s.gettext("Paid on %(day)s") % {"day": s.until(e.on)}]


def _returned(s: Sayer, e: PaymentReturned) -> list[str]:
    says = s.gettext("Returned by the bank on %(day)s: %(cause)s")
    cause = entitlements.return_cause(e.cause, s.language)
    return [says % {"day": s.until(e.on), "cause": cause}]


def _corrected(s: Sayer, _e: AccountCorrected) -> list[str]:
    return [s.gettext("Another account was named")]


def _recovery(s: Sayer, e: RecoveryOrdered) -> list[str]:
    _ = s.gettext
    says = _("Demanded back: %(money)s until %(day)s (%(ground)s)")
    filled = {
        "money": s.money(e.amount_fen),
        "day": s.until(e.due),
        "ground": entitlements.recovery_ground(e.ground, s.language),
    }
    return [says % filled, s.text(e.reason)]


def _repaid(s: Sayer, e: RecoveryPaid) -> list[str]:
    says = s.gettext("Paid back on %(day)s: %(money)s")
    return [says % {"day": s.until(e.on), "money": s.money(e.amount_fen)}]


def _batch(s: Sayer, e: batches.PaymentsOrdered) -> list[str]:
    num, total = len(e.lines), sum(line.amount_fen for line in e.lines)
    says = s.ngettext(
        "A batch of %(num)s payment was ordered: %(money)s",
        "A batch of %(num)s payments was ordered: %(money)s",
        num,
    )
    return [says % {"num": num, "money": s.money(total)}]


def _imported(s: Sayer, e: register.RegisterImported) -> list[str]:
    says = s.ngettext(
        "Register imported as of %(day)s: %(num)s enterprise, from %(source)s",
        "Register imported as of %(day)s: %(num)s enterprises, from %(source)s",
        e.enterprises,
    )
    return [says % {"day": s.until(e.as_of), "num": e.enterprises, "source": e.source}]


def _policy(s: Sayer, e: policies.PolicyPublished) -> list[str]:
    says = s.gettext("Version %(num)s of the policy was published")
    return [says % {"num": e.place}]


SAYS: Mapping[type[Event], Says] = {
    register.RegisterImported: _imported,
    policies.PolicyPublished: _policy,
    rounds.MatchRun: _run,
    rounds.ApplicationsListed: _of_applications,
    rounds.MatchDropped: _dropped,
    rounds.OffersMade: _made,
    rounds.ListPublished: _published,
    rounds.ListObjectionEntered: _objected,
    rounds.ListObjectionDecided: _decided,
    rounds.ListSettled: _settled,
    rounds.OffersClosed: _offers_closed,
    EntitlementOffered: _offered,
    EntitlementConfirmed: _confirmed,
    EntitlementDeclined: _declined,
    OfferClosed: _closed,
    EntitlementTakenOff: _taken_off,
    EntitlementCleared: _cleared,
    EntitlementApplied: _applied,
    EntitlementExamined: _examined,
    EntitlementGranted: _granted,
    EntitlementListed: _listed,
    EntitlementRefused: _refused,
    PaymentOrdered: _ordered,
    PaymentMade: _paid,
    PaymentReturned: _returned,
    AccountCorrected: _corrected,
    RecoveryOrdered: _recovery,
    RecoveryPaid: _repaid,
    batches.PaymentsOrdered: _batch,
}
"""A test asks that no event is forgotten."""
