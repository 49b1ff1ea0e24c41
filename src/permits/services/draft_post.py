"""Letters about applications that are being written: who is invited to sign, and what they did."""

from collections.abc import Sequence
from datetime import datetime

from permits.casework.dates import day_of
from permits.definitions.procedure import Role
from permits.outside.mail import Letter
from permits.services.office import Office
from permits.services.party_post import Addressed
from permits.store import drafts, invitations, people
from permits.store.outbox import Task
from permits.text.jinja import environment
from permits.text.words import LANGUAGES, Language, language_of

FOR_UNIT = "co_sign"
"""The letter that goes to the invited unit; the others go to whoever writes the application."""


def draft_letters(
    office: Office, task: Task, template: str, about: str, left: Sequence[str]
) -> list[Addressed]:
    """The letters of a task about an invitation: one to each open account of the party it is for.
    None if the draft is gone or was filed: nobody need do anything then."""
    with office.database.read() as connection:
        invitation = invitations.find(connection, about)
        draft = drafts.find(connection, invitation.draft) if invitation else None
        if invitation is None or draft is None or draft.filed_at is not None:
            return []
        invited = template == FOR_UNIT
        party = invitation.unit if invited else draft.party
        today = day_of(office.now())
        accounts = people.to_tell(connection, Role.APPLICANT, ("", ""), party, today)
    happened = {
        FOR_UNIT: invitation.invited_at,
        "co_signed": invitation.signed_at,
        "co_declined": invitation.declined_at,
    }
    at = happened[template]
    if at is None:
        return []
    where = f"/co-signing/{about}" if invited else f"/drafts/{draft.id}"
    permit = office.filing.edition(draft).definition.permit.title
    unit = office.parties.party(invitation.unit).name_on(today) or invitation.unit
    found: list[Addressed] = []
    instant = datetime.fromisoformat(at)
    for account in accounts:
        if account.email and (not left or account.id in left):
            languages = (language_of(account.language),) if account.language else LANGUAGES
            parts = [
                _written(
                    template,
                    one,
                    permit=permit.in_(one),
                    unit=unit,
                    address=f"{office.settings.address}{where}",
                )
                for one in languages
            ]
            subject = " / ".join(subject for subject, _text in parts)
            text = "\n\n".join(text for _subject, text in parts)
            letter = Letter(f"{task.id}/{account.id}", account.email, subject, text, instant)
            found.append((account.id, letter))
    return found


def _written(template: str, language: Language, **values: str) -> tuple[str, str]:
    """Subject and text in a language."""
    jinja = environment(language)
    text = jinja.get_template(f"mail/{template}.txt").render(language=language, **values)
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip()
