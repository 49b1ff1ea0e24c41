"""A case as those who take part in it see it."""

from datetime import date

from pydantic import Field

from permits.casework.access import owns
from permits.casework.rows import Turn, turn
from permits.definitions.procedure import Phase
from permits.web.api.shown import after, counter, decided, doing, filed, heard, terms, whose
from permits.web.api.shown.after import Amendment, Annulled, GrantTerm, HolderRequest
from permits.web.api.shown.counter import CounterVisit, SharedAnswer
from permits.web.api.shown.decided import Day, Decision, Document, Lateness, Step
from permits.web.api.shown.doing import BesideChart, Offer
from permits.web.api.shown.filed import (
    CorrectionNotice,
    File,
    Section,
    Signature,
    Undertaking,
)
from permits.web.api.shown.heard import Hearing, Opinion, Recusal, ThirdParty
from permits.web.api.shown.listed import CASES, Party
from permits.web.api.shown.parts import Named, Shown
from permits.web.api.shown.saved import Savings, saved
from permits.web.api.shown.terms import Clock, Fee, Obligation
from permits.web.dossier import Dossier
from permits.web.visits import Member


class Case(Shown):
    """A case with everything whoever asks may know of it."""

    id: str
    href: str
    number: str
    version: int = Field(description="counts the events of its log; also the ETag")
    permit: Named
    definition: str = Field(description="digest of the edition it is bound to for life")
    authority: Named
    department: str
    party: Party
    channel: str
    track: Named
    submission: int = Field(description="how often the application was put")
    title: str
    place: str
    project: str | None = Field(description="code of the project it belongs to, if it does")
    state: Named
    leaves: tuple[str, ...] = Field(description="every state it stands in, side by side")
    phase: Phase
    code: int = Field(description="national status code (办件状态)")
    turn: Turn = Field(description="who has to act next")
    milestones: tuple[Day, ...]
    clocks: tuple[Clock, ...]
    obligations: tuple[Obligation, ...]
    fees: tuple[Fee, ...]
    opinions: tuple[Opinion, ...]
    joined_on: date | None = Field(description="when the lead department joined the opinions")
    hearing: Hearing | None
    third_parties: tuple[ThirdParty, ...]
    recusals: tuple[Recusal, ...]
    term: GrantTerm | None = Field(
        description="how long the grant holds; none if it holds for good"
    )
    requests: tuple[HolderRequest, ...]
    amendments: tuple[Amendment, ...]
    annulled: tuple[Annulled, ...]
    decision: Decision | None
    lateness: tuple[Lateness, ...]
    documents: tuple[Document, ...]
    application: tuple[Section, ...]
    commitments: tuple[Signature, ...]
    undertaking: Undertaking | None
    files: tuple[File, ...]
    correction_notice: CorrectionNotice | None
    savings: Savings | None
    visits: tuple[CounterVisit, ...]
    shared: tuple[SharedAnswer, ...]
    offers: tuple[Offer, ...]
    beside: tuple[BesideChart, ...]
    history: tuple[Step, ...] = Field(description="what happened, the newest first")
    personal: bool = Field(description="whether personal answers are shown here")


def case(visit: Member, shown: Dossier, *, personal: bool) -> Case:
    """The case for whoever asks."""
    held, home = shown.case, f"{CASES}/{shown.id}"
    _name, standing = shown.edition.chart.state(held.leaves)
    return Case(
        id=shown.id,
        href=home,
        number=held.number,
        version=held.version,
        permit=whose.permit(shown),
        definition=held.definition,
        authority=whose.authority(shown),
        department=held.department,
        party=whose.party(shown),
        channel=held.channel,
        track=whose.track(shown),
        submission=held.submission,
        title=shown.title,
        place=shown.place,
        project=shown.project or None,
        state=whose.state(shown),
        leaves=held.leaves,
        phase=standing.phase,
        code=held.code,
        turn=turn(held, shown.edition),
        milestones=decided.milestones(shown),
        clocks=tuple(terms.clock(shown, home, one) for one in shown.clocks),
        obligations=tuple(terms.obligation(shown, home, one) for one in shown.duties),
        fees=tuple(terms.fee(shown, home, one) for one in shown.fees),
        opinions=heard.opinions(shown),
        joined_on=held.joined.on if held.joined else None,
        hearing=heard.hearing(shown),
        third_parties=heard.third_parties(shown),
        recusals=heard.recusals(shown),
        term=after.term(shown),
        requests=after.requests(shown),
        amendments=after.amendments(shown),
        annulled=after.annulled(shown),
        decision=decided.decision(shown),
        lateness=decided.lateness(shown),
        documents=decided.documents(shown, home),
        application=filed.sections(shown),
        commitments=filed.signatures(shown, home),
        undertaking=filed.undertaking(shown, home),
        files=files(visit, shown),
        correction_notice=filed.correction_notice(shown),
        savings=saved(shown, visit.office.shelf.calendar),
        visits=counter.visits(shown),
        shared=counter.answers(shown),
        offers=doing.offered(visit, shown, home),
        beside=doing.beside_chart(visit, shown, home),
        history=tuple(map(decided.step, shown.lines)),
        personal=personal,
    )


def files(visit: Member, shown: Dossier) -> tuple[File, ...]:
    """What was handed in; to the applicant also what was uploaded and is still to be sent."""
    mine = owns(visit.actor, shown.case)
    home = f"{CASES}/{shown.id}"
    return tuple(
        filed.file_of_case(shown, home, upload)
        for upload in (shown.record.uploads if mine else shown.files)
    )
