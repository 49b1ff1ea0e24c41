"""The steps of the procedure in words: filing, acceptance, examination, decision."""

from permits.casework.families import deciding, filing, gates, tracks
from permits.definitions.schema import TrackName
from permits.text import amounts, grounds, milestones, names, waiting
from permits.text.answers import row_title
from permits.text.days import day
from permits.text.told.teller import Says, Teller, nothing
from permits.text.words import words


def _filed(t: Teller, e: filing.Filed) -> list[str]:
    _ = t._
    track = t.definition.tracks[TrackName(e.track)].title.in_(t.language)
    return [
        _("Application received"),
        _("Track: %(track)s") % {"track": track},
        _("Counts as received on %(day)s") % {"day": day(e.received_on, t.language)},
    ]


def _signed(t: Teller, e: tracks.CommitmentSigned) -> list[str]:
    _ = t._
    title = t.definition.commitments[e.commitment].title.in_(t.language)
    role = t.definition.signers[e.role].title.in_(t.language)
    person = t.values.get(e.person or "", "") if t.inside else ""
    by = _("%(role)s, %(person)s") % {"role": role, "person": person} if person else role
    return [_("Signed: %(title)s") % {"title": title}, _("Signed by: %(by)s") % {"by": by}]


def _noticed(t: Teller, e: filing.CorrectionNoticeIssued) -> list[str]:
    _ = t._
    told = words(t.language).ngettext
    count = len(e.defects)
    items = told("%(num)d thing to correct", "%(num)d things to correct", count)
    return [_("Correction notice issued"), items % {"num": count}]


def _supplied(t: Teller, _e: filing.CorrectionsSupplied) -> list[str]:
    _ = t._
    return [_("Corrections supplied")]


def _on_the_spot(t: Teller, _e: filing.CorrectedOnTheSpot) -> list[str]:
    _ = t._
    return [_("Errors put right on the spot, at the counter")]


def _accepted(t: Teller, e: filing.Accepted) -> list[str]:
    _ = t._
    filled = {"day": day(e.accepted_on, t.language), "what": t.materials(e.tolerated)}
    on = _("Accepted as of %(day)s") % filled
    if e.tolerated:
        on = _("Accepted as of %(day)s, with something still to come: %(what)s") % filled
    if e.by_silence:
        why = _("Nothing was asked for in time, so the law counts it as accepted.")
        return [on, why]
    return [on]


def _not_accepted(t: Teller, e: filing.NotAccepted) -> list[str]:
    _ = t._
    says = {
        "uncorrected": _("Not accepted: the application was not put right"),
        "not_required": _("Not accepted: no permit is needed"),
        "not_competent": _("Not accepted: another office is competent"),
    }
    return [says[e.ground], t.text(e.reason)]


def _withdrawn(t: Teller, e: filing.Withdrawn) -> list[str]:
    _ = t._
    return [_("Application withdrawn"), t.text(e.reason)]


def _switched(t: Teller, e: tracks.TrackSwitched) -> list[str]:
    _ = t._
    title = t.definition.tracks[TrackName(e.now)].title.in_(t.language)
    if e.was == TrackName.TOLERANT:
        return [_("Changed to another track: %(track)s") % {"track": title}]
    return [_("Commitment withdrawn; the case goes on as: %(track)s") % {"track": title}]


def _begun(t: Teller, e: deciding.SpecialProcedureBegun) -> list[str]:
    _ = t._
    cause = grounds.cause(e.cause, t.language)
    stated = amounts.term(e.stated, t.language)
    return [
        _("Special procedure begun: %(cause)s") % {"cause": cause},
        _("Time stated in the notice: %(term)s, which does not count") % {"term": stated},
        t.text(e.reason),
    ]


def _ended(t: Teller, _e: deciding.SpecialProcedureEnded) -> list[str]:
    _ = t._
    return [_("Special procedure ended; the time limit runs on")]


def _examined(t: Teller, e: deciding.Examined) -> list[str]:
    _ = t._
    if not t.inside:
        return [_("Examined; the decision is being prepared")]
    grant = e.recommends == "grant"
    says = _("Examined: to be granted") if grant else _("Examined: to be refused")
    return [says, t.text(e.opinion)]


