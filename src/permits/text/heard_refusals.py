"""Why nothing was done about whoever else is heard: departments, interested parties, hearings,
recusals. One sentence for each reason."""

from typing import Literal

from permits.casework.refusals import Reason
from permits.text.words import Language, words

Ours = Literal[
    Reason.RECUSED,
    Reason.NO_SUCH_DEPARTMENT,
    Reason.NO_SUCH_THIRD_PARTY,
    Reason.NO_SUCH_OFFICER,
    Reason.NOT_IN_PROCEDURE,
    Reason.NOT_EXAMINED,
    Reason.ASKED_BEFORE,
    Reason.NO_CHANGES_WANTED,
    Reason.NOT_ASKED,
    Reason.OPINION_GIVEN,
    Reason.NO_OPINION,
    Reason.OPINIONS_MISSING,
    Reason.OPINIONS_NOT_JOINED,
    Reason.JOINED_BEFORE,
    Reason.HEARING_PENDING,
    Reason.HEARING_DEMANDED,
    Reason.NO_HEARING,
    Reason.HEARING_TOO_SOON,
    Reason.HEARING_TOO_LATE,
    Reason.CHAIR_EXAMINES,
    Reason.CHAIR_ACTED,
    Reason.RECORD_INCOMPLETE,
    Reason.THIRD_PARTY_TO_TELL,
    Reason.THIRD_PARTY_TO_SPEAK,
    Reason.NO_RECUSAL_ASKED,
]


def says(reason: Ours, language: Language) -> str:
    """The sentence, with places for what it speaks of."""
    _ = words(language).gettext
    match reason:
        case Reason.RECUSED:
            return _("You are recused in this case and can do nothing in it.")
        case Reason.NO_SUCH_DEPARTMENT:
            return _("This procedure asks no department called “%(what)s”.")
        case Reason.NO_SUCH_THIRD_PARTY:
            return _("No such interested party is recorded. Record it first.")
        case Reason.NO_SUCH_OFFICER:
            return _("Choose an officer of the department.")
        case Reason.NOT_IN_PROCEDURE:
            return _("This procedure does not provide for it.")
        case Reason.NOT_EXAMINED:
            return _("Others are heard after the acceptance and before the decision.")
        case Reason.ASKED_BEFORE:
            return _("“%(what)s” was asked for already. Wait for the answer.")
        case Reason.NO_CHANGES_WANTED:
            return _("“%(what)s” agreed. Only who asked for changes is asked again.")
        case Reason.NOT_ASKED:
            return _("Nobody has been asked. Ask the departments for their opinions first.")
        case Reason.OPINION_GIVEN:
            return _("“%(what)s” has spoken already.")
        case Reason.NO_OPINION:
            return _("“%(what)s” has given no opinion that could be taken back.")
        case Reason.OPINIONS_MISSING:
            return _("The decision waits for the opinions of: %(what)s.")
        case Reason.OPINIONS_NOT_JOINED:
            return _("The lead department first joins the opinions into one.")
        case Reason.JOINED_BEFORE:
            return _("The opinions have been joined; the round is closed.")
        case Reason.HEARING_PENDING:
            return _("A hearing may still be asked for, or is to be held; wait for its record.")
        case Reason.HEARING_DEMANDED:
            return _("The law asks for a hearing here. Announce it, and decide on its record.")
        case Reason.NO_HEARING:
            return _("No hearing is open to this now.")
        case Reason.HEARING_TOO_SOON:
            return _("Everybody is told in good time: the first day possible is %(day)s.")
        case Reason.HEARING_TOO_LATE:
            return _("The last day for this is %(day)s.")
        case Reason.CHAIR_EXAMINES:
            return _("Whoever examines a case does not preside over its hearing. Choose another.")
        case Reason.CHAIR_ACTED:
            return _("Whoever acted for the applicant does not preside. Choose another.")
        case Reason.RECORD_INCOMPLETE:
            return _(
                "The record lacks: %(what)s. Say of everybody to be heard whether they came and"
                " signed; whoever examines the case must have come."
            )
        case Reason.THIRD_PARTY_TO_TELL:
            return _(
                "The work directly touches major interests of others. Record who they are, tell"
                " them, and hear them before you decide."
            )
        case Reason.THIRD_PARTY_TO_SPEAK:
            return _("Interested parties still have time to be heard.")
        case Reason.NO_RECUSAL_ASKED:
            return _("Nobody has asked that this officer not act, or it was decided.")
