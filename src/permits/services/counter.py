"""The counter: what came on paper is scanned into a tray, and done for the applicant."""

from concurrent.futures import Future
from typing import Literal

from msgspec.structs import replace
from pydantic import model_validator

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.access import Actor
from permits.casework.case import Case
from permits.casework.facts import case_facts
from permits.casework.identifiers import is_credit_code
from permits.casework.parts import room_of
from permits.casework.refusals import Reason, Refused
from permits.definitions.edition import Edition
from permits.definitions.procedure import Act, Role
from permits.services.after import AskAmendment, AskExtension, AskRenewal
from permits.services.case_record import Record, chosen
from permits.services.cases import BadAnswers, Cases, Ticket
from permits.services.counter_shapes import BroughtIn, ServeIn
from permits.services.filing import Filing
from permits.services.heard import AskRecusal
from permits.services.once import digest_source
from permits.services.requests import Nothing, Reasoned, Report, State, Supplement, Supply
from permits.services.sealer import Sealer
from permits.services.shapes import Request
from permits.services.writer import Answer, Order
from permits.store import drafts, people
from permits.store.drafts import Draft, handing_over


class ForApplicant(Request):
    """What came on paper and exactly one thing that is done with it: corrections, errors
    that are put right on the spot, a withdrawal of the application or of the commitment, a report
    on a duty, materials that were still to come, a statement, a hearing that is asked for or done
    without, that an officer not act, more time for a duty, a renewal, or a change."""

    brought: BroughtIn
    corrections: Supplement | None = None
    on_the_spot: Supplement | None = None
    withdrawal: Reasoned | None = None
    commitment_withdrawal: Nothing | None = None
    report: Report | None = None
    supply: Supply | None = None
    statement: State | None = None
    hearing: Literal["asked", "waived"] | None = None
    recusal: AskRecusal | None = None
    extension: AskExtension | None = None
    renewal: AskRenewal | None = None
    amendment: AskAmendment | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> "ForApplicant":
        things = [name for name in type(self).model_fields if name != "brought"]
        if sum(1 for name in things if getattr(self, name) is not None) != 1:
            raise ValueError("one thing is done with what came on paper")
        return self


