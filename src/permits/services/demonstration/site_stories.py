"""How cases of building sites go: drawings taken on commitment, and works begun early."""

from collections.abc import Callable, Generator
from datetime import date, datetime, timedelta

from permits.definitions.procedure import DeregistrationGround, RevocationGround
from permits.services import requests as r
from permits.services.demonstration.clock import later
from permits.services.demonstration.desk import Written
from permits.services.demonstration.sites import drawings, early_works
from permits.services.demonstration.stories import Story, Teller

Telling = Callable[[Teller, date, int], Story]
Begun = Generator[datetime, None, str]
"""A story that goes on: it gives the case it began."""

USED_OTHERWISE = "现场使用的图纸与审查合格的图纸不一致，责令整改。"
PILES_BEGUN = "现场已经开始桩基施工，超出备案范围，责令停止并整改。"
NOT_PUT_RIGHT = "逾期未整改。"


def _starts(day: date) -> str:
    return (day + timedelta(days=30)).isoformat()


def _granted(tell: Teller, day: date, written: Written) -> Begun:
    """Filed, accepted and decided on the spot; delivered and published."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.apply(written, "commitment")
    yield tell.on(day, 0, 10)
    people.act("window", case, "accept")
    people.act("window", case, "grant_on_the_spot")
    yield from tell.finish(case, day)
    return case


def _proposed(tell: Teller, day: date, written: Written, recommends: str) -> Begun:
    """Filed on the ordinary track and examined."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.apply(written, "ordinary")
    yield tell.on(day, 1, 10)
    people.act("window", case, "accept")
    yield tell.on(day, 2, 14)
    says = "材料齐全，符合条件。" if recommends == "grant" else "不符合条件。"
    people.act(
        "examiner",
        case,
        "examine",
        r.OpinionIn.model_validate({"recommends": recommends, "opinion": says}),
    )
    return case


def _refused(tell: Teller, day: date, written: Written, why: str) -> Story:
    """Refused with reasons, delivered and published."""
    case = yield from _proposed(tell, day, written, "refuse")
    yield tell.on(day, 3, 10)
    tell.people.act("leader", case, "refuse", r.Reasoned(reason=why))
    yield from tell.finish(case, tell.on(day, 3).date())


def _withdrawn(tell: Teller, day: date, written: Written) -> Story:
    """Taken back before the decision."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.apply(written, "commitment")
    yield tell.on(day, 0, 11)
    people.act("window", case, "accept")
    yield tell.on(day, 0, 14)
    people.act(written.party, case, "withdraw", r.Reasoned(reason="工程计划调整。"))


def _corrected(tell: Teller, day: date, written: Written, material: str) -> Story:
    """One material was missing; supplied after the one notice, then decided on the spot."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = people.apply(written, "commitment", leave_out=(material,))
    yield tell.on(day, 1, 10)
    defect = r.DefectIn(about=f"material.{material}", kind="missing", fix="请补交该材料。")
    people.act("window", case, "issue_correction", r.Corrections(defects=(defect,)))
    yield tell.on(day, 4, 10)
    people.correct(written.party, case, (material,))
    yield tell.on(day, 4, 15)
    people.act("window", case, "accept")
    people.act("window", case, "grant_on_the_spot")
    yield from tell.finish(case, tell.on(day, 4).date())


def _revoked(tell: Teller, case: str, day: date, after: int, why: str) -> Story:
    """Notice is given, nobody states anything in time; revoked, and deregistered later."""
    yield tell.on(day, after, 10)
    tell.people.beside("leader", case, r.Notice(ground=RevocationGround.OTHER, reason=why))
    after += 6
    yield tell.on(day, after, 10)
    given = r.Revocation(ground=RevocationGround.OTHER, reason=why)
    tell.people.act("leader", case, "revoke", given)
    yield tell.on(day, after + 3, 10)
    gone = r.Deregistration(ground=DeregistrationGround.REVOKED)
    tell.people.act("window", case, "deregister", gone)


def _drawn_check(tell: Teller, case: str, day: date) -> Story:
    """The check of the drawings, if the case was drawn for it."""
    if "check_drawings" in tell.people.record("inspector1", case).case.obligations:
        yield tell.on(day, 12, 14)
        tell.check(case, passed=True, obligation="check_drawings")


def drawings_begun(tell: Teller, day: date, number: int, *, used: bool = True) -> Begun:
    """On commitment; the certificate in time, the start reported, the drawings in use checked."""
    written = drawings(number, _starts(day))
    case = yield from _granted(tell, day, written)
    yield from _drawn_check(tell, case, day)
    certified, begun = later(tell.calendar, day, 20), later(tell.calendar, day, 24)
    yield tell.on(certified, 0, 11)
    tell.people.report(written.party, case, "supply_certificate", certified)
    yield tell.on(begun, 1, 9)
    tell.people.report(written.party, case, "report_start", begun)
    yield tell.on(begun, 10, 14)
    tell.check(case, passed=used, obligation="check_use", failing=USED_OTHERWISE)
    return case


