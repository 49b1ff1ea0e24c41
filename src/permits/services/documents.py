"""Makes a file of every document that is drawn up, once: set, signed if the office signs, kept by
its hash, and the hash told in the log.

What is set depends on nothing but the log, the texts beside it and how the office has its
documents look, so that a file that got lost is made again and found to be the same, or not given
out.
"""

import hashlib
import io
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from typing import BinaryIO
from urllib.parse import quote

import msgspec

from permits.casework.access import TIMER
from permits.casework.case import Case
from permits.casework.families.kept_documents import DocumentKept, PaperFile, stream_of
from permits.casework.published import check_code, in_groups
from permits.outside.files import Arrived, Files
from permits.outside.typesetting.codes import qr
from permits.outside.typesetting.look import Look
from permits.outside.typesetting.setting import CannotSet, Setter
from permits.outside.typesetting.signing import Signer, signer_of
from permits.services.appending import document_task
from permits.services.case_record import Record
from permits.services.cases import Cases
from permits.services.outgoing import attempted, claimed, settle
from permits.services.records import Records
from permits.services.resting import Rest, on_at_once, paced
from permits.store import documents, outbox, vault
from permits.store.documents import MEDIA_TYPE, DocumentFile
from permits.store.outbox import Task
from permits.text.attached import attached
from permits.text.papers import Told
from permits.text.papers_then import case_then
from permits.text.sheets import Beside, SealImage, Sheet, Verify, sheet
from permits.text.subjects import Subject, numbered, told_of_at
from permits.text.words import LANGUAGES, Language

log = logging.getLogger(__name__)


class Made(msgspec.Struct, frozen=True):
    """A document as files, by language, with the seals of the texts that stand in it."""

    files: dict[Language, bytes]
    says: tuple[str, ...]


