"""What nobody has thought about: any action with anything, any name, any day."""

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.definitions.procedure import RevocationGround
from tests.kit import SEAL, defect, paper
from tests.trial import kinds, ways, ways_after
from tests.trial.people import NAMES
from tests.trial.world import Kept, World


def attempts(one: Kept, draw: ways.Draw, world: World) -> list[c.Command]:
    """A choice of them for one case."""
    definition = one.edition.definition
    action = draw((*definition.chart.actions, "dance"))
    given = draw([*ways.GIVEN])
    duty = draw((*definition.obligations, "dance"))
    clock = draw((*definition.clocks, "dance"))
    fee = draw((*definition.fees, "tea"))
    on = ways.ago(world, draw((-1, 0, 30)))
    seal = draw((SEAL, SEAL, None))
    return [
        c.TakeAction(action, ways.GIVEN[given](world, one, draw)),
        c.TakeAction(draw((*definition.chart.actions,)), i.Plain()),
        c.TakeAction("issue_correction", i.Corrections((defect("field.nothing"),))),
        c.ExtendClock(clock, seal),
        c.ReportObligation(duty, on, (paper("proof"),), seal),
        c.SupplyLater((paper(draw((*definition.materials,))),)),
        c.VerifyObligation(duty, draw((True, False)), on, ("inspector", "leader"), seal),
        c.SignCheck(duty, draw((SEAL, "0" * 64)), draw((True, False)), seal),
        c.DrawInspectors(duty, draw(("", "inspector")), draw(("", "left", "recused")), seal),
        c.NoticeRevocation(RevocationGround.OTHER, seal),
        c.StateCase(seal),
        c.DropRevocation(seal),
        c.PayFee(fee, on, draw((0, 1, 10**9)), seal),
        c.RefundFee(fee, on, 1, seal, seal),
        c.UndoFeeEntry(fee, draw((0, 1, 2, 3)), seal),
        c.ExplainLateness(clock, seal),
        c.OrderPayment(duty, seal),
        c.ReverseAction(seal),
        c.RectifyDate(draw(("received", "accepted", "decided", "dance")), on, seal),
        c.CorrectDocument("none", seal),
        c.LapseClock(clock),
        c.FlagOverdue(duty),
        c.FlagFeeOverdue(fee),
        c.Recompute(),
        *ways_after.attempts(one, draw, on, duty),
        kinds.application(one.edition, one.case.track, kinds.Answered(one.case.answers, {})),
        h.AskOpinions(("fire", "dance")),
        h.GiveOpinion("fire", "agree", seal),
        h.OfferHearing(),
        h.CallHearing(on, "leader", seal),
        h.HearThirdParty("party_1", seal),
        h.DecideRecusal(draw(NAMES), recused=True, reason=seal),
        h.PassDate(draw(("reminder", "opinion", "hearing", "third_party")), "fire/1"),
    ]