def drawings_concluded(tell: Teller, day: date, number: int) -> Story:
    case = yield from drawings_begun(tell, day, number)
    yield tell.on(day, 40, 10)
    tell.people.act("window", case, "conclude")


def drawings_owed(tell: Teller, day: date, number: int) -> Story:
    """The certificate does not come: open at first, overdue in the end."""
    yield from _granted(tell, day, drawings(number, _starts(day), drawings_for="below_ground"))


def drawings_misused(tell: Teller, day: date, number: int) -> Story:
    """Other drawings were used: to be put right, which never happens; revoked, deregistered."""
    case = yield from drawings_begun(tell, day, number, used=False)
    yield from _revoked(tell, case, day, 50, f"{USED_OTHERWISE}{NOT_PUT_RIGHT}")


def drawings_refused(tell: Teller, day: date, number: int) -> Story:
    """A special project on the ordinary track, refused."""
    written = drawings(number, _starts(day), special_fire_project="true")
    why = "消防设计审查合格意见与所提交的图纸不一致。"
    yield from _refused(tell, day, written, why)


def drawings_proposed(tell: Teller, day: date, number: int) -> Story:
    """A high-rise on the ordinary track, awaiting its decision."""
    written = drawings(number, _starts(day), beyond_code_high_rise="true")
    yield from _proposed(tell, day, written, "grant")


def drawings_withdrawn(tell: Teller, day: date, number: int) -> Story:
    yield from _withdrawn(tell, day, drawings(number, _starts(day)))


def drawings_corrected(tell: Teller, day: date, number: int) -> Story:
    yield from _corrected(tell, day, drawings(number, _starts(day)), "survey_report")


def site_checked(tell: Teller, day: date, number: int, *, kept: bool = True) -> Begun:
    """Filed on the spot, and the site checked within days."""
    case = yield from _granted(tell, day, early_works(number, _starts(day)))
    yield tell.on(day, 6, 14)
    tell.check(case, passed=kept, obligation="check_site", failing=PILES_BEGUN)
    return case


def site_permitted(tell: Teller, day: date, number: int) -> Story:
    """The construction permit comes, permanent works begin, and the filing has done its work."""
    party = early_works(number, "").party
    case = yield from site_checked(tell, day, number)
    permitted, begun = later(tell.calendar, day, 45), later(tell.calendar, day, 48)
    yield tell.on(permitted, 0, 11)
    tell.people.report(party, case, "obtain_permit", permitted)
    yield tell.on(begun, 1, 9)
    tell.people.report(party, case, "report_permanent_start", begun)
    yield tell.on(begun, 2, 10)
    tell.people.act("window", case, "conclude")


def site_waiting(tell: Teller, day: date, number: int) -> Story:
    """The construction permit does not come: open at first, overdue in the end."""
    yield from site_checked(tell, day, number)


def site_overstepped(tell: Teller, day: date, number: int) -> Story:
    """Piles were begun before the construction permit: not put right, revoked, deregistered."""
    case = yield from site_checked(tell, day, number, kept=False)
    yield from _revoked(tell, case, day, 14, f"{PILES_BEGUN}{NOT_PUT_RIGHT}")


def site_refused(tell: Teller, day: date, number: int) -> Story:
    """Piles were applied for: only the construction permit allows them."""
    written = early_works(number, _starts(day), piling="true")
    yield from _refused(tell, day, written, "桩基属于永久性工程，须先取得施工许可。")


def site_withdrawn(tell: Teller, day: date, number: int) -> Story:
    yield from _withdrawn(tell, day, early_works(number, _starts(day)))


def site_corrected(tell: Teller, day: date, number: int) -> Story:
    written = early_works(number, _starts(day), temporary_buildings="true", outside_plot="true")
    yield from _corrected(tell, day, written, "dust_plan")


ON_SITES: tuple[tuple[Telling, int], ...] = (
    (drawings_concluded, 150),
    (drawings_owed, 90),
    (drawings_owed, 12),
    (drawings_misused, 120),
    (drawings_misused, 56),
    (drawings_refused, 60),
    (drawings_proposed, 4),
    (drawings_withdrawn, 30),
    (drawings_corrected, 45),
    (drawings_concluded, 2),
    (site_permitted, 140),
    (site_waiting, 230),
    (site_waiting, 25),
    (site_overstepped, 80),
    (site_overstepped, 12),
    (site_refused, 50),
    (site_withdrawn, 20),
    (site_corrected, 35),
    (site_permitted, 3),
)
"""Stories and how many days ago each begins: some have come to their end, some not."""
