"""Whole cases lived through at random: lawful and unlawful commands by everybody, time passing.

Whatever is tried, the case stands inside its chart, the log tells the same case again, nobody
gets a second correction notice, decisions have four eyes, and an end leaves nothing open.
"""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.case import Case
from permits.casework.counter import Purpose
from permits.casework.decide import Noted
from permits.casework.figures import facts_row
from permits.casework.fold import fold_all
from permits.casework.offers import beside, offers
from permits.casework.refusals import Refused
from permits.casework.rows import case_row, due_rows, intervals
from permits.definitions.procedure import (
    Act,
    DeregistrationGround,
    Phase,
    RevocationGround,
    Role,
    SpecialCause,
    WithdrawalGround,
)
from tests.kit import (
    FIVE,
    LINE,
    PEOPLE,
    SEAL,
    SEALED,
    Play,
    beijing,
    brought,
    defect,
    officer,
    paper,
)

PEOPLE["examining_leader"] = officer("examining_leader", Role.EXAMINER, Role.LEADER, Role.WINDOW)

people = st.sampled_from(sorted({*PEOPLE} - {"badly_coded", "both"}))
actions = st.sampled_from(sorted(Play().edition.definition.chart.actions))
seals = st.sampled_from((SEAL, None))
materials = st.lists(st.sampled_from(FIVE), unique=True).map(lambda m: tuple(map(paper, m)))
abouts = st.sampled_from(("field.length_m", "field.nothing", *(f"material.{m}" for m in FIVE)))

inputs = st.one_of(
    st.just(i.Plain()),
    st.builds(i.Reasoned, seals),
    st.builds(i.Corrections, st.lists(abouts.map(defect), max_size=3).map(tuple)),
    st.builds(
        i.Supplement,
        st.sampled_from((LINE, {**LINE, "length_m": 300}, {**LINE, "length_m": -1})),
        st.just(SEALED),
        materials,
    ),
    st.builds(
        i.SpecialProcedure,
        st.sampled_from(SpecialCause),
        st.sampled_from(("10wd", "0wd", "5d", "?")),
        st.booleans(),
        seals,
    ),
    st.builds(i.Opinion, st.sampled_from(("grant", "refuse")), seals),
    st.builds(i.Revocation, st.sampled_from(RevocationGround), seals),
    st.builds(i.Deregistration, st.sampled_from(DeregistrationGround)),
)


names = st.sampled_from(("promise", "statutory", "report_completion", "lunch"))
milestones = st.sampled_from(("received", "accepted", "delivered", "decided"))
some_day = st.dates(date(2022, 6, 1), date(2022, 9, 30))

attempts = st.one_of(
    st.builds(c.TakeAction, actions, inputs),
    st.builds(c.ExtendClock, names, seals),
    st.builds(c.ReportObligation, names, some_day),
    st.builds(c.VerifyObligation, names, st.booleans(), some_day, st.just(("inspector",)), seals),
    st.builds(c.NoticeRevocation, st.just(RevocationGround.OTHER), seals),
    st.builds(c.StateCase, seals),
    st.builds(c.DropRevocation, seals),
    st.builds(c.SupplyLater, materials),
    st.builds(c.ReverseAction, seals),
    st.builds(c.RectifyDate, milestones, some_day, seals),
    st.builds(c.ExplainLateness, names, seals),
    st.builds(c.OrderPayment, names, seals),
    st.builds(c.RecordVisit, some_day, st.sampled_from(Purpose)),
    st.builds(
        c.ServeDocument,
        st.sampled_from(("演示规收字〔2022〕1号", "演示规补字〔2022〕1号", "1")),
        some_day,
        st.sampled_from(("online", "counter", "post")),
        postal=seals,
    ),
    st.builds(
        c.ActForApplicant,
        st.one_of(
            st.builds(c.TakeAction, actions, inputs),
            st.builds(c.ReportObligation, names, some_day),
            st.builds(c.StateCase, seals),
            st.builds(c.SupplyLater, materials),
        ),
        st.builds(brought, some_day.map(date.isoformat), name=seals),
    ),
)

ENDING = frozenset(
    {Act.WITHDRAW, Act.DECLARE_NOT_REQUIRED, Act.DECLARE_NOT_COMPETENT, Act.REFUSE_ACCEPTANCE}
)


