"""Data of other offices in words."""

from permits.casework.families.shared import SharedDataAnswered
from permits.casework.parts import SharedAnswer
from permits.text import shared
from permits.text.told.teller import Says, Teller


def _answered(t: Teller, e: SharedDataAnswered) -> list[str]:
    _ = t._
    answer = SharedAnswer(
        e.material, e.source, e.title, e.outcome, e.asked_at, e.as_of, e.sha256, e.size
    )
    filled = {
        "what": t.materials((e.material,)),
        "outcome": shared.outcome(e.outcome, t.language),
        "how": shared.sentence(answer, t.language),
    }
    return [_("%(what)s: %(outcome)s. %(how)s") % filled]


SAYS: Says = {
    SharedDataAnswered: _answered,
}
