"""What goes before a revocation, a withdrawal and errata in words."""

from permits.casework.families import deciding, documents, revoking
from permits.text import grounds
from permits.text.titles import title_of
from permits.text.told.teller import Says, Teller


def _noticed(t: Teller, e: revoking.RevocationNoticed) -> list[str]:
    _ = t._
    ground = grounds.revocation(e.ground, t.language)
    says = _("Notice of intended revocation: %(ground)s") % {"ground": ground}
    return [says, t.text(e.reason)]


def _stated(t: Teller, e: revoking.StatementMade) -> list[str]:
    _ = t._
    return [_("The holder has stated their case"), t.quoted(e.statement)]


def _dropped(t: Teller, e: revoking.RevocationDropped) -> list[str]:
    _ = t._
    return [_("Not revoked: the grant stands"), t.text(e.reason)]


def _withdrawn(t: Teller, e: revoking.GrantWithdrawn) -> list[str]:
    _ = t._
    ground = grounds.grant_withdrawal(e.ground, t.language)
    loss = t.quoted(e.compensation)
    return [
        _("Grant withdrawn by the office: %(ground)s") % {"ground": ground},
        t.text(e.reason),
        _("Compensation: %(text)s") % {"text": loss} if loss else "",
    ]


def _corrected(t: Teller, e: documents.DocumentCorrected) -> list[str]:
    _ = t._
    title = t.definition.documents[e.document].title.in_(t.language)
    says = _("Clerical error put right in: %(title)s, %(number)s")
    return [says % {"title": title, "number": e.number}, t.quoted(e.correction)]


def _undone(t: Teller, e: deciding.RecordReversed) -> list[str]:
    _ = t._
    what = title_of(t.definition, e.name, t.language) or e.name
    says = _("Undone because it was written down wrongly: %(what)s") % {"what": what}
    return [says, t.text(e.reason) if t.inside else ""]


SAYS: Says = {
    revoking.RevocationNoticed: _noticed,
    revoking.StatementMade: _stated,
    revoking.RevocationDropped: _dropped,
    revoking.GrantWithdrawn: _withdrawn,
    documents.DocumentCorrected: _corrected,
    deciding.RecordReversed: _undone,
}
