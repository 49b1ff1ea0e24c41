"""Questions an auditor comes back to: pages of figures under a name. They are kept beside the log,
for one account."""

import re
from collections.abc import Mapping

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.exchange.figure_report import question
from permits.services.list_choices import LONGEST_NAME, MOST_SAVED
from permits.store.list_choices import Saved
from permits.text.words import words
from permits.web.deps import Auditor, Form
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.visits import Member, see_other

router = APIRouter()

PATH = "/audit/questions"

LONGEST = 600
_QUESTION = re.compile(
    r"/audit(/(cases|measures|measures/[a-z_]+|states|commitments|simulate|history))?(\?[!-~]*)?"
)
"""The address of a page of figures; of no other page is it kept."""


@router.get(PATH)
def show(visit: Auditor, ask: str = "") -> Response:
    """The questions that were saved; `ask` is the address of one to be saved."""
    address = ask if _fits(ask) else ""
    return _page(visit, address, {}, {})


def _page(
    visit: Member,
    address: str,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    status: int = 200,
) -> Response:
    saved = visit.office.lists.questions(visit.actor.id)
    return visit.page(
        "auditor/questions.html",
        status=status,
        address=address,
        saved=saved,
        sendable={one.name for one in saved if question(one.query) is not None},
        typed=typed,
        errors=errors,
    )


@router.post(PATH)
async def save(visit: Auditor, form: Form) -> Response:
    """Save a question under a name."""
    return await run_in_threadpool(_save, visit, form)


def _save(visit: Member, form: Posted) -> Response:
    _ = words(visit.language).gettext
    reading, address = Reading(form, visit.language), form.text("address")
    name = " ".join(reading.text("name", most=LONGEST_NAME).split())
    errors = dict(reading.errors)
    if not _fits(address):
        address = ""
        errors["name"] = _("Only pages of figures can be saved. Save it from the page itself.")
    if not errors and not visit.office.lists.save(visit.actor.id, Saved(name, address)):
        says = _("At most %(most)d questions can be saved. Drop one first.")
        errors["name"] = says % {"most": MOST_SAVED}
    if not errors:
        return see_other(PATH)
    return _page(visit, address, form.texts(), errors, status=422)


@router.post(f"{PATH}/drop")
async def drop(visit: Auditor, form: Form) -> Response:
    """Drop a saved question."""
    await run_in_threadpool(visit.office.lists.drop, visit.actor.id, form.text("drop"))
    return see_other(PATH)


def _fits(address: str) -> bool:
    return len(address) <= LONGEST and _QUESTION.fullmatch(address) is not None
