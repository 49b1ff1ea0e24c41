"""Why something about a party was not done, or not filed because of its standing."""

from collections.abc import Mapping, Sequence

from permits.casework.decide.authorised import ON_PAPER
from permits.casework.refusals import Reason, Refused
from permits.text import party_names
from permits.text.days import day
from permits.text.words import Language, words


def sentence(refused: Refused, language: Language) -> str:
    """The sentence for a refusal of these; what it speaks of is filled in. A percent sign in it
    stands for itself when the sentence is filled in once more."""
    first, *rest = refused.about or ("",)
    reason = refused.reason
    if reason in (Reason.TRACK_LOST, Reason.SIGNER_LOST, Reason.PERMIT_BARRED):
        named = rest[0]
        what = party_names.bar_ground(named, language) if reason is Reason.PERMIT_BARRED else named
        filled = {"day": day(first, language), "what": what}
    elif reason in (Reason.OBJECTION_ENDED, Reason.MAY_STILL_OBJECT):
        filled = {"day": day(first, language)}
    elif reason is Reason.NOT_AUTHORISED:
        return _not_authorised(first, rest, language).replace("%", "%%")
    elif reason is Reason.ENTRY_NOT_THERE:
        filled = {"what": party_names.entry_status(first, language)}
    else:
        filled = {"what": first}
    return (_sentences(language)[reason] % filled).replace("%", "%%")


def _not_authorised(lack: str, about: Sequence[str], language: Language) -> str:
    """What is missing, of whom, and what to do about it."""
    _ = words(language).gettext
    on, who = (*about, "", "")[:2]
    if not who:
        subject = _("You cannot do this for your organisation.")
    elif who == ON_PAPER:
        subject = _("Whoever is named on the paper cannot do this for the applicant.")
    else:
        subject = _("Whoever is named for %(who)s cannot sign for it.") % {"who": who}
    filled = {"day": day(on, language) if on else ""}
    lacks = {
        "not_yet": _("The authorisation holds only from %(day)s.") % filled,
        "ended": _("The authorisation ended with %(day)s.") % filled,
        "act_only": _("The authorisation is not one to sign."),
    }.get(lack, _("No authorisation is recorded."))
    remedy = _(
        "Have the window record a letter of authorisation, or let an authorised person act."
    )
    return (" " if language == "en" else "").join((subject, lacks, remedy))


def _sentences(language: Language) -> Mapping[Reason, str]:
    _ = words(language).gettext
    return {
        Reason.NO_SUCH_PARTY: _("No organisation with the code “%(what)s” is registered."),
        Reason.NO_SUCH_CREDIT_ENTRY: _("The record has no such entry."),
        Reason.NO_SUCH_BAR: _("The record has no such bar that still holds."),
        Reason.NO_SUCH_REVIEW: _("The record has no such review that is open."),
        Reason.NO_SUCH_PERSON: _(
            "Choose a person with an open account of this organisation, whose authorisation has"
            " not ended, or write the name of somebody who has no account."
        ),
        Reason.PROPOSED_BY_SAME: _(
            "Whoever proposed the entry does not decide the objection to it. Ask another person."
        ),
        Reason.PARTY_MERGED: _(
            "This organisation was merged into %(what)s, which takes its place. Apply and act"
            " under that code."
        ),
        Reason.PERMIT_BARRED: _(
            "This permit cannot be applied for until %(day)s has passed, because of %(what)s."
            " Whoever thinks this wrong may ask for administrative reconsideration."
        ),
        Reason.TRACK_LOST: _(
            "Not open until %(day)s has passed: a credit entry from case %(what)s stands and is"
            " not repaired. Apply for repair, or use the ordinary procedure."
        ),
        Reason.SIGNER_LOST: _(
            "Not open until %(day)s has passed: a credit entry against %(what)s, which is to sign"
            " with you, stands and is not repaired. Use the ordinary procedure."
        ),
        Reason.ENTRY_NOT_THERE: _("Not possible where the entry now stands: %(what)s."),
        Reason.OBJECTION_ENDED: _("The time to object ended on %(day)s."),
        Reason.MAY_STILL_OBJECT: _(
            "The organisation may object until %(day)s. Nothing is entered before that has passed."
        ),
        Reason.TERM_PROVISIONAL: _(
            "The date is provisional, because the holidays of its year are not published, or has"
            " not come. Nothing may follow from it yet."
        ),
        Reason.REPAIR_NOT_OPEN: _(
            "Repair is applied for and decided while an entry stands, one application at a time."
        ),
        Reason.BAR_NOT_LAWFUL: _(
            "This bar does not follow from the case: it must have been refused for false"
            " materials, or its grant revoked because it was got by deceit or bribery, and it"
            " bars only once."
        ),
        Reason.NAME_NOT_NEW: _("Give the new registered name; this is the present one, or none."),
    }
