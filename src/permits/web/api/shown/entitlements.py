"""Policies, lists, evidence and claims as programs are shown them."""

from datetime import date

from pydantic import Field

from permits.casework.entitlement.claims import Claim
from permits.casework.entitlement.matching import Candidate
from permits.casework.entitlement.rounds import Round
from permits.definitions.policies.editions import PolicyEdition
from permits.store.drafts import Upload
from permits.store.entitlement_lists import RoundListed
from permits.text import entitlements as text
from permits.text.bases import cited
from permits.text.words import words
from permits.web.api.shown.filed import File, file
from permits.web.api.shown.parts import V1, Named, Shown
from permits.web.entitlements_shown import Asked, ShownVerdict
from permits.web.visits import Visit

ENTITLEMENTS = f"{V1}/entitlements"


class PolicyGrade(Shown):
    """A grade and what it comes to."""

    name: str
    title: str
    amount_fen: int
    example: bool = Field(description="an example value: no published rule was found")


class PolicyShown(Shown):
    """A policy of entitlement without application."""

    id: str
    title: str
    summary: str
    period: str = Field(description="`year` or `quarter`: for what it is paid once")
    requires: tuple[str, ...] = Field(description="the conditions, in words")
    grades: tuple[PolicyGrade, ...]
    digest: str = Field(description="SHA-256 of the version")


class ListSummary(Shown):
    """A list that was published."""

    id: str
    href: str
    policy: str
    period: str
    route: Named = Field(description="`matched` with the register, or `applied` for")
    stage: Named
    ends_on: date | None = Field(description="until when one can object")
    enterprises: int
    amount_fen: int


class EntitlementList(Shown):
    """The policies and the lists that were published."""

    policies: tuple[PolicyShown, ...]
    lists: tuple[ListSummary, ...]


class ListedEnterprise(Shown):
    """An enterprise on a list."""

    code: str
    name: str
    grade: Named
    full_fen: int = Field(description="what the grade comes to")
    deducted_fen: int = Field(description="what its group paid before")
    amount_fen: int


class ObjectionShown(Shown):
    """An objection, without what was said by whom."""

    number: int
    kind: Named
    code: str
    due: date | None
    upheld: bool | None = Field(description="null until it is decided")


class RoundShown(Shown):
    """A list with how it was made."""

    id: str
    policy: str
    period: str
    route: Named = Field(description="`matched` with the register, or `applied` for")
    stage: Named
    as_of: date | None = Field(description="the day of the data")
    edition: str = Field(description="the edition of the register")
    digest: str = Field(
        description="SHA-256 of all evidence of a run: the same inputs give the same"
    )
    examined: int = Field(description="0 for a list of applications")
    ends_on: date | None
    confirm_by: date | None
    version: int
    listed: tuple[ListedEnterprise, ...]
    objections: tuple[ObjectionShown, ...]


class EvidenceValue(Shown):
    """A value, what it is called and who says so."""

    title: str
    value: str
    source: str


class EvidenceShown(Shown):
    """A condition as it came out."""

    says: str
    kind: str = Field(description="`required`, `excludes` or `grade`")
    holds: bool
    values: tuple[EvidenceValue, ...]
    basis: str = Field(description="the rule that asks for it")


class VerdictShown(Shown):
    """What the data say of an enterprise."""

    edition: str
    as_of: date
    outcome: Named
    amount_fen: int
    evidence: tuple[EvidenceShown, ...]


class ClaimShown(Shown):
    """What an enterprise has of a policy for a period."""

    policy: str
    period: str
    standing: Named
    route: Named
    amount_fen: int
    due: date | None
    paid_on: date | None
    owed_back_fen: int


class MyEntitlement(Shown):
    """A policy and period for the enterprise that asks."""

    policy: str
    period: str
    version: int = Field(description="counts everything the enterprise has")
    statement: tuple[str, ...] = Field(description="what is signed when confirming or applying")
    digest: str = Field(description="SHA-256 of the statement, to be sent when it is signed")
    claim: ClaimShown | None
    verdict: VerdictShown | None = Field(description="null if the register does not hold it")
    evidence: tuple[File, ...] = Field(description="files that go with an application")


class MyEntitlements(Shown):
    """Everything an enterprise was offered, applied for or paid."""

    items: tuple[ClaimShown, ...]


