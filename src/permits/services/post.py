"""Does what the outbox holds: writes to people what has happened to their cases."""

import logging
import smtplib
from collections.abc import Callable, Iterable, Iterator

import msgspec
from jinja2 import Environment
from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.dates import day_of
from permits.casework.messages import Message
from permits.outside.mail import FolderPost, Letter, Post, ServerPost
from permits.services.draft_post import draft_letters
from permits.services.office import Office
from permits.services.outgoing import claimed, settle
from permits.services.party_post import Addressed, party_letters
from permits.services.resting import Rest, on_at_once, paced
from permits.services.voice_post import voice_letters
from permits.settings import Settings
from permits.store import outbox, people
from permits.store.outbox import Task
from permits.text.jinja import environment
from permits.text.words import LANGUAGES, Language, language_of

log = logging.getLogger(__name__)


def post_for(settings: Settings) -> Post:
    """The mail server of the settings, or the folder if they name none."""
    if settings.mail:
        return ServerPost(settings.mail, settings.mail_from, settings.mail_ca)
    return FolderPost(settings.mail_folder, settings.mail_from)


def deliver(office: Office, post: Post, rest: Rest = on_at_once) -> int:
    """Write every letter that waits; of how many tasks. What fails is noted and tried again
    later."""
    return in_turn(office, outbox.MAIL, lambda task: _do(office, post, task), rest)


def in_turn(office: Office, kind: str, do: Callable[[Task], Exception | None], rest: Rest) -> int:
    """Do every task of a kind that waits, each by `do`, which says what went wrong; how many were
    done.

    A server that cannot be reached ends the look: it will not take the other letters either, and
    the dates wait behind them.
    """
    done = 0
    for task in paced(claimed(office.database, kind, office.now), rest):
        fault = do(task)
        done += fault is None
        if unreachable(fault):
            break
    return done


def _do(office: Office, post: Post, task: Task) -> Exception | None:
    """Do a task; what went wrong. Whatever that is, it counts as an attempt, so that no task is
    the first one for ever."""
    try:
        left, fault = _send(office, post, task)
    except Exception as error:
        log.warning("task %s could not be done", task.id, exc_info=True)
        left, fault = (), error
    settle(office.database, _only(task, left), office.now(), fault)
    return fault


class Mail(Message, frozen=True):
    """The payload of a task: a message and, once some of its letters went, the accounts that
    still wait for theirs."""

    left: tuple[str, ...] = ()


def _only(task: Task, left: tuple[str, ...]) -> Task:
    """The task for these accounts only; whoever has had the letter is not sent it again."""
    if not left:
        return task
    mail = replace(msgspec.json.decode(task.payload, type=Mail), left=left)
    return replace(task, payload=msgspec.json.encode(mail))


def _send(office: Office, post: Post, task: Task) -> tuple[tuple[str, ...], Exception | None]:
    """Send the letters of a task: the accounts whose letter did not go, and why one did not."""
    left: list[str] = []
    fault: Exception | None = None
    for account, letter in _in_time(office, task, letters(office, task)):
        error = fault if unreachable(fault) else handed_over(post, letter)
        if error is not None:
            left.append(account)
            fault = error
    return tuple(left), fault


def handed_over(post: Post, letter: Letter) -> Exception | None:
    """Send a letter; what went wrong. Whatever that is, the other letters go all the same."""
    try:
        post.send(letter)
    except Exception as error:
        log.warning("letter %s could not be sent", letter.id, exc_info=True)
        return error
    return None


ABOUT_ONE_LETTER = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
)
"""What a server says of a letter, not of itself."""


def unreachable(fault: Exception | None) -> bool:
    """Whether the server cannot be reached or will have nothing to do with us."""
    return isinstance(fault, OSError) and not isinstance(fault, ABOUT_ONE_LETTER)


