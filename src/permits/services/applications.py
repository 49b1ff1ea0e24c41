"""Applications as programs send them: whole, and checked before anything of them is kept."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from permits.casework.access import Actor
from permits.casework.decide.signing import not_as_it_reads
from permits.casework.entries import unknown_in
from permits.casework.parts import ShownIn
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import signatures
from permits.definitions.schema import TrackName
from permits.outside.stores import Away
from permits.services.cases import BadAnswers
from permits.services.filing import Filing, Lost
from permits.services.once import Asked, Once, digest_source
from permits.services.uploading import Incoming, OverLimit, Taken
from permits.store import drafts
from permits.store.drafts import Draft, Upload
from permits.text.uploads import Unfit

FILED = Refused(Reason.NOT_NOW, ("file",))


class Application(msgspec.Struct, frozen=True):
    """What an application says: the answers, the track if one is chosen, and for each signature
    that was given, by its key, the digest of the text it stands under; `shown_in` is the language
    in which these were shown."""

    answers: Mapping[str, str]
    track: str = ""
    signed: Mapping[str, str] = {}
    shown_in: ShownIn = ""


class Applications:
    """Drafts written at once. They are the drafts of the pages, and can be gone on with there."""

    def __init__(self, filing: Filing) -> None:
        self.filing = filing
        self.database = filing.database
        self.once = Once(filing.database, filing.now)

    def begin(
        self, blank: Draft | Refused, said: Application, actor: Actor, key: str
    ) -> Draft | Refused | BadAnswers:
        """Begin an application with what it says; once for each key."""
        written = blank if isinstance(blank, Refused) else self._written(blank, said)
        if not isinstance(written, Draft):
            return written
        request = digest_source("draft", written.permit, written.party, said)

        def keep(connection: Connection) -> None:
            drafts.add(connection, written)

        made = self.once.make(Asked(actor.id, key, request), written.id, keep)
        if isinstance(made, Refused):
            return made
        held = self.filing.find(made, actor)
        if held is None:
            return Refused(Reason.NO_SUCH_CASE)
        self.filing.ask_others(held)
        return held

    def write(
        self, draft: Draft, said: Application, seen: int | None
    ) -> Draft | Lost | Refused | BadAnswers:
        """Put an application in the place of what the draft held, if it is still as it was
        `seen`; the same again changes nothing."""
        written = self._written(draft, said)
        if not isinstance(written, Draft) or written == draft:
            return written
        if seen is not None and seen != draft.version:
            return Lost.OVERTAKEN
        kept = self.filing.keep(written)
        if isinstance(kept, Draft):
            self.filing.shared.forget(kept.id)
            self.filing.ask_others(kept)
        return kept

    def _written(self, draft: Draft, said: Application) -> Draft | Refused | BadAnswers:
        """The draft as it would be. Answers that do not fit yet are kept until a track is
        chosen, which goes by all of them; questions that no form has are never taken."""
        if draft.filed_at is not None:
            return FILED
        questions = self.filing.edition(draft).questions
        unknown = [
            problem
            for name, text in said.answers.items()
            for problem in unknown_in(questions.get(name), name, text)
        ]
        answers = dict(said.answers)
        written = replace(draft, answers=answers, track="", signed={}, shown_in={})
        problems = (*unknown, *(self.filing.read(written).problems if said.track else ()))
        if problems:
            return BadAnswers(problems)
        refused = self._shut(written, said)
        if refused is not None:
            return refused
        shown = dict.fromkeys(said.signed, said.shown_in)
        return replace(written, track=said.track, signed=dict(said.signed), shown_in=shown)

    def _shut(self, draft: Draft, said: Application) -> Refused | None:
        """Why the track cannot be chosen, or not be signed for like this."""
        definition = self.filing.edition(draft).definition
        choices = {choice.name.value: choice.shut for choice in self.filing.tracks(draft)}
        if said.track and said.track not in choices:
            return Refused(Reason.NO_SUCH_TRACK, (said.track,))
        shut = choices[said.track] if said.track else None
        if shut is not None:
            return shut
        wanted = signatures(definition, TrackName(said.track)) if said.track else ()
        return not_as_it_reads(definition, wanted, said.signed)

    def attach(
        self, place: str, incoming: Incoming, actor: Actor, key: str, *, replaces: bool
    ) -> Upload | Unfit | Refused:
        """Keep a file for a draft or a case, once for each key. If it `replaces`, it takes the
        place of earlier ones for the same. What was kept under the key before is said again,
        however many files have come since."""
        uploading = self.filing.uploading
        spent = uploading.spent(place, actor)
        if spent is not None and not self.once.known(actor.id, key):
            return spent
        try:
            with uploading.taken_in(place, incoming, actor) as taken:
                if isinstance(taken, Unfit):
                    return taken
                made = self._attached(taken, actor, key, replaces=replaces)
        except OverLimit as over:
            return over.why
        except Away:
            return Unfit.UNCHECKED
        if isinstance(made, Refused):
            return made
        held = {upload.id: upload for upload in uploading.uploads(place)}
        return held.get(made) or Refused(Reason.NO_SUCH_MATERIAL, (incoming.material,))

    def _attached(self, taken: Taken, actor: Actor, key: str, *, replaces: bool) -> str | Refused:
        """The id of the upload that is kept under the key: this one, or what was before."""
        uploading, new = self.filing.uploading, taken.upload
        earlier = uploading.uploads(new.place) if replaces else []

        def keep(connection: Connection) -> None:
            for one in earlier:
                if one.material == new.material:
                    drafts.remove_upload(connection, new.place, one.id)
            uploading.note(connection, taken, actor)

        request = digest_source("file", new.place, new.material, new.filename, _sent(new))
        return self.once.make(Asked(actor.id, key, request), new.id, keep)


def _sent(new: Upload) -> str:
    """The digest of what was sent: the same picture may one day be written anew otherwise."""
    return new.came or new.sha256
