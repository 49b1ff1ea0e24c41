"""Who may ask what of a case: one function for decisions, pages, lists and the API."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import commands_heard as h
from permits.casework.case import Case
from permits.casework.parts import room_of
from permits.definitions.edition import Edition
from permits.definitions.granted import DutyExtension, Renewal
from permits.definitions.procedure import OFFICERS, Role
from permits.definitions.schema import Definition


class Place(msgspec.Struct, frozen=True):
    """A role that an officer has today because they stand in for another one, and for whom."""

    role: Role
    of: str


OVERSEEING = frozenset({Role.LEADER, Role.SUPERVISOR})


class Actor(msgspec.Struct, frozen=True):
    """An account as it stands now: its roles, its department if it is an officer's, the credit
    code of the party it acts for if it is an applicant's. `places` are those of the roles that
    are not its own: in them it stands in for somebody."""

    id: str
    roles: frozenset[Role]
    office: str = ""
    department: str = ""
    party: str = ""
    places: tuple[Place, ...] = ()

    @property
    def officer(self) -> bool:
        return bool(self.roles & OFFICERS)

    @property
    def applies(self) -> bool:
        """Whether this is somebody who acts for some party."""
        return Role.APPLICANT in self.roles and bool(self.party)

    @property
    def audits(self) -> bool:
        """Whether this is somebody who sees everything and changes nothing."""
        return Role.AUDITOR in self.roles

    @property
    def oversees(self) -> bool:
        """Whether this is somebody who is told how all departments of their office get on: which
        cases are late, what they are called and with whom they are, but not what is in them."""
        return bool(self.office) and bool(self.roles & OVERSEEING)

    @property
    def inspects(self) -> bool:
        """Whether this is somebody who may be drawn to make checks."""
        return Role.INSPECTOR in self.roles

    def has(self, role: Role) -> bool:
        """Whether a role is the actor's, to be told to whoever gives roles."""
        return role in self.roles

    @property
    def window(self) -> str:
        """The window at which an officer stands, as `room_of` writes it; empty if at none."""
        return room_of(self.office, self.department) if Role.WINDOW in self.roles else ""

    def acts_for(self, party: str) -> bool:
        """Whether this is somebody who acts for a party."""
        return self.applies and self.party == party

    def works_for(self, office: str, department: str) -> bool:
        """Whether this is an officer of a department."""
        return self.officer and (self.office, self.department) == (office, department)

    @property
    def persons(self) -> frozenset[str]:
        """Everybody whose doing counts as this actor's: the account, and those in whose place it
        acts. What one of them may not do in a case, the actor may not do for them."""
        return frozenset({self.id, *(place.of for place in self.places)})

    def place_of(self, role: Role | str) -> str:
        """The account in whose place the actor has a role; empty if the role is its own."""
        return next((place.of for place in self.places if place.role == role), "")

    def acting_as(self, role: Role) -> "Actor":
        """The actor as they act in one role: they stand in for nobody else meanwhile."""
        if not self.places:
            return self
        return replace(self, places=tuple(p for p in self.places if p.role is role))

    def is_any_of(self, *accounts: str) -> bool:
        """Whether the actor, or somebody in whose place they act, is among accounts."""
        return not self.persons.isdisjoint(accounts)


TIMER = Actor("timer", frozenset({Role.TIMER}), "system")
"""Due dates that pass are told by the clock on the wall, not by a person."""


def may(actor: Actor, command: c.Asked, case: Case, edition: Edition) -> bool:
    """Whether the actor may give this command about this case at all.

    Whether the command can be carried out now is for `decide` to say.
    """
    allowed = role_for(actor, command, case, edition) is not None
    return allowed and not judges_own(actor, command, case)


def role_for(actor: Actor, command: c.Asked, case: Case, edition: Edition) -> Role | None:
    """The role in which the actor may give this command about this case; None if in none."""
    match command:
        case c.File():
            return _role_for_filing(actor, command, edition)
        case c.TakeAction(action=name):
            action = edition.definition.chart.actions.get(name)
            return None if action is None else acting(actor, frozenset(action.by), case)
        case c.ExtendClock(clock=name):
            clock = edition.definition.clocks.get(name)
            extension = clock.extension if clock else None
            wanted = frozenset({extension.approver}) if extension else frozenset[Role]()
            return acting(actor, wanted, case)
        case c.ActForApplicant(does=theirs):
            return _role_for_window(actor, theirs, case, edition)
        case a.DecideExtension() | a.DecideRenewal():
            return acting(actor, _approvers(command, edition.definition), case)
        case h.GiveOpinion(asked=asked) | h.RevokeOpinion(asked=asked):
            return asked_role(actor, asked, case)
        case _:
            return acting(actor, _BY[type(command)], case)


