"""Where a case stands on a day: what may be done by whom, what is due, and where it is."""

from permits.casework.offers import offers
from tests.workflows.golden import PEOPLE


def who_may(play, on):
    """The actions that are open, with everybody they are open to."""
    found: dict[str, list[str]] = {}
    for who in PEOPLE:
        for offer in offers(play.case, play.desk(who, on)):
            if offer.open:
                found.setdefault(offer.action, []).append(who)
    return found


def dates(play):
    """What runs or is owed, and by when."""
    clocks = {n: str(k.due) for n, k in play.case.clocks.items() if k.running}
    held = {n: str(o.due) for n, o in play.case.obligations.items() if o.status == "open"}
    return clocks | held


def place(play):
    """The state of the chart and the national code."""
    return (play.case.leaves[0].split(".")[0], play.case.code)