class Spoken(Mapping[str, str]):
    """Texts by their seals, which notes those that were read, and whether one was erased."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.read: set[str] = set()
        self.erased = False

    def __getitem__(self, seal: str) -> str:
        self.erased = self.erased or seal in self._record.erased
        value = self._record.values[seal]
        self.read.add(seal)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._record.values)

    def __len__(self) -> int:
        return len(self._record.values)


class Issuing(msgspec.Struct, frozen=True):
    """How the office has its documents look, its address for those who verify them, and whether
    it is a demonstration, whose documents say so."""

    look: Look
    address: str
    demonstration: Callable[[], bool]


class Documents:
    """Makes, keeps and finds the files of documents."""

    def __init__(
        self, cases: Cases, files: Files, now: Callable[[], datetime], issuing: Issuing
    ) -> None:
        self.database = cases.database
        self.cases = cases
        self.files = files
        self.now = now
        self.issuing = issuing
        self._setter = Setter(issuing.look)
        self._signer: Signer | None = signer_of(issuing.look.signature)
        self._records = Records(cases.database)

    def draw(self, rest: Rest = on_at_once) -> int:
        """Make a file of every document that waits for it; how many tasks were done. What no
        font can set is given up at once and stays for a person to look at."""
        waiting = claimed(self.database, outbox.DOCUMENT, self.now)
        return sum(self._done(task) for task in paced(waiting, rest))

    def _done(self, task: Task) -> bool:
        fault = attempted(self._keep, task)
        settle(self.database, task, self.now(), fault, for_good=isinstance(fault, CannotSet))
        return fault is None

    def _keep(self, task: Task) -> None:
        """Make the files of a document and keep them, unless they are there; all languages or
        none. What was erased meanwhile is not brought back."""
        record = self.cases.recorded(task.stream)
        if record is None:
            raise LookupError(task.stream)
        edition = self.cases.edition(record.case)
        subject = told_of_at(task.seq, record.case, record.entries, edition)
        if self.of(record.case.id, subject.number):
            return
        made = self.made(record, subject)
        if made is None:
            return
        with ExitStack() as stack:
            arrived = {
                language: stack.enter_context(self.files.made(content, MEDIA_TYPE))
                for language, content in made.files.items()
            }
            self._note(record, subject.number, made, arrived)

    def _note(
        self, record: Record, number: str, made: Made, arrived: Mapping[Language, Arrived]
    ) -> None:
        """Note the files; not if anything in them was erased since they were set, for the files
        would outlive it."""
        kept = DocumentKept(
            of=record.case.id,
            number=number,
            files={
                language: PaperFile(one.kept.sha256, one.kept.size)
                for language, one in arrived.items()
            },
            says=made.says,
            signed=self._signer is not None,
        )
        stream, now = stream_of(record.case.id), self.now()
        with self.database.write() as connection:
            if not vault.stand(connection, made.says):
                return
            self._records.append(connection, stream, [kept], actor=TIMER.id, now=now)
            documents.note(connection, kept, now)
            for one in arrived.values():
                one.settle()

    def made(self, record: Record, subject: Subject) -> Made | None:
        """A document as files; None if something that stood in it was erased. CannotSet if it
        cannot be made whole."""
        edition, spoken = self.cases.edition(record.case), Spoken(record)
        told = Told(spoken, record.people)
        papers = {
            language: subject.paper(record.entries, edition, told, language)
            for language in LANGUAGES
        }
        if spoken.erased:
            return None
        at, drawn = subject.at, subject.drawn
        nonce = self._nonce(record.case.id, spoken.read)
        then = case_then(at, record.entries)
        to, verify, seal = (
            record.name_on(drawn.on),
            self._verify(record.case, subject.number),
            self._seal(record),
        )
        files: dict[Language, bytes] = {}
        for language, one in papers.items():
            signers = subject.signers(told, language)
            beside = Beside(subject.form, signers, to, verify, seal)
            set_as = sheet(one, edition, beside, language)
            when = (drawn.on, at.recorded_at, nonce)
            data = attached(drawn.document, set_as, then, edition, when)
            files[language] = self._file(set_as, data, at.recorded_at)
        return Made(files, tuple(sorted(spoken.read)))

    def _file(self, one: Sheet, data: bytes, at: datetime) -> bytes:
        made = self._setter.set(one, data, at)
        return self._signer.sign(made) if self._signer is not None else made

    def _nonce(self, case_id: str, seals: set[str]) -> str:
        """Made of the salts of what stands in a document, so that it is gone once they are."""
        if not seals:
            return ""
        with self.database.read() as connection:
            salts = {one.seal: one.salt for one in vault.kept(connection, case_id)}
        digest = hashlib.sha256()
        for seal in sorted(seals):
            digest.update(salts[seal])
        return digest.hexdigest()

    def _verify(self, case: Case, number: str) -> Verify:
        code = check_code(case, number)
        if not self.issuing.address:
            return Verify(in_groups(code))
        asked = f"{self.issuing.address}/verify"
        return Verify(in_groups(code), asked, qr(f"{asked}/{quote(number, safe='')}?code={code}"))

    def _seal(self, record: Record) -> SealImage:
        """The office's own image, and in a demonstration nothing that looks like a seal."""
        if self.issuing.demonstration():
            return SealImage("specimen")
        image = self.issuing.look.seals.get(record.case.authority, "")
        return SealImage("image", svg=image) if image else SealImage()

    def of(self, case_id: str, number: str) -> dict[str, DocumentFile]:
        """The files of a document by language; none if they are still to be made, could not be
        made, or were erased."""
        with self.database.read() as connection:
            found = documents.of_document(connection, case_id, number)
        return {one.language: one for one in found}

    def standing(self, subject: Subject) -> tuple[str, str]:
        """Of a document without files: `waiting` if they are still to be made, `failed` and why
        if that was given up, `gone` if they were erased."""
        task = document_task(subject.at.id)
        with self.database.read() as connection:
            fault = outbox.given_up_on(connection, task)
            waits = outbox.waits(connection, task)
        if fault is not None:
            return "failed", fault
        return ("waiting" if waits else "gone"), ""

    def with_digest(self, sha256: str) -> tuple[DocumentFile, ...]:
        """The document whose file has this SHA-256."""
        with self.database.read() as connection:
            return tuple(documents.with_digest(connection, sha256))

    def open(self, kept: DocumentFile, record: Record) -> BinaryIO:
        """A file of a document. One that is lost is made anew; FileNotFoundError if that does not
        give the same bytes."""
        try:
            return self.files.open(kept.sha256)
        except FileNotFoundError:
            log.warning("the file of document %s is lost", kept.number)
            return io.BytesIO(self._again(kept, record))

    def _again(self, kept: DocumentFile, record: Record) -> bytes:
        edition = self.cases.edition(record.case)
        subject = numbered(kept.number, record.case, record.entries, edition)
        made = None if kept.signed else self.made(record, subject)
        for content in made.files.values() if made is not None else ():
            if hashlib.sha256(content).hexdigest() == kept.sha256:
                with self.files.made(content, MEDIA_TYPE) as arrived:
                    arrived.settle()
                return content
        raise FileNotFoundError(kept.sha256)