def _approvers(
    command: a.DecideExtension | a.DecideRenewal, definition: Definition
) -> frozenset[Role]:
    """Whom a definition lets decide on a request; nobody if it may not be made."""
    rule: DutyExtension | Renewal | None
    if isinstance(command, a.DecideExtension):
        duty = definition.obligations.get(command.obligation)
        rule = duty.extension if duty is not None else None
    else:
        rule = definition.term.renewal if definition.term is not None else None
    return frozenset({rule.approver}) if rule is not None else frozenset()


ISSUERS = frozenset({Role.WINDOW, Role.LEADER})
"""Who puts a clerical error in an issued document right."""


def asked_role(actor: Actor, asked: str, case: Case) -> Role | None:
    """The examiner of the department that was asked, and nobody else, answers for it."""
    one = case.latest_requests.get(asked)
    if one is None or Role.EXAMINER not in actor.roles or hindered(actor, Role.EXAMINER, case):
        return None
    theirs = (one.office, one.department) == (actor.office, actor.department)
    return Role.EXAMINER if theirs else None


def was_asked(actor: Actor, case: Case) -> bool:
    """Whether the case is shown to the actor because the opinion of their department is, or was,
    asked for."""
    return any(actor.works_for(one.office, one.department) for one in case.requests.values())


_BY: Mapping[type[c.Asked], frozenset[Role]] = {
    c.ReportObligation: frozenset({Role.APPLICANT}),
    c.SupplyLater: frozenset({Role.APPLICANT}),
    c.VerifyObligation: frozenset({Role.INSPECTOR}),
    c.SignCheck: frozenset({Role.INSPECTOR}),
    c.DrawInspectors: frozenset({Role.LEADER, Role.TIMER}),
    c.OrderPayment: frozenset({Role.LEADER}),
    c.NoticeRevocation: frozenset({Role.LEADER}),
    c.StateCase: frozenset({Role.APPLICANT}),
    c.DropRevocation: frozenset({Role.LEADER}),
    c.PayFee: frozenset({Role.WINDOW}),
    c.RefundFee: frozenset({Role.WINDOW}),
    c.UndoFeeEntry: frozenset({Role.SUPERVISOR}),
    c.ExplainLateness: frozenset({Role.LEADER, Role.SUPERVISOR}),
    c.ReverseAction: frozenset({Role.SUPERVISOR}),
    c.CorrectDocument: ISSUERS,
    c.RectifyDate: frozenset({Role.SUPERVISOR}),
    c.LapseClock: frozenset({Role.TIMER}),
    c.FlagOverdue: frozenset({Role.TIMER}),
    c.FlagFeeOverdue: frozenset({Role.TIMER}),
    c.Recompute: frozenset({Role.TIMER}),
    c.TakeOver: frozenset({Role.TIMER}),
    c.CorrectOnTheSpot: frozenset({Role.APPLICANT}),
    c.RecordVisit: frozenset({Role.WINDOW}),
    c.TakeBackVisit: frozenset({Role.SUPERVISOR}),
    c.ServeDocument: frozenset({Role.WINDOW}),
    h.AskOpinions: frozenset({Role.EXAMINER}),
    h.JoinOpinions: frozenset({Role.EXAMINER}),
    h.OfferHearing: frozenset({Role.EXAMINER, Role.LEADER}),
    h.AnnounceHearing: frozenset({Role.LEADER}),
    h.AskForHearing: frozenset({Role.APPLICANT}),
    h.RecordHearingAsked: frozenset({Role.EXAMINER, Role.WINDOW}),
    h.WaiveHearing: frozenset({Role.APPLICANT}),
    h.CallHearing: frozenset({Role.EXAMINER, Role.LEADER}),
    h.RecordHearing: OFFICERS,
    h.TellThirdParty: frozenset({Role.EXAMINER}),
    h.HearThirdParty: frozenset({Role.EXAMINER, Role.WINDOW}),
    h.AskRecusal: frozenset({Role.APPLICANT}),
    h.DeclareRecusal: OFFICERS,
    h.DecideRecusal: frozenset({Role.LEADER}),
    h.PassDate: frozenset({Role.TIMER}),
    a.AskExtension: frozenset({Role.APPLICANT}),
    a.RemindOfObligation: frozenset({Role.TIMER}),
    a.RestoreGrant: frozenset({Role.LEADER}),
    a.AskRenewal: frozenset({Role.APPLICANT}),
    a.PassTerm: frozenset({Role.TIMER}),
    a.RemindOfTerm: frozenset({Role.TIMER}),
    a.AskAmendment: frozenset({Role.APPLICANT}),
    a.ExamineAmendment: frozenset({Role.EXAMINER}),
    a.DecideAmendment: frozenset({Role.LEADER}),
    a.RecordAnnulment: frozenset({Role.LEADER, Role.SUPERVISOR}),
}


