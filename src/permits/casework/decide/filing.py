"""Filing an application: answers, track, commitments and files are right, or nothing is filed."""

from collections.abc import Iterable

from msgspec.structs import asdict

from permits.casework import commands as c
from permits.casework import standing
from permits.casework.answers import faults
from permits.casework.counter import Purpose
from permits.casework.decide import counter
from permits.casework.decide.consequences import follow
from permits.casework.decide.gatekeeping import may_not_join, note_passed
from permits.casework.decide.minutes import Minutes
from permits.casework.decide.signing import sign, unsigned
from permits.casework.families.deciding import Moved
from permits.casework.families.filing import Filed
from permits.casework.families.shared import SharedDataAnswered
from permits.casework.identifiers import is_credit_code
from permits.casework.parts import HandedIn, SharedAnswer
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import shut
from permits.definitions.procedure import Milestone
from permits.definitions.projects import FILE
from permits.definitions.schema import TrackName, Treatment


def file(minutes: Minutes, command: c.File) -> Refused | None:
    """Receive an application (收件)."""
    desk, definition = minutes.desk, minutes.definition
    refused = _unfit(minutes, command)
    if refused is not None:
        return refused
    on = desk.office_day
    minutes.note(_filed(minutes, command), on)
    if command.brought is not None:
        counter.note(minutes, command.brought, Purpose.FILING)
    note_passed(minutes, FILE)
    for answer in command.shared:
        minutes.note(SharedDataAnswered(**asdict(answer)), on)
    sign(minutes, command.signed)
    start = desk.edition.chart.start
    state = definition.chart.states[definition.chart.initial]
    minutes.note(Moved(action="file", leaves=start, code=int(state.code)), on)
    follow(minutes, (Milestone.RECEIVED,), on)
    return None


def _filed(minutes: Minutes, command: c.File) -> Filed:
    authority = minutes.definition.authority
    day = f"{minutes.desk.today:%Y%m%d}"
    place = minutes.next_in(f"case/{authority.id}/{day}")
    return Filed(
        number=f"{authority.number_prefix}-{day}-{place:04d}",
        permit=minutes.desk.edition.permit,
        authority=authority.id,
        department=authority.department,
        party=command.party,
        channel=command.channel,
        track=command.track,
        answers=command.answers,
        seals=command.seals,
        handed_in=command.handed_in,
        received_on=minutes.desk.office_day,
        calendar=minutes.desk.calendar.digest,
        lookup=command.lookup,
        standing=minutes.desk.party.version if minutes.desk.party is not None else 0,
    )


def _unfit(minutes: Minutes, command: c.File) -> Refused | None:
    desk, definition = minutes.desk, minutes.definition
    permit = definition.permit
    if command.track not in definition.tracks:
        return Refused(Reason.NO_SUCH_TRACK, (command.track,))
    if minutes.case.version:
        return Refused(Reason.NOT_NOW, ("file",))
    last = permit.effective_until
    if desk.today < permit.effective_from or (last is not None and desk.today > last):
        return Refused(Reason.NOT_IN_FORCE, (permit.effective_from.isoformat(),))
    if not is_credit_code(command.party):
        return Refused(Reason.BAD_ANSWERS, ("party",))
    on_paper = counter.unfit_to_file(command, desk)
    if on_paper is not None:
        return on_paper
    wrong = faults(desk.edition, command.answers, command.seals)
    if wrong:
        return Refused(Reason.BAD_ANSWERS, tuple(problem.field for problem in wrong))
    track = TrackName(command.track)
    return (
        standing.closed(desk.party, desk.edition.permit, desk.today)
        or shut(desk.edition, track, command.answers)
        or standing.lost(track, desk.party, desk.today)
        or standing.barred(track, desk.party, desk.today)
        or standing.signer_lost(
            desk.co_signers,
            standing.signing(desk.edition, track, command.answers),
            desk.today,
        )
        or unsigned(minutes, track, command.signed)
        or not_asked(minutes, track, command.handed_in)
        or _not_shared(minutes, track, command.shared)
        or may_not_join(desk, minutes.case.id, command.party, command.answers)
    )


def _not_shared(
    minutes: Minutes, track: TrackName, answers: Iterable[SharedAnswer]
) -> Refused | None:
    """Only for what the track leaves to other offices is one of them asked."""
    materials = minutes.definition.materials
    shared = {n for n, m in materials.items() if m.tracks[track] is Treatment.SHARED}
    extra = tuple(a.material for a in answers if a.material not in shared)
    return Refused(Reason.MATERIAL_NOT_ASKED, extra) if extra else None


def not_asked(minutes: Minutes, track: TrackName, handed_in: Iterable[HandedIn]) -> Refused | None:
    """No material outside the guide is taken (河南省优化营商环境条例 art. 28)."""
    materials = minutes.definition.materials
    names = [h.material for h in handed_in]
    unknown = tuple(n for n in names if n not in materials)
    if unknown:
        return Refused(Reason.NO_SUCH_MATERIAL, unknown)
    extra = tuple(n for n in names if materials[n].tracks[track] is Treatment.EXEMPT)
    return Refused(Reason.MATERIAL_NOT_ASKED, extra) if extra else None