def _in_time(office: Office, task: Task, waiting: Iterable[Addressed]) -> Iterator[Addressed]:
    """The letters one by one; a task that takes long is kept from others for longer."""
    until = office.now() + outbox.LEASE / 2
    for one in waiting:
        if office.now() > until:
            with office.database.write() as connection:
                outbox.renew(connection, task, office.now())
            until = office.now() + outbox.LEASE / 2
        yield one


def letters(office: Office, task: Task) -> list[Addressed]:
    """The letters of a task: one to each open account it is for that has an address."""
    mail = msgspec.json.decode(task.payload, type=Mail)
    if task.stream.startswith("party/"):
        return party_letters(office, task, mail.to, mail.about, mail.left)
    if task.stream.startswith("draft/"):
        return draft_letters(office, task, mail.template, mail.about, mail.left)
    if task.stream.startswith("entitled/"):
        return _of_enterprise(office, task, mail)
    if task.stream.startswith("voices/"):
        return voice_letters(office, task, mail, mail.left)
    record = office.cases.recorded(task.stream)
    if record is None:
        raise LookupError(task.stream)
    case = record.case
    at = next(envelope for envelope, _event in record.entries if envelope.seq == task.seq)
    asked = case.latest_requests.get(mail.asked)
    if mail.asked and asked is None:
        return []
    with office.database.read() as connection:
        decides = (case.authority, case.department)
        room = (asked.office, asked.department) if asked else decides
        accounts = people.to_tell(connection, mail.to, room, case.party, day_of(office.now()))
    found: list[Addressed] = []
    for account in accounts:
        if account.email and (not mail.left or account.id in mail.left):
            languages = (language_of(account.language),) if account.language else LANGUAGES
            subject, text = _written(office, case, mail, languages)
            name = f"{task.id}/{account.id}"
            found.append((account.id, Letter(name, account.email, subject, text, at.recorded_at)))
    return found


def _of_enterprise(office: Office, task: Task, mail: Mail) -> list[Addressed]:
    """Letters about what an enterprise is entitled to. `about` is its policy and period."""
    code = task.stream.removeprefix("entitled/")
    claim = office.entitlements.holding(code).claims[mail.about]
    told = office.entitlements.history(task.stream)
    at = next(envelope for envelope, _event in told if envelope.seq == task.seq)
    title = office.policies.edition(claim.definition).policy.policy.title
    with office.database.read() as connection:
        accounts = people.with_role(connection, mail.to, office="", department="", of_party=code)
    found: list[Addressed] = []
    for account in accounts:
        if not account.email or (mail.left and account.id not in mail.left):
            continue
        languages = (language_of(account.language),) if account.language else LANGUAGES
        parts = [
            _rendered(
                mail.template,
                language,
                claim=claim,
                title=title.in_(language),
                address=f"{office.settings.address}/entitled/{mail.about}",
            )
            for language in languages
        ]
        subject = " / ".join(one for one, _text in parts)
        text = "\n\n".join(one for _subject, one in parts)
        name = f"{task.id}/{account.id}"
        found.append((account.id, Letter(name, account.email, subject, text, at.recorded_at)))
    return found


def _written(
    office: Office, case: Case, message: Message, languages: tuple[Language, ...]
) -> tuple[str, str]:
    """Subject and text in the account's language, or in both if it never chose one."""
    parts = [worded(office, case, message, language) for language in languages]
    return " / ".join(subject for subject, _text in parts), "\n\n".join(t for _s, t in parts)


def worded(office: Office, case: Case, message: Message, language: Language) -> tuple[str, str]:
    """Subject and text of a message about a case in a language."""
    definition = office.cases.edition(case).definition
    return _rendered(
        message.template,
        language,
        case=case,
        definition=definition,
        about=message.about,
        address=f"{office.settings.address}/cases/{case.id.removeprefix('case/')}",
    )


def _rendered(name: str, language: Language, **values: object) -> tuple[str, str]:
    """Subject and text of a letter in a language."""
    jinja: Environment = environment(language)
    text = jinja.get_template(f"mail/{name}.txt").render(language=language, **values)
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip()
