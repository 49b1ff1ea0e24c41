"""Writing an application over days and devices, and filing it."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime
from enum import StrEnum
from functools import partial
from uuid import UUID, uuid5

from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework.access import Actor
from permits.casework.answers import Problem, Read, read_answers
from permits.casework.carrying import signed_still, track_left
from permits.casework.counter import SCANS, Brought
from permits.casework.dates import as_text, day_of
from permits.casework.parts import SharedAnswer, ShownIn
from permits.casework.refusals import Reason, Refused
from permits.casework.shared import left_to_applicant
from permits.casework.tracks import (
    notice_digest,
    settled_materials,
    signatures,
    text_of,
    treatments,
)
from permits.definitions.edition import Edition
from permits.definitions.schema import TrackName, Treatment
from permits.outside.records import Question
from permits.services.authorisations import Authorisations
from permits.services.cases import Submit
from permits.services.counter_shapes import BroughtIn
from permits.services.once import digest_source
from permits.services.party_orders import PartyReader
from permits.services.records import new_id
from permits.services.sealer import Sealer
from permits.services.shared_data import SharedData
from permits.services.shelf import Shelf
from permits.services.track_choices import TrackChoice, choices
from permits.services.uploading import Uploading
from permits.services.writer import Answer, Order
from permits.store import drafts
from permits.store.drafts import Draft, Upload

_BEGUN = UUID("0197547b-4c00-7000-8000-000000000000")
"""The namespace of drafts that are begun by a form with a key."""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Lost(StrEnum):
    """Why a draft could not be saved."""

    GONE = "gone"
    OVERTAKEN = "overtaken"


class Filing:
    """Drafts: begun, saved, signed, filed. A draft belongs to the party, not to one person."""

    def __init__(
        self,
        shelf: Shelf,
        uploading: Uploading,
        submit: Submit,
        now: Callable[[], datetime],
        shared: SharedData,
    ) -> None:
        self.database = shelf.database
        self.shelf = shelf
        self.uploading = uploading
        self.submit = submit
        self.now = now
        self.shared = shared
        self._parties = PartyReader(self.database.dialect)
        self.authorisations = Authorisations(self.database)

    def begin(self, permit: str, actor: Actor, key: str = "") -> Draft | Refused:
        """Begin an application for the edition of a permit type that holds today; under one
        key, one."""
        new = self.blank(permit, actor, key)
        if isinstance(new, Refused):
            return new
        with self.database.write() as connection:
            drafts.add(connection, new)
            return drafts.find(connection, new.id) or new

    def blank(self, permit: str, actor: Actor, key: str = "") -> Draft | Refused:
        """A draft nothing is written on and nobody keeps yet."""
        edition = self.shelf.current(permit)
        if edition is None:
            return Refused(Reason.NO_SUCH_PERMIT, (permit,))
        if not actor.party:
            return Refused(Reason.NOT_YOURS)
        return Draft(
            id=str(uuid5(_BEGUN, f"{actor.id} {key}")) if key else new_id(),
            account=actor.id,
            party=actor.party,
            permit=permit,
            definition=edition.digest,
            case_id=f"case/{new_id()}",
            answers={},
            track="",
            signed={},
            version=1,
            updated_at=as_text(self.now()),
        )

    def find(self, draft_id: str, actor: Actor) -> Draft | None:
        """A draft of the actor's party, or one that the officer writes at the counter; None alike
        for others' and for none at all."""
        with self.database.read() as connection:
            draft = drafts.find(connection, draft_id)
        return self.as_of_today(draft) if draft is not None and _theirs(draft, actor) else None

    def at_counter(self, actor: Actor) -> list[Draft]:
        """What an officer writes for applicants at the counter."""
        with self.database.read() as connection:
            found = drafts.at_counter(connection, actor.id)
        return [self.as_of_today(draft) for draft in found]

    def mine(self, actor: Actor) -> list[Draft]:
        with self.database.read() as connection:
            found = drafts.of_party(connection, actor.party) if actor.party else []
        return [self.as_of_today(draft) for draft in found]

    def as_of_today(self, draft: Draft) -> Draft:
        """The draft as the edition of today takes it: a track that is gone is not chosen, and a
        text that reads otherwise is not signed. Every answer stays."""
        definition = self.edition(draft).definition
        track = track_left(definition, draft.track)
        return replace(draft, track=track, signed=signed_still(definition, track, draft.signed))

    def edition(self, draft: Draft) -> Edition:
        """The edition the draft would be filed under today, whatever it was begun with."""
        return self.shelf.current(draft.permit) or self.shelf.edition(draft.definition)

    def read(self, draft: Draft, only: frozenset[str] | None = None) -> Read:
        """The answers so far as the rules use them, with what is wrong or missing.

        Answers to questions that the edition of today does not have are passed over, and kept.
        """
        edition = self.edition(draft)
        known = {n: v for n, v in draft.answers.items() if n in edition.questions}
        return read_answers(edition, known, only=only)

    def save(self, draft: Draft, answers: Mapping[str, str]) -> Draft | Lost:
        """Save answers as typed, whether they fit or not; what was answered before stays.

        Whoever changes an answer has to choose the track and sign anew.
        """
        merged = {**draft.answers, **answers}
        if merged == draft.answers:
            return draft
        if draft.track:
            self.shared.forget(draft.id)
        return self.keep(replace(draft, answers=merged, track="", signed={}, shown_in={}))

    def choose(self, draft: Draft, track: str) -> Draft | Lost | Refused:
        """Choose a track that is open for the answers."""
        offered = {choice.name.value: choice for choice in self.tracks(draft)}
        if track not in offered:
            return Refused(Reason.NO_SUCH_TRACK, (track,))
        closed = offered[track].shut
        if closed is not None:
            return closed
        same = track == draft.track
        anew = replace(draft, track=track, signed={}, shown_in={})
        chosen = draft if same else self.keep(anew)
        if isinstance(chosen, Draft):
            self.ask_others(chosen)
        return chosen

    def ask_others(self, draft: Draft) -> None:
        """Ask other offices for what the chosen track leaves to them, if it was not answered
        lately."""
        answers, edition = self.read(draft).answers, self.edition(draft)
        fields = (n for n, q in edition.questions.items() if q.type == "project_code")
        project = next((str(answers[n]) for n in fields if n in answers), "")
        questions = [
            Question(draft.permit, name, draft.party, project)
            for name in self._left_to_others(draft)
        ]
        if questions:
            self.shared.ask(draft.id, questions, draft.account)

    def answered(self, draft: Draft) -> tuple[SharedAnswer, ...]:
        """What other offices answered for the materials that the chosen track leaves to them."""
        left = self._left_to_others(draft)
        known = self.shared.known(draft.id) if left else ()
        return tuple(answer for answer in known if answer.material in left)

    def _left_to_others(self, draft: Draft) -> list[str]:
        """The materials that the chosen track leaves to other offices, but for what another case
        of the project has settled."""
        settled = self._settled(draft)
        treated = self._treated(draft).items()
        return [n for n, what in treated if what is Treatment.SHARED and n not in settled]

    def _settled(self, draft: Draft) -> frozenset[str]:
        return settled_materials(self.edition(draft), self.read(draft).answers)

    def _treated(self, draft: Draft) -> dict[str, Treatment]:
        """What the chosen track does with each material, given the answers; nothing before one is
        chosen."""
        if not draft.track:
            return {}
        return treatments(self.edition(draft), TrackName(draft.track), self.read(draft).answers)

    def tracks(self, draft: Draft) -> tuple[TrackChoice, ...]:
        """Every track of the permit type, and why those that are shut are."""
        edition, answers = self.edition(draft), self.read(draft).answers
        with self.database.read() as connection:
            shown = partial(self._parties.shown, connection)
            return choices(edition, answers, draft.party, shown, day_of(self.now()))

    def sign(
        self,
        draft: Draft,
        commitment: str,
        text_digest: str,
        keys: Sequence[str] = (),
        shown_in: ShownIn = "",
    ) -> Draft | Lost | Refused:
        """Sign a commitment of the chosen track, as its text was shown and in that language: the
        signatures of these keys, or the applicant's alone."""
        keys = keys or (commitment,)
        signed = self.with_signatures(draft, commitment, text_digest, keys, shown_in)
        return signed if isinstance(signed, Refused) or signed is draft else self.keep(signed)

    def with_signatures(
        self,
        draft: Draft,
        commitment: str,
        text_digest: str,
        keys: Sequence[str],
        shown_in: ShownIn,
    ) -> Draft | Refused:
        """The draft with these signatures under a commitment, which is not saved."""
        definition = self.edition(draft).definition
        wanted = signatures(definition, TrackName(draft.track)) if draft.track else ()
        if not {commitment, *keys} <= {*wanted}:
            return Refused(Reason.COMMITMENT_UNSIGNED, (commitment,))
        if text_digest != notice_digest(text_of(definition, commitment)):
            return Refused(Reason.NOTICE_CHANGED, (commitment,))
        signed = {**draft.signed, **dict.fromkeys(keys, text_digest)}
        if signed == draft.signed:
            return draft
        shown = {**draft.shown_in, **dict.fromkeys(keys, shown_in)}
        return replace(draft, signed=signed, shown_in=shown)

    def discard(self, draft: Draft) -> None:
        with self.database.write() as connection:
            drafts.remove(connection, draft.id)

    def keep(self, changed: Draft) -> Draft | Lost:
        """Save under the version that was read; nobody's work is overwritten unseen. Just the same
        may have been saved meanwhile: by whoever pressed the button twice."""
        new = replace(changed, version=changed.version + 1, updated_at=as_text(self.now()))
        with self.database.write() as connection:
            if drafts.save(connection, new):
                return new
            stands = drafts.find(connection, new.id)
        if stands is None:
            return Lost.GONE
        same = replace(stands, version=new.version, updated_at=new.updated_at) == new
        return stands if same else Lost.OVERTAKEN

    def asked(self, draft: Draft) -> tuple[str, ...]:
        """The materials the chosen track asks for, given the answers; among them what another
        office was to give and did not."""
        settled = self._settled(draft)
        treated = left_to_applicant(self._treated(draft), self.answered(draft), settled)
        return tuple(name for name, what in treated.items() if what is Treatment.SUPPLIED)

    def may_follow(self, draft: Draft) -> tuple[str, ...]:
        """The materials that the tolerant track takes later as well as now. What a commitment
        defers is not among them: an obligation brings that in, after the decision."""
        if draft.track != TrackName.TOLERANT:
            return ()
        return tuple(
            name for name, what in self._treated(draft).items() if what is Treatment.DEFERRED
        )

    def file(
        self, draft: Draft, actor: Actor, key: str, came: BroughtIn | None = None
    ) -> "Future[Answer] | tuple[Problem, ...]":
        """File the application. The case it becomes was named when the draft was begun, so that
        filing it twice cannot make two; what was filed is not looked at again, for the writer
        knows the answer. The draft ends in the transaction that files it. `came` is what is told
        of the paper, if it was written at the counter."""
        read = self.read(draft)
        if read.problems and draft.filed_at is None:
            return read.problems
        if draft.filed_at is None:
            self.ask_others(draft)
        sealer = Sealer(draft.case_id)
        on = came.on if came is not None else day_of(self.now())
        lookup = "".join(secrets.choice(_LETTERS) for _ in range(12))
        latest = {u.material: u for u in self.uploading.uploads(draft.id)}
        asked = (*self.asked(draft), *self.may_follow(draft))
        command = c.File(
            track=draft.track,
            party=draft.party,
            channel="counter" if draft.counter else "web",
            answers=read.answers,
            seals=sealer.texts(read.personal),
            handed_in=tuple(u.handed_in for m, u in latest.items() if m in asked),
            signed=self.authorisations.signing_draft(self.edition(draft), read, draft, on),
            lookup=sealer.text("lookup", lookup) or "",
            shared=self.answered(draft),
            brought=self._brought(draft, came, latest, sealer) if draft.counter else None,
        )
        order = Order(
            case_id=draft.case_id,
            command=command,
            actor=actor,
            key=key,
            request=digest_source("file", draft.case_id),
            sealed=tuple(sealer.values),
            permit=draft.permit,
            ends=(drafts.ending(draft),),
        )
        return self.submit(order)

    def _brought(
        self, draft: Draft, came: BroughtIn | None, latest: Mapping[str, Upload], sealer: Sealer
    ) -> Brought | None:
        """What came on paper, with the scans that lie with the draft and the name sealed."""
        if came is None:
            return None
        scans = tuple(
            latest[name].handed_in
            for name in SCANS
            if name in latest and (not came.scans or latest[name].id in came.scans)
        )
        return self.authorisations.brought(draft.party, came, scans, sealer)


def _theirs(draft: Draft, actor: Actor) -> bool:
    """Whether a draft is the actor's to write."""
    if draft.counter:
        return draft.account == actor.id and draft.counter == actor.window
    return actor.acts_for(draft.party)
