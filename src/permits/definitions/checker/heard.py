"""Who is heard before the decision: departments asked together, hearings, third parties."""

from collections.abc import Iterator

from permits.definitions.findings import Finding, Path
from permits.definitions.procedure import SpecialCause
from permits.definitions.schema import AskedDepartment, Definition, JointReview, Measure

_DEPARTMENTS: Path = ("joint_review", "departments")
_JOINTLY = "42(2)"
_ALONE = 10
"""Working days by which one office may put off a decision (行政许可法 art. 42(1))."""


def _lead(definition: Definition) -> Iterator[Finding]:
    """The department that takes the case leads, and does not ask itself."""
    review, authority = definition.joint_review, definition.authority
    if review is None:
        return
    if review.lead != authority.department:
        says = f"the department that takes the cases leads: `{authority.department}`"
        yield Finding("review.lead", ("joint_review", "lead"), says)
    seen: dict[tuple[str, str], str] = {(authority.id, authority.department): ""}
    for name, asked in review.departments.items():
        room = (asked.office or authority.id, asked.department)
        other = seen.setdefault(room, name)
        if other != name:
            what = f"`{other}` asks the same department" if other else "the lead asks itself"
            yield Finding("review.twice", (*_DEPARTMENTS, name, "department"), what)


def _terms(definition: Definition) -> Iterator[Finding]:
    """Opinions come in working days, and in time for the decision."""
    review = definition.joint_review
    for name, asked in review.departments.items() if review is not None else ():
        yield from _term(definition, (*_DEPARTMENTS, name), asked)


def _term(definition: Definition, path: Path, asked: AskedDepartment) -> Iterator[Finding]:
    if not asked.within.endswith("wd") or asked.within == "0wd":
        says = f"at least 1wd is wanted (行政许可法 art. 82); found {asked.within}"
        yield Finding("review.unit", (*path, "within"), says)
        return
    days = int(asked.within[:-2])
    promised = {
        int(track.promised.rstrip("wdm"))
        for track in definition.tracks.values()
        if not track.on_the_spot
    }
    if promised and days >= min(promised):
        says = f"the decision is promised within {min(promised)}wd; ask for the opinion before"
        yield Finding("review.too_long", (*path, "within"), says)
    if asked.warn_days_left >= days:
        says = f"with {asked.within} in all, a reminder {asked.warn_days_left} days before is none"
        yield Finding("review.reminder", (*path, "warn_days_left"), says)


def _jointly(definition: Definition) -> Iterator[Finding]:
    """The longer terms of joint processing are for offices that do process jointly."""
    review = definition.joint_review
    joint = definition.permit.measure is Measure.JOINT
    if joint != (review is not None):
        says = "the measure is `joint` exactly if departments are asked under `joint_review`"
        yield Finding("permit.measure", ("permit", "measure"), says)
    yield from _alone(definition) if review is None else _together(definition, review)


def _alone(definition: Definition) -> Iterator[Finding]:
    for name, track in definition.tracks.items():
        if _JOINTLY in (track.statutory_basis.article or ""):
            says = "art. 42(2) is for offices that decide jointly; there is no `joint_review`"
            yield Finding("track.jointly", ("tracks", name.value, "statutory_basis"), says)
    for limit, clock in definition.clocks.items():
        longer = clock.extension
        if longer is not None and clock.length.track and int(longer.each.rstrip("wdm")) > _ALONE:
            says = f"one office puts a decision off by at most {_ALONE}wd (行政许可法 art. 42(1))"
            yield Finding("clock.extension", ("clocks", limit, "extension"), says)


def _together(definition: Definition, review: JointReview) -> Iterator[Finding]:
    for name, track in definition.tracks.items():
        if track.on_the_spot and any(one.required for one in review.departments.values()):
            says = "nothing is decided on the spot while opinions of others are waited for"
            yield Finding("review.on_the_spot", ("tracks", name.value, "on_the_spot"), says)


def _hearing(definition: Definition) -> Iterator[Finding]:
    """行政许可法 art. 47, 48: five days to ask, twenty to hold, seven of notice; art. 45: its time
    does not count."""
    hearing = definition.hearing
    if hearing is None:
        return
    for key, least, most in (
        ("ask_within", 5, 5),
        ("hold_within", 1, 20),
        ("notice", 7, 45),
    ):
        term = getattr(hearing, key)
        if not term.endswith("wd") or not least <= int(term[:-2]) <= most:
            limits = f"{least}wd" if least == most else f"{least}wd to {most}wd"
            says = f"{limits} by 行政许可法 art. 47, 48; found {term}"
            yield Finding("hearing.term", ("hearing", key), says)
    for name, clock in definition.clocks.items():
        if clock.length.track is not None and SpecialCause.HEARING not in clock.suspended_by:
            says = "the time of a hearing does not count; name `hearing` (行政许可法 art. 45)"
            yield Finding("hearing.counts", ("clocks", name, "suspended_by"), says)


def _notice(definition: Definition) -> Iterator[Finding]:
    """Between asking and holding there is room for the notice."""
    hearing = definition.hearing
    if hearing is not None:
        notice, hold = (int(t.rstrip("wdm")) for t in (hearing.notice, hearing.hold_within))
        if notice >= hold:
            says = f"{hearing.hold_within} leave no day after {hearing.notice} of notice"
            yield Finding("hearing.notice", ("hearing", "notice"), says)


def _third_parties(definition: Definition) -> Iterator[Finding]:
    """Whoever is told has time to answer."""
    rule = definition.third_parties
    if rule is not None and (not rule.within.endswith("wd") or rule.within == "0wd"):
        says = f"at least 1wd is wanted (行政许可法 art. 82); found {rule.within}"
        yield Finding("third_parties.term", ("third_parties", "within"), says)


RULES = (_lead, _terms, _jointly, _hearing, _notice, _third_parties)
"""Findings about those who are heard before the decision."""
