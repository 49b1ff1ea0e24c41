"""Interested parties are told and heard (行政许可法 art. 36); officers are recused (回避)."""

from permits.casework import commands_heard as h
from permits.casework.case import Case
from permits.casework.decide.desk import Desk
from permits.casework.decide.joint_review import undecided
from permits.casework.decide.minutes import Minutes
from permits.casework.due_dates import Length
from permits.casework.facts import case_facts
from permits.casework.families import third_parties as events
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Phase

WARNED = 1


def to_speak(case: Case, desk: Desk) -> Refused | None:
    """Nothing is decided while an interested party that was told may still be heard."""
    waiting = tuple(
        one.key
        for one in case.third_parties.values()
        if one.open and (one.due is None or one.provisional or one.due >= desk.today)
    )
    return Refused(Reason.THIRD_PARTY_TO_SPEAK, waiting) if waiting else None


def none_told(case: Case, desk: Desk) -> Refused | None:
    """Where the work directly touches major interests of others, nothing is decided before those
    others were told (art. 36)."""
    rule = desk.edition.definition.third_parties
    required = rule.required if rule is not None else None
    if required is None or case.third_parties:
        return None
    facts = case_facts(case, desk.edition.definition)
    holds = desk.edition.conditions[required.when].holds(case.answers, facts)
    return Refused(Reason.THIRD_PARTY_TO_TELL) if holds else None


def not_to_tell(case: Case, desk: Desk) -> Refused | None:
    """Why no interested party can be told now."""
    if desk.edition.definition.third_parties is None:
        return Refused(Reason.NOT_IN_PROCEDURE)
    return undecided(case, desk)


def tell(minutes: Minutes, command: h.TellThirdParty) -> Refused | None:
    """Record an interested third party, with the term it has for its statement."""
    rule = minutes.definition.third_parties
    refused = not_to_tell(minutes.case, minutes.desk)
    if refused is not None or rule is None:
        return refused
    if command.name is None or command.contact is None or command.interest is None:
        return Refused(Reason.REASON_WANTED)
    key = f"party_{len(minutes.case.third_parties) + 1}"
    due = minutes.due(minutes.desk.today, Length.parse(rule.within), WARNED)
    minutes.note(
        events.ThirdPartyTold(
            party=key,
            name=command.name,
            contact=command.contact,
            interest=command.interest,
            **due,
        )
    )
    return None


def not_to_hear(case: Case, desk: Desk, key: str) -> Refused | None:
    """A statement is taken until the decision, also one that comes after the term."""
    one = case.third_parties.get(key)
    if one is None:
        return Refused(Reason.NO_SUCH_THIRD_PARTY, (key,))
    if one.heard_on is not None:
        return Refused(Reason.OPINION_GIVEN, (key,))
    return undecided(case, desk)


def hear(minutes: Minutes, command: h.HearThirdParty) -> Refused | None:
    """Record what an interested party said."""
    refused = not_to_hear(minutes.case, minutes.desk, command.party)
    if refused is not None:
        return refused
    if command.statement is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(events.ThirdPartyHeard(party=command.party, statement=command.statement))
    return None


def not_to_recuse(case: Case, desk: Desk, officer: str) -> Refused | None:
    """Why nobody can ask now that an officer not act: it was asked, or the case has ended."""
    asked = case.recusals.get(officer)
    if asked is not None and asked.recused is not False:
        return Refused(Reason.ASKED_BEFORE, ("recusal",))
    return ended(case, desk)


def ended(case: Case, desk: Desk) -> Refused | None:
    """In a case that has ended nobody acts, and nobody need be recused."""
    _name, state = desk.edition.chart.state(case.leaves)
    return Refused(Reason.NOT_NOW, ("recusal",)) if state.phase is Phase.ENDED else None


def ask_recusal(minutes: Minutes, command: h.AskRecusal | h.DeclareRecusal) -> Refused | None:
    """The applicant asks that an officer not act, or the officer says so."""
    theirs = isinstance(command, h.AskRecusal)
    officer = command.officer if isinstance(command, h.AskRecusal) else minutes.desk.actor.id
    refused = not_to_recuse(minutes.case, minutes.desk, officer)
    if not officer:
        refused = Refused(Reason.NO_SUCH_OFFICER)
    if refused is None and command.ground is None:
        refused = Refused(Reason.REASON_WANTED)
    if refused is not None:
        return refused
    minutes.note(
        events.RecusalAsked(
            officer=officer,
            asked_by="applicant" if theirs else "officer",
            ground=str(command.ground),
        )
    )
    return None


def not_to_decide_recusal(case: Case, desk: Desk, officer: str) -> Refused | None:
    """A leader decides who is not the one in question."""
    asked = case.recusals.get(officer)
    if asked is None or asked.recused is not None:
        return Refused(Reason.NO_RECUSAL_ASKED)
    return Refused(Reason.SAME_PERSON) if desk.actor.is_any_of(officer) else None


def decide_recusal(minutes: Minutes, command: h.DecideRecusal) -> Refused | None:
    """Decide whether an officer may go on acting in the case, with the reason."""
    refused = not_to_decide_recusal(minutes.case, minutes.desk, command.officer)
    if refused is None and command.reason is None:
        refused = Refused(Reason.REASON_WANTED)
    if refused is None:
        decided = events.RecusalDecided(
            officer=command.officer, recused=command.recused, reason=str(command.reason)
        )
        minutes.note(decided)
    return refused
