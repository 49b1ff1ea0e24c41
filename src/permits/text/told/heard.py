"""Who is heard in words: opinions, the hearing, interested parties, recusals.

What departments said is told inside the office; who the interested parties are, nowhere.
"""

from permits.casework.families import hearings, opinions
from permits.casework.families import third_parties as others
from permits.definitions.heard import AskedDepartment
from permits.text import names
from permits.text.days import day
from permits.text.told.teller import Says, Teller, nothing


def _department(t: Teller, name: str) -> str:
    review = t.definition.joint_review
    rule: AskedDepartment | None = review.departments.get(name) if review else None
    return rule.title.in_(t.language) if rule else name


def _requested(t: Teller, e: opinions.OpinionRequested) -> list[str]:
    _ = t._
    filled = {"who": _department(t, e.asked), "due": t.due(e.due)}
    first = _("Opinion asked for: %(who)s, due %(due)s")
    again = _("Opinion asked for again, after changes: %(who)s, due %(due)s")
    return [(first if e.round == 1 else again) % filled, _inside(t, e.what)]


def _inside(t: Teller, seal: str | None) -> str:
    """A sealed text that only the office reads."""
    return t.values.get(seal or "", "") if t.inside else ""


def _reminded(t: Teller, e: opinions.OpinionReminded) -> list[str]:
    _ = t._
    filled = {"who": _department(t, e.asked), "due": t.due(e.due)}
    return [_("Reminder: %(who)s, opinion due %(due)s") % filled]


def _overdue(t: Teller, e: opinions.OpinionOverdue) -> list[str]:
    _ = t._
    filled = {"who": _department(t, e.asked), "due": t.due(e.due)}
    return [_("No opinion in time: %(who)s, due on %(due)s") % filled]


def _given(t: Teller, e: opinions.OpinionGiven) -> list[str]:
    _ = t._
    who = _department(t, e.asked)
    if not t.inside:
        return [_("Opinion given: %(who)s") % {"who": who}]
    filled = {"who": who, "view": names.view(e.view, t.language)}
    late = _("It came late.") if e.late else ""
    return [_("Opinion: %(who)s %(view)s") % filled, late, _inside(t, e.opinion)]


def _revoked(t: Teller, e: opinions.OpinionRevoked) -> list[str]:
    _ = t._
    says = _("Opinion taken back: %(who)s") % {"who": _department(t, e.asked)}
    return [says, t.text(e.reason) if t.inside else ""]


def _dated(t: Teller, e: opinions.OpinionDated) -> list[str]:
    _ = t._
    if e.was == e.due:
        return []
    filled = {"who": _department(t, e.asked), "now": t.due(e.due)}
    return [_("Opinion of %(who)s now due %(now)s") % filled]


def _joined(t: Teller, e: opinions.OpinionsJoined) -> list[str]:
    _ = t._
    return [_("The lead department joined the opinions"), _inside(t, e.opinion)]


def _closed(t: Teller, e: opinions.OpinionRequestClosed) -> list[str]:
    _ = t._
    return [_("Opinion no longer wanted: %(who)s") % {"who": _department(t, e.asked)}]


def _dropped(t: Teller, _e: opinions.OpinionsDropped) -> list[str]:
    _ = t._
    return [_("The departments are asked anew")]


def _offered(t: Teller, e: hearings.HearingOffered) -> list[str]:
    _ = t._
    says = _("Told of the right to a hearing, to be asked for by %(due)s")
    return [says % {"due": t.due(e.due)}]


def _announced(t: Teller, e: hearings.HearingAnnounced) -> list[str]:
    _ = t._
    return [_("The office announced a hearing"), t.text(e.reason)]


def _asked(t: Teller, e: hearings.HearingAsked) -> list[str]:
    _ = t._
    by_applicant = _("The applicant asked for a hearing, to be held by %(due)s")
    by_other = _("An interested party asked for a hearing, to be held by %(due)s")
    return [(by_applicant if e.by == "applicant" else by_other) % {"due": t.due(e.due)}]


