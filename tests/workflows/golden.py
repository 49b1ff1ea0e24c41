"""What a case of a permit type comes to, as a table that people can read: states, actions, who may
take them, due dates and fees."""

from permits.casework.offers import beside, offers


def shown(play, on):
    """Where the case stands on a day: code, state, what runs until when, and what is owed."""
    case = play.case
    lines = [f"{on}  code {case.code}  {' + '.join(case.leaves)}"]
    lines += [
        f"  clock {name}: {clock.due}" for name, clock in case.clocks.items() if clock.running
    ]
    lines += [
        f"  owes {name}: {held.due}{' overdue' if held.overdue else ''}"
        for name, held in case.obligations.items()
        if held.status == "open"
    ]
    for name, fee in case.fees.items():
        due = "put off" if fee.deferred else "cancelled" if fee.cancelled else str(fee.due)
        lines.append(f"  fee {name}: {fee.amount_fen} fixed, {fee.balance_fen} open, {due}")
    return lines


def doable(play, on, people):
    """Who may do what on a day, what is shut left out."""
    lines = []
    for who in people:
        desk = play.desk(who, on)
        found = [offer.action for offer in offers(play.case, desk) if offer.open]
        found += [f"{one.command} {one.name}".strip() for one in beside(play.case, desk)]
        if found:
            lines.append(f"  {who}: {', '.join(found)}")
    return lines


PEOPLE = ("applicant", "window", "examiner", "leader", "inspector", "supervisor")


def table(play, steps):
    """A line block for each step, which is taken by calling it with the play."""
    lines = []
    for on, step in steps:
        step(play, on)
        lines += [*shown(play, on), *doable(play, on, PEOPLE), ""]
    return "\n".join(lines).rstrip() + "\n"