JUDGING: frozenset[type[c.Asked]] = frozenset({
    c.VerifyObligation, c.SignCheck, c.NoticeRevocation, c.DropRevocation, h.JoinOpinions,
    h.DecideRecusal, a.DecideExtension, a.RestoreGrant, a.DecideRenewal, a.ExamineAmendment,
    a.DecideAmendment,
})  # fmt: skip
"""What judges a case, or what its applicant asks for, beside the actions of its chart."""


def judges_own(actor: Actor, command: c.Asked, case: Case) -> bool:
    """Whether somebody who acted for the applicant would judge what they brought forward."""
    return actor.is_any_of(*case.acted_for) and type(command) in JUDGING


def standing_in(actor: Actor, case: Case) -> Actor:
    """The actor as one who stands in for the applicant of a case, and may what they may."""
    return Actor(actor.id, frozenset({Role.APPLICANT}), party=case.party)


def _role_for_window(actor: Actor, theirs: c.Theirs, case: Case, edition: Edition) -> Role | None:
    """The window does for the applicant what the applicant may do, and nothing else."""
    mine = role_for(standing_in(actor, case), theirs, case, edition)
    return acting(actor, frozenset({Role.WINDOW}), case) if mine is Role.APPLICANT else None


def may_act(actor: Actor, roles: frozenset[Role], case: Case) -> bool:
    """Whether one of these roles is the actor's, and for this case."""
    return acting(actor, roles, case) is not None


def acting(actor: Actor, roles: frozenset[Role], case: Case) -> Role | None:
    """The first of these roles that is the actor's, and for this case."""
    mine = actor.roles & roles
    return next((role for role in Role if role in mine and _for_case(actor, role, case)), None)


def _for_case(actor: Actor, role: Role, case: Case) -> bool:
    if role is Role.APPLICANT:
        return bool(actor.party) and actor.party == case.party
    if role is Role.TIMER:
        return True
    if role not in OFFICERS or hindered(actor, role, case):
        return False
    return actor.office == case.authority and actor.department == case.department


def hindered(actor: Actor, role: Role, case: Case) -> bool:
    """Whether an officer may not act in a role because they are recused, or whoever they stand in
    for is: a substitute does nothing that the other one could not do."""
    return any(map(case.recused, actor.acting_as(role).persons))


def _role_for_filing(actor: Actor, command: c.File, edition: Edition) -> Role | None:
    if command.channel == "web":
        mine = Role.APPLICANT in actor.roles and actor.party == command.party
        return Role.APPLICANT if mine else None
    authority = edition.definition.authority
    here = actor.office == authority.id and actor.department == authority.department
    return Role.WINDOW if here and Role.WINDOW in actor.roles else None


def sees(actor: Actor, case: Case) -> bool:
    """Whether the case may be shown to the actor: to its party, to its department, to departments
    whose opinion is asked for, to auditors."""
    theirs = actor.audits or owns(actor, case)
    return theirs or works_on(actor, case) or was_asked(actor, case)


def owns(actor: Actor, case: Case) -> bool:
    """Whether the case is that of the party the actor acts for."""
    return actor.acts_for(case.party)


def works_on(actor: Actor, case: Case) -> bool:
    """Whether the actor is an officer of the department that decides."""
    return actor.works_for(case.authority, case.department)


def reads_receipts(actor: Actor, case: Case) -> bool:
    """Whether the actor is told what stands on receipts for whoever brings or pays something: the
    party is, and the window that hands them out."""
    return owns(actor, case) or (works_on(actor, case) and bool(actor.window))


def gives_notice(actor: Actor, case: Case) -> bool:
    """Whether the actor tells the public of a case, and answers who objects to it."""
    return may_act(actor, frozenset({Role.EXAMINER, Role.LEADER}), case)


def follows_up(actor: Actor, case: Case) -> bool:
    """Whether the actor follows up what applicants did not like about a case."""
    return may_act(actor, frozenset({Role.LEADER, Role.SUPERVISOR}), case)


def was_decided_by(actor: Actor, case: Case) -> bool:
    """Whether the actor, or somebody in whose place they act, decided the case."""
    return case.decision is not None and actor.is_any_of(case.decision.by)


def speaks_as(actor: Actor) -> str:
    """The role in which somebody speaks about a case where none in particular is asked for: the
    first they have."""
    return next((str(role) for role in Role if role in actor.roles), "")
