"""What comes after a decision in words: more time, void by law, terms, changes, annulments."""

from collections.abc import Mapping

from permits.casework.families import amendments, annulments, extensions, terms
from permits.casework.parts import Seal
from permits.definitions.conditions import Answer
from permits.text import names
from permits.text.amounts import term
from permits.text.answers import in_words
from permits.text.days import day
from permits.text.told.teller import Says, Teller, nothing


def _asked(t: Teller, e: extensions.ExtensionAsked) -> list[str]:
    _ = t._
    return [_("More time asked for: %(what)s") % {"what": t.duty(e.obligation)}, t.text(e.reason)]


def _extended(t: Teller, e: extensions.DutyExtended) -> list[str]:
    _ = t._
    filled = {
        "what": t.duty(e.obligation),
        "by": term(e.by, t.language),
        "due": t.due(e.due),
    }
    says = _("Put off by %(by)s: %(what)s, now due %(due)s")
    return [says % filled, t.text(e.reason)]


def _not_extended(t: Teller, e: extensions.ExtensionRefused) -> list[str]:
    _ = t._
    return [_("Not put off: %(what)s") % {"what": t.duty(e.obligation)}, t.text(e.reason)]


def _voided(t: Teller, e: extensions.Voided) -> list[str]:
    _ = t._
    filled = {"what": t.duty(e.obligation), "due": t.due(e.due)}
    return [_("The grant is void by law: %(what)s, due on %(due)s, was not done") % filled]


def _restored(t: Teller, e: extensions.GrantRestored) -> list[str]:
    _ = t._
    filled = {"what": t.duty(e.obligation), "day": day(e.on, t.language)}
    says = _("Found not to be void: %(what)s, done on %(day)s")
    return [says % filled, t.text(e.reason)]


def _set(t: Teller, e: terms.TermSet) -> list[str]:
    _ = t._
    return [_("Valid until %(due)s") % {"due": t.due(e.due)}]


def _renewal_asked(t: Teller, e: terms.RenewalAsked) -> list[str]:
    _ = t._
    late = _("It was asked for late, so silence renews nothing.") if e.late else ""
    return [_("Renewal asked for"), late, t.text(e.reason)]


def _renewed(t: Teller, e: terms.Renewed) -> list[str]:
    _ = t._
    by_law = _("Renewed by law, for nobody decided in time: valid until %(due)s")
    says = by_law if e.by_law else _("Renewed: valid until %(due)s")
    return [says % {"due": t.due(e.due)}, t.text(e.reason)]


def _not_renewed(t: Teller, e: terms.RenewalRefused) -> list[str]:
    _ = t._
    return [_("Not renewed"), t.text(e.reason)]


def _dated(t: Teller, e: terms.TermDated) -> list[str]:
    _ = t._
    return [] if e.was == e.due else [_("Now valid until %(due)s") % {"due": t.due(e.due)}]


def _reminded(t: Teller, e: terms.TermReminded) -> list[str]:
    _ = t._
    return [_("Reminded that the term ends on %(due)s") % {"due": t.due(e.due)}]


def _expired(t: Teller, e: terms.Expired) -> list[str]:
    _ = t._
    return [_("The term ended on %(due)s and was not renewed") % {"due": t.due(e.due)}]


def _change_asked(t: Teller, e: amendments.AmendmentAsked) -> list[str]:
    _ = t._
    facts = (*_facts(t, e.answers), *_personal(t, e.seals))
    return [_("A change asked for"), *facts, t.text(e.reason)]


def _facts(t: Teller, answers: Mapping[str, Answer]) -> list[str]:
    """The facts as they are to be, each in a sentence."""
    questions = {q.id: q for q in t.definition.form.answerable}
    return [
        f"{questions[name].title.in_(t.language)}{t._(': ')}"
        f"{in_words(value, questions[name], t.definition, t.language)}"
        for name, value in answers.items()
    ]


def _personal(t: Teller, seals: Mapping[str, Seal]) -> list[str]:
    """Personal facts as they are to be, to whoever may read them."""
    questions = {q.id: q for q in t.definition.form.answerable}
    hidden = t._("not shown here")
    return [
        f"{questions[name].title.in_(t.language)}{t._(': ')}{t.quoted(sealed) or hidden}"
        for name, sealed in seals.items()
    ]


def _examined(t: Teller, e: amendments.AmendmentExamined) -> list[str]:
    _ = t._
    if not t.inside:
        return [_("The change was examined")]
    for_, against = _("The examiner recommends to grant"), _("The examiner recommends to refuse")
    return [for_ if e.recommends == "grant" else against, t.quoted(e.opinion)]


def _amended(t: Teller, e: amendments.Amended) -> list[str]:
    _ = t._
    return [_("Changed"), *_facts(t, e.answers), *_personal(t, e.seals), t.text(e.reason)]


def _not_amended(t: Teller, e: amendments.AmendmentRefused) -> list[str]:
    _ = t._
    return [_("Not changed"), t.text(e.reason)]


def _closed(t: Teller, _e: amendments.AmendmentClosed) -> list[str]:
    _ = t._
    return [_("The change is no longer decided on")]


def _annulled(t: Teller, e: annulments.DecisionAnnulled) -> list[str]:
    _ = t._
    filled = {"body": names.body(e.body, t.language), "day": day(e.on, t.language)}
    says = _("Decision annulled by %(body)s on %(day)s") % filled
    follows = _("The office decides anew") if e.anew else _("The case ends")
    return [says, t.quoted(e.number), t.text(e.reason), follows]


SAYS: Says = {
    extensions.ExtensionAsked: _asked,
    extensions.DutyExtended: _extended,
    extensions.ExtensionRefused: _not_extended,
    extensions.Voided: _voided,
    extensions.GrantRestored: _restored,
    terms.TermSet: _set,
    terms.RenewalAsked: _renewal_asked,
    terms.Renewed: _renewed,
    terms.RenewalRefused: _not_renewed,
    terms.TermDated: _dated,
    terms.TermReminded: _reminded,
    terms.Expired: _expired,
    terms.TermEnded: nothing,
    amendments.AmendmentAsked: _change_asked,
    amendments.AmendmentExamined: _examined,
    amendments.Amended: _amended,
    amendments.AmendmentRefused: _not_amended,
    amendments.AmendmentClosed: _closed,
    annulments.DecisionAnnulled: _annulled,
}
