"""Letters about what happened to a party: in the words of its history."""

from collections.abc import Mapping, Sequence

from permits.casework.dates import day_of
from permits.casework.party import Party
from permits.definitions.procedure import Role
from permits.outside.mail import Letter
from permits.services.office import Office
from permits.services.parties import PartyRecord
from permits.store import people
from permits.store.outbox import Task
from permits.text.jinja import environment
from permits.text.party_told import SAYS, PartyTeller
from permits.text.words import LANGUAGES, Language, language_of

Addressed = tuple[str, Letter]


def titles_of(office: Office, language: Language) -> Mapping[str, str]:
    """What the permit types of today are called."""
    return {one.permit: one.definition.permit.title.in_(language) for one in office.shelf.permits}


def party_letters(
    office: Office, task: Task, to: Role, about: str, left: Sequence[str]
) -> list[Addressed]:
    """The letters of a task about a party: one to each open account it is for that has an
    address."""
    record = office.parties.recorded(task.stream.removeprefix("party/"))
    if record is None:
        raise LookupError(task.stream)
    room = _room(record.party, about)
    with office.database.read() as connection:
        accounts = people.to_tell(connection, to, room, record.party.code, day_of(office.now()))
    found: list[Addressed] = []
    for account in accounts:
        if account.email and (not left or account.id in left):
            languages = (language_of(account.language),) if account.language else LANGUAGES
            parts = [_written(office, record, task.seq, to, one) for one in languages]
            subject = " / ".join(subject for subject, _text in parts)
            text = "\n\n".join(text for _subject, text in parts)
            at = record.entries[task.seq - 1][0].recorded_at
            letter = Letter(f"{task.id}/{account.id}", account.email, subject, text, at)
            found.append((account.id, letter))
    return found


def _room(party: Party, about: str) -> tuple[str, str]:
    """The department that what a letter is about belongs to."""
    held = party.entries.get(about) or party.bars.get(about) or party.reviews[about]
    return held.office, held.department


def _written(
    office: Office, record: PartyRecord, seq: int, to: Role, language: Language
) -> tuple[str, str]:
    event = record.entries[seq - 1][1]
    titles = titles_of(office, language)
    teller = PartyTeller(record.party, record.values, lambda one: titles.get(one, one), language)
    says = [one for one in SAYS[type(event)](teller, event) if one]
    code = record.party.code
    home = "/standing" if to is Role.APPLICANT else f"/office/parties/{code}"
    text = (
        environment(language)
        .get_template("mail/party.txt")
        .render(
            name=record.party.name_on(day_of(office.now())),
            code=code,
            says=says,
            address=f"{office.settings.address}{home}",
            language=language,
        )
    )
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip()
