"""What every derived table should hold, gathered from the log stream by stream."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Table

from permits.casework import (
    asked_rows,
    check_rows,
    figures,
    ledger_rows,
    measured_rows,
    party_rows,
    project_rows,
    rows,
    waiting_rows,
)
from permits.casework.case import Case
from permits.casework.entitlement import batches, claim_fold, claims, policies, register, rounds
from permits.casework.entitlement import rows as entitlement_rows
from permits.casework.envelope import CannotFollow, Envelope, Event, only
from permits.casework.families import access
from permits.casework.families.calendar import YearPublished
from permits.casework.families.definitions import DefinitionPublished
from permits.casework.families.erasing import ValuesErased
from permits.casework.families.kept_documents import DocumentKept
from permits.casework.families.projects import fold_all as fold_projects
from permits.casework.fold import fold_all
from permits.casework.following import IMPOSSIBLE, why
from permits.casework.parts import Seal
from permits.casework.party import Party
from permits.casework.party_fold import fold_all as fold_parties
from permits.casework.project import Project
from permits.casework.published import document_rows
from permits.casework.publishing import fold_proposal
from permits.casework.signed_texts import named
from permits.casework.voices.rows import Of, voice_rows
from permits.casework.voices.voices import Voices
from permits.casework.voices.voices import fold_all as fold_voices
from permits.casework.working_days import PublishedYear, WorkingDays
from permits.definitions.edition import Edition, edition
from permits.services.policies import version_row as policy_row
from permits.services.shelf import version_row, year_row
from permits.store import (
    access_log,
    document_file_tables,
    document_tables,
    documents,
    measured_tables,
    party_tables,
    people_tables,
    pile_tables,
    project_tables,
    proposals,
    published,
    published_tables,
    voice_tables,
)
from permits.store import entitlement_tables as e
from permits.store import tables as t
from permits.store.caseload import Measured, plain
from permits.store.numbers import authority_and_period, places
from permits.store.people import standing_row
from permits.store.published import Altered
from permits.store.total_keys import Totals, added, group_of, group_row, row_of
from permits.store.total_tables import figure_group, figure_total

Rows = dict[tuple[Any, ...], dict[str, Any]]
Entries = list[tuple[Envelope, Event]]

_OF_ENTITLEMENTS = ("round", "entitled", "batch", "register", "policies")


class Made:
    """Gathers what the log says, stream by stream. `signed` names the texts that were signed by
    their digests, with the case in which each was signed first."""

    def __init__(self) -> None:
        self.erased: dict[Seal, date] = {}
        self.signed: dict[str, str] = {}
        self.kept: list[tuple[Envelope, DocumentKept]] = []
        self.rows: dict[str, Rows] = {table.name: {} for table in t.DERIVED}
        self._totals: Totals = Totals()
        self.editions: dict[str, Edition] = {}
        self.calendar = WorkingDays(())

    def put(self, table: Table, row: dict[str, Any]) -> None:
        self.rows[table.name][tuple(row[c.name] for c in table.primary_key)] = row

    def years(self, entries: Entries) -> None:
        known: dict[int, PublishedYear] = {}
        for _envelope, event in only(YearPublished, entries):
            known[event.year.year] = event.year
            self.put(published_tables.calendar_year, year_row(event))
        self.calendar = WorkingDays(known.values())

    def versions(self, connection: Connection, entries: Entries) -> None:
        for envelope, event in only(DefinitionPublished, entries):
            self.put(published_tables.version, version_row(event, envelope.recorded_at))
            content = published.content(connection, event.digest)
            if content is None:
                raise Altered(event.digest)
            self.editions[event.digest] = edition(content, event.digest)

    def stream(self, stream: str, entries: Entries) -> None:
        """What a stream beside the calendar and the definitions says. CannotFollow if that cannot
        have happened, or leaves what no row can tell; nothing of it counts then."""
        try:
            self._stream(stream, entries)
        except CannotFollow:
            raise
        except IMPOSSIBLE as error:
            raise CannotFollow(entries[-1][0], f"what it leaves: {why(error)}") from error

    def _stream(self, stream: str, entries: Entries) -> None:
        kind, _, name = stream.partition("/")
        if kind in _OF_ENTITLEMENTS:
            self._entitlement(kind, name, entries)
        elif access_log.is_audited(stream):
            self._audited(stream, name, entries)
        else:
            self._rows_of(kind, name, entries)

    def _rows_of(self, kind: str, name: str, entries: Entries) -> None:
        match kind:
            case "case":
                self._case(f"case/{name}", entries)
            case "project":
                self._project(fold_projects(Project(name), entries))
            case "party":
                self._party(fold_parties(Party(name), entries))
            case "voices":
                self._voices(f"case/{name}", entries)
            case "erasing":
                self._erasing(entries)
            case "proposal":
                self._proposal(name, entries)
            case "documents":
                self.kept += only(DocumentKept, entries)
            case _:
                return  # nothing is derived from it

    def documents(self) -> None:
        """The files of documents; asked once everything that was erased is known."""
        for envelope, event in self.kept:
            for row in documents.rows_of(event, envelope.recorded_at, self.erased):
                self.put(document_file_tables.document_file, row)

    def totals(self) -> None:
        """How many of the rows that figures count are alike; asked once all cases are known."""
        for key, times in self._totals.items():
            self.put(figure_total, row_of(key, times))

    def _voices(self, case_id: str, entries: Entries) -> None:
        """Streams are read in the order of their names: that of the case was read before."""
        case = self.rows[t.case_row.name][case_id,]
        of = Of(**{name: case[name] for name in Of.__struct_fields__})
        for row in voice_rows(fold_voices(Voices(case_id), entries), of):
            self.put(voice_tables.voice_row, plain(row))

    def _erasing(self, entries: Entries) -> None:
        for envelope, event in entries:
            if isinstance(event, ValuesErased):
                self.erased |= dict.fromkeys(event.seals, envelope.effective_at)

    def _audited(self, stream: str, name: str, entries: Entries) -> None:
        if stream == access.stream_of(name):
            standing = access.fold_standing(event for _e, event in entries)
            self.put(people_tables.standing, standing_row(name, standing))
        for envelope, event in entries:
            self.put(people_tables.access_row, access_log.row_of(envelope, event))

    def _proposal(self, name: str, entries: Entries) -> None:
        proposal = fold_proposal(name, entries)
        if proposal is not None:
            self.put(published_tables.proposal, proposals.row_of(proposal))

    def _case(self, stream: str, entries: Entries) -> None:
        case = fold_all(Case(id=stream), entries)
        bound = self.editions[case.definition]
        self._texts(stream, entries)
        row, facts = rows.case_row(case, bound), figures.facts_row(case, bound, self.calendar)
        self.put(t.case_row, plain(row))
        self.put(measured_tables.case_facts, plain(facts))
        measured = Measured(
            measured_rows.term_rows(case, bound),
            measured_rows.duty_rows(case, bound),
            measured_rows.fee_fact_rows(case, bound),
        )
        self._measured(measured)
        group = group_of(facts, row.authority)
        if facts.result_on is not None:
            self.put(figure_group, group_row(group))
        self._totals.update(added(facts, group, measured))
        for due in rows.due_rows(case, bound):
            self.put(t.due_row, plain(due))
        for asked in asked_rows.opinion_rows(case):
            self.put(pile_tables.opinion_row, plain(asked))
        for check in check_rows.check_rows(case):
            self.put(pile_tables.check_row, plain(check))
        for waiting in waiting_rows.waiting_rows(case, bound):
            self.put(pile_tables.waiting_row, plain(waiting))
        for stay in rows.intervals(stream, entries):
            self.put(measured_tables.interval, plain(stay))
        for entry in ledger_rows.fee_rows(case):
            self.put(t.fee_entry, plain(entry))
        for document in document_rows(case):
            self.put(document_tables.document_row, plain(document))
        self._numbers(entries)

    def _numbers(self, entries: Entries) -> None:
        """The last place that was taken in each series of numbers."""
        for place in places(event for _e, event in entries):
            authority, period = authority_and_period(place.series)
            last = self.rows[t.number_series.name].get((place.series,), {"last": 0})["last"]
            taken = {"series": place.series, "authority": authority, "period": period}
            self.put(t.number_series, {**taken, "last": max(last, place.place)})

    def _texts(self, stream: str, entries: Entries) -> None:
        for digest in named(event for _envelope, event in entries):
            self.signed.setdefault(digest, stream)

    def _measured(self, measured: Measured) -> None:
        """What figures count of time limits, duties and fees."""
        for term in measured.terms:
            self.put(measured_tables.case_term, plain(term))
        for duty in measured.duties:
            self.put(measured_tables.case_duty, plain(duty))
        for fee in measured.fees:
            self.put(measured_tables.case_fee, plain(fee))

    def _entitlement(self, kind: str, name: str, entries: Entries) -> None:
        if kind == "round":
            found = rounds.fold_all(rounds.Round(name), entries)
            self.put(e.entitlement_round, plain(entitlement_rows.round_row(found)))
        elif kind == "entitled":
            held = claim_fold.fold_all(claims.Holding(name), entries)
            for row in entitlement_rows.claim_rows(held):
                self.put(e.entitlement_claim, plain(row))
            for grant in entitlement_rows.grant_rows(held):
                self.put(e.entitlement_grant, plain(grant))
        elif kind == "batch":
            batch = batches.batch_of(name, entries)
            if batch is not None:
                self.put(e.payment_batch, plain(entitlement_rows.batch_row(batch)))
        else:
            self._published_for_entitlements(entries)

    def _published_for_entitlements(self, entries: Entries) -> None:
        """The editions of the register, and the policies."""
        for envelope, event in entries:
            if isinstance(event, register.RegisterImported):
                row = entitlement_rows.edition_row(event, envelope.seq, envelope.recorded_at)
                self.put(e.register_edition, plain(row))
            elif isinstance(event, policies.PolicyPublished):
                self.put(e.policy_version, policy_row(event, envelope.recorded_at))

    def _project(self, project: Project) -> None:
        self.put(project_tables.project_row, plain(project_rows.project_row(project)))
        for member in project_rows.member_rows(project):
            self.put(project_tables.project_case, plain(member))
        for hold in project_rows.hold_rows(project):
            self.put(project_tables.gate_hold, plain(hold))

    def _party(self, party: Party) -> None:
        self.put(people_tables.party, plain(party_rows.party_row(party)))
        for name in party_rows.name_rows(party):
            self.put(party_tables.party_name, plain(name))
        for entry in party_rows.entry_rows(party):
            self.put(party_tables.credit_entry, plain(entry))
        for task in party_rows.task_rows(party):
            self.put(party_tables.party_task, plain(task))
        for bar in party_rows.bar_rows(party):
            self.put(party_tables.party_bar, plain(bar))