def _waived(t: Teller, _e: hearings.HearingWaived) -> list[str]:
    _ = t._
    return [_("The applicant does without a hearing")]


def _right_lapsed(t: Teller, e: hearings.HearingRightLapsed) -> list[str]:
    _ = t._
    return [_("Nobody asked for a hearing by %(due)s") % {"due": t.due(e.due)}]


def _hearing_overdue(t: Teller, e: hearings.HearingOverdue) -> list[str]:
    _ = t._
    return [_("The hearing was not held by %(due)s") % {"due": t.due(e.due)}]


def _called(t: Teller, e: hearings.HearingCalled) -> list[str]:
    _ = t._
    filled = {"day": day(e.day, t.language), "how": names.excepted(e.excepted, t.language)}
    return [_("Hearing called for %(day)s, %(how)s") % filled, t.values.get(e.place, "")]


def _held(t: Teller, e: hearings.HearingHeld) -> list[str]:
    _ = t._
    says = _("Hearing held on %(day)s, and its record kept") % {"day": day(e.on, t.language)}
    refused = sum(1 for one in e.attendance if one.sign == "refused")
    told = _("%(num)d of those who took part did not sign") % {"num": refused} if refused else ""
    return [says, told, _inside(t, e.record)]


def _hearing_dated(t: Teller, e: hearings.HearingDated) -> list[str]:
    _ = t._
    return [_("The date for the hearing is now %(now)s") % {"now": t.due(e.due)}]


def _hearing_closed(t: Teller, _e: hearings.HearingClosed) -> list[str]:
    _ = t._
    return [_("The hearing is no longer needed")]


def _told(t: Teller, e: others.ThirdPartyTold) -> list[str]:
    _ = t._
    says = _("An interested party was told and may make a statement by %(due)s")
    return [says % {"due": t.due(e.due)}]


def _heard(t: Teller, e: others.ThirdPartyHeard) -> list[str]:
    _ = t._
    return [_("An interested party was heard"), _inside(t, e.statement)]


def _silent(t: Teller, e: others.ThirdPartySilent) -> list[str]:
    _ = t._
    return [_("An interested party made no statement by %(due)s") % {"due": t.due(e.due)}]


def _recusal_asked(t: Teller, e: others.RecusalAsked) -> list[str]:
    _ = t._
    own = _("An officer declared a reason not to act")
    theirs = _("Recusal of an officer asked for")
    says = own if e.asked_by == "officer" else theirs
    return [says, t.text(e.ground) if t.inside else ""]


def _recusal_decided(t: Teller, e: others.RecusalDecided) -> list[str]:
    _ = t._
    yes, no = _("The officer is recused"), _("The officer is not recused")
    return [yes if e.recused else no, t.text(e.reason)]


SAYS: Says = {
    opinions.OpinionRequested: _requested,
    opinions.OpinionReminded: _reminded,
    opinions.OpinionOverdue: _overdue,
    opinions.OpinionGiven: _given,
    opinions.OpinionRevoked: _revoked,
    opinions.OpinionPaused: nothing,
    opinions.OpinionDated: _dated,
    opinions.OpinionsJoined: _joined,
    opinions.OpinionRequestClosed: _closed,
    opinions.OpinionsDropped: _dropped,
    hearings.HearingOffered: _offered,
    hearings.HearingAnnounced: _announced,
    hearings.HearingAsked: _asked,
    hearings.HearingWaived: _waived,
    hearings.HearingRightLapsed: _right_lapsed,
    hearings.HearingOverdue: _hearing_overdue,
    hearings.HearingCalled: _called,
    hearings.HearingHeld: _held,
    hearings.HearingDated: _hearing_dated,
    hearings.HearingClosed: _hearing_closed,
    others.ThirdPartyTold: _told,
    others.ThirdPartyHeard: _heard,
    others.ThirdPartySilent: _silent,
    others.ThirdPartyDated: nothing,
    others.ThirdPartyClosed: nothing,
    others.RecusalAsked: _recusal_asked,
    others.RecusalDecided: _recusal_decided,
}