class EntitlementOutcome(Shown):
    """What came of a command. The same key brings the same answer."""

    about: str = Field(description="the list, batch, or policy and period it is about")
    events: tuple[str, ...] = Field(description="what was written to the log")


def policy_shown(visit: Visit, edition: PolicyEdition) -> PolicyShown:
    policy, language = edition.policy, visit.language
    return PolicyShown(
        id=edition.id,
        title=policy.policy.title.in_(language),
        summary=policy.policy.summary.in_(language),
        period=policy.policy.period,
        requires=tuple(policy.conditions[name].says.in_(language) for name in policy.requires),
        grades=tuple(
            PolicyGrade(
                name=name,
                title=grade.title.in_(language),
                amount_fen=edition.fen(name),
                example=grade.basis.example is not None,
            )
            for name, grade in policy.grades.items()
        ),
        digest=edition.digest,
    )


def summary_of(visit: Visit, row: RoundListed) -> ListSummary:
    return ListSummary(
        id=row.round_id,
        href=f"{ENTITLEMENTS}/lists/{row.round_id}",
        policy=row.policy,
        period=row.period,
        route=Named(name=row.route, title=text.route(row.route, visit.language)),
        stage=Named(name=row.stage, title=text.stage(row.stage, visit.language)),
        ends_on=date.fromisoformat(row.ends_on) if row.ends_on else None,
        enterprises=row.listed,
        amount_fen=row.amount_fen,
    )


def round_shown(visit: Visit, found: Round, edition: PolicyEdition) -> RoundShown:
    """A list as it stands."""
    language = visit.language
    return RoundShown(
        id=found.id,
        policy=found.policy,
        period=found.period,
        route=Named(name=found.route, title=text.route(found.route, language)),
        stage=Named(name=found.stage, title=text.stage(found.stage, language)),
        as_of=found.as_of,
        edition=found.edition,
        digest=found.digest,
        examined=found.examined,
        ends_on=found.ends_on,
        confirm_by=found.confirm_by,
        version=found.version,
        listed=tuple(_listed(visit, one, edition) for one in found.on_list),
        objections=tuple(
            ObjectionShown(
                number=one.number,
                kind=Named(name=one.kind, title=text.objection_kind(one.kind, language)),
                code=one.code,
                due=one.due,
                upheld=one.upheld,
            )
            for one in found.objections
        ),
    )


def _listed(visit: Visit, one: Candidate, edition: PolicyEdition) -> ListedEnterprise:
    title = edition.policy.grades[one.grade].title.in_(visit.language)
    return ListedEnterprise(
        code=one.code,
        name=one.name,
        grade=Named(name=one.grade, title=title),
        full_fen=one.full_fen,
        deducted_fen=one.deducted_fen,
        amount_fen=one.amount_fen,
    )


def claim_shown(visit: Visit, claim: Claim) -> ClaimShown:
    language = visit.language
    return ClaimShown(
        policy=claim.policy,
        period=claim.period,
        standing=Named(name=claim.standing, title=text.standing(claim.standing, language)),
        route=Named(name=claim.route, title=text.route(claim.route, language)),
        amount_fen=claim.amount_fen,
        due=claim.due,
        paid_on=claim.paid_on,
        owed_back_fen=claim.owed_back_fen,
    )


def evidence_shown(visit: Visit, asked: Asked, upload: Upload, *, handed_in: bool) -> File:
    """A file that was uploaded for an application."""
    about = Named(name=upload.material, title=words(visit.language).gettext("evidence"))
    home = f"{ENTITLEMENTS}/mine/{asked.edition.id}/{asked.period}"
    return file(about, home, upload, handed_in=handed_in)


def verdict_shown(visit: Visit, edition: PolicyEdition, v: ShownVerdict) -> VerdictShown:
    """What the data say, with the evidence."""
    return VerdictShown(
        edition=v.edition.edition,
        as_of=date.fromisoformat(v.edition.as_of_on),
        outcome=Named(name=v.outcome, title=v.says),
        amount_fen=v.amount_fen,
        evidence=tuple(
            EvidenceShown(
                says=one.says,
                kind=one.kind,
                holds=one.holds,
                values=tuple(
                    EvidenceValue(title=value.title, value=value.value, source=value.source)
                    for value in one.values
                ),
                basis=cited(one.basis, edition.policy.laws, visit.language),
            )
            for one in v.evidence
        ),
    )