class Life(RuleBasedStateMachine):
    """One case, from filing to wherever it gets."""

    @initialize(track=st.sampled_from(("ordinary", "commitment", "tolerant")), given=materials)
    def file(self, track, given):
        self.play = Play()
        self.now = beijing("2022-06-09", 9)
        handed_in = () if track == "commitment" else given
        self.play.file(self.now, track, handed_in=handed_in)

    @rule(
        data=st.data(),
        what=st.sampled_from(("goes_on",) * 5 + ("beside", "anything", "timer", "days")),
    )
    def a_step(self, data, what):
        """One rule for every kind of step, so that no life is left without any of them."""
        match what:
            case "goes_on":
                self.goes_on(data)
            case "beside":
                self.beside(data)
            case "anything":
                self.tell(data.draw(people), data.draw(attempts))
            case "timer":
                self.the_timer_looks()
            case "days":
                self.now += timedelta(days=data.draw(st.integers(1, 12)))

    def goes_on(self, data):
        """Somebody takes an action that is open to them, mostly one that leads further."""
        open_ = [
            (who, offer)
            for who in PEOPLE
            for offer in offers(self.play.case, self.play.desk(who, self.now))
            if offer.open
        ]
        further = [pair for pair in open_ if pair[1].act not in ENDING]
        if open_:
            ends = not further or data.draw(st.integers(0, 19)) == 19
            who, offer = data.draw(st.sampled_from(open_ if ends else further))
            self.tell(who, c.TakeAction(offer.action, self.sensible(offer.act)))

    def beside(self, data):
        """Somebody does something beside the chart; putting dates right is the rarest."""
        found = [
            (who, one)
            for who in PEOPLE
            for one in beside(self.play.case, self.play.desk(who, self.now))
        ]
        ago = data.draw(st.integers(0, 2))
        found = [pair for pair in found if pair[1].command != "rectify" or ago == 0]
        if found:
            who, one = data.draw(st.sampled_from(found))
            passed = data.draw(st.booleans())
            two = (PEOPLE[who].id, "colleague")
            self.tell(
                who,
                {
                    "extend": c.ExtendClock(one.name, SEAL),
                    "explain": c.ExplainLateness(one.name, SEAL),
                    "order_payment": c.OrderPayment(one.name, SEAL),
                    "report": c.ReportObligation(one.name, self.day(ago), (), SEAL),
                    "verify": c.VerifyObligation(one.name, passed, self.day(ago), two, SEAL),
                    "supply": c.SupplyLater(tuple(map(paper, self.play.case.tolerated))),
                    "notice": c.NoticeRevocation(RevocationGround.OTHER, SEAL),
                    "state": c.StateCase(SEAL),
                    "drop": c.DropRevocation(SEAL),
                    "correct": c.CorrectDocument(self.play.case.documents[0].number, SEAL),
                    "reverse": c.ReverseAction(SEAL),
                    "rectify": c.RectifyDate("received", self.day(ago), SEAL),
                }[one.command],
            )

    def the_timer_looks(self):
        today = self.play.desk("timer", self.now).today
        for due in due_rows(self.play.case, self.play.edition):
            lapse = c.LapseClock if due.kind == "clock" else c.FlagOverdue
            outcome = self.tell("timer", lapse(due.name))
            assert isinstance(outcome, Noted) == (due.due_on < today) or self.moved(due.name)

    def moved(self, name):
        """An earlier date of the same look may have settled a later one."""
        return name not in {due.name for due in due_rows(self.play.case, self.play.edition)}

    def day(self, ago: int) -> date:
        return self.play.desk("timer", self.now).today - timedelta(days=ago)

    def sensible(self, act):
        kind = i.INPUT_OF[act]
        case = self.play.case
        today = self.day(0)
        wanted = case.notices[-1].defects if case.notices else ()
        files = tuple(paper(d.about[9:]) for d in wanted if d.about.startswith("material."))
        taken_back = {"revoked", "grant_withdrawn"} & case.milestones.keys()
        ground = DeregistrationGround.REVOKED if taken_back else DeregistrationGround.EXPIRED
        about = "field.length_m" if case.track == "commitment" else "material.land_title"
        return {
            i.Plain: i.Plain(),
            i.Reasoned: i.Reasoned(SEAL),
            i.Corrections: i.Corrections((defect(about),)),
            i.Supplement: i.Supplement(LINE, SEALED, files),
            i.SpecialProcedure: i.SpecialProcedure(
                SpecialCause.EXPERT_REVIEW, "5wd", notified=True
            ),
            i.Opinion: i.Opinion("grant", SEAL),
            i.Service: i.Service(today, "online"),
            i.Revocation: i.Revocation(RevocationGround.OTHER, SEAL),
            i.Withdrawal: i.Withdrawal(WithdrawalGround.LAW_CHANGED, SEAL, SEAL),
            i.Deregistration: i.Deregistration(ground),
        }[kind]

    def tell(self, who, command):
        before, opinion = self.play.case, self.play.case.opinion
        outcome = self.play.tell(who, command, self.now)
        if isinstance(outcome, Refused):
            assert self.play.case == before
        elif any(type(f.event).__name__ == "Decided" for f in outcome.facts):
            self.check_decision(who, before, opinion)
            assert PEOPLE[who].id not in before.acted_for
        return outcome

    def check_decision(self, who, before, opinion):
        if self.play.case.broken is not None and before.broken is None:
            assert before.tolerated
            return
        on_the_spot = before.track == "commitment" and opinion is None
        assert on_the_spot or (opinion is not None and opinion.by != PEOPLE[who].id)

    @invariant()
    def the_log_tells_the_same_case(self):
        if hasattr(self, "play"):
            assert fold_all(Case(id="case/1"), self.play.log) == self.play.case

    @invariant()
    def the_case_stands_in_its_chart_with_its_code(self):
        if hasattr(self, "play"):
            case = self.play.case
            _name, state = self.play.edition.chart.state(case.leaves)
            assert int(state.code) == case.code

    @invariant()
    def one_correction_notice_for_each_submission(self):
        if hasattr(self, "play"):
            given = [notice.submission for notice in self.play.case.notices]
            assert len(given) == len(set(given))

    @invariant()
    def time_never_runs_backwards_in_the_log(self):
        if hasattr(self, "play"):
            written = [envelope.recorded_at for envelope, _event in self.play.log]
            assert written == sorted(written)

    @precondition(lambda self: hasattr(self, "play"))
    @invariant()
    def an_end_leaves_nothing_open_and_every_case_has_its_rows(self):
        play = self.play
        row = case_row(play.case, play.edition)
        facts_row(play.case, play.edition, play.days)
        assert intervals("case/1", play.log)[-1].state == row.state
        if row.phase == Phase.ENDED:
            assert not due_rows(play.case, play.edition)
            assert not [k for k in play.case.clocks.values() if k.running]


Life.TestCase.settings = settings(max_examples=400, stateful_step_count=50, deadline=None)
TestLife = Life.TestCase
