"""Reports of figures: which are sent, when, to whom, and what became of the last of each."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.report_days import LAST_DAY, Every, Rhythm
from permits.exchange.figure_report import question
from permits.services.reports import LONGEST_NAME, MOST, Fault
from permits.store.people import Account
from permits.store.reports import Plan, Report, Sent
from permits.text.words import LANGUAGES, Language, words
from permits.web.auditor import report_words
from permits.web.auditor.questions import LONGEST
from permits.web.deps import Auditor, Form
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.visits import Member, see_other

router = APIRouter()

PATH = "/audit/reports"
FORMS = ("csv", "xlsx")

ReportId = Annotated[str, Path(alias="report", pattern=r"^[0-9a-f-]{36}$")]


class Recipient(NamedTuple):
    """Somebody a report goes to, and what became of the last one for them."""

    name: str
    told: str


class Line(NamedTuple):
    """A report of the list."""

    report: Report
    page: str
    rhythm: str
    made_by: str
    recipients: list[Recipient]


@router.get(PATH)
def show(visit: Auditor, ask: str = "") -> Response:
    """The reports of the office; `ask` is the address of a question to be sent from now on."""
    return _page(visit, _untyped(visit, ask) if _fits(ask) else {}, {})


def _fits(address: str) -> bool:
    return len(address) <= LONGEST and question(address) is not None


def _untyped(visit: Member, ask: str) -> dict[str, object]:
    """What the form says before anything is typed: monthly, to oneself."""
    return {
        "address": ask, "every": Every.MONTH, "weekday": "1", "day": "1",
        "language": visit.language, "form": FORMS[0], "to": [visit.actor.id],
    }  # fmt: skip


def _page(
    visit: Member, typed: Mapping[str, object], errors: Mapping[str, str], status: int = 200
) -> Response:
    kept = visit.office.reports.kept()
    return visit.page(
        "auditor/reports.html",
        status=status,
        lines=[_line(visit, one, kept.people, kept.sent) for one in kept.reports],
        **_form(visit, typed, errors),
    )


def _form(visit: Member, typed: Mapping[str, object], errors: Mapping[str, str]) -> dict[str, Any]:
    return {
        "typed": typed,
        "errors": errors,
        "options": {
            "every": [(one.value, report_words.every(one, visit.language)) for one in Every],
            "weekday": report_words.weekdays(visit.language),
            "language": [("zh", "中文"), ("en", "English")],
            "form": [(one, one.upper()) for one in FORMS],
            "to": [
                (one.id, f"{one.name} ({one.email})") for one in visit.office.reports.readers()
            ],
        },
        "last_day": LAST_DAY,
        "longest_name": LONGEST_NAME,
    }


def _line(
    visit: Member,
    report: Report,
    people: Mapping[str, Account],
    sent: Mapping[tuple[str, str], Sent],
) -> Line:
    asked = question(report.plan.question)
    period = report.plan.rhythm.period(report.last_on or report.next_on)
    return Line(
        report=report,
        page=asked.address(*period) if asked is not None else report.plan.question,
        rhythm=report_words.rhythm(report.plan.rhythm, visit.language),
        made_by=_name(people.get(report.made_by), visit.language),
        recipients=[
            Recipient(
                _name(people.get(one), visit.language),
                report_words.became(report, sent.get((report.id, one)), visit.language),
            )
            for one in report.plan.recipients
        ],
    )


def _name(account: Account | None, language: Language) -> str:
    _ = words(language).gettext
    return account.name if account is not None else _("an account that is gone")


@router.post(PATH)
async def make(visit: Auditor, form: Form) -> Response:
    """Begin to send a report."""
    return await run_in_threadpool(_make, visit, form)


def _make(visit: Member, form: Posted) -> Response:
    plan, errors = _read(visit, form, form.text("address"))
    fault = visit.office.reports.make(plan, visit.actor) if not errors else None
    if fault is None and not errors:
        return see_other(PATH)
    typed = {**_typed(form), "address": plan.question if _fits(plan.question) else ""}
    return _page(visit, typed, _with(errors, fault, visit.language), status=422)


@router.get(f"{PATH}/{{report}}")
def show_one(visit: Auditor, report: ReportId) -> Response:
    """A report, to be changed."""
    found = _found(visit, report)
    plan, weekly = found.plan, found.plan.rhythm.every is Every.WEEK
    typed = {
        "name": plan.name,
        "address": plan.question,
        "every": plan.rhythm.every,
        "weekday": str(plan.rhythm.day) if weekly else "1",
        "day": "1" if weekly else str(plan.rhythm.day),
        "language": plan.language,
        "form": plan.form,
        "to": plan.recipients,
    }
    return _page_of_one(visit, found, typed, {})


def _page_of_one(
    visit: Member,
    report: Report,
    typed: Mapping[str, object],
    errors: Mapping[str, str],
    status: int = 200,
) -> Response:
    form = _form(visit, typed, errors)
    return visit.page("auditor/report.html", status=status, report=report, **form)


@router.post(f"{PATH}/{{report}}")
async def change(visit: Auditor, report: ReportId, form: Form) -> Response:
    """Send something else, to others, or on other days from now on."""
    return await run_in_threadpool(_change, visit, report, form)


def _change(visit: Member, report: str, form: Posted) -> Response:
    found = _found(visit, report)
    plan, errors = _read(visit, form, found.plan.question)
    fault = visit.office.reports.change(report, plan, visit.actor) if not errors else None
    if fault is None and not errors:
        return see_other(PATH)
    wrong = _with(errors, fault, visit.language)
    return _page_of_one(visit, found, _typed(form), wrong, status=422)


@router.post(f"{PATH}/{{report}}/stop")
async def stop(visit: Auditor, report: ReportId, form: Form) -> Response:
    """Send it no more."""
    del form
    await run_in_threadpool(visit.office.reports.stop, report, visit.actor)
    return see_other(PATH)


def _found(visit: Member, report: str) -> Report:
    found = visit.office.reports.find(report)
    if found is None:
        raise HTTPException(404)
    return found


def _read(visit: Member, form: Posted, address: str) -> tuple[Plan, dict[str, str]]:
    """The plan that was typed, which means nothing if anything is wrong with it."""
    _ = words(visit.language).gettext
    reading = Reading(form, visit.language)
    name = " ".join(reading.text("name", most=LONGEST_NAME).split())
    rhythm = _rhythm(reading)
    plan = Plan(
        name=name,
        question=address,
        rhythm=rhythm,
        language=reading.one_of("language", LANGUAGES),
        form=reading.one_of("form", FORMS),
        recipients=tuple(dict.fromkeys(reading.some("to"))),
    )
    errors = dict(reading.errors)
    if not rhythm.fits:
        most = _("Write a day from 1 to %(last)d") % {"last": LAST_DAY}
        errors["weekday" if rhythm.every is Every.WEEK else "day"] = most
    if not _fits(address):
        errors["name"] = _("Only the overview and pages of figures can be sent.")
    return plan, errors


def _rhythm(reading: Reading) -> Rhythm:
    """How often and on which day; day 0, which is none, if no number was written."""
    every = reading.one_of("every", list(Every))
    weekly = every == Every.WEEK
    day = reading.form.text("weekday" if weekly else "day").strip()
    number = int(day) if day.isascii() and day.isdigit() and len(day) <= 2 else 0
    return Rhythm(Every(every) if every in list(Every) else Every.MONTH, number)


def _typed(form: Posted) -> dict[str, object]:
    return {**form.texts(), "to": form.all_of("to")}


def _with(errors: dict[str, str], fault: Fault | None, language: Language) -> dict[str, str]:
    if fault is None:
        return errors
    where = "to" if fault is Fault.NO_READER else "name"
    return {**errors, where: report_words.fault(fault, MOST, language)}