def _returned(t: Teller, e: deciding.Returned) -> list[str]:
    _ = t._
    return [_("Returned for another examination"), t.text(e.reason) if t.inside else ""]


def _decided(t: Teller, e: deciding.Decided) -> list[str]:
    _ = t._
    if e.result == "refused":
        return [_("Permit refused"), t.text(e.reason)]
    row = row_title(e.row, t.definition, t.language) if e.row else ""
    match e.kind:
        case "with_filing":
            return [_("Granted: exempt from the permit, with filing"), row]
        case "outright":
            return [_("Granted: no permit needed"), row]
        case _:
            return [_("Permit granted"), row]


def _delivered(t: Teller, e: deciding.Delivered) -> list[str]:
    _ = t._
    return [_("Decision delivered: %(means)s") % {"means": names.means(e.means, t.language)}]


def _published(t: Teller, _e: deciding.Published) -> list[str]:
    _ = t._
    return [_("Decision published")]


def _revoked(t: Teller, e: deciding.Revoked) -> list[str]:
    _ = t._
    ground = grounds.revocation(e.ground, t.language)
    return [_("Decision revoked: %(ground)s") % {"ground": ground}, t.text(e.reason)]


def _deregistered(t: Teller, e: deciding.Deregistered) -> list[str]:
    _ = t._
    ground = grounds.deregistration(e.ground, t.language)
    return [_("Deregistered: %(ground)s") % {"ground": ground}]


def _concluded(t: Teller, _e: deciding.Concluded) -> list[str]:
    _ = t._
    return [_("File closed")]


def _explained(t: Teller, e: deciding.LatenessExplained) -> list[str]:
    _ = t._
    says = _("Published why “%(clock)s” was overrun") % {"clock": t.clock(e.clock)}
    return [says, t.text(e.reason)]


def _reversed(t: Teller, e: deciding.ActionReversed) -> list[str]:
    _ = t._
    action = t.definition.chart.actions[e.action].title.in_(t.language)
    says = _("Undone as a slip of the office: %(action)s") % {"action": action}
    return [says, t.text(e.reason) if t.inside else ""]


def _rectified(t: Teller, e: deciding.DateRectified) -> list[str]:
    _ = t._
    filled = {
        "what": milestones.milestone(e.milestone, t.language),
        "was": day(e.was, t.language),
        "now": day(e.now, t.language),
    }
    says = _("Date put right: %(what)s, from %(was)s to %(now)s") % filled
    return [says, t.text(e.reason) if t.inside else ""]


def _passed(t: Teller, e: gates.GatesPassed) -> list[str]:
    _ = t._
    found = [waiting.gate(gate, t.definition, t.language) for gate in e.gates]
    told = [_("Nothing in the project stood in the way of: %(gate)s") % {"gate": g} for g in found]
    stages = [names.stage(stage, t.language) for stage in e.stages]
    rests_on = _("Settled in the project before, by case %(number)s: %(what)s")
    settled = [(names.settled(what, t.language), number) for what, number in e.settled.items()]
    return [
        *told,
        *(_("Permitted in the project before: %(stage)s") % {"stage": s} for s in stages),
        *(rests_on % {"number": number, "what": what} for what, number in settled),
    ]


SAYS: Says = {
    gates.GatesPassed: _passed,
    filing.Filed: _filed,
    filing.CorrectionNoticeIssued: _noticed,
    filing.CorrectionsSupplied: _supplied,
    filing.CorrectedOnTheSpot: _on_the_spot,
    filing.Accepted: _accepted,
    filing.NotAccepted: _not_accepted,
    filing.Withdrawn: _withdrawn,
    tracks.CommitmentSigned: _signed,
    tracks.TrackSwitched: _switched,
    deciding.Moved: nothing,
    deciding.SpecialProcedureBegun: _begun,
    deciding.SpecialProcedureEnded: _ended,
    deciding.Examined: _examined,
    deciding.Returned: _returned,
    deciding.Decided: _decided,
    deciding.Delivered: _delivered,
    deciding.Published: _published,
    deciding.Revoked: _revoked,
    deciding.Deregistered: _deregistered,
    deciding.Concluded: _concluded,
    deciding.LatenessExplained: _explained,
    deciding.ActionReversed: _reversed,
    deciding.DateRectified: _rectified,
}