class Counter:
    """Acts for applicants on paper. A tray holds what one officer has scanned for one thing, so
    that nothing of it is anybody else's before it is handed in."""

    def __init__(self, cases: Cases, filing: Filing) -> None:
        self.cases = cases
        self.filing = filing

    def tray(self, case: Case, actor: Actor, what: str = "paper") -> str:
        """Where an officer's scans for a case lie until they are handed in."""
        return f"counter/{actor.id}/{case.id.removeprefix('case/')}/{what}"

    def act(
        self, record: Record, given: ForApplicant, actor: Actor, ticket: Ticket, place: str
    ) -> "Future[Answer] | Refused | BadAnswers":
        """Order what came on paper. The scans in the tray belong to the case from then on; a
        request that is sent twice finds them there."""
        case = record.case
        at_hand = self._at_hand(record, actor, place)
        sealer = Sealer(case.id)
        scans = chosen(at_hand.uploads, given.brought.scans)
        if isinstance(scans, Refused):
            return scans
        does = self._does(at_hand, given, sealer)
        if isinstance(does, Refused | BadAnswers):
            return does
        papers = tuple(upload.handed_in for upload in scans)
        named = self.filing.authorisations.brought
        brought = named(case.party, given.brought, papers, sealer)
        order = Order(
            case_id=case.id,
            command=c.ActForApplicant(does, brought),
            actor=actor,
            key=ticket.key,
            request=digest_source(case.id, "for_applicant", given.model_dump(mode="json")),
            sealed=tuple(sealer.values),
            seen=ticket.seen,
            ends=(handing_over(place, case.id),),
        )
        return self.cases.submit(order)

    def begin(self, permit: str, party: str, actor: Actor, key: str) -> Draft | Refused:
        """Begin an application that came on paper; under one key, one."""
        new = self.blank(permit, party, actor, key)
        if isinstance(new, Refused):
            return new
        with self.filing.database.write() as connection:
            drafts.add(connection, new)
            return drafts.find(connection, new.id) or new

    def blank(self, permit: str, party: str, actor: Actor, key: str = "") -> Draft | Refused:
        """A draft for a party, at the window of the office that decides, which nobody keeps
        yet."""
        edition = self.filing.shelf.current(permit)
        if edition is None:
            return Refused(Reason.NO_SUCH_PERMIT, (permit,))
        window = window_of_authority(edition)
        if actor.window != window:
            return Refused(Reason.NOT_YOURS, (Role.WINDOW,))
        if not is_credit_code(party):
            return Refused(Reason.BAD_ANSWERS, ("party",))
        blank = self.filing.blank(permit, Actor(actor.id, frozenset(), party=party), key)
        return blank if isinstance(blank, Refused) else replace(blank, counter=window)

    def known_party(self, code: str) -> bool:
        """Whether an organisation is registered under a credit code."""
        with self.filing.database.read() as connection:
            return people.knows_party(connection, code)

    def serve(
        self, record: Record, given: ServeIn, actor: Actor, ticket: Ticket, place: str
    ) -> "Future[Answer] | Refused":
        """Order that the service of a document is recorded."""
        case = record.case
        proof = chosen(self._at_hand(record, actor, place).uploads, given.proof)
        if isinstance(proof, Refused):
            return proof
        sealer = Sealer(case.id)
        order = Order(
            case_id=case.id,
            command=c.ServeDocument(
                number=given.number,
                on=given.on,
                means=given.means,
                proof=tuple(upload.handed_in for upload in proof),
                postal=sealer.text("postal", given.postal),
            ),
            actor=actor,
            key=ticket.key,
            request=digest_source(case.id, "serve", given.model_dump(mode="json")),
            sealed=tuple(sealer.values),
            seen=ticket.seen,
            ends=(handing_over(place, case.id),),
        )
        return self.cases.submit(order)

    def _at_hand(self, record: Record, actor: Actor, place: str) -> Record:
        """The record with what the officer has scanned, and nothing that is others'."""
        before = (upload for upload in record.uploads if upload.account == actor.id)
        return replace(record, uploads=(*before, *self.filing.uploading.uploads(place)))

    def _does(
        self, record: Record, given: ForApplicant, sealer: Sealer
    ) -> c.Theirs | Refused | BadAnswers:
        """What the applicant would have ordered themselves."""
        if given.corrections is not None:
            read = self.cases.supplement(record, given.corrections, sealer)
            act = Act.SUPPLY_CORRECTIONS
            return (
                read if isinstance(read, Refused | BadAnswers) else self._take(record, act, read)
            )
        if given.on_the_spot is not None:
            found = self.cases.supplement(record, given.on_the_spot, sealer)
            return found if isinstance(found, Refused | BadAnswers) else c.CorrectOnTheSpot(found)
        if given.withdrawal is not None:
            reason = sealer.text("reason", given.withdrawal.reason)
            return self._take(record, Act.WITHDRAW, i.Reasoned(reason))
        if given.commitment_withdrawal is not None:
            return self._take(record, Act.WITHDRAW_COMMITMENT, i.Plain())
        return self._beside(record, given, sealer)

    def _take(self, record: Record, act: Act, given: i.Input) -> c.TakeAction | Refused:
        action = action_for(self.cases.edition(record.case), record.case, act)
        return c.TakeAction(action, given) if action else Refused(Reason.NO_SUCH_ACTION, (act,))

    def _beside(self, record: Record, given: ForApplicant, sealer: Sealer) -> c.Theirs | Refused:
        if given.hearing is not None:
            return h.AskForHearing() if given.hearing == "asked" else h.WaiveHearing()
        asked = (
            given.report or given.supply or given.statement or given.recusal
            or given.extension or given.renewal or given.amendment
        )  # fmt: skip
        if asked is None:
            raise ValueError("nothing is asked for the applicant")
        command = self.cases.command(record, asked, sealer)
        if not isinstance(command, c.Theirs | Refused):
            raise TypeError(f"{type(command).__name__} is not the applicant's to ask")
        return command


def window_of_authority(edition: Edition) -> str:
    """The window at which applications for a permit type are taken."""
    authority = edition.definition.authority
    return room_of(authority.id, authority.department)


def action_for(edition: Edition, case: Case, act: Act) -> str:
    """The action of the chart that does this from where the case stands, or else from anywhere;
    empty if there is none."""
    facts = case_facts(case, edition.definition)
    leaving = {offer.action for offer in edition.chart.offers(case.leaves, case.answers, facts)}
    named = [name for name, rule in edition.definition.chart.actions.items() if rule.act is act]
    return next((name for name in named if name in leaving), next(iter(named), ""))
