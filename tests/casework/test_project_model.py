"""Projects with several cases lived through at random: whatever is tried, in whatever order.

The rules are asked of the cases themselves here, never of what the project was told: nobody files
for a stage or is permitted one while another case owes what shuts the next stage, stages come in
their order and once, and the project always knows exactly what its cases say.
"""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.decide import Noted
from permits.casework.offers import offers
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import (
    Act,
    DeregistrationGround,
    Milestone,
    RevocationGround,
)
from tests.kit import OTHER_PARTY, PARTY, SEAL, beijing
from tests.staged import CODE, OTHER_CODE, Site, application, report

STAGES = {
    "whole": ("pit", "basement", "superstructure"),
    "below_ground": ("pit", "basement"),
    "pit": ("pit",),
    "basement": ("basement",),
    "basement_and_up": ("basement", "superstructure"),
    "above_ground": ("superstructure",),
}
ORDER = ("pit", "basement", "superstructure")
NOTHING = (Milestone.WITHDRAWN, Milestone.NOT_ACCEPTED, Milestone.REFUSED)
ENDING = (Act.WITHDRAW, Act.DECLARE_NOT_REQUIRED, Act.DECLARE_NOT_COMPETENT)


def code(play):
    return play.case.answers["project_code"]


def stages(play):
    return STAGES[play.case.answers["stage_covered"]]


def ended(play):
    return any(mark in play.case.milestones for mark in NOTHING)


def stands(play):
    marks = play.case.milestones
    return Milestone.GRANTED in marks and Milestone.REVOKED not in marks


def owes(play):
    """What a case owes that shuts the next stage."""
    rules = play.edition.definition.obligations
    return [
        name
        for name, held in play.case.obligations.items()
        if held.status == "open" and "next_stage" in rules[name].shuts
    ]


class Works(RuleBasedStateMachine):
    """Two projects of one developer, and everybody at work on their cases."""

    @initialize()
    def begin(self):
        self.site = Site()
        self.now = beijing("2022-06-09", 9)

    def others(self, play, project):
        return [
            one
            for one in self.site.plays
            if one is not play and code(one) == project and not ended(one)
        ]

    @rule(
        stage=st.sampled_from(sorted(STAGES)),
        track=st.sampled_from(("commitment", "commitment", "ordinary")),
        project=st.sampled_from((CODE, CODE, CODE, OTHER_CODE)),
        contractor=st.sampled_from((PARTY, OTHER_PARTY, OTHER_PARTY, OTHER_PARTY)),
    )
    def files(self, stage, track, project, contractor):
        if len(self.site.plays) > 7:
            return
        play = self.site.play()
        changes = {"project_code": project, "contractor_code": contractor}
        command = application(play.edition, track, self.site.base, stage_covered=stage, **changes)
        outcome = play.tell("applicant", command, self.now)
        self.site.plays.pop()
        others = self.others(play, project)
        allowed = self.may_pass(others, STAGES[stage]) and self.alike(others, stage, contractor)
        assert isinstance(outcome, Noted) == allowed, outcome
        if isinstance(outcome, Noted):
            self.site.plays.append(play)

    def may_pass(self, others, wanted):
        """Nothing is owed, and of the stages wanted the first follows those permitted."""
        granted = {stage for one in others if stands(one) for stage in stages(one)}
        before = ORDER[: ORDER.index(wanted[-1])]
        in_order = all(stage in granted or stage in wanted for stage in before)
        return not any(map(owes, others)) and in_order and not granted & set(wanted)

    def alike(self, others, stage, contractor):
        """Whoever built what lies below builds what is above it."""
        last = ORDER.index(STAGES[stage][-1])
        return all(
            one.case.answers["contractor_code"] == contractor
            for one in others
            if stands(one) and any(ORDER.index(s) < last for s in stages(one))
        )

    @rule(data=st.data())
    def goes_on(self, data):
        """Somebody takes an action; grants are tried whether they are offered or not."""
        if not self.site.plays:
            return
        play = data.draw(st.sampled_from(self.site.plays))
        found = [
            (who, offer)
            for who in ("applicant", "window", "examiner", "leader")
            for offer in offers(play.case, play.desk(who, self.now))
            if offer.open or offer.act is Act.GRANT
        ]
        ends = data.draw(st.integers(0, 9)) == 9
        found = [one for one in found if ends or one[1].act not in ENDING]
        if found:
            who, offer = data.draw(st.sampled_from(found))
            self.take(play, who, offer)

    def take(self, play, who, offer):
        given = self.sensible(offer.act)
        if given is None:
            return
        may = self.may_pass(self.others(play, code(play)), stages(play))
        outcome = play.tell(who, c.TakeAction(offer.action, given), self.now)
        if offer.act is Act.GRANT and isinstance(outcome, Noted):
            assert may, "a shut gate was passed, or a stage passed over"
        if isinstance(outcome, Refused) and outcome.reason in (
            Reason.GATE_SHUT,
            Reason.STAGE_SKIPPED,
            Reason.STAGE_COVERED,
        ):
            assert not may
            assert offer.act is Act.GRANT

    def sensible(self, act):
        """What the act asks to be told; corrections are left out here."""
        today = (self.now + timedelta(hours=8)).date()
        return {
            i.Plain: i.Plain(),
            i.Reasoned: i.Reasoned(SEAL),
            i.Opinion: i.Opinion("grant", SEAL),
            i.Service: i.Service(today, "online"),
            i.Revocation: i.Revocation(RevocationGround.OTHER, SEAL),
            i.Deregistration: i.Deregistration(DeregistrationGround.REVOKED),
        }.get(i.INPUT_OF[act])

    @rule(data=st.data(), passed=st.booleans())
    def settles(self, data, passed):
        """What is owed is reported or checked, rightly or not."""
        owing = [
            (play, name)
            for play in self.site.plays
            for name, held in play.case.obligations.items()
            if held.status == "open"
        ]
        if not owing:
            return
        play, name = data.draw(st.sampled_from(owing))
        day = (self.now + timedelta(hours=8)).date().isoformat()
        if play.edition.definition.obligations[name].settled_by == "report":
            play.tell("applicant", report(name, day), self.now)
        else:
            verify = c.VerifyObligation(
                name, passed, beijing(day).date(), ("inspector", "colleague"), SEAL
            )
            play.tell("inspector", verify, self.now)

    @rule(days=st.integers(1, 20))
    def time_passes(self, days):
        self.now += timedelta(days=days)

    @invariant()
    def the_project_knows_what_its_cases_say(self):
        if not hasattr(self, "site"):
            return
        for play in self.site.plays:
            member = self.site.projects[code(play)].members[play.case.id]
            assert member.attached != ended(play)
            if ended(play):
                continue
            assert member.milestones == play.case.milestones
            assert member.stands == stands(play)
            assert member.stages == stages(play)
            known = {h.name for h in member.holds.values() if "next_stage" in h.gates}
            assert known == set(owes(play))

    @invariant()
    def no_stage_stands_without_the_one_before_or_twice(self):
        """A stage stands on those before it, or they were revoked since."""
        if not hasattr(self, "site"):
            return
        for project in (CODE, OTHER_CODE):
            here = [p for p in self.site.plays if code(p) == project]
            permitted = [stage for p in here if stands(p) for stage in stages(p)]
            assert len(permitted) == len(set(permitted))
            ever = {s for p in here if Milestone.GRANTED in p.case.milestones for s in stages(p)}
            for stage in permitted:
                assert set(ORDER[: ORDER.index(stage)]) <= ever


Works.TestCase.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
TestWorks = Works.TestCase
