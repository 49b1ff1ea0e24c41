"""What tables hold of the voices of a case, all pure functions of it and of its case."""

from datetime import date

import msgspec

from permits.casework.voices.voices import Voices


class VoiceRow(msgspec.Struct, frozen=True):
    """A notice, an objection, a rating; or that somebody was asked to rate (`invitation`), or that
    an answer is overdue (`overdue`). `open` says that somebody has still to act on it by `due_on`;
    of a notice `due_on` is its last day. `outcome` is what came of an objection, and of a bad
    rating whether it was replied to `in_time` or `late`; `level` that of a rating (0 for what is
    none). `tells` says that there are words and a reply that may be published: an officer has read
    them first."""

    case_id: str
    kind: str
    name: str
    number: str
    permit: str
    authority: str
    department: str
    on: date
    due_on: date | None
    sort_on: date
    provisional: bool
    open: bool
    outcome: str
    level: int
    efficiency: int
    guide: int
    convenience: int
    platform: int
    tells: bool


class Of(msgspec.Struct, frozen=True):
    """What of its case stands in the rows of a voice: it never changes."""

    case_id: str
    number: str
    permit: str
    authority: str
    department: str


def voice_rows(voices: Voices, case: Of) -> tuple[VoiceRow, ...]:
    """A row for the notice, for each objection and rating, and for what time brought."""
    blank = VoiceRow(
        case_id=case.case_id,
        kind="",
        name="",
        number=case.number,
        permit=case.permit,
        authority=case.authority,
        department=case.department,
        on=date.min,
        due_on=None,
        sort_on=date.max,
        provisional=False,
        open=False,
        outcome="",
        level=0,
        efficiency=0,
        guide=0,
        convenience=0,
        platform=0,
        tells=False,
    )
    return (
        *_notice(voices, blank),
        *_objections(voices, blank),
        *_ratings(voices, blank),
        *_by_time(voices, blank),
    )


def _notice(voices: Voices, blank: VoiceRow) -> tuple[VoiceRow, ...]:
    if voices.notice is None:
        return ()
    one = voices.notice
    row = msgspec.structs.replace(
        blank,
        kind="notice",
        on=one.first,
        due_on=one.until,
        sort_on=one.until,
        provisional=one.provisional,
    )
    return (row,)


def _objections(voices: Voices, blank: VoiceRow) -> tuple[VoiceRow, ...]:
    return tuple(
        msgspec.structs.replace(
            blank,
            kind="objection",
            name=str(one.number),
            on=one.entered_on,
            due_on=one.due,
            sort_on=one.due,
            provisional=one.provisional,
            open=one.open,
            outcome=one.outcome or "",
        )
        for one in voices.objections
    )


def _ratings(voices: Voices, blank: VoiceRow) -> tuple[VoiceRow, ...]:
    return tuple(
        msgspec.structs.replace(
            blank,
            kind="rating",
            name=one.matter,
            on=one.on,
            due_on=one.due,
            sort_on=one.due or date.max,
            provisional=one.provisional,
            open=one.open,
            outcome=_FOLLOWED[one.in_time],
            level=one.level,
            tells=one.publish and bool(one.reply),
            **{str(name): level for name, level in one.indicators.items()},
        )
        for one in voices.ratings.values()
    )


_FOLLOWED = {None: "", True: "in_time", False: "late"}


def _by_time(voices: Voices, blank: VoiceRow) -> tuple[VoiceRow, ...]:
    """That something was told once, so that it is not looked for again."""
    told: list[tuple[str, str]] = [("invitation", matter) for matter in voices.invited]
    told += [("overdue", f"{kind}/{name}") for kind, name in voices.overdue]
    return tuple(msgspec.structs.replace(blank, kind=kind, name=name) for kind, name in told)
